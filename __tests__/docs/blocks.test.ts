import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Where a block of code is run, or compared: a test's file below `__tests__`. */
type Run = `${string}.test.ts`;
/** Why nothing can run it here, in words. */
type NotRun = `not run: ${string}`;
type Row = readonly [language: string, heading: string, run: Run | NotRun];

const TYPED = "journeys/documents.test.ts";
const TYPED_THERE = "journeys/documents-environments.test.ts";
const ENVIRONMENTS = "lib/environments/environments.real.test.ts";
const ENCRYPTION = "journeys/backends-encryption.test.ts";
const POSTGRES = "journeys/backends-pg.test.ts";
const MOVE = "journeys/backends-command-line.test.ts";
const SECRETS = "journeys/secrets.test.ts";
const WORKFLOW = "workflow/pull-requests.real.test.ts";
const OTHERS_PROGRAM = "not run: a program of somebody else's that this repository does not install";

/** Each block of code that a reader could copy, in the order of the document. */
const BLOCKS: Readonly<Record<string, readonly Row[]>> = {
  "README.md": [
    ["ts", "Progressive profiling on Auth0, as code", "journeys/node-versions.test.ts"],
    ["sh", "Try it", "not run: the demo is `journeys/demo.test.ts`, and a test that runs all tests never ends"],
    ["sh", "Try it", TYPED],
    ["ts", "Your own questions", TYPED],
    ["text", "Your own questions", "lib/progressive-profiling-problems.test.ts"],
    ["sh", "In another project", "journeys/node-versions.test.ts"],
    ["sh", "A real tenant", TYPED],
    ["sh", "In a pull request", TYPED],
  ],
  "docs/adopt.md": [
    ["sh", "Before the first deploy", TYPED],
    ["sh", "Adopt what is there", "journeys/adopt.test.ts"],
    ["text", "Adopt what is there", "journeys/adopt.test.ts"],
  ],
  "docs/before-a-deploy.md": [
    ["ts", "How do I unit-test what is asked?", "docs/before-a-deploy.test.ts"],
    ["ts", "How do I unit-test what is asked?", "docs/before-a-deploy.test.ts"],
    ["sh", "How do I see the pages before they are deployed?", "docs/before-a-deploy.real.test.ts"],
  ],
  "docs/beside-others.md": [
    ["ts", "In which order do the Actions run?", "docs/beside-others.real.test.ts"],
    ["ts", "How do I define other Auth0 resources in the same stack?", "docs/beside-others.real.test.ts"],
    ["ts", "How do I deploy to several tenants?", "docs/beside-others.real.test.ts"],
    ["ts", "The tenant has a custom domain. What changes?", "docs/beside-others.real.test.ts"],
  ],
  "docs/environments.md": [
    ["ts", "From one tenant to several", ENVIRONMENTS],
    ["sh", "From one tenant to several", ENVIRONMENTS],
    ["text", "From one tenant to several", ENVIRONMENTS],
    ["sh", "From one tenant to several", "journeys/environments-deploy.test.ts"],
    ["sh", "From one tenant to several", TYPED_THERE],
    ["ts", "What an environment may have", ENVIRONMENTS],
    ["text", "Which stacks a command is about", "journeys/environments-deploy.test.ts"],
    ["sh", "Which stacks a command is about", TYPED_THERE],
    ["sh", "Which stacks a command is about", "journeys/environments-deploy.test.ts"],
    ["ts", "Backends", ENVIRONMENTS],
    ["ts", "What an error looks like", ENVIRONMENTS],
    ["text", "What an error looks like", ENVIRONMENTS],
    ["text", "Scopes of the deploying client", "journeys/deploy.test.ts"],
  ],
  "docs/form-language.md": [
    ["ts", "Stages", "docs/form-language.test.ts"],
    ["ts", "Where answers go", "docs/form-language.test.ts"],
    ["ts", "Flows", "docs/form-language.test.ts"],
    ["ts", "Words", "docs/form-language.test.ts"],
  ],
  "docs/from-dashboard.md": [
    ["sh", "Coming from the dashboard", "docs/from-dashboard.real.test.ts"],
    ["text", "Coming from the dashboard", "adopt/import-form.real.test.ts"],
    ["json", "A small file, and what becomes of it", "docs/from-dashboard.real.test.ts"],
    ["ts", "A small file, and what becomes of it", "docs/from-dashboard.real.test.ts"],
    ["ts", "In a stack", "adopt/import-form.real.test.ts"],
    ["ts", "What the code looks like", "docs/from-dashboard.test.ts"],
  ],
  "docs/from-deploy-cli.md": [
    ["ts", "From auth0-deploy-cli to a stack", "docs/from-tenant.real.test.ts"],
    ["sh", "From auth0-deploy-cli to a stack", "docs/from-tenant.real.test.ts"],
  ],
  "docs/from-hcl.md": [
    ["sh", "From Terraform to a stack", "docs/from-hcl.real.test.ts"],
    ["ts", "From Terraform to a stack", "docs/from-hcl.real.test.ts"],
    ["sh", "From Terraform to a stack", "docs/from-hcl.real.test.ts"],
  ],
  "docs/from-pulumi.md": [["sh", "From Pulumi to a stack", "docs/from-tenant.real.test.ts"]],
  "docs/how-it-works.md": [["mermaid", "What is defined, and what a login does", "review/mermaid.real.test.ts"]],
  "docs/props.md": [
    ["ts", "Props and components", "journeys/package.test.ts"],
    ["ts", "The provider's own classes", "journeys/package.test.ts"],
  ],
  "docs/pull-requests.md": [
    ["yaml", "Set it up", WORKFLOW],
    ["json", "Set it up", WORKFLOW],
    ["text", "Set it up", "not run: the names of variables that a backend may want"],
    ["text", "The client that plans", WORKFLOW],
    ["sh", "After the merge", OTHERS_PROGRAM],
  ],
  "docs/remove.md": [
    ["ts", "How do I stop asking, and keep it deployed?", "docs/remove.real.test.ts"],
    ["sh", "How do I remove all of it?", "docs/remove.real.test.ts"],
    ["text", "How do I remove all of it?", "docs/remove.real.test.ts"],
    ["sh", "How do I erase the answers?", "docs/remove.real.test.ts"],
  ],
  "docs/review.md": [
    ["sh", "The review of a plan", TYPED],
    ["markdown", "How to read it", "review/review.real.test.ts"],
  ],
  "docs/secrets.md": [
    ["ts", "A client of another stack", SECRETS],
    ["ts", "An existing client", SECRETS],
    ["ts", "An existing Vault connection", SECRETS],
    ["ts", "Of the client that is defined", SECRETS],
    ["text", "Of the client that is defined", "journeys/rotation.test.ts"],
    ["sh", "Of the client that is defined", SECRETS],
    ["sh", "Of an existing client", SECRETS],
  ],
  "docs/state.md": [
    ["text", "What a lock looks like", "journeys/backends-s3.test.ts"],
    ["sh", "What a lock looks like", TYPED_THERE],
    ["json", "S3: permissions", "journeys/backends-s3.test.ts"],
    ["sh", "S3: get a state back", OTHERS_PROGRAM],
    ["sql", "PostgreSQL", POSTGRES],
    ["ts", "PostgreSQL", POSTGRES],
    ["sh", "PostgreSQL", "not run: the address of a reader's own database"],
    ["sql", "PostgreSQL: who has the lock", POSTGRES],
    ["sql", "PostgreSQL: release the lock", POSTGRES],
    ["sh", "After a crash", "not run: the id is of one lock; `journeys/backends-s3.test.ts` releases one by its own"],
    ["sh", "What no state knows of", TYPED_THERE],
    ["text", "What no state knows of", TYPED_THERE],
    ["sh", "What no plan shows", TYPED_THERE],
    ["text", "What no plan shows", "verify/verify.real.test.ts"],
    ["sh", "Copies, with any backend", TYPED_THERE],
    ["sh", "Move a state to another backend", MOVE],
    ["sh", "Move a state to another backend", MOVE],
    ["sh", "Encryption by OpenTofu", ENCRYPTION],
    ["hcl", "Encrypt a new state", ENCRYPTION],
    ["hcl", "Encrypt a state that is there", ENCRYPTION],
    ["hcl", "Another passphrase", ENCRYPTION],
  ],
  "docs/to-cdk-terrain.md": [
    ["sh", "From CDKTF to CDK Terrain", "journeys/init.test.ts"],
    ["sh", "The way back", "journeys/init.test.ts"],
  ],
  "docs/to-hcl.md": [["sh", "From a stack to plain Terraform", "docs/to-hcl.real.test.ts"]],
  "docs/tutorial.md": [
    ["sh", "1. The article", "not run: the demo, as in the README"],
    ["ts", "2. Your question", TYPED],
    ["sh", "2. Your question", TYPED],
    ["ts", '3. Two languages, the right moment, and "later"', TYPED],
    ["sh", "4. In a pull request", TYPED],
  ],
  "docs/when-people-are-asked.md": [
    ["ts", "When people are asked", "docs/when-people-are-asked.test.ts"],
    ["json", "What is remembered", "docs/when-people-are-asked.test.ts"],
  ],
  "docs/words-consents-codes.md": [
    ["ts", "How do I change the words of the default stages?", "docs/words-consents-codes.test.ts"],
    ["ts", "How do I ask for a consent again when its text changes?", "docs/words-consents-codes.test.ts"],
    ["ts", "How do I verify an e-mail address by a code?", "docs/words-consents-codes.test.ts"],
  ],
  "sample-app/README.md": [
    [
      "sh",
      "Run it",
      "not run: the values are of one client; `journeys/demo.test.ts` starts the application with its own",
    ],
  ],
  "tenant/README.md": [
    ["sh", "The local tenant", TYPED],
    ["sh", "The local tenant", TYPED],
    ["json", "What flows do", "tenant/forms/services.test.ts"],
  ],
};

