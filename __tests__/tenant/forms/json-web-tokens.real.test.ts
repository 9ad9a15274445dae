import type { FlowAction } from "auth0-forms";
import type { Json } from "../../../tenant/documents/json";
import type { ExecutedAction } from "../../../tenant/forms/flow-execution";
import { action } from "../../support/flow-run";
import { FormTenant } from "../../support/form-tenant";

let forms: FormTenant;
/** Vault connections, by their secrets. */
const connections: Record<string, string> = {};

beforeAll(async () => {
  forms = await FormTenant.start();
  for (const [secret, algorithm] of [
    ["a secret of some length that HS256 takes", "HS256"],
    ["another one", "HS256"],
    ["no-pem", "RS256"],
  ] as const) {
    const { body } = await forms.tenant.request("POST", "/api/v2/flows/vault/connections", {
      name: secret,
      app_id: "JWT",
      setup: { type: "JWT", algorithm, secret },
    });
    connections[secret] = body.id;
  }
}, 60_000);

afterAll(() => forms.stop());

const CLAIMS = { subject: "auth0|1", issuer: "shop", audience: "crm", expires_in: "2h", payload: { plan: "pro" } };
const SECRET = "a secret of some length that HS256 takes";

const sign = (params: Record<string, Json> = {}, secret = SECRET): FlowAction =>
  action(
    "JWT",
    "SIGN_JWT",
    { connection_id: connections[secret] ?? "", ...CLAIMS, ...params },
    { allow_failure: true },
  );

const verify = (params: Record<string, Json> = {}, secret = SECRET): FlowAction =>
  action("JWT", "VERIFY_JWT", {
    connection_id: connections[secret] ?? "",
    token: "{{actions.sign_jwt.token}}",
    ...params,
  });

const decode = (token: string): FlowAction => action("JWT", "DECODE_JWT", { token }, { allow_failure: true });

/** What the actions did at a login, by their ids. */
async function ran(...actions: readonly FlowAction[]): Promise<Readonly<Record<string, ExecutedAction>>> {
  const { flows } = await forms.deploy({
    form: {
      name: "Tokens",
      start: { next_node: "tokens" },
      nodes: [{ id: "tokens", type: "FLOW", config: { flow_id: "#FLOW-1#", next_node: "$ending" } }],
      ending: { resume_flow: true },
    },
    flows: { "#FLOW-1#": { name: "Tokens", actions } },
  });
  await forms.visitor();
  const path = `/api/v2/flows/${flows["#FLOW-1#"]}/executions`;
  const { body: list } = await forms.tenant.request("GET", path);
  const { body } = await forms.tenant.request("GET", `${path}/${list[0].id}?hydrate=debug`);
  return Object.fromEntries(body.debug.actions.map((one: ExecutedAction) => [one.id, one]));
}

test("are signed, decoded and verified", async () => {
  const { sign_jwt, decode_jwt, verify_jwt } = await ran(
    sign(),
    decode("{{actions.sign_jwt.token}}"),
    verify({ issuer: "shop", audience: "crm" }),
  );

  const token = String((sign_jwt?.output as { readonly token?: string } | undefined)?.token);
  const decoded = decode_jwt?.output as { payload?: { iat: number; exp: number } } | undefined;
  const { iat = 0, exp = 0 } = decoded?.payload ?? {};
  const parts = {
    header: { alg: "HS256", typ: "JWT" },
    payload: { plan: "pro", iat, sub: "auth0|1", iss: "shop", aud: "crm", exp: iat + 7200 },
    signature: token.split(".")[2],
  };
  expect(decoded).toEqual(parts);
  expect(exp).toBeGreaterThan(7200);
  expect(verify_jwt?.output).toEqual({ valid: true, ...parts });
});

test.each<[string, Record<string, Json>, Record<string, Json>, string, string]>([
  ["by another key", {}, {}, "another one", "INVALID_SIGNATURE"],
  ["for another audience", {}, { audience: "erp" }, SECRET, "INVALID_AUDIENCE"],
  ["of another issuer", {}, { issuer: "bank" }, SECRET, "INVALID_ISSUER"],
  ["that has expired", { expires_in: "0s" }, {}, SECRET, "EXPIRED"],
])("%s are not valid", async (_, signed, expected, secret, cause) => {
  const { verify_jwt } = await ran(sign(signed), verify(expected, secret));

  expect(verify_jwt?.output).toEqual({ valid: false, cause });
});

test.each<[string, () => FlowAction, string]>([
  [
    "a key of another algorithm",
    () => sign({}, "no-pem"),
    "the key of the Vault connection can not sign with this algorithm",
  ],
  [
    "a time that is none",
    () => sign({ expires_in: "soon" }),
    'params.expires_in must be seconds, or as in "2h", got "soon"',
  ],
  ["a token that is none", () => decode("a.b"), "params.token is no JSON Web Token: "],
])("fail in words for %s", async (_, failing, said) => {
  const [executed] = Object.values(await ran(failing()));

  expect(executed?.error).toContain(said);
  expect(executed?.error).not.toContain("no-pem");
});
