import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inventory, WHOLE } from "../support/inventory";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { Postgres } from "../support/postgres";
import { Project } from "../support/project";
import { describeWith, postgres } from "../support/requirements";

const STACK = "progressive-profiling-dev";

describeWith([postgres], "moving a state to another backend with the CDKTF command line", () => {
  const folder = mkdtempSync(join(tmpdir(), "states-"));
  const file = `{ type: "local", path: "${join(folder, "terraform.tfstate")}" }`;
  const commands = blocks("docs/state.md", "sh", "Move a state to another backend");
  let server: Postgres;
  let tenant: LocalTenant;
  let clone: Project;
  let environment: Readonly<Record<string, string>>;

  beforeAll(async () => {
    [server, tenant] = await Promise.all([Postgres.start(), startLocalTenant()]);
    environment = { ...tenant.env, PG_CONN_STR: server.connStr() };
    const first = new Project(environments(file));
    expect(first.cdktf(environment, "deploy", STACK, "--auto-approve")).toMatchObject({ status: 0 });
    first.remove();
    clone = new Project(environments(file));
  }, 120_000);

  afterAll(async () => {
    clone.remove();
    rmSync(folder, { recursive: true });
    await Promise.all([server.stop(), tenant.stop()]);
  });

  function environments(backend: string): string {
    const dev = `{ domain: "${tenant.domain}", backend: ${backend}, sampleApplication: false }`;
    return `import type { Environments } from "./lib";\nexport const environments: Environments = { dev: ${dev} };\n`;
  }

  /** Runs a block of the documentation, which ends with a command of CDKTF's command line. */
  function run(block = "") {
    const lines = block.split("\n");
    const [, program, ...args] = lines.pop()?.split(" ") ?? [];
    expect(program).toBe("cdktf");
    for (const line of lines) {
      execFileSync("sh", ["-c", line], { cwd: clone.folder });
    }
    return clone.cdktf(environment, ...args);
  }

  test("in a fresh clone without the first step: it plans to create everything, and changes nothing in the tenant", async () => {
    clone.rewrite(environments('{ type: "pg" }'));

    expect(run(commands[1])).toEqual({ status: 0, said: expect.stringContaining("8 to add") });

    expect(await inventory(tenant)).toEqual(WHOLE);
  }, 120_000);

  test("with the steps, after that mistake too: the next plan and a deploy from another clone change nothing", async () => {
    clone.rewrite(environments(file));
    const before = run(commands[0]);
    clone.rewrite(environments('{ type: "pg" }'));
    const moved = run(commands[1]);

    expect(before).toEqual({ status: 0, said: expect.stringContaining("No changes.") });
    expect(moved).toEqual({ status: 0, said: expect.stringContaining("No changes.") });
    const other = new Project(environments('{ type: "pg" }'));
    expect(other.cdktf(environment, "deploy", STACK, "--auto-approve")).toMatchObject({ status: 0 });
    other.remove();
    expect(await inventory(tenant)).toEqual(WHOLE);
  }, 120_000);
});
