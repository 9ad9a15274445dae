import { HaltingTenant } from "./support/halting-tenant";
import { inventory, WHOLE } from "./support/inventory";
import { Postgres } from "./support/postgres";
import { Project } from "./support/project";
import { describeWith, postgres } from "./support/requirements";

const STACK = "progressive-profiling-dev";

describeWith([postgres], "the CDKTF command line", () => {
  let server: Postgres;
  let halting: HaltingTenant;
  let project: Project;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    [server, halting] = await Promise.all([Postgres.start(), HaltingTenant.start()]);
    project = new Project(environments("{ type: 'local' }"));
    environment = { ...halting.tenant.env, PG_CONN_STR: server.connStr() };
  }, 60_000);

  afterAll(async () => {
    project.remove();
    await Promise.all([server.stop(), halting.stop()]);
  });

  function environments(backend: string): string {
    const dev = `{ domain: "${halting.tenant.domain}", backend: ${backend}, sampleApplication: false }`;
    return `import type { Environments } from "./lib";\nexport const environments: Environments = { dev: ${dev} };\n`;
  }

  test("moves a state to the new backend by --migrate-state, and plans nothing", async () => {
    expect(project.cdktf(environment, "deploy", STACK, "--auto-approve")).toMatchObject({ status: 0 });

    project.rewrite(environments("{ type: 'pg' }"));
    const moved = project.cdktf(environment, "deploy", STACK, "--auto-approve", "--migrate-state");

    expect(moved).toEqual({ status: 0, said: expect.stringContaining("No changes.") });
    expect(server.sql("SELECT count(*) FROM progressive_profiling_dev.states WHERE length(data) > 1000")).toEqual([
      "1",
    ]);
    expect(await inventory(halting.tenant)).toEqual(WHOLE);
  }, 120_000);
});
