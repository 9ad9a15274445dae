import { spawnSync } from "node:child_process";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
import { bindActions } from "../support/login-set-up";
import { Logins } from "../support/logins";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";
import { Template } from "../support/template";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

const DOCUMENT = "docs/beside-others.md";

/** The stack that the block of a question defines. */
function stackOf(question: string): TerraformStack {
  const [block = "", ...others] = blocks(DOCUMENT, "ts", question);
  expect(others).toEqual([]);
  const { LoginStack } = runBlock(block) as { LoginStack: new (scope: Construct, id: string) => TerraformStack };
  return new LoginStack(Testing.app(), "login");
}

const configurationOf = (question: string) => JSON.parse(Testing.synth(stackOf(question), true));

let logins: Logins;
let workspace: Workspace;

beforeAll(async () => {
  logins = await Logins.start();
});

beforeEach(() => {
  workspace = new Workspace(logins.tenant.env);
});

afterEach(() => workspace.remove());

afterAll(() => logins.stop());

test("every block stands under a question that a test below is of", () => {
  expect(blocks(DOCUMENT, "ts")).toHaveLength(4);
});

/** The names of the trigger's list. */
async function bound(): Promise<readonly string[]> {
  const { body } = await logins.tenant.request("GET", "/api/v2/actions/triggers/post-login/bindings");
  return body.bindings.map(({ display_name }: { display_name: string }) => display_name);
}

test("In which order do the Actions run? As the block says, behind what the tenant had, which stays; who is blocked gets no page", async () => {
  await bindActions(logins.tenant, { name: "Audit", code: "exports.onExecutePostLogin = async () => {};" });
  workspace.configure(configurationOf("In which order do the Actions run?"));
  workspace.apply();

  expect(await bound()).toEqual(["Audit", "Refuse", "Progressive Profiling", "Claims"]);
  expect(workspace.plan().changes).toEqual({});

  const { visitor, email, id } = await logins.newPerson();
  const begin = () => logins.application.begin(logins.tenant, logins.client);
  expect((await logins.logIn(visitor, email, begin())).url).toContain("/u/custom-prompt/");
  await logins.tenant.request("PATCH", `/api/v2/users/${encodeURIComponent(id)}`, { app_metadata: { blocked: true } });
  expect(logins.answerAt(await visitor.visit(begin().url))).toMatchObject({
    error: "access_denied",
    error_description: "Please ask your manager.",
  });
  workspace.destroy();
  expect(await bound()).toEqual(["Audit"]);
});

test("Two Actions of one login each show a form, one after the other", async () => {
  const forms = await Promise.all(["First", "Second"].map(formNamed));
  await bindActions(
    logins.tenant,
    ...forms.map(({ name, id }) => ({
      name,
      code: `exports.onExecutePostLogin = async (event, api) => api.prompt.render("${id}");
exports.onContinuePostLogin = async () => {};`,
    })),
  );
  const { visitor, email } = await logins.newPerson();
  const first = await logins.logIn(visitor, email, logins.application.begin(logins.tenant, logins.client));
  const second = await visitor.submit(first, {});

  expect([first, second].map(({ html }) => /<h2>(.*?)<\/h2>/.exec(html)?.[1])).toEqual(["First", "Second"]);
  expect(logins.answerAt(await visitor.submit(second, {}))).toMatchObject({ code: expect.any(String) });
  await bindActions(logins.tenant);
});

async function formNamed(name: string): Promise<{ readonly name: string; readonly id: string }> {
  const components = [
    { id: "text", category: "BLOCK", type: "RICH_TEXT", config: { content: `<h2>${name}</h2>` } },
    { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Go on" } },
  ];
  const { body } = await logins.tenant.request("POST", "/api/v2/forms", {
    name,
    start: { next_node: "step" },
    nodes: [{ id: "step", type: "STEP", config: { components, next_node: "$ending" } }],
    ending: { resume_flow: true },
  });
  return { name, id: body.id };
}

/** What the engine says of a configuration. */
function validated(configuration: { readonly terraform: object }) {
  workspace.configure(configuration);
  const { status, stdout, stderr } = spawnSync(
    process.env.TERRAFORM_BINARY_NAME ?? "terraform",
    ["validate", "-no-color"],
    { cwd: workspace.directory, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

test("How do I define other Auth0 resources in the same stack? The engine takes all of them, with the provider's own schema, and refuses a name that there is not", () => {
  const configuration = configurationOf("How do I define other Auth0 resources in the same stack?");
  expect(validated(configuration)).toEqual({
    status: 0,
    stdout: expect.stringContaining("The configuration is valid"),
    stderr: "",
  });
  const { auth0_branding, auth0_organization, auth0_action } = configuration.resource;
  expect([auth0_branding, auth0_organization]).toEqual([
    { branding: { colors: [{ primary: "#0f7b6c", page_background: "#ffffff" }] } },
    { acme: { name: "acme", display_name: "Acme" } },
  ]);
  const [{ code }] = Object.values(auth0_action) as [{ code: string }];
  expect(code).toMatch(/^const ASK = .*auth0_client\.shop_\w+\.client_id.*auth0_organization\.acme\.id/m);

  auth0_branding.branding.colour = "#0f7b6c";
  expect(validated(configuration)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('No argument or block type is named "colour"'),
  });
});

test("How do I deploy to several tenants? Each brand has the whole set-up by a provider of its own", () => {
  const template = Template.of(stackOf("How do I deploy to several tenants?"));

  expect(template.all("auth0_form").map(({ provider }) => provider)).toEqual(["auth0.north", "auth0.south"]);
  expect(new Set(Object.values(template.count()))).toEqual(new Set([2]));
  expect(template.json.provider?.auth0).toEqual(
    ["north", "south"].map((brand) => ({
      alias: brand,
      domain: `${brand}.eu.auth0.com`,
      client_id: `\${var.${brand}_client_id}`,
      client_secret: `\${var.${brand}_client_secret}`,
    })),
  );
});

test("The tenant has a custom domain. What changes? Grant and Vault connection have the tenant's own", () => {
  const template = Template.of(stackOf("The tenant has a custom domain. What changes?"));

  expect(template.one("auth0_client_grant").audience).toBe("https://example.eu.auth0.com/api/v2/");
  expect(template.one("auth0_flow_vault_connection").setup).toMatchObject({ domain: "example.eu.auth0.com" });
});
