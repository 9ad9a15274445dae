import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Action } from "@cdktf/provider-auth0/lib/action";
import { ProgressiveProfiling, SampleApplication } from "../../lib";
import { Application } from "../support/application";
import { shown } from "../support/compared";
import { FaultyTenant } from "../support/faulty-tenant";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createManagementClient } from "../support/management-client";
import { blocks } from "../support/markdown";
import { People, peoplesStages } from "../support/people";
import { deployingScopes } from "../support/readme";
import { Workspace } from "../support/terraform";
import { TerraformProcess } from "../support/terraform-process";
import { type Told, VerifiedProject } from "../support/verified";

jest.setTimeout(120_000);

let tenant: LocalTenant;
let application: Application;
let workspace: Workspace;
let project: VerifiedProject;

/** The stack: what is verified, and an Action of the user's own. */
function synth(code: string): void {
  workspace.synth((stack) => {
    new ProgressiveProfiling(stack, "profiling", { stages: peoplesStages() });
    new SampleApplication(stack, "sample", { url: application.url });
    new Action(stack, "own", {
      name: "Own",
      code,
      deploy: true,
      runtime: "node22",
      supportedTriggers: { id: "post-login", version: "v3" },
    });
  });
}

beforeAll(async () => {
  [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
  workspace = new Workspace(tenant.env);
  synth("exports.onExecutePostLogin = async () => {};");
  workspace.apply();
  project = new VerifiedProject(tenant, workspace);
});

afterAll(async () => {
  project.remove();
  workspace.remove();
  await Promise.all([tenant.stop(), application.stop()]);
});

// biome-ignore lint/suspicious/noExplicitAny: as the API has it
async function api(method: string, path: string, body?: unknown): Promise<any> {
  const reply = await tenant.request(method, `/api/v2/${path}`, body);
  if (reply.status >= 300) {
    throw new Error(`${method} ${path} is answered with ${reply.status}: ${JSON.stringify(reply.body)}`);
  }
  return reply.body;
}

/** Id of the one resource of a type of `ProgressiveProfiling`. */
function idOf(type: string): string {
  const found = [...workspace.resources()].find(([address]) => address.startsWith(`${type}.profiling`));
  return found?.[1] ?? "";
}

const bind = (...ids: readonly string[]) =>
  api("PATCH", "actions/triggers/post-login/bindings", {
    bindings: ids.map((value) => ({ ref: { type: "action_id", value } })),
  });

const SET_UP = { type: "OAUTH_APP", client_id: "other", client_secret: "other-secret" };
const VAULT = "flows/vault/connections";

/** What breaks a tenant, what the line says that tells it, and whether a plan shows it too. */
const KINDS: readonly [string, () => Promise<unknown>, RegExp, boolean][] = [
  [
    "an Action whose deployment failed",
    async () => {
      const { body } = await tenant.request("GET", `/api/v2/client-grants?client_id=${tenant.env.AUTH0_CLIENT_ID}`);
      const scopes = body[0].scope.filter((scope: string) => scope !== "create:actions");
      const { client_id, client_secret } = await createManagementClient(tenant, "Weak", scopes);
      const weak = { ...tenant.env, AUTH0_CLIENT_ID: client_id, AUTH0_CLIENT_SECRET: client_secret };
      synth("exports.onExecutePostLogin = async () => {}; // new");
      const apply = TerraformProcess.start(workspace.directory, weak, "apply", "-input=false", "-auto-approve");
      expect(await apply.ended).toMatchObject({ status: 1 });
    },
    /^version 1 is deployed: its code is not the state's$/,
    false,
  ],
  [
    "an Action with a secret and code of the dashboard, deployed there and taken back in the draft",
    async () => {
      const path = `actions/actions/${idOf("auth0_action")}`;
      const { code, secrets } = await api("GET", path);
      const kept = secrets.map(({ name }: { name: string }) => ({ name }));
      await api("PATCH", path, {
        code: `${code}// more`,
        secrets: [...kept, { name: "EXTRA", value: "of the dashboard" }],
      });
      await api("GET", path);
      await api("POST", `${path}/deploy`);
      await api("PATCH", path, { code });
    },
    /^version 2 is deployed: its code is not the state's, its secrets are .*EXTRA.*, the state's /,
    false,
  ],
  [
    "a Vault connection that somebody set up anew",
    async () => {
      const setup = { ...SET_UP, domain: tenant.domain };
      await api("PATCH", `${VAULT}/${idOf("auth0_flow_vault_connection")}`, { setup });
    },
    /^was written since the last apply, and not by it: its fingerprint is another one$/,
    false,
  ],
  [
    "a client whose secret is another one",
    () => api("PATCH", `clients/${idOf("auth0_client")}`, { client_secret: "x".repeat(48) }),
    /^its client \w+ gets no token, it answers 401 \(access_denied: Unauthorized\)$/,
    true,
  ],
  [
    "a grant without update:users",
    () => api("PATCH", `client-grants/${idOf("auth0_client_grant")}`, { scope: ["read:users"] }),
    /^lacks update:users/,
    true,
  ],
  ["an Action that is bound no more", () => bind(), /^the Action is not bound to post-login/, true],
  [
    "another Action that is bound after ours",
    async () => {
      const { id } = await api("POST", "actions/actions", {
        name: "Of the dashboard",
        code: "exports.onExecutePostLogin = async () => {};",
        supported_triggers: [{ id: "post-login", version: "v3" }],
        deploy: true,
      });
      await api("GET", `actions/actions/${id}`);
      await bind(idOf("auth0_action"), id);
    },
    /^post-login runs "Of the dashboard" \([\w-]+\) after it, but it is to be the last one$/,
    false,
  ],
  ["a form that is gone", () => api("DELETE", `forms/${idOf("auth0_form")}`), /^the form is gone/, true],
  ["a flow that is gone", () => api("DELETE", `flows/${idOf("auth0_flow")}`), /^is gone from the tenant$/, true],
];

describe("each kind is told, and gone when that is done which its line says", () => {
  test.each(KINDS)("%s", async (_, breaks, what, isPlanned) => {
    expect(project.findings()).toEqual([]);

    await breaks();

    const findings = project.findings();
    expect(findings.map((finding) => finding.what)).toContainEqual(expect.stringMatching(what));
    expect(Object.keys(workspace.plan().changes).length > 0).toBe(isPlanned);
    await project.mend(findings.find((finding) => what.test(finding.what)) as Told);
    expect(project.findings()).toEqual([]);
    expect(workspace.plan().changes).toEqual({});
  });
});

test("answers that are not saved are told until one is saved again", async () => {
  const { client_id, client_secret } = (await api("GET", "clients")).find(
    ({ name }: { name: string }) => name === "Sample Application",
  );
  const answer = async () => {
    const people = People.come(tenant, application, { client_id, client_secret });
    await people.answer(1);
    return people.leave();
  };
  const client = idOf("auth0_client");
  const { client_secret: secret } = await api("GET", `clients/${client}`);
  await api("PATCH", `clients/${client}`, { client_secret: "y".repeat(48) });

  expect((await answer()).saved).toBe(0);

  const failed = project.findings().find(({ kind }) => kind === "execution");
  expect(failed?.what).toMatch(
    /^(\d+) of \1 executions failed, the newest at 20[\dT:.-]+Z, action "update_user": Vault connection "Progressive Profiling" got no token, 401/,
  );
  await api("PATCH", `clients/${client}`, { client_secret: secret });
  expect((await answer()).broken).toEqual([]);
  const { status, stdout } = project.verify();
  expect(stdout).toMatch(
    /No difference\n(?: {2}.*\n)* {2}auth0_flow\.\S+ \(af_\w+\): \d+ of \d+ executions failed, .*; it has worked since\n/,
  );
  expect(status).toBe(0);
});

describe("what it asks of the tenant", () => {
  const documented = () => (blocks("docs/state.md", "text", "What no plan shows").at(-1) ?? "").split(/\s+/);

  test("is read by GET, with the documented scopes and no others, beside the tokens", async () => {
    const client = await createManagementClient(tenant, "Verifier", documented());
    await tenant.request("POST", "/_tenant/scopes/reset");

    const { status, stdout, requests } = project.verify([], {
      AUTH0_CLIENT_ID: client.client_id,
      AUTH0_CLIENT_SECRET: client.client_secret,
    });

    expect([status, stdout]).toEqual([0, expect.stringContaining("Clean: ")]);
    expect(requests.filter((request) => !request.startsWith("GET /api/v2/"))).toEqual([
      "POST /oauth/token",
      "POST /oauth/token",
    ]);
    const { body: used } = await tenant.request("GET", "/_tenant/scopes");
    expect(used).toEqual({ [client.client_id]: documented() });
    expect(project.verify(["--help"]).stdout).toContain(`\n${documented().join(" ")}\n`);
    const beside = documented().filter((scope) => !deployingScopes().includes(scope));
    expect(beside).toEqual(["read:flows_executions"]);
  });

  test("fails with all scopes that are missing", async () => {
    const lacking = ["read:forms", "read:flows_executions"];
    const scopes = documented().filter((scope) => !lacking.includes(scope));
    const { client_id, client_secret } = await createManagementClient(tenant, "Short", scopes);

    expect(project.verify([], { AUTH0_CLIENT_ID: client_id, AUTH0_CLIENT_SECRET: client_secret })).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `the client that asks lacks read:flows_executions, read:forms; grant it on the Management API of ${tenant.domain}, or set the variables of one that has it\n`,
    });
  });

  test("is waited for where it is too much at once", async () => {
    const slow = await startLocalTenant("--rate-limit", "2");
    const file = join(project.folder, "slow.json");
    // as if all were gone that is in the state of another tenant
    writeFileSync(file, shown().replaceAll("example.eu.auth0.com", slow.domain));

    const { status, stdout, requests } = project.verify([file], slow.env);
    await slow.stop();

    expect([status, stdout.split("\n").at(-2)]).toEqual([
      2,
      `6 differences between the tenant ${slow.domain} and the state (${file}, 7 resources).`,
    ]);
    expect(requests.length).toBeGreaterThan(new Set(requests).size + 1);
  });
});

