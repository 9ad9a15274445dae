import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tenantFromEnvironment } from "../../lib";

const ROOT = join(__dirname, "..", "..");
const TENANT = { AUTH0_DOMAIN: "example.eu.auth0.com", AUTH0_CLIENT_ID: "id", AUTH0_CLIENT_SECRET: "secret" };

/** Runs main.ts as cdktf.json tells the CDKTF command line to. */
function synth(environment: Record<string, string>) {
  const { app } = JSON.parse(readFileSync(join(ROOT, "cdktf.json"), "utf8"));
  const outdir = mkdtempSync(join(tmpdir(), "synth-"));
  const { PATH = "", HOME = "" } = process.env;
  const run = spawnSync(app, {
    cwd: ROOT,
    shell: true,
    encoding: "utf8",
    env: { PATH, HOME, CDKTF_OUTDIR: outdir, ...environment },
  });
  return { run, outdir };
}

// The logical ids are a contract: another id is another resource, destroyed and made anew in every tenant.
test("main.ts defines the stack of the snapshot", () => {
  const { run, outdir } = synth(TENANT);
  expect(run.stderr).toBe("");
  const stack = JSON.parse(
    readFileSync(join(outdir, "stacks", "progressive-profiling-example-eu-auth0-com", "cdk.tf.json"), "utf8"),
  );
  stack.terraform.backend.local.path = "<state>";

  expect(stack).toMatchSnapshot();
});

test("SAMPLE_APPLICATION_URL is where the sample application is, as the demo says on another port", () => {
  const { outdir } = synth({ ...TENANT, SAMPLE_APPLICATION_URL: "http://localhost:3001" });
  const text = readFileSync(
    join(outdir, "stacks", "progressive-profiling-example-eu-auth0-com", "cdk.tf.json"),
    "utf8",
  );
  const clients: { callbacks?: string[]; allowed_logout_urls?: string[] }[] = Object.values(
    JSON.parse(text).resource.auth0_client,
  );

  expect(
    clients.flatMap(({ callbacks = [], allowed_logout_urls = [] }) => [...callbacks, ...allowed_logout_urls]),
  ).toEqual(["http://localhost:3001/callback", "http://localhost:3001"]);
});

test("the article is synthesised without what reads and checks stages and Actions of one's own", () => {
  const listing = join(mkdtempSync(join(tmpdir(), "loaded-")), "list.js");
  writeFileSync(listing, 'process.on("exit", () => console.log(Object.keys(require.cache).join("\\n")));');
  const { run } = synth({ ...TENANT, NODE_OPTIONS: `--require ${listing}` });
  const packages = new Set([...run.stdout.matchAll(/\/node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].map(([, name]) => name));

  expect([...packages]).toEqual(expect.arrayContaining(["cdktf", "constructs"]));
  expect([...packages].filter((name) => name === "ajv" || name === "acorn")).toEqual([]);
});

test("no secret of the environment reaches the synthesised stack", () => {
  const { outdir } = synth({ ...TENANT, AUTH0_CLIENT_SECRET: "planted-secret" });

  expect(() => execFileSync("grep", ["-r", "planted-secret", outdir])).toThrow();
});

describe("the environment", () => {
  test("without a tenant is one error that names every missing variable", () => {
    const { run } = synth({});

    expect(run.status).toBe(1);
    expect(run.stderr).toContain(
      [
        "Error: the environment does not say which tenant is meant, or how to enter it:",
        "  AUTH0_DOMAIN is missing: the tenant's domain, e.g. example.eu.auth0.com",
        "  AUTH0_CLIENT_ID is missing: the client that deploys (or give AUTH0_API_TOKEN, or AUTH0_CLI_LOGIN=true)",
        "  AUTH0_CLIENT_SECRET is missing: the secret of that client (or give AUTH0_CLIENT_ASSERTION_PRIVATE_KEY and AUTH0_CLIENT_ASSERTION_SIGNING_ALG)",
        "Of a tenant of Auth0 they are its domain, and an application of the type Machine to Machine that is authorized for the Management API (dashboard: Applications).",
        "A local tenant, `npx auth0-local-tenant`, names a file that sets them all: source it in the shell.",
      ].join("\n"),
    );
  });

  test.each<[string, Record<string, string>]>([
    ["a client secret", TENANT],
    [
      "a private key",
      {
        AUTH0_DOMAIN: "a.b",
        AUTH0_CLIENT_ID: "a",
        AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "k",
        AUTH0_CLIENT_ASSERTION_SIGNING_ALG: "RS256",
      },
    ],
    ["a token", { AUTH0_DOMAIN: "a.b", AUTH0_API_TOKEN: "t" }],
    ["the login of Auth0's command line", { AUTH0_DOMAIN: "a.b", AUTH0_CLI_LOGIN: "true" }],
    ["a local tenant's port", { ...TENANT, AUTH0_DOMAIN: "localhost:9443" }],
  ])("passes with %s", (_, environment) => {
    expect(() => tenantFromEnvironment(environment)).not.toThrow();
  });

  test.each<[string, Record<string, string>, string]>([
    ["blank", { ...TENANT, AUTH0_CLIENT_SECRET: " " }, "AUTH0_CLIENT_SECRET is missing"],
    [
      "half of a key pair",
      { AUTH0_DOMAIN: "a.b", AUTH0_CLIENT_ID: "a", AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: "k" },
      "AUTH0_CLIENT_ASSERTION_SIGNING_ALG is missing: it belongs to AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
    ],
    [
      "a domain with a slash, which the provider would take for a part of it",
      { ...TENANT, AUTH0_DOMAIN: "https://a.b/" },
      'AUTH0_DOMAIN must be a domain without a path, got "https://a.b/"',
    ],
    [
      "an address",
      { ...TENANT, AUTH0_DOMAIN: "https://a.b/x" },
      'AUTH0_DOMAIN must be a domain without a path, got "https://a.b/x"',
    ],
  ])("fails when a variable is %s", (_, environment, message) => {
    expect(() => tenantFromEnvironment(environment)).toThrow(message);
  });
});
