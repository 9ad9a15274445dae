import { Fn } from "cdktf";
import {
  MachineToMachineClient,
  type ManagementClient,
  MetadataFlow,
  nextButton,
  ProfileFlow,
  type ProfileFlowProps,
  ProfileForm,
  ProfilingAction,
  SampleApplication,
  Stage,
  text,
  VaultConnection,
} from "../../lib";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const CLIENT = { clientId: "abc", clientSecret: "secret" };

test("each part can be defined alone, and reads the tenant's domain by itself", () => {
  const stack = devStack();
  const client = new MachineToMachineClient(stack, "client");
  const { connectionId } = new VaultConnection(stack, "vault-connection", { client });
  const answers = [{ metadataKey: "a", value: "{{fields.a}}" }];
  const { flowId } = new MetadataFlow(stack, "flow", { connectionId, answers });
  const stages = [Stage.untilAnswered("a", { components: [text("a", { label: "A", required: true }), nextButton()] })];
  new ProfileForm(stack, "form", { flowId, stages });

  const template = Template.of(stack);
  const [grantId] = template.logicalIds("auth0_client_grant");
  expect(template.one("auth0_flow_vault_connection").depends_on).toEqual([`auth0_client_grant.${grantId}`]);
  expect(template.one("auth0_client_grant").audience).toMatch(
    /^https:\/\/\$\{.*management_api_identifier.*\}\/api\/v2\/$/,
  );
  expect(template.one("auth0_form").nodes).toHaveLength(3);
});

test("client, credentials, grant and Vault connection are called by the version: another one is made beside the old one", () => {
  const stack = devStack();
  const client = new MachineToMachineClient(stack, "client", {
    secretVersion: 'a"${2}',
    domain: "example.eu.auth0.com",
  });
  new VaultConnection(stack, "vault", { client, domain: "example.eu.auth0.com" });

  const template = Template.of(stack);
  const types = ["auth0_client", "auth0_client_credentials", "auth0_client_grant", "auth0_flow_vault_connection"];
  const address = (type: string) => `${type}.${template.logicalIds(type)}`;
  const key = '["a\\"$${2}"]';
  expect(template.count()).toEqual(Object.fromEntries(types.map((type) => [type, 1])));
  for (const type of types) {
    expect(template.one(type)).toMatchObject({
      for_each: `\${toset(${key})}`,
      lifecycle: { create_before_destroy: true },
    });
  }
  expect(template.json.moved).toEqual(types.map((type) => ({ from: address(type), to: `${address(type)}${key}` })));
  expect(template.one("auth0_client_grant").client_id).toBe(`\${${address("auth0_client")}${key}.id}`);
  expect(template.one("auth0_flow_vault_connection").setup).toMatchObject({
    client_id: `\${${address("auth0_client")}${key}.client_id}`,
    client_secret: `\${${address("auth0_client_credentials")}${key}.client_secret}`,
  });
  expect(template.one("auth0_flow_vault_connection").lifecycle).toEqual({
    create_before_destroy: true,
    ignore_changes: ["account_name"],
    replace_triggered_by: [`${address("auth0_client")}${key}.id`],
  });
});

test.each<[string, ManagementClient, string]>([
  ["its id", { clientId: "abc", clientSecret: "s" }, "abc"],
  ["its id and the version of its secret", { clientId: "abc", clientSecret: "s", secretVersion: "2" }, "abc 2"],
  ["the version alone, where only Terraform knows the id", { clientId: Fn.abspath("."), clientSecret: "s" }, "1"],
])("the Vault connection of an existing client is called by %s", (_, client, key) => {
  const stack = devStack();
  new VaultConnection(stack, "vault", { client, domain: "example.eu.auth0.com" });

  expect(Template.of(stack).one("auth0_flow_vault_connection").for_each).toBe(`\${toset(["${key}"])}`);
});

test("the sample application is enabled for the tenant's database connection", () => {
  const stack = devStack();
  new SampleApplication(stack, "sample");

  const template = Template.of(stack);
  const [connectionId] = Object.keys(template.json.data?.auth0_connection ?? {});
  expect(template.one("auth0_connection_client").connection_id).toBe(`\${data.auth0_connection.${connectionId}.id}`);
  expect(template.one("auth0_client")).toMatchObject({
    app_type: "regular_web",
    callbacks: ["http://localhost:3000/callback"],
    allowed_logout_urls: ["http://localhost:3000"],
    grant_types: ["authorization_code", "refresh_token"],
    oidc_conformant: true,
    jwt_configuration: { alg: "RS256" },
  });
});

