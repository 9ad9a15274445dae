import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";

// What it does after a crash is told by __tests__/journeys/backends-*.test.ts.

const SCRIPT = join(__dirname, "..", "..", "cli", "main.ts");
const PLAN = {
  resource_changes: [
    { address: "auth0_form.one", type: "auth0_form", change: { actions: ["create"], after: { name: "Profile" } } },
    { address: "auth0_flow.two", type: "auth0_flow", change: { actions: ["update"], after: { name: "Save" } } },
  ],
};

const NOTHING = '{"resource_changes":[]}';
const NO_PLAN = "is no plan; give what `terraform show -json PLANFILE` prints";

let tenant: LocalTenant;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "unmanaged-"));
  tenant = await startLocalTenant();
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await tenant.stop();
});

function unmanaged(
  plan: string | Buffer | undefined,
  env: NodeJS.ProcessEnv = tenant.env,
  ...options: readonly string[]
) {
  const file = join(folder, "plan.json");
  if (plan !== undefined) {
    writeFileSync(file, plan);
  }
  const args = [
    "--require",
    require.resolve("tsx/cjs"),
    SCRIPT,
    "unmanaged",
    ...(plan === undefined ? [] : [file]),
    ...options,
  ];
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { PATH, ...env } });
  return { status, said: stdout + stderr };
}

/** Adds a form; returns its id. */
async function form(): Promise<string> {
  const { body } = await tenant.request("POST", "/api/v2/forms", { name: "Profile", languages: { primary: "en" } });
  return body.id;
}

test("says what the plan would create and the tenant has in no state, and that there are two of one name", async () => {
  const heading = `# 1 to create; of these, the tenant ${tenant.domain} has:\n`;
  const none = `# 1 to create; of these, the tenant ${tenant.domain} has none\n`;
  expect(unmanaged(JSON.stringify(PLAN))).toEqual({ status: 0, said: none });

  const first = await form();
  expect(unmanaged(JSON.stringify(PLAN)).said).toBe(`${heading}terraform import 'auth0_form.one' '${first}'\n`);

  const resource = { address: 'auth0_form.one["1"]', mode: "managed", type: "auth0_form", values: { id: first } };
  const rotation = { ...PLAN, prior_state: { values: { root_module: { resources: [resource] } } } };
  expect(unmanaged(JSON.stringify(rotation)).said).toBe(none);

  const second = await form();
  const twice = `# auth0_form.one: the tenant has 2 of this name; delete all but one, first what nothing refers to
#   ${first}
#   ${second}
`;
  expect(unmanaged(JSON.stringify(PLAN)).said).toBe(heading + twice);

  const found = [{ id: first }, { id: second }];
  expect(JSON.parse(unmanaged(JSON.stringify(PLAN), tenant.env, "--json").said)).toEqual({
    domain: tenant.domain,
    toCreate: 1,
    resources: [{ address: "auth0_form.one", found }],
  });
});

test("says of two flows, Vault connections and clients of one name what refers to them", async () => {
  const create = async (path: string, body: object) => (await tenant.request("POST", `/api/v2/${path}`, body)).body;
  const setup = { type: "OAUTH_APP", client_id: "id", client_secret: "secret", domain: tenant.domain };
  const vaults = [
    await create("flows/vault/connections", { name: "Vault", app_id: "AUTH0", setup }),
    await create("flows/vault/connections", { name: "Vault", app_id: "AUTH0", setup }),
  ];
  const action = {
    type: "AUTH0",
    action: "UPDATE_USER",
    params: { connection_id: vaults[1].id, user_id: "x", changes: {} },
  };
  const actions = [{ id: "update", allow_failure: false, mask_output: false, ...action }];
  const flows = [await create("flows", { name: "Twice", actions }), await create("flows", { name: "Twice" })];
  const node = { id: "flow", type: "FLOW", config: { flow_id: flows[0].id, next_node: "$ending" } };
  const form = await create("forms", { name: "With a flow", languages: { primary: "en" }, nodes: [node] });
  const clients = [await create("clients", { name: "Twice" }), await create("clients", { name: "Twice" })];
  const audience = `https://${tenant.domain}/api/v2/`;
  const grant = await create("client-grants", { client_id: clients[0].client_id, audience, scope: [] });
  const types: Record<string, string> = {
    auth0_client: "Twice",
    auth0_flow: "Twice",
    auth0_flow_vault_connection: "Vault",
  };
  const changes = Object.entries(types).map(([type, name]) => {
    return { address: `${type}.x`, type, change: { actions: ["create"], after: { name } } };
  });

  const { said } = unmanaged(JSON.stringify({ resource_changes: changes }));

  expect(said.split("\n").filter((line) => line.startsWith("#   "))).toEqual([
    `#   ${clients[0].client_id}: client-grants/${grant.id} refers to it`,
    `#   ${clients[1].client_id}: nothing refers to it`,
    `#   ${flows[0].id}: forms/${form.id} refers to it`,
    `#   ${flows[1].id}: nothing refers to it`,
    `#   ${vaults[0].id}: nothing refers to it`,
    `#   ${vaults[1].id}: flows/${flows[0].id} refers to it`,
  ]);
});

