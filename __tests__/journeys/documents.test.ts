import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalTenant } from "../../dev/local-tenant";
import { DocumentProject } from "../support/document-project";
import { inventory } from "../support/inventory";
import { startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { pastedIntoMain } from "../support/readme";

// Of what `deploy` and `destroy` print, a busy machine's terminal may lose the last lines: what they did is asked of the tenant.
// What README and guides tell people to type, typed as it stands there. What is put in is what only a reader has:
// the tenant's name and credentials, and a yes where `deploy` and `destroy` ask.
const NO_ENVIRONMENTS = 'import type { Environments } from "./lib";\n\nexport const environments: Environments = {};\n';
const MAIN = readFileSync(join(__dirname, "..", "..", "main.ts"), "utf8");
const EXPORT = /^export AUTH0_DOMAIN=.*$/m;

let tenant: LocalTenant;
let clone: DocumentProject;

beforeAll(async () => {
  tenant = await startLocalTenant();
  clone = new DocumentProject(NO_ENVIRONMENTS);
  clone.writeVariables(".demo/env", tenant.env);
});

afterAll(async () => {
  clone.remove();
  await tenant.stop();
});

/** The block with a yes, and with the stack of this tenant instead of the demo's. */
function typed(block = ""): string {
  return block
    .replace(/^npx cdktf (deploy|destroy)$/gm, "npx cdktf $1 --auto-approve")
    .replaceAll("localhost-9443", tenant.domain.replace(":", "-"));
}

/** Runs the block to its end. */
function said(block: string, environment?: Readonly<Record<string, string>>): string {
  const ran = clone.shell(block, environment);
  expect({ status: ran.status, last: ran.said.slice(-2000) }).toMatchObject({ status: 0 });
  return ran.said;
}

function writeMain(text: string): void {
  writeFileSync(join(clone.folder, "main.ts"), text);
}

test("docs/adopt.md: nothing stands in the way of a first deploy", () => {
  const [check = ""] = blocks("docs/adopt.md", "sh", "Before the first deploy");

  expect(said(`source .demo/env\n${check}`)).toContain("nothing");
}, 60_000);

describe("README.md", () => {
  const [beside = ""] = blocks("README.md", "sh", "Try it").slice(-1);
  const [real = ""] = blocks("README.md", "sh", "A real tenant");

  test("a shell beside the demo plans and deploys", async () => {
    const before = await inventory(tenant);

    expect(said(typed(beside))).toContain("10 to add, 0 to change");
    expect((await tenant.request("GET", "/api/v2/forms")).body).toHaveLength(1);
    said("source .demo/env\nnpx cdktf destroy --auto-approve");

    expect(await inventory(tenant)).toEqual(before);
  }, 180_000);

  test("a real tenant is planned and deployed to by its credentials in the environment", async () => {
    const { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET, ...trust } = tenant.env;
    const credentials = { AUTH0_DOMAIN, AUTH0_CLIENT_ID, AUTH0_CLIENT_SECRET };
    const given = Object.entries(credentials).map(([name, value]) => `export ${name}='${value}'`);

    expect(said(typed(real.replace(EXPORT, given.join("\n"))), trust)).toContain("10 to add");
    expect((await tenant.request("GET", "/api/v2/forms")).body).toHaveLength(1);
    said("source .demo/env\nnpx cdktf destroy --auto-approve");
  }, 180_000);
});

describe("docs/tutorial.md, and the review of README.md and docs/review.md", () => {
  const [, beside = ""] = blocks("docs/tutorial.md", "sh");

  test("the article is deployed, then the tutorial's first third question", () => {
    expect(said(typed(beside))).toContain("10 to add");

    writeMain(pastedIntoMain(blocks("docs/tutorial.md", "ts")[0] ?? ""));

    expect(said(typed(beside))).toContain("3 to change");
  }, 180_000);

  test.each([
    ["docs/tutorial.md", blocks("docs/tutorial.md", "sh", "4. In a pull request")[0]],
    ["README.md", blocks("README.md", "sh", "In a pull request")[0]],
    ["docs/review.md", blocks("docs/review.md", "sh")[0]],
  ])(
    "the commands of %s review the plan of the tutorial's last stage",
    (_, block) => {
      writeMain(pastedIntoMain(blocks("docs/tutorial.md", "ts")[1] ?? ""));

      const review = said(`source .demo/env\n${typed(block)}`);

      expect(review).toContain("from the 3rd login on");
    },
    120_000,
  );

  test("the README's own stage is reviewed in the words that it shows", () => {
    writeMain(MAIN);
    said("source .demo/env\nnpx cdktf deploy --auto-approve");
    writeMain(pastedIntoMain(blocks("README.md", "ts", "Your own questions")[0] ?? ""));
    const readme = readFileSync(join(__dirname, "..", "..", "README.md"), "utf8");
    const shown = [...readme.matchAll(/^> ?(.*)$/gm)].map(([, line]) => line).filter((line) => line !== "");

    const review = said(`source .demo/env\n${typed(blocks("README.md", "sh", "In a pull request")[0])}`);

    const [title = "", ...rows] = shown.map((line) => (line ?? "").replace(/^\*\*(.*)\*\*/, "## $1"));
    expect(review.split("\n")).toEqual(expect.arrayContaining([title, ...rows]));
  }, 180_000);
});

test("a tenant that is started as tenant/README.md says is deployed to", async () => {
  const [start = "", deploy = ""] = blocks("tenant/README.md", "sh");
  const [, options = "none", env = ""] = /^npm run tenant -- (.*) --env (.*)$/.exec(start) ?? [];
  const here = options.replace("9443", "0").replace(".tenant", join(clone.folder, ".tenant"));
  const started = await LocalTenant.start(here.split(" "), join(clone.folder, env));
  // `terraform apply` is of a configuration that a reader has; CDKTF's command is of this one
  const [, cdktf = "none"] = /# or: (npx cdktf deploy)$/.exec(deploy) ?? [];
  writeMain(MAIN);

  said(`source .tenant/env\n${cdktf} --auto-approve`);
  expect((await started.request("GET", "/api/v2/forms")).body).toHaveLength(1);

  await started.stop();
}, 120_000);
