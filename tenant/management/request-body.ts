import type { Json } from "../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../documents/nesting";
import { ManagementError } from "./management-error";

/**
 * The JSON of a request's body.
 *
 * @throws ManagementError 400: no JSON, or nested deeper than 100 levels. A key `__proto__` is taken for no JSON, as Auth0's server (hapi) does.
 */
export function parseBody(text: string): Json {
  const body = parsed(text);
  if (isTooDeep(body)) {
    const message = `Payload validation error: 'Nested deeper than ${MAXIMUM_DEPTH} levels'.`;
    throw new ManagementError(400, message, "invalid_body");
  }
  if (body === undefined || namesPrototype(body)) {
    throw new ManagementError(400, "Invalid request payload JSON format", "invalid_body");
  }
  return body;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function namesPrototype(value: Json): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).some(([key, part]) => key === "__proto__" || namesPrototype(part))
  );
}
