import { configurationOf, examples } from "../support/example";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  await tenant.stop();
});

test.each(examples)("the example %s is applied, plans nothing more, and goes again", (name) => {
  const workspace = new Workspace(tenant.env, name);
  try {
    workspace.configure(configurationOf(name) as never);
    workspace.apply();

    expect(workspace.plan().changes).toEqual({});
    workspace.destroy();
  } finally {
    workspace.remove();
  }
});