test("the sample application takes another address, and a connection of the same stack", () => {
  const stack = devStack();
  new SampleApplication(stack, "sample", { url: "https://app.example.com/portal", connectionId: "con_1" });

  const template = Template.of(stack);
  expect(template.json.data).toBeUndefined();
  expect(template.one("auth0_connection_client").connection_id).toBe("con_1");
  expect(template.one("auth0_client").callbacks).toEqual(["https://app.example.com/portal/callback"]);
});

test("text that looks like Terraform's stays text everywhere", () => {
  const stack = devStack();
  const client = { clientId: "abc", clientSecret: "x${y}" };
  new VaultConnection(stack, "vault", { client, domain: "example.eu.auth0.com" });
  new SampleApplication(stack, "sample", { url: "http://a/${b}", connectionId: "con_1" });
  const stages = [Stage.untilAnswered("a", { components: [text("a", { label: "A", required: true }), nextButton()] })];
  new ProfileForm(stack, "form", { stages, flowId: "af_1", name: "${c}" });

  const template = Template.of(stack);
  expect(template.one("auth0_flow_vault_connection").setup).toMatchObject({ client_secret: "x$${y}" });
  expect(template.one("auth0_client").callbacks).toEqual(["http://a/$${b}/callback"]);
  expect(template.one("auth0_form").name).toBe("$${c}");
});

describe("fails when", () => {
  test.each<[string, () => unknown, string]>([
    [
      "a client has no name",
      () => new MachineToMachineClient(devStack(), "client", { name: "", scopes: [] }),
      'ValidationError: 2 problems\n  [dev/client] name must have 1 to 150 characters, got 0 in ""; give more\n  [dev/client] scopes must include',
    ],
    [
      "a Vault connection's domain is an address",
      () => new VaultConnection(devStack(), "vault", { client: CLIENT, domain: "a.com/x" }),
      "[dev/vault] domain must be a host name",
    ],
    [
      "a Vault connection's client has no id",
      () => new VaultConnection(devStack(), "vault", { client: { clientId: "", clientSecret: "s" } }),
      "[dev/vault] client.clientId is missing; give it",
    ],
    [
      "a flow writes one key twice",
      () =>
        new MetadataFlow(devStack(), "flow", {
          connectionId: "ac_1",
          answers: ["x", "y"].map((value) => ({ metadataKey: "a", value })),
        }),
      '[dev/flow] user_metadata key "a" is written more than once; give one of its answers another metadataKey',
    ],
    [
      "an Action has a key that it could not find",
      () => new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: ["a,b"] }),
      '[dev/action] metadataKeys[0] must be letters, digits and "_", a letter first, got "a,b"; choose another one',
    ],
    [
      "a flow has nothing to write",
      () => new MetadataFlow(devStack(), "flow", { connectionId: "ac_1", answers: [] }),
      "[dev/flow] the flow has no answer to write; give at least one",
    ],
    [
      "a flow has no list of actions",
      () => new ProfileFlow(devStack(), "flow", { name: "Flow" } as ProfileFlowProps),
      "[dev/flow] actions must be a list of a flow's actions, got undefined; make them by updateUser and its like",
    ],
    [
      "a flow has something else than a list of actions",
      () => new ProfileFlow(devStack(), "flow", { name: "Flow", actions: "none" as never }),
      "[dev/flow] actions must be a list of a flow's actions, got a text; make them by updateUser and its like",
    ],
    [
      "a flow has no name",
      () => new ProfileFlow(devStack(), "flow", { name: "", actions: [] }),
      '[dev/flow] name must have 1 to 150 characters, got 0 in ""; give more',
    ],
    [
      "a form has no name",
      () => new ProfileForm(devStack(), "form", { flowId: "af_1", name: "", stages: [] }),
      '[dev/form] name must have 1 to 150 characters, got 0 in ""; give more',
    ],
    [
      "a form has no stage",
      () => new ProfileForm(devStack(), "form", { flowId: "af_1", stages: [] }),
      "[dev/form] there is no stage",
    ],
    [
      "an application's address ends with a slash",
      () => new SampleApplication(devStack(), "sample", { url: "http://localhost:3000/" }),
      '[dev/sample] url must be an http(s) address without a slash at the end, got "http://localhost:3000/"',
    ],
    [
      "an application's address is none",
      () => new SampleApplication(devStack(), "sample", { url: "localhost:3000" }),
      '[dev/sample] url must be an http(s) address without a slash at the end, got "localhost:3000"',
    ],
  ])("%s", (_, define, message) => {
    expect(() => {
      try {
        define();
      } catch (error) {
        throw new Error(String(error));
      }
    }).toThrow(message);
  });
});
