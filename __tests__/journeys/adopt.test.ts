import { tmpdir } from "node:os";
import { AdoptedProject, packedLibrary } from "../support/adopted-project";
import { Application, type ApplicationClient } from "../support/application";
import { runCommand } from "../support/command";
import { fillByDeployCli } from "../support/deploy-cli";
import { fillBySdk } from "../support/filled-by-sdk";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createClient } from "../support/login-set-up";
import { createManagementClient } from "../support/management-client";
import { blocks } from "../support/markdown";
import { Visitor } from "../support/visitor";

jest.setTimeout(180_000);

const PASSWORD = "correct horse 1A";
/** The words of the document's commands, without `npx auth0-progressive-profiling`. */
const [LIST = [], [, ...ADOPT] = []] = (blocks("docs/adopt.md", "sh", "Adopt what is there")[0] ?? "")
  .split("\n")
  .map((line) => [...line.matchAll(/"(.*?)"|\S+/g)].slice(2).map(([word, quoted]) => quoted ?? word));

let library: string;

beforeAll(() => {
  library = packedLibrary();
});

/** Someone new, at each login in turn: which fields are asked, and what is kept after the answers. */
async function logins(
  tenant: LocalTenant,
  application: Application,
  client: ApplicationClient,
  email: string,
  answers: readonly Readonly<Record<string, string>>[],
): Promise<{ readonly asked: readonly (readonly string[])[]; readonly kept: unknown }> {
  const visitor = new Visitor(tenant.env.ISSUER_BASE_URL);
  const { url } = application.begin(tenant, client, { screen_hint: "signup" });
  // While the engine ran, the tenant has closed the connection that was kept.
  const signUp = await visitor.visit(url).catch(() => visitor.visit(url));
  let page = await visitor.submit(signUp, { email, password: PASSWORD });
  const asked: (readonly string[])[] = [];
  for (const answer of answers) {
    asked.push([...new Set([...page.html.matchAll(/name="field\.(\w+)/g)].map(([, name = ""]) => name))]);
    const fields = Object.fromEntries(Object.entries(answer).map(([key, value]) => [`field.${key}`, value]));
    const end = await visitor.submit(page, fields);
    expect(end.url).toContain(application.callback);
    page = await visitor.visit(application.begin(tenant, client).url);
  }
  expect(page.url).toContain(application.callback);
  const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(email)}`);
  const { user_metadata, app_metadata, name } = body[0];
  // A name that nobody gave is the address.
  return { asked, kept: { user_metadata, app_metadata, ...(name !== email && { name }) } };
}

/** The one Action of a tenant. */
async function actionOf(tenant: LocalTenant) {
  const { body } = await tenant.request("GET", "/api/v2/actions/actions");
  return (await tenant.request("GET", `/api/v2/actions/actions/${body.actions[0].id}`)).body;
}

describe("a tenant that auth0-deploy-cli filled with the article's form", () => {
  const ANSWERS: readonly Readonly<Record<string, string>>[] = [
    { job_title: "Engineer" },
    { company_name: "Example Ltd", company_size: "2-5" },
  ];
  let tenant: LocalTenant;
  let application: Application;
  let client: ApplicationClient;
  let project: AdoptedProject;

  beforeAll(async () => {
    [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
    await fillByDeployCli(tenant);
    client = await createClient(tenant, application);
    project = new AdoptedProject(tenant.env, library);
  });

  afterAll(async () => {
    project.remove();
    await Promise.all([tenant.stop(), application.stop()]);
  });

  test("is listed", () => {
    const { status, stdout, stderr, requests } = runCommand(LIST, tmpdir(), tenant.env);

    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.replaceAll(/\((?:a[cfp]_\w+|[\w-]{32,36})\)/g, "(id)").replace(/\d+ scopes/, "N scopes")).toBe(`Forms
  "Progressive Profiling" (id): 2 steps that ask job_title, phone_number, company_name, company_size; runs "Update user_metadata"; shown by "Progressive Profiling"

Flows
  "Update user_metadata" (id): AUTH0 UPDATE_USER; by the Vault connection "Progressive Profiling M2M"; run by "Progressive Profiling"

Vault connections
  "Progressive Profiling M2M" (id): AUTH0, ready; used by "Update user_metadata"

Actions that show forms
  "Progressive Profiling" (id): shows "Progressive Profiling"; bound to post-login, 1 of 1; secrets GREETING

Clients of the Management API
  "Terraform" (id): N scopes, with update:users
  "Flow writer" (id): read:users update:users

To write a stack of a form: --form NAME --out FOLDER. Which client a Vault connection has, Auth0 does not tell.
`);
    expect(requests.filter((request) => !request.startsWith("GET /api/v2/"))).toEqual(["POST /oauth/token"]);
  });

  test("is read with the documented scopes and no others", async () => {
    const [documented = ""] = blocks("docs/adopt.md", "text", "Adopt what is there").slice(-1);
    const reader = await createManagementClient(tenant, "Reader", documented.split(" "));
    const environment = { ...tenant.env, AUTH0_CLIENT_ID: reader.client_id, AUTH0_CLIENT_SECRET: reader.client_secret };
    await tenant.request("POST", "/_tenant/scopes/reset");

    expect(runCommand(["adopt", "--json"], tmpdir(), environment)).toMatchObject({ status: 0, stderr: "" });

    const { body: used } = await tenant.request("GET", "/_tenant/scopes");
    expect(used).toEqual({ [reader.client_id]: documented.split(" ") });
    const other = await createManagementClient(tenant, "Other", ["read:forms", "read:flows"]);
    expect(
      runCommand(["adopt"], tmpdir(), {
        ...tenant.env,
        AUTH0_CLIENT_ID: other.client_id,
        AUTH0_CLIENT_SECRET: other.client_secret,
      }),
    ).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `the client that asks lacks read:actions, read:client_grants, read:clients or read:client_keys or read:client_credentials or read:client_summary, read:flows_vault_connections; grant it on the Management API of ${tenant.domain}, or set the variables of one that has it\n`,
    });
  });

  test("is adopted by a first plan that imports all, and changes what was said; logins ask as before", async () => {
    const before = await logins(tenant, application, client, "before@example.com", ANSWERS);
    expect(before.asked).toEqual([
      ["job_title", "phone_number"],
      ["company_name", "company_size"],
    ]);

    const [option = "", form, ...out] = ADOPT;
    expect([option, form, ...out]).toEqual(["--form", "Welcome", "--out", "welcome"]);
    const { stdout, requests } = project.adopt(option, "Progressive Profiling", "--client", "Flow writer");

    expect(stdout.replaceAll(project.folder, "login")).toBe(`Written to login: a stack that imports 7 resources.

The first plan changes
  the Action "Progressive Profiling" is deployed by the stack from now on: the first apply sets deploy, and makes a version of the same code

Not in the stack, and stays as it is
  the secret of the client "Flow writer" stays Auth0's own: the stack neither reads nor writes it
  the set-up of the Vault connection "Progressive Profiling M2M", which Auth0 gives nobody back; to have it in the stack, give its setup, each secret as a sensitive TerraformVariable: the next plan sets it once
  the secrets of the Action "Progressive Profiling" (GREETING), whose values Auth0 gives nobody back; to have them in the stack, give all of them in secrets, each value as a sensitive TerraformVariable: the next plan sets them once

auth0-progressive-profiling is on no registry yet: \`npm pack\` in a clone of the repository makes its tarball.
Next: cd login && npm install TARBALL && npx cdktf diff
`);
    expect(requests.filter((request) => !request.startsWith("GET /api/v2/"))).toEqual(["POST /oauth/token"]);
    expect(project.adopt("--form", "Progressive Profiling").stderr).toMatch(
      /^\[--out\] \S+ has main\.ts, cdktf\.json, .* already; move what is there, or give another folder\n$/,
    );
    expect(project.files().filter((file) => project.read(file).includes("a-secret-greeting"))).toEqual([]);
    expect(project.read("adopted-stack.ts").match(/Stage\.\w+\("\w+"|changesOf\(\w+\)|new \w+Form\b/g)).toEqual([
      'Stage.untilAnswered("job_title"',
      'Stage.untilAnswered("company_name"',
      "changesOf(progressiveProfilingStages)",
      "new ProfileForm",
    ]);
    project.typecheck();
    project.synth();
    expect(project.plan()).toEqual({
      "auth0_client.flow-writer-client": "import",
      "auth0_client_grant.flow-writer-grant": "import",
      "auth0_flow_vault_connection.progressive-profiling-m2m-vault-connection": "import",
      "auth0_flow.update-user-metadata-flow_39A12A7E": "import",
      "auth0_form.progressive-profiling-form_6B16DF3F": "import",
      "auth0_action.progressive-profiling-action": "update and import",
      "auth0_trigger_action.progressive-profiling-binding": "import",
    });
    expect(project.changed()).toEqual({ "auth0_action.progressive-profiling-action": ["deploy"] });
    const action = await actionOf(tenant);
    project.apply();

    expect(project.plan()).toEqual({});
    const { code, secrets, all_changes_deployed, deployed_version } = await actionOf(tenant);
    expect({ code, secrets, all_changes_deployed }).toEqual({
      code: action.code,
      secrets: action.secrets,
      all_changes_deployed: true,
    });
    expect(deployed_version).toMatchObject({ code, number: action.deployed_version.number + 1 });
    const after = await logins(tenant, application, client, "after@example.com", ANSWERS);
    expect(after).toEqual(before);
    expect(after.kept).toMatchObject({ user_metadata: { job_title: "Engineer", company_name: "Example Ltd" } });
  });
});

describe("a tenant that Auth0's SDK filled with two forms that are in use", () => {
  let tenant: LocalTenant;
  let application: Application;
  let client: ApplicationClient;
  let project: AdoptedProject;

  beforeAll(async () => {
    [tenant, application] = await Promise.all([startLocalTenant(), Application.start()]);
    await fillBySdk(tenant, ["name-and-terms", "consents-in-app-metadata"]);
    client = await createClient(tenant, application);
    project = new AdoptedProject(tenant.env, library);
  });

  afterAll(async () => {
    project.remove();
    await Promise.all([tenant.stop(), application.stop()]);
  });

  const CONSENTS = ["data_sharing", "profile_visibility", "location_tracking", "ad_personalization"];
  const consents = Object.fromEntries(CONSENTS.map((name) => [name, "true"]));

  /** What the first form asks, and what the second. */
  const meet = async (email: string) => [
    await logins(tenant, application, client, `name.${email}`, [{ full_name: "Ann Example" }]),
    await logins(tenant, application, client, `consents.${email}`, [consents]),
  ];

  test("keeps what is shared, and is adopted by a first plan that imports all", async () => {
    const before = await meet("before@example.com");

    const { stdout } = project.adopt("--form", "Name and terms", "--form", "Consents in app metadata");

    expect(stdout).toContain(`
Shared, and kept so
  the Vault connection "Flows" is used by the flows "Save the answers", "Save the answers"
  the Action "Ask" shows the forms "Consents in app metadata", "Name and terms"
`);
    expect(stdout).not.toContain("Written as the API has it");
    expect(stdout).not.toContain("Made of nodes");
    project.typecheck();
    project.synth();
    expect(project.plan()).toEqual({
      "auth0_flow_vault_connection.flows-vault-connection": "import",
      "auth0_flow.save-the-answers-flow_A104CF85": "import",
      "auth0_flow.save-the-answers-flow-2_D148AA80": "import",
      "auth0_form.consents-in-app-metadata-form_413B31B4": "import",
      "auth0_form.name-and-terms-form_F04E3D43": "import",
      "auth0_action.ask-action": "update and import",
      "auth0_trigger_action.ask-binding": "import",
    });
    expect(project.changed()).toEqual({ "auth0_action.ask-action": ["deploy"] });
    project.apply();
    expect(project.plan()).toEqual({});
    expect(await meet("after@example.com")).toEqual(before);
  });
});
