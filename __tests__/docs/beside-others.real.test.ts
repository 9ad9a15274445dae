import { spawnSync } from "node:child_process";
import { type TerraformStack, Testing } from "cdktf";
import type { Construct } from "constructs";
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

test("In which order do the Actions run? Those of the block are bound as it says; who is blocked gets no page", async () => {
  workspace.configure(configurationOf("In which order do the Actions run?"));
  workspace.apply();

  const { body } = await logins.tenant.request("GET", "/api/v2/actions/triggers/post-login/bindings");
  expect(body.bindings.map(({ display_name }: { display_name: string }) => display_name)).toEqual([
    "Refuse",
    "Progressive Profiling",
    "Claims",
  ]);
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
});

test("How do I define other Auth0 resources in the same stack? The engine takes all of them, with the provider's own schema", () => {
  const configuration = configurationOf("How do I define other Auth0 resources in the same stack?");
  workspace.configure(configuration);
  const { status, stdout } = spawnSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", ["validate", "-no-color"], {
    cwd: workspace.directory,
    encoding: "utf8",
  });

  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("The configuration is valid") });
  const { auth0_branding, auth0_organization, auth0_action } = configuration.resource;
  expect([auth0_branding, auth0_organization]).toEqual([
    { branding: { colors: [{ primary: "#0f7b6c", page_background: "#ffffff" }] } },
    { acme: { name: "acme", display_name: "Acme" } },
  ]);
  const [{ code }] = Object.values(auth0_action) as [{ code: string }];
  expect(code).toMatch(/^const ASK = .*auth0_client\.shop_\w+\.client_id.*auth0_organization\.acme\.id/m);
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
