import { once } from "node:events";
import { request } from "node:https";
import { vaultConnectionsIn } from "../documents/collections";
import type { Json } from "../documents/json";
import { FlowActionError } from "../forms/flow-actions/flow-action-error";
import type { ManagementRequest } from "../forms/flow-actions/run-action";
import { DOMAIN_WITHOUT_PORT } from "../management/management-api";
import type { LoginServices } from "./login-services";

/**
 * How flows reach the Management API: over HTTPS, as anybody else, with a token for the credentials of the Vault connection.
 *
 * So a wrong secret or a scope that is missing fails as it does at Auth0.
 */
export function vaultRequest({ store, domain, ca, outside }: LoginServices): ManagementRequest {
  return async (connectionId, method, path, body, headers) => {
    const connection = vaultConnectionsIn(store).get(connectionId);
    if (connection === undefined) {
      throw new FlowActionError(`Vault connection ${JSON.stringify(connectionId)} does not exist`);
    }
    const { name, app_id, setup } = connection;
    const named = `Vault connection ${JSON.stringify(name)}`;
    if (app_id !== "AUTH0" || setup === undefined) {
      throw new FlowActionError(
        `${named} ${setup === undefined ? "is not set up" : `is one for ${app_id}, not AUTH0`}`,
      );
    }
    const url = `https://${setup.domain}${path}`;
    const answer = URL.canParse(url) ? outside.answer(method, new URL(url)) : undefined;
    if (answer !== undefined) {
      return answer;
    }
    if (setup.domain !== domain && setup.domain !== DOMAIN_WITHOUT_PORT) {
      throw new FlowActionError(
        `${named} is for ${setup.domain}, and flows of the local tenant reach only ${domain}; a file can answer for it, --answers FILE with {"url": "${url}", "body": {…}}`,
      );
    }
    const token = await send(domain, ca, "POST", "/oauth/token", {
      grant_type: "client_credentials",
      client_id: setup.client_id ?? "",
      client_secret: setup.client_secret ?? "",
      audience: setup.audience ?? `https://${domain}/api/v2/`,
    });
    if (token.status !== 200) {
      throw new FlowActionError(`${named} got no token, ${token.status}: ${JSON.stringify(token.body)}`);
    }
    const { access_token } = token.body as { readonly access_token: string };
    return send(domain, ca, method, path, body, { ...headers, authorization: `Bearer ${access_token}` });
  };
}

async function send(
  domain: string,
  ca: string,
  method: string,
  path: string,
  body: Json | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Json }> {
  const outgoing = request(`https://${domain}${path}`, {
    method,
    ca,
    headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
  });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const [incoming] = await once(outgoing, "response");
  let text = "";
  for await (const part of incoming) {
    text += part;
  }
  return { status: incoming.statusCode, body: text === "" ? null : (JSON.parse(text) as Json) };
}
