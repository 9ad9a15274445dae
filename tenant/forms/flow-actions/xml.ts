import { Builder, parseStringPromise } from "xml2js";
import type { Json } from "../../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../../documents/nesting";
import { FlowActionError } from "./flow-action-error";
import { parsedJson } from "./json";
import { objectParam, textParam } from "./params";
import type { RunAction } from "./run-action";

/** By xml2js, as Auth0's own example is written. @see https://auth0.com/docs/customize/forms/flows/integrations/xml */
export const XML_ACTIONS: Readonly<Record<string, RunAction>> = {
  PARSE_XML: async ({ params }) => {
    const xml = textParam(params, "xml");
    let object: Json;
    try {
      object = JSON.parse(JSON.stringify((await parseStringPromise(xml, { explicitArray: false })) ?? {}));
    } catch (error) {
      const [reason] = (error instanceof Error ? error.message : String(error)).split("\n");
      throw new FlowActionError(`params.xml is no XML: ${reason}`);
    }
    if (isTooDeep(object)) {
      throw new FlowActionError(`params.xml is nested deeper than ${MAXIMUM_DEPTH} levels`);
    }
    return { output: { object } };
  },
  SERIALIZE_XML: ({ params }) => {
    const object =
      typeof params.object === "string"
        ? objectParam({ object: parsedJson(params.object, "object") }, "object")
        : objectParam(params, "object");
    try {
      return { output: { xml: new Builder().buildObject(object) } };
    } catch (error) {
      throw new FlowActionError(`params.object can not be XML: ${error instanceof Error ? error.message : error}`);
    }
  },
};
