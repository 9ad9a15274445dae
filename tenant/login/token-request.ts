import { IncomingMessage } from "node:http";
import { OAuthError } from "./oauth-error";

/**
 * The same token request with a form as its body.
 *
 * Auth0 takes JSON too, which OAuth, and so oidc-provider, does not know.
 *
 * @throws OAuthError 400, for a body that is no JSON object
 */
export function asFormRequest(request: IncomingMessage, body: string): IncomingMessage {
  const isJson = /^application\/json\b/i.test(request.headers["content-type"] ?? "");
  const form = isJson ? new URLSearchParams(parameters(body)).toString() : body;
  const changed = new IncomingMessage(request.socket);
  // Incomplete, it would take the connection with it at its end.
  Object.assign(changed, { method: request.method, url: request.url, complete: true });
  changed.headers = { ...request.headers, "content-length": String(Buffer.byteLength(form)) };
  if (isJson) {
    changed.headers["content-type"] = "application/x-www-form-urlencoded";
  }
  changed.push(form);
  changed.push(null);
  return changed;
}

function parameters(body: string): Record<string, string> {
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    throw new OAuthError(400, "invalid_request", "The body is not JSON");
  }
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new OAuthError(400, "invalid_request", "The body is not a JSON object");
  }
  const strings = Object.entries(given).filter(([, value]) => value !== null);
  const other = strings.find(([, value]) => typeof value !== "string");
  if (other !== undefined) {
    throw new OAuthError(400, "invalid_request", `${other[0]} must be a string`);
  }
  return Object.fromEntries(strings) as Record<string, string>;
}