test("a state comes from a stack, a file or the standard input", async () => {
  const { stdout: printed } = spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", ["show", "-json"], {
    cwd: workspace.directory,
    encoding: "utf8",
  });
  const file = join(project.folder, "state.json");
  writeFileSync(file, printed);

  const clean = (name: string) => ({
    status: 0,
    stdout: expect.stringContaining(`Clean: the tenant ${tenant.domain} is as the state says (${name}, `),
  });
  const other = join(workspace.directory, "..", "other");
  mkdirSync(other);
  writeFileSync(join(other, "cdk.tf.json"), '{"provider":{"auth0":[{"domain":"other.eu.auth0.com"}]}}');
  expect(project.verify()).toMatchObject(clean("journey"));
  rmSync(other, { recursive: true });
  expect(project.verify(["--stack", "journey"])).toMatchObject(clean("journey"));
  expect(project.verify([file])).toMatchObject(clean(file));
  expect(project.verify(["-"], {}, printed)).toMatchObject(clean("standard input"));
  const token = { AUTH0_API_TOKEN: await tenant.accessToken(), AUTH0_CLIENT_ID: "", AUTH0_CLIENT_SECRET: "" };
  expect(project.verify([file], token)).toMatchObject(clean(file));
});

test("what a lost answer made twice is told, and gone when it is deleted in that order", async () => {
  const losing = await FaultyTenant.start();
  const stack = new Workspace(losing.tenant.env);
  stack.synth((scope) => {
    new ProgressiveProfiling(scope, "profiling");
  });
  const lost = ["clients", VAULT, "flows", "forms"];
  losing.arm(...lost.map((path) => ({ request: `POST /api/v2/${path}`, time: 1, fault: "lost" }) as const));

  stack.apply();

  expect(stack.plan().changes).toEqual({});
  expect(losing.met).toHaveLength(lost.length);
  const other = new VerifiedProject(losing.tenant, stack);
  const findings = other.findings();
  expect(findings.map(({ kind, id }) => [kind, id.split("_")[0]?.slice(0, 2)])).toEqual([
    ["double", "ap"],
    ["double", "af"],
    ["double", "ac"],
    ["double", expect.any(String)],
  ]);
  expect(findings.filter(({ id }) => [...stack.resources().values()].includes(id))).toEqual([]);
  for (const finding of findings) {
    await other.mend(finding);
  }
  expect(other.findings()).toEqual([]);
  expect(stack.plan().changes).toEqual({});
  other.remove();
  stack.remove();
  await losing.stop();
});

