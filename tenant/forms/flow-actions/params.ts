import type { Json } from "../../documents/json";
import { FlowActionError } from "./flow-action-error";

type Params = { readonly [key: string]: Json };

/** The parameters are checked again when the flow runs: an expression may have resolved to nothing. */
export function textParam(params: Params, name: string): string {
  const value = params[name];
  if (typeof value === "string" && value !== "") {
    return value;
  }
  throw wrong(name, "a string that is not empty", value);
}

export function objectParam(params: Params, name: string): { readonly [key: string]: Json } {
  const value = params[name];
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value;
  }
  throw wrong(name, "an object", value);
}

export function requiredParam(params: Params, name: string): Json {
  const value = params[name];
  if (value !== undefined) {
    return value;
  }
  throw wrong(name, "a value", value);
}

export function wrong(name: string, expected: string, value: Json | undefined): FlowActionError {
  return new FlowActionError(`params.${name} must be ${expected}, got ${JSON.stringify(value)}`);
}
