import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProgressiveProfiling } from "../../lib";
import { runCommand } from "../support/command";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

let tenant: LocalTenant;
let workspace: Workspace;

beforeAll(async () => {
  tenant = await startLocalTenant();
  workspace = new Workspace(tenant.env);
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling");
  });
});

afterAll(async () => {
  workspace.remove();
  await tenant.stop();
});

interface Checked {
  readonly isReady: boolean;
  readonly answers: readonly { about: string; verdict: string; what: string; remedy?: string }[];
}

function check(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return runCommand(["check", ...args], tmpdir(), { ...tenant.env, ...environment });
}

/** For the stack of the workspace. */
function checkStack(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return check([join(workspace.directory, "..", ".."), ...args], environment);
}

/** What is a problem, by what it is about, as `--json` prints it. */
function problems(environment: Readonly<Record<string, string>> = {}): readonly string[] {
  const { status, stdout } = checkStack(["--json"], environment);
  const { isReady, answers }: Checked = JSON.parse(stdout);
  const found = answers.filter(({ verdict }) => verdict === "problem");
  expect([status, found.length === 0]).toEqual([isReady ? 0 : 2, isReady]);
  expect(found.filter(({ remedy }) => remedy === undefined)).toEqual([]);
  return found.map(({ about, what }) => `${about}: ${what}`);
}

const enable = async () => {
  const { client_id } = await createManagementClient(tenant, "Application", []);
  const { body } = await tenant.request("GET", "/api/v2/connections");
  await tenant.request("PATCH", `/api/v2/connections/${body[0].id}/clients`, [{ client_id, status: true }]);
};

test("before the first deploy: no connection is enabled, then nothing stands in the way", async () => {
  expect(problems()).toEqual([
    "connection: no connection is enabled for any application, so that nobody can log in and be asked",
  ]);

  await enable();

  const { status, stdout } = checkStack([]);
  expect(status).toBe(0);
  expect(stdout).toBe(`ok       credentials  ${tenant.domain} takes them
ok       scopes       all 27 that a deploy needs
ok       forms        the tenant has Forms
ok       names        none is taken
ok       limits       the tenant has 0 of 500 forms, and 1 more is to come
ok       limits       the tenant has 0 of 500 flows, and 1 more is to come
ok       limits       the tenant has 0 of 100 Actions, and 1 more is to come
ok       trigger      post-login runs nothing: 0 of 20 Actions, and 1 more is to come
unknown  domain       whether the tenant has a custom domain: GET custom-domains is answered with 501: GET /api/v2/custom-domains: not built in the local tenant
ok       connection   "Username-Password-Authentication" is enabled for an application

Ready: nothing stands in the way of a deploy of journey to ${tenant.domain}.
`);
});

test("it sends GET requests, and one for its token", () => {
  const { requests } = checkStack([]);

  expect(requests.length).toBeGreaterThan(10);
  expect(requests.filter((request) => !request.startsWith("GET /api/v2/"))).toEqual(["POST /oauth/token"]);
});

test.each<[string, () => Readonly<Record<string, string>>, readonly string[]]>([
  [
    "a wrong secret",
    () => ({ AUTH0_CLIENT_SECRET: "wrong" }),
    ["credentials: TENANT gives no token, it answers 401 (access_denied: Unauthorized)"],
  ],
  [
    "no credentials at all",
    () => ({ AUTH0_CLIENT_ID: "", AUTH0_CLIENT_SECRET: "" }),
    [
      "credentials: AUTH0_CLIENT_ID is missing: the client that deploys (or give AUTH0_API_TOKEN, or AUTH0_CLI_LOGIN=true)",
      "credentials: AUTH0_CLIENT_SECRET is missing: the secret of that client (or give AUTH0_CLIENT_ASSERTION_PRIVATE_KEY and AUTH0_CLIENT_ASSERTION_SIGNING_ALG)",
    ],
  ],
  [
    "a token that is none",
    () => ({ AUTH0_API_TOKEN: "nonsense" }),
    [
      "credentials: GET https://TENANT/api/v2/clients?page=0&per_page=1&fields=client_id&include_fields=true is answered with 401: Invalid token",
    ],
  ],
])("%s is the only thing that is told", (_, environment, lines) => {
  expect(problems(environment())).toEqual(lines.map((line) => line.replace("TENANT", tenant.domain)));
});

test("a domain that is written as an address is told with what to leave out", () => {
  const { status, stdout } = checkStack([], { AUTH0_DOMAIN: `https://${tenant.domain}/` });

  expect(status).toBe(2);
  expect(stdout).toContain(
    `credentials  AUTH0_DOMAIN must be a domain without a path, got "https://${tenant.domain}/"; leave out https:// and what follows the domain, also the last /\n`,
  );
});