describe("a plan that names its tenant", () => {
  const planOf = (domain: string) =>
    JSON.stringify({
      resource_changes: [],
      configuration: {
        provider_config: { auth0: { name: "auth0", expressions: { domain: { constant_value: domain } } } },
      },
    });

  test("is refused where AUTH0_DOMAIN is another one, before anything is asked", () => {
    const env = { ...tenant.env, AUTH0_DOMAIN: "example.eu.auth0.com" };

    expect(unmanaged(planOf(tenant.domain), env)).toEqual({
      status: 1,
      said:
        `the plan is one of ${tenant.domain}, but AUTH0_DOMAIN is example.eu.auth0.com, which has other ids; ` +
        `set the variables of ${tenant.domain}\n`,
    });
  });

  test("is taken where AUTH0_DOMAIN is that one, however it is written", () => {
    const env = { ...tenant.env, AUTH0_DOMAIN: `https://${tenant.domain.toUpperCase()}` };

    expect(unmanaged(planOf(tenant.domain), env)).toEqual({
      status: 0,
      said: `# 0 to create; of these, the tenant ${tenant.domain} has none\n`,
    });
  });
});

test.each<[string, string | Buffer | undefined, (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv, string]>([
  ["no plan is given", undefined, (env) => env, "[PLAN.json] must be one file, got 0; see --help"],
  ["the plan is not JSON", "PK", (env) => env, `plan.json] ${NO_PLAN}`],
  ["the plan is nothing", "null", (env) => env, `plan.json] ${NO_PLAN}`],
  ["the plan is an object of something else", '{"values":{}}', (env) => env, `plan.json] ${NO_PLAN}`],
  ["the plan's changes are no list", '{"resource_changes":5}', (env) => env, `plan.json] ${NO_PLAN}`],
  ["a change of the plan is none", '{"resource_changes":[{"address":"a"}]}', (env) => env, `plan.json] ${NO_PLAN}`],
  [
    "the plan is of Windows PowerShell",
    Buffer.from("\ufeff{}", "utf16le"),
    (env) => env,
    "plan.json] is UTF-16, as `>` of Windows PowerShell writes; give UTF-8: `terraform show -json PLANFILE | Out-File -Encoding utf8 FILE`",
  ],
  ["no tenant is named", NOTHING, () => ({}), "AUTH0_DOMAIN is missing"],
  ["there are no credentials", NOTHING, ({ AUTH0_DOMAIN }) => ({ AUTH0_DOMAIN }), "AUTH0_CLIENT_ID is missing"],
  [
    "there is a login that only the provider knows",
    NOTHING,
    ({ AUTH0_DOMAIN }) => ({ AUTH0_DOMAIN, AUTH0_CLI_LOGIN: "true" }),
    "this command logs in with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET",
  ],
  [
    "the secret is wrong",
    NOTHING,
    (env) => ({ ...env, AUTH0_CLIENT_SECRET: "not-it" }),
    "gives no token, it answers 401",
  ],
])("fails when %s", (_, plan, environment, message) => {
  expect(unmanaged(plan, environment(tenant.env))).toEqual({ status: 1, said: expect.stringContaining(message) });
});
