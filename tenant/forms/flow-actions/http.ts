import type { Json } from "../../documents/json";
import type { VaultSetup } from "../../documents/vault-connection";
import { textOf } from "../interpolation";
import type { OutsideRequest } from "../outside";
import { FlowActionError } from "./flow-action-error";
import { objectParam, textParam, wrong } from "./params";
import type { ActionCall, RunAction } from "./run-action";
import { setUpConnection } from "./vault";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  JSON: "application/json",
  FORM: "application/x-www-form-urlencoded",
  XML: "application/xml",
};

/** @see https://auth0.com/docs/customize/forms/flows/integrations/http-request */
export const HTTP_ACTIONS: Readonly<Record<string, RunAction>> = {
  SEND_REQUEST: async (call) => {
    const { status, headers, body } = await call.outside.request(await requestOf(call));
    return { output: { status, headers, body, success: status < 400 } };
  },
};

async function requestOf(call: ActionCall): Promise<OutsideRequest> {
  const { params } = call;
  const written = textParam(params, "url");
  if (!(/^https?:\/\//i.test(written) && URL.canParse(written))) {
    throw wrong("url", "a web address", written);
  }
  const url = new URL(written);
  for (const [name, value] of Object.entries(queryParams(params))) {
    url.searchParams.append(name, value);
  }
  const method = methodOf(params);
  const body = bodyOf(params);
  return signed(call, {
    ...{ method, url },
    headers: {
      ...(body !== undefined && { "content-type": CONTENT_TYPES[contentType(params)] ?? "" }),
      ...headersOf(params),
      ...basicAuthorization(params),
    },
    ...(body !== undefined && { body }),
  });
}

export function methodOf(params: ActionCall["params"]): string {
  const method = params.method === undefined ? "GET" : textParam(params, "method");
  if (!METHODS.includes(method)) {
    throw wrong("method", `one of ${METHODS.join(", ")}`, method);
  }
  return method;
}

/** By their names in small letters. */
export function headersOf(params: ActionCall["params"]): Readonly<Record<string, string>> {
  const headers = params.headers === undefined ? {} : objectParam(params, "headers");
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), textOf(value)]));
}

export function queryParams(params: ActionCall["params"]): Readonly<Record<string, string>> {
  const entries = Object.entries(params.params === undefined ? {} : objectParam(params, "params"));
  return Object.fromEntries(
    entries.filter(([, value]) => value !== null).map(([name, value]) => [name, textOf(value)]),
  );
}

function contentType({ content_type = "JSON" }: ActionCall["params"]): string {
  if (typeof content_type !== "string" || !Object.hasOwn(CONTENT_TYPES, content_type)) {
    throw wrong("content_type", `one of ${Object.keys(CONTENT_TYPES).join(", ")}`, content_type);
  }
  return content_type;
}

function bodyOf(params: ActionCall["params"]): string | undefined {
  const { payload } = params;
  if (payload === undefined) {
    return undefined;
  }
  const type = contentType(params);
  if (type === "FORM" && typeof payload === "object") {
    const fields = Object.entries(objectParam(params, "payload"));
    return String(new URLSearchParams(fields.map(([name, value]): [string, string] => [name, textOf(value)])));
  }
  // A text is a body that was written out already.
  return textOf(payload);
}

function basicAuthorization({ basic }: ActionCall["params"]): Readonly<Record<string, string>> {
  return basic === undefined ? {} : basicOf(objectParam({ basic }, "basic"));
}

function basicOf({
  username = "",
  password = "",
}: {
  readonly [name: string]: Json;
}): Readonly<Record<string, string>> {
  const credentials = Buffer.from(`${textOf(username)}:${textOf(password)}`).toString("base64");
  return { authorization: `Basic ${credentials}` };
}

/** The request with the credentials of the Vault connection, where there is one. */
async function signed(call: ActionCall, request: OutsideRequest): Promise<OutsideRequest> {
  if (call.params.connection_id === undefined) {
    return request;
  }
  const { named, setup } = setUpConnection(call, "HTTP");
  const withHeaders = (headers: Readonly<Record<string, string>>) => ({
    ...request,
    headers: { ...request.headers, ...headers },
  });
  switch (setup.type) {
    case "BEARER":
      return withHeaders({ authorization: `Bearer ${setup.token}` });
    case "BASIC_AUTH":
      return withHeaders(basicOf(setup));
    case "API_KEY": {
      const { name = "", value = "" } = setup;
      if (setup.in === "HEADER") {
        return withHeaders({ [name.toLowerCase()]: value });
      }
      const url = new URL(request.url);
      url.searchParams.append(name, value);
      return { ...request, url };
    }
    default:
      return withHeaders({ authorization: `Bearer ${await clientToken(call, named, setup)}` });
  }
}

async function clientToken({ outside }: ActionCall, named: string, setup: VaultSetup): Promise<string> {
  const { type: _, token_endpoint = "", ...credentials } = setup;
  const { status, body } = await outside.request({
    method: "POST",
    url: new URL(token_endpoint),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: String(new URLSearchParams({ grant_type: "client_credentials", ...credentials })),
  });
  const token =
    typeof body === "object" && body !== null ? (body as { readonly access_token?: Json }).access_token : "";
  if (status >= 400 || typeof token !== "string" || token === "") {
    throw new FlowActionError(`${named} got no token: its token endpoint answered ${status}`);
  }
  return token;
}
