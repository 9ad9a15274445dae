import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { CDKTF, Project } from "../support/project";

const CONFIGURATION = join(__dirname, "..", "..", "cdktf.json");
const NO_ENVIRONMENTS = 'import type { Environments } from "./lib";\n\nexport const environments: Environments = {};\n';

/** Five stacks of one app, each of which binds an Action, for one tenant. */
const FIVE_STACKS = `import { App, TerraformStack } from "cdktf";
import { Auth0Provider, ProgressiveProfiling } from "./lib";

const app = new App();
for (const name of ["a", "b", "c", "d", "e"]) {
  const stack = new TerraformStack(app, name);
  new Auth0Provider(stack, "auth0");
  const names = { form: name, flow: name, action: name, client: name, vaultConnection: name };
  new ProgressiveProfiling(stack, "profiling", { names });
}
app.synth();
`;

let tenant: LocalTenant;
let project: Project;

beforeEach(async () => {
  tenant = await startLocalTenant();
  project = new Project(NO_ENVIRONMENTS);
});

afterEach(async () => {
  project.remove();
  await tenant.stop();
});

const forms = async (): Promise<readonly unknown[]> => (await tenant.request("GET", "/api/v2/forms")).body;

test("a local tenant is deployed to by its address as well, which is a name of the same", async () => {
  const byAddress = { ...tenant.env, AUTH0_DOMAIN: tenant.env.AUTH0_DOMAIN.replace("localhost", "127.0.0.1") };

  expect(project.cdktf(byAddress, "deploy", "--auto-approve")).toMatchObject({ status: 0 });

  expect(project.cdktf(tenant.env, "diff")).toMatchObject({ status: 0, said: expect.stringContaining("No changes.") });
  expect(await forms()).toHaveLength(1);
}, 60_000);

test("stacks of one app for one tenant are all bound when they are deployed one after the other", async () => {
  writeFileSync(join(project.folder, "main.ts"), FIVE_STACKS);

  const { status } = project.cdktf(tenant.env, "deploy", "*", "--auto-approve", "--parallelism", "1");

  expect(status).toBe(0);
  const { body } = await tenant.request("GET", "/api/v2/actions/triggers/post-login/bindings");
  expect(body.bindings).toHaveLength(5);
}, 240_000);

test.each([
  ["leaves it as it was", {}, true],
  ["would write a pattern into one that has none", { watchPattern: undefined }, false],
])(
  "cdktf watch reads from cdktf.json what to watch, and %s",
  (_, without, isSame) => {
    const configuration = join(project.folder, "cdktf.json");
    const text = JSON.stringify({ ...JSON.parse(readFileSync(CONFIGURATION, "utf8")), ...without });
    // The link would lead to this repository's own.
    rmSync(configuration);
    writeFileSync(configuration, text);

    // It ends where the registry does not answer, and would go on where it does: what it writes, it writes first.
    const { stdout } = spawnSync(process.execPath, [CDKTF, "watch", "--auto-approve"], {
      cwd: project.folder,
      env: { ...process.env, ...tenant.env, CI: "true" },
      encoding: "utf8",
      timeout: 20_000,
      killSignal: "SIGKILL",
    });

    expect(stdout).not.toBe("");
    expect(readFileSync(configuration, "utf8") === text).toBe(isSame);
  },
  60_000,
);
