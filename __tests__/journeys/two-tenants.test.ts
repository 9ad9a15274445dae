import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Auth0Provider, ProgressiveProfiling, SampleApplication } from "../../lib";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "two-tenants-"));
let tenants: readonly LocalTenant[] = [];
let workspace: Workspace;

beforeAll(async () => {
  tenants = await Promise.all([startLocalTenant(), startLocalTenant()]);
  const authorities = join(folder, "authorities.pem");
  writeFileSync(authorities, tenants.map(({ ca }) => ca).join("\n"));
  // The provider without an alias finds no tenant: whatever named none would fail.
  workspace = new Workspace({ SSL_CERT_FILE: authorities });
});

afterAll(async () => {
  workspace?.remove();
  rmSync(folder, { recursive: true, force: true });
  await Promise.all(tenants.map((tenant) => tenant.stop()));
});

/** The names of what a tenant has of each kind, and the domain that its Vault connection writes to. */
async function inventory(tenant: LocalTenant) {
  const all = async (path: string) => {
    const { body } = await tenant.request("GET", `/api/v2/${path}`);
    return (Array.isArray(body) ? body : Object.values(body).find(Array.isArray)) as Readonly<Record<string, string>>[];
  };
  const names = async (path: string, key = "name") => (await all(path)).map((one) => one[key]);
  return {
    forms: await names("forms"),
    flows: await names("flows"),
    connections: await names("flows/vault/connections"),
    domains: await names("flows/vault/connections", "account_name"),
    actions: await names("actions/actions"),
    bindings: await names("actions/triggers/post-login/bindings", "display_name"),
    clients: (await names("clients")).filter((name) => /^(Sample|Profiling) of /.test(name ?? "")).sort(),
  };
}

const setUpOf = (name: string, domain: string) => ({
  forms: [name],
  flows: [name],
  connections: [name],
  domains: [domain],
  actions: [name],
  bindings: [name],
  clients: [`Profiling of ${name}`, `Sample of ${name}`],
});

test("one stack deploys to two tenants by two aliases, each its own set-up, and to nobody else", async () => {
  const [one, two] = tenants as readonly [LocalTenant, LocalTenant];
  const define: Parameters<Workspace["synth"]>[0] = (stack) => {
    for (const [alias, { env }] of Object.entries({ one, two })) {
      const { AUTH0_DOMAIN: domain, AUTH0_CLIENT_ID: clientId, AUTH0_CLIENT_SECRET: clientSecret } = env;
      const provider = new Auth0Provider(stack, alias, { alias, domain, clientId, clientSecret });
      const names = {
        form: alias,
        flow: alias,
        vaultConnection: alias,
        action: alias,
        client: `Profiling of ${alias}`,
      };
      new ProgressiveProfiling(stack, `profiling-${alias}`, { provider, names });
      new SampleApplication(stack, `sample-${alias}`, { provider, name: `Sample of ${alias}` });
    }
  };
  workspace.synth(define);
  workspace.apply();

  expect(await inventory(one)).toEqual(setUpOf("one", one.env.AUTH0_DOMAIN));
  expect(await inventory(two)).toEqual(setUpOf("two", two.env.AUTH0_DOMAIN));
  expect(workspace.plan().changes).toEqual({});

  workspace.destroy();
  const nothing = { forms: [], flows: [], connections: [], domains: [], actions: [], bindings: [], clients: [] };
  expect(await Promise.all([inventory(one), inventory(two)])).toEqual([nothing, nothing]);
});