/** What reads a block for a test, where the test does not name the document itself. */
const READERS: Readonly<Record<string, string>> = {
  "README.md": "readmeBlocks(",
  "docs/state.md": "stateDocument(",
  "docs/environments.md": "deployingScopes(",
  "docs/pull-requests.md": "planningScopes(",
  "tenant/README.md": '"tenant", "README.md"',
};

test("no other document has a block of code, but for API.md, which the compiler reads whole", () => {
  const examples = readdirSync(join(ROOT, "examples")).map((name) => `examples/${name}/README.md`);
  const guides = readdirSync(join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : []));
  const documents = ["README.md", "AGENTS.md", ...guides, "sample-app/README.md", "tenant/README.md", ...examples];

  expect(documents.filter((document) => blocksOf(document).length > 0).sort()).toEqual(Object.keys(BLOCKS).sort());
});

test.each(Object.entries(BLOCKS))("%s has no block of code but these", (document, rows) => {
  expect(blocksOf(document)).toEqual(rows.map(([language, heading]) => `${language} below "${heading}"`));
});

const RUNS = Object.entries(BLOCKS).flatMap(([document, rows]) =>
  [...new Set(rows.map(([, , run]) => run))].filter(isRun).map((run) => [document, run] as const),
);

test.each(RUNS)("%s is read by %s", (document, run) => {
  const text = readFileSync(join(ROOT, "__tests__", run), "utf8");

  expect([`"${document}"`, READERS[document] ?? "none"].filter((reader) => text.includes(reader))).not.toEqual([]);
});

function isRun(run: Run | NotRun): run is Run {
  return !run.startsWith("not run: ");
}

/** A fence of four holds one of three, and what looks like a heading in a block is none. */
function blocksOf(document: string): readonly string[] {
  let heading = "";
  const found: string[] = [];
  const text = readFileSync(join(ROOT, document), "utf8");
  for (const [, title, , language] of text.matchAll(/^#+ (.*)$|^ *(`{3,})(\w*)\n[\s\S]*?^ *\2 *$/gm)) {
    if (title === undefined) {
      found.push(`${language} below "${heading}"`);
    } else {
      heading = title;
    }
  }
  return found;
}