test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
  ["an option is misspelt", ["--stak", "journey"], {}, "[--stak] is no option; did you mean --stack?\n"],
  [
    "there is no such stack",
    ["--stack", "other"],
    {},
    "[--stack] other: there is no such stack in cdktf.out/stacks; there are journey; run `npx cdktf synth`, or give STATE.json, what `terraform show -json` prints\n",
  ],
  [
    "there is no such file",
    ["none.json"],
    {},
    "[none.json] does not exist; give a file that `terraform show -json > FILE` wrote\n",
  ],
  [
    "a file and a stack are given",
    ["state.json", "--stack", "journey"],
    {},
    "[--stack] is of cdktf.out, but STATE.json is given; leave one of them out\n",
  ],
  ["no tenant is named", [], { AUTH0_DOMAIN: "" }, "  AUTH0_DOMAIN is missing: the tenant's domain"],
  [
    "the secret is wrong",
    [],
    { AUTH0_CLIENT_SECRET: "wrong" },
    "gives no token, it answers 401 (access_denied: Unauthorized); are AUTH0_CLIENT_ID and its secret or key right?\n",
  ],
  [
    "there is only a login of Auth0's command line",
    [],
    { AUTH0_CLI_LOGIN: "true", AUTH0_CLIENT_ID: "", AUTH0_CLIENT_SECRET: "" },
    "AUTH0_CLI_LOGIN is not supported here",
  ],
  [
    "the tenant does not run",
    [],
    { AUTH0_DOMAIN: "localhost:2" },
    "localhost:2 can not be reached: nothing listens there; does the tenant run?\n",
  ],
  [
    "its certificate is not known",
    [],
    { NODE_EXTRA_CA_CERTS: "" },
    "can not be reached: its certificate is of an unknown authority; set NODE_EXTRA_CA_CERTS, as a local tenant's env file does\n",
  ],
  [
    "the token is none",
    [],
    { AUTH0_API_TOKEN: "none" },
    "is answered with 401: Invalid token; is AUTH0_API_TOKEN one of this tenant",
  ],
  [
    "the engine is not there",
    [],
    { TERRAFORM_BINARY_NAME: "no-such-engine" },
    "[journey] no-such-engine can not be run (ENOENT); install it, or set TERRAFORM_BINARY_NAME\n",
  ],
])("fails when %s", (_, args, environment, message) => {
  expect(project.verify(args, environment)).toMatchObject({
    status: 1,
    stdout: "",
    stderr: expect.stringContaining(message),
  });
});
