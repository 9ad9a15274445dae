import { rmSync } from "node:fs";
import { join } from "node:path";
import { DocumentProject } from "../support/document-project";
import { inventory, WHOLE } from "../support/inventory";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";

// The commands of docs/environments.md and docs/state.md as people type them, with two tenants. What is put in is what
// only a reader has: tenants, credentials, and a yes where `deploy` asks.
const STACK = "progressive-profiling-dev";

let dev: LocalTenant;
let stage: LocalTenant;
let clone: DocumentProject;

beforeAll(async () => {
  [dev, stage] = await Promise.all([startLocalTenant(), startLocalTenant()]);
  clone = new DocumentProject(
    `import type { Environments } from "./lib";\nexport const environments: Environments = { dev: { domain: "${dev.domain}" }, stage: { domain: "${stage.domain}" } };\n`,
  );
  clone.writeVariables(".auth0/dev.env", dev.env);
  clone.writeVariables(".auth0/stage.env", stage.env);
});

afterAll(async () => {
  clone.remove();
  await Promise.all([dev.stop(), stage.stop()]);
});

/** Runs the block to its end, in an environment of its own beside the tenant's. */
function said(block: string, environment: Readonly<Record<string, string>> = dev.env): string {
  const ran = clone.shell(
    block.replace(/^npx cdktf deploy( [^-]*)?$/gm, "npx cdktf deploy$1 --auto-approve"),
    environment,
  );
  expect({ status: ran.status, last: ran.said.slice(-2000) }).toMatchObject({ status: 0 });
  return ran.said;
}

test("one environment is planned and deployed by its own credentials", async () => {
  const [block = ""] = blocks("docs/environments.md", "sh", "From one tenant to several").slice(-1);
  const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, ...trust } = dev.env;
  const given = Object.entries({ AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET });

  said(block.replace(/^export .*$/m, given.map(([name, value]) => `export ${name}='${value}'`).join("\n")), trust);

  expect(await inventory(dev)).toEqual({ ...WHOLE, clients: 2 });
  expect(await inventory(stage)).not.toEqual(await inventory(dev));
}, 120_000);

test("all environments are deployed, each by the file of its credentials", async () => {
  const [loop = ""] = blocks("docs/environments.md", "sh", "Which stacks a command is about");

  said(loop, { HOME: clone.folder });

  expect(await inventory(stage)).toEqual(await inventory(dev));
}, 120_000);

test("a deploy that would wait for a lock is one like any other", async () => {
  const before = await inventory(dev);

  said(blocks("docs/state.md", "sh", "What a lock looks like")[0] ?? "");

  expect(await inventory(dev)).toEqual(before);
}, 120_000);

test("what no plan shows is compared, and differs in nothing", () => {
  expect(said(blocks("docs/state.md", "sh", "What no plan shows")[0] ?? "")).toContain(STACK);
}, 60_000);

test("a state is copied and put back, and then one that is lost is found in the tenant", () => {
  said(blocks("docs/state.md", "sh", "Copies, with any backend")[0] ?? "");
  rmSync(join(clone.folder, `terraform.${STACK}.tfstate`));

  const imports = said(blocks("docs/state.md", "sh", "What no state knows of")[0] ?? "");

  const [shown = ""] = blocks("docs/state.md", "text", "What no state knows of");
  const address = /'[^']*'/.exec(shown)?.[0] ?? "";
  expect(imports).toMatch(
    new RegExp(`^terraform import '${address.slice(1, -1).replace(/[[\]]/g, "\\$&")}' '\\w+'$`, "m"),
  );
}, 120_000);
