import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalTenant, startLocalTenant } from "./support/local-tenant";

// What it does after a crash is told by __tests__/backends-*.test.ts.

const SCRIPT = join(__dirname, "..", "scripts", "unmanaged.ts");
const PLAN = {
  resource_changes: [
    { address: "auth0_form.one", type: "auth0_form", change: { actions: ["create"], after: { name: "Profile" } } },
    { address: "auth0_flow.two", type: "auth0_flow", change: { actions: ["update"], after: { name: "Save" } } },
  ],
};

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

function unmanaged(plan: string | undefined, env: NodeJS.ProcessEnv = tenant.env) {
  const file = join(folder, "plan.json");
  if (plan !== undefined) writeFileSync(file, plan);
  const args = ["--require", require.resolve("tsx/cjs"), SCRIPT, ...(plan === undefined ? [] : [file])];
  const { PATH } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", env: { PATH, ...env } });
  return { status, said: stdout + stderr };
}

/** Adds a form; returns its id. */
async function form(): Promise<string> {
  const { body } = await tenant.request("POST", "/api/v2/forms", { name: "Profile", languages: { primary: "en" } });
  return body.id;
}

test("says what the plan would create and the tenant has, and that there are two of one name", async () => {
  const heading = `# 1 to create; of these, the tenant ${tenant.domain} has:\n`;
  expect(unmanaged(JSON.stringify(PLAN))).toEqual({ status: 0, said: heading });

  const first = await form();
  expect(unmanaged(JSON.stringify(PLAN)).said).toBe(`${heading}terraform import 'auth0_form.one' '${first}'\n`);

  const second = await form();
  const twice = `# auth0_form.one: the tenant has 2 of this name, ${first}, ${second}; delete all but one\n`;
  expect(unmanaged(JSON.stringify(PLAN)).said).toBe(heading + twice);
});

test.each<[string, string | undefined, (env: NodeJS.ProcessEnv) => NodeJS.ProcessEnv, string]>([
  ["no plan is given", undefined, (env) => env, "which plan? npm run unmanaged -- PLAN.json"],
  ["the plan is not JSON", "PK", (env) => env, "can not be read as a plan"],
  ["no tenant is named", "{}", () => ({}), "AUTH0_DOMAIN is not set"],
  ["there are no credentials", "{}", ({ AUTH0_DOMAIN }) => ({ AUTH0_DOMAIN }), "set AUTH0_CLIENT_ID and"],
  ["the secret is wrong", "{}", (env) => ({ ...env, AUTH0_CLIENT_SECRET: "not-it" }), "gives no token, it answers 401"],
])("fails when %s", (_, plan, environment, message) => {
  expect(unmanaged(plan, environment(tenant.env))).toEqual({ status: 1, said: expect.stringContaining(message) });
});
