import {
  MachineToMachineClient,
  MetadataFlow,
  nextButton,
  ProfileForm,
  SampleApplication,
  Stage,
  text,
  VaultConnection,
} from "../lib";
import { devStack } from "./support/stack";
import { Template } from "./support/template";

const CLIENT = { clientId: "abc", clientSecret: "${var.secret}" };

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

describe("fails when", () => {
  test.each<[string, () => unknown, string]>([
    [
      "a client has no name",
      () => new MachineToMachineClient(devStack(), "client", { name: "", scopes: [] }),
      'ValidationError: 2 problems\n  [dev/client] name must have 1 to 150 characters, got 0 in ""\n  [dev/client] scopes must include',
    ],
    [
      "a Vault connection's domain is an address",
      () => new VaultConnection(devStack(), "vault", { client: CLIENT, domain: "a.com/x" }),
      "[dev/vault] domain must be a host name",
    ],
    [
      "a flow has nothing to write",
      () => new MetadataFlow(devStack(), "flow", { connectionId: "ac_1", answers: [] }),
      "[dev/flow] the flow has no answer to write; give at least one",
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
