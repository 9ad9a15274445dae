import type { Json } from "../../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../../documents/nesting";
import { FlowActionError } from "./flow-action-error";
import { objectParam, requiredParam, textParam } from "./params";
import type { RunAction } from "./run-action";

/** @see https://auth0.com/docs/customize/forms/flows/integrations/json */
export const JSON_ACTIONS: Readonly<Record<string, RunAction>> = {
  CREATE_JSON: ({ params }) => ({ output: { result: objectParam(params, "object") as Json } }),
  PARSE_JSON: ({ params }) => ({ output: { object: parsedJson(textParam(params, "json"), "json") } }),
  SERIALIZE_JSON: ({ params }) => ({ output: { json: JSON.stringify(requiredParam(params, "object")) } }),
};

/** @throws FlowActionError that names the parameter */
export function parsedJson(json: string, name: string): Json {
  let value: Json;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new FlowActionError(`params.${name} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (isTooDeep(value)) {
    throw new FlowActionError(`params.${name} is nested deeper than ${MAXIMUM_DEPTH} levels`);
  }
  return value;
}
