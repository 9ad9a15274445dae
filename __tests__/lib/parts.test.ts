import { Fn } from "cdktf";
import {
  doNothing,
  Form,
  flow,
  flowNode,
  getUser,
  MachineToMachineClient,
  type ManagementClient,
  MetadataFlow,
  type MetadataFlowProps,
  nextButton,
  ProfileFlow,
  type ProfileFlowProps,
  ProfileForm,
  ProfilingAction,
  ProgressiveProfiling,
  SampleApplication,
  Stage,
  text,
  VaultConnection,
} from "../../lib";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const answers = [{ metadataKey: "a", value: "{{fields.a}}" }];
const CLIENT = { clientId: "abc", clientSecret: "secret" };

test("each part can be defined alone, and reads the tenant's domain by itself", () => {
  const stack = devStack();
  const client = new MachineToMachineClient(stack, "client");
  const { connectionId } = new VaultConnection(stack, "vault-connection", { client });
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

const read = getUser("user", {});
const nodes = [flowNode("read", { flow: flow("read", { actions: [read] }), next: "$ending" })];
const CONNECTION_ID =
  'connectionId must be the id of a Vault connection, "ac_" and up to 27 letters and digits, got %; ' +
  "GET /api/v2/flows/vault/connections lists them";

describe("the id of a Vault connection", () => {
  const takers: readonly (readonly [string, (connectionId: never) => unknown])[] = [
    ["MetadataFlow", (connectionId) => new MetadataFlow(devStack(), "part", { connectionId, answers })],
    [
      "ProfileFlow",
      (connectionId) => new ProfileFlow(devStack(), "part", { name: "Read", actions: [read], connectionId }),
    ],
    ["Form", (connectionId) => new Form(devStack(), "part", { name: "Form", nodes, connectionId })],
    ["ProgressiveProfiling", (connectionId) => new ProgressiveProfiling(devStack(), "part", { connectionId })],
  ];

  test.each(takers)("that is none is refused by %s, and shown where it is no secret", (_, take) => {
    const given: readonly (readonly [unknown, string])[] = [
      ["", "a text"],
      ["S3CRETx", "a text"],
      ["xac_1", "a text"],
      [5, "5"],
      [{ id: "ac_1" }, "an object"],
      ["ac_", '"ac_"'],
      ["ac_1 2", '"ac_1 2"'],
      [`ac_${"1".repeat(28)}`, `"ac_${"1".repeat(28)}"`],
    ];
    for (const [connectionId, shown] of given) {
      expect(() => take(connectionId as never)).toThrow(
        new Error(`1 problem\n  [dev/part] ${CONNECTION_ID.replace("%", shown)}`),
      );
    }
  });

  test.each(takers)("is taken by %s", (_, take) => {
    for (const connectionId of ["ac_1", `ac_${"x".repeat(27)}`, "ac_A-b_9", Fn.abspath(".")]) {
      expect(() => take(connectionId as never)).not.toThrow();
    }
  });

  test("is not refused by a form that is not to be checked, nor by its flows", () => {
    const stack = devStack();
    const form = new Form(stack, "part", { name: "Form", nodes, connectionId: "xac_1", isChecked: false });
    const warnings = [form, ...form.flows.values()].map(({ node }) => node.metadata.map(({ data }) => data));

    const warning = CONNECTION_ID.replace("%", "a text");
    expect(warnings).toEqual([[warning], [warning]]);
    expect(Template.of(stack).one("auth0_flow").actions).toMatchObject([{ params: { connection_id: "xac_1" } }]);
  });

  test("must be there where a flow has to have one", () => {
    const without = { answers } as unknown as MetadataFlowProps;

    expect(() => new MetadataFlow(devStack(), "part", without)).toThrow(
      new Error("1 problem\n  [dev/part] connectionId is missing; give it"),
    );
    expect(() => new ProfileFlow(devStack(), "part", { name: "Read", actions: [read] })).toThrow(
      new Error(
        "1 problem\n  [dev/part] connectionId is missing, and there are AUTH0 actions without a connection_id; give it",
      ),
    );
  });
});

describe("fails when", () => {
  test.each<[string, () => unknown, string]>([
    [
      "a client has no name",
      () => new MachineToMachineClient(devStack(), "client", { name: "", scopes: [] }),
      '2 problems\n  [dev/client] name must have 1 to 150 characters, got 0 in ""; give more\n  [dev/client] scopes must include "update:users", or the flow can not save any answer, got none',
    ],
    [
      "a Vault connection's domain is an address",
      () => new VaultConnection(devStack(), "vault", { client: CLIENT, domain: "a.com/x" }),
      '1 problem\n  [dev/vault] domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got "a.com/x"',
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
      "a flow's name is not given",
      () => new ProfileFlow(devStack(), "flow", { actions: [doNothing("nothing")] } as unknown as ProfileFlowProps),
      '[dev/flow] name must have 1 to 150 characters, got 0 in ""; give more',
    ],
    [
      "a flow's name is too long",
      () => new ProfileFlow(devStack(), "flow", { name: "x".repeat(151), actions: [doNothing("nothing")] }),
      `[dev/flow] name must have 1 to 150 characters, got 151 in "${"x".repeat(76)}...; give fewer`,
    ],
    [
      "an action of a flow is wrong",
      () => new ProfileFlow(devStack(), "flow", { name: "Flow", actions: [doNothing("a-b")] }),
      '[dev/flow] DO_NOTHING "a-b": id must be letters, digits and "_", a letter first, got "a-b"; choose another one',
    ],
    [
      "a flow that is not to be checked has no list of actions",
      () => new ProfileFlow(devStack(), "flow", { name: "Flow", actions: "none" as never, isChecked: false }),
      "[dev/flow] actions must be a list of a flow's actions, got a text; make them by updateUser and its like",
    ],
    [
      "scopes have more before or behind",
      () =>
        new MachineToMachineClient(devStack(), "client", {
          scopes: ["update:users", "read:users;", "1read:users", "a:"],
        }),
      [
        "3 problems",
        ...[
          [1, "read:users;"],
          [2, "1read:users"],
          [3, "a:"],
        ].map(
          ([index, scope]) =>
            `[dev/client] scopes[${index}] must be a Management API scope, e.g. "read:users", got "${scope}"`,
        ),
      ].join("\n  "),
    ],
    [
      "a flow has no name",
      () => new ProfileFlow(devStack(), "flow", { name: "", actions: [] }),
      '2 problems\n  [dev/flow] name must have 1 to 150 characters, got 0 in ""; give more\n' +
        "  [dev/flow] actions must be a list of one action or more, got a list of 0; give it",
    ],
    [
      "a form has no name",
      () => new ProfileForm(devStack(), "form", { flowId: "af_1", name: "", stages: [] }),
      '2 problems\n  [dev/form] name must have 1 to 150 characters, got 0 in ""; give more\n' +
        "  [dev/form] there is no stage; give at least one",
    ],
    [
      "a form has no stage",
      () => new ProfileForm(devStack(), "form", { flowId: "af_1", stages: [] }),
      "[dev/form] there is no stage; give at least one",
    ],
    [
      "an application's address ends with a slash",
      () => new SampleApplication(devStack(), "sample", { url: "http://localhost:3000/" }),
      '[dev/sample] url must be an http(s) address without a slash at the end, got "http://localhost:3000/"',
    ],
    [
      "an application's name is none",
      () => new SampleApplication(devStack(), "sample", { name: "a<b" }),
      '[dev/sample] name must have no "<" and no ">", which Auth0 refuses, got "a<b"; choose another one',
    ],
    ...["http://localhost:3000?a", "http://localhost:3000#a", "http://local host", "xhttp://a"].map(
      (url): [string, () => unknown, string] => [
        `an application's address is ${url}`,
        () => new SampleApplication(devStack(), "sample", { url }),
        `[dev/sample] url must be an http(s) address without a slash at the end, got "${url}"`,
      ],
    ),
    [
      "an application's address is none",
      () => new SampleApplication(devStack(), "sample", { url: "localhost:3000" }),
      '[dev/sample] url must be an http(s) address without a slash at the end, got "localhost:3000"',
    ],
  ])("%s", (_, define, message) => {
    const problems = message.startsWith("[") ? `1 problem\n  ${message}` : message;

    expect(define).toThrow(new Error(problems));
  });
});