test("the login of Auth0's command line is told to be out of reach", () => {
  const environment = { AUTH0_CLIENT_ID: "", AUTH0_CLIENT_SECRET: "", AUTH0_CLI_LOGIN: "true" };

  expect(problems(environment)[0]).toMatch(/^credentials: AUTH0_CLI_LOGIN is not supported here/);
});

test("every missing scope is told at once, and what can not be seen without it is unknown", async () => {
  const { client_id, client_secret } = await createManagementClient(tenant, "Weak", ["read:clients", "read:forms"]);
  const environment = { AUTH0_CLIENT_ID: client_id, AUTH0_CLIENT_SECRET: client_secret };

  const found = problems(environment);

  expect(found).toHaveLength(25);
  expect(found).toContain("scopes: create:forms is missing, which auth0_form needs");
  const { stdout } = checkStack([], environment);
  expect(stdout).toContain(
    'unknown  names        whether there is an Action named "Progressive Profiling": the client lacks read:actions\n',
  );
});

test("names that are taken are told, and no more when they are the stack's own", async () => {
  await tenant.request("POST", "/api/v2/actions/actions", {
    name: "Progressive Profiling",
    code: "exports.onExecutePostLogin = async () => {};",
    supported_triggers: [{ id: "post-login", version: "v3" }],
  });
  await tenant.request("POST", "/api/v2/flows", { name: "Update user_metadata" });

  expect(problems()).toEqual([
    expect.stringMatching(
      /^names: there is an Action named "Progressive Profiling" \([\w-]+\), and Auth0 refuses a second one$/,
    ),
    expect.stringMatching(
      /^names: there is a flow named "Update user_metadata" \(af_\w+\), and a deploy makes a second one$/,
    ),
  ]);

  const { body: actions } = await tenant.request("GET", "/api/v2/actions/actions");
  const { body: flows } = await tenant.request("GET", "/api/v2/flows");
  await tenant.request("DELETE", `/api/v2/actions/actions/${actions.actions[0].id}`);
  await tenant.request("DELETE", `/api/v2/flows/${flows[0].id}`);
  workspace.apply();
  expect(problems()).toEqual([]);
});

test("where a state can not be read, what it has counts as taken, and that is said", () => {
  const { status, stdout } = checkStack([], { TERRAFORM_BINARY_NAME: "no-such-engine" });

  expect(status).toBe(2);
  expect(stdout).toContain(
    "unknown  state        [journey] no-such-engine can not be run (ENOENT): what an earlier deploy made counts as taken; install it, or set TERRAFORM_BINARY_NAME\n",
  );
  expect(stdout).toContain(`5 problems stand in the way of a deploy of journey to ${tenant.domain}.\n`);
});

test("before its first deploy a stack has no state, which is told; one that can not be read yet is told with the way", () => {
  const project = mkdtempSync(join(tmpdir(), "first-"));
  const folder = join(project, "cdktf.out", "stacks", "login");
  const state = join(project, "terraform.login.tfstate");
  mkdirSync(folder, { recursive: true });
  const stack = {
    terraform: { backend: { local: { path: state } } },
    resource: { auth0_form: { form: { name: "F" } } },
  };
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(stack));
  const stateLine = () => runCommand(["check"], project, tenant.env).stdout.match(/^\w+ +state .*$/m)?.[0];

  expect(stateLine()).toBe("ok       state        login has none yet: this is its first deploy from here");

  writeFileSync(state, "{}");
  expect(stateLine()).toBe(
    "unknown  state        [login] its state can not be read: what an earlier deploy made counts as taken; " +
      `where the folder is a new one, run \`${process.env.TERRAFORM_BINARY_NAME} -chdir=cdktf.out/stacks/login init\``,
  );
  rmSync(project, { recursive: true });
});

test("where no stack is synthesised it is the article's set-up, and a folder that holds none is an error", () => {
  const folder = mkdtempSync(join(tmpdir(), "nothing-"));
  const article = "in the way of a deploy of the article's set-up, since no stack is synthesised here, to ";

  expect(check([]).stdout).toContain(article);
  mkdirSync(join(folder, "cdktf.out", "stacks"), { recursive: true });
  expect(runCommand(["check"], folder, tenant.env).stdout).toContain(article);
  expect(check([folder])).toMatchObject({
    status: 1,
    stdout: "",
    stderr: `there is no stack in ${join(folder, "stacks")}; run \`npx cdktf synth\`, and give the folder that it writes to\n`,
  });
  rmSync(folder, { recursive: true });
  expect(check(["--help"]).stdout).toContain("  npx cdktf synth && npx auth0-progressive-profiling check\n");
  expect(check(["one", "two", "--stak", "x"])).toMatchObject({
    status: 1,
    stderr:
      "2 problems\n  [--stak] is no option; did you mean --stack?\n  [FOLDER] must be one folder, got 3; see --help\n",
  });
});
