import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  dropdown,
  MachineToMachineClient,
  ManagementScopes,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  raw,
  richText,
  Stage,
  text,
} from "../../lib";
import { devStack } from "../support/stack";
import { stageWith } from "../support/stages";
import { Template } from "../support/template";

function templateOf(props?: ProgressiveProfilingProps): Template {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return Template.of(stack);
}

describe("without props", () => {
  const template = templateOf();

  test("defines every part of the article once", () => {
    expect(template.count()).toEqual({
      auth0_client: 1,
      auth0_client_credentials: 1,
      auth0_client_grant: 1,
      auth0_flow_vault_connection: 1,
      auth0_flow: 1,
      auth0_form: 1,
      auth0_action: 1,
      auth0_trigger_action: 1,
    });
  });

  test("grants the six scopes of the article on the tenant's Management API", () => {
    expect(template.one("auth0_client_grant").scopes).toEqual([
      "read:users",
      "update:users",
      "create:users",
      "read:users_app_metadata",
      "update:users_app_metadata",
      "create:users_app_metadata",
    ]);
    expect(template.one("auth0_client")).toMatchObject({
      app_type: "non_interactive",
      grant_types: ["client_credentials"],
    });
  });

  test("writes the four answers into user_metadata of the user who logs in", () => {
    expect(template.one("auth0_flow").actions).toEqual([
      {
        id: "update_user",
        type: "AUTH0",
        action: "UPDATE_USER",
        allow_failure: true,
        mask_output: false,
        params: {
          connection_id: expect.stringContaining("auth0_flow_vault_connection."),
          user_id: "{{context.user.user_id}}",
          changes: {
            user_metadata: {
              job_title: "{{fields.job_title}}",
              phone_number: "{{fields.phone_number.international_number}}",
              company_name: "{{fields.company_name}}",
              company_size: "{{fields.company_size}}",
            },
          },
        },
      },
    ]);
  });

  test("lets the Action look for the keys that the stages wait for: they stand in its code, which Terraform reads back", () => {
    const [formId] = template.logicalIds("auth0_form");
    const { code, secrets } = template.one("auth0_action");

    expect(String(code).match(/^const (?:FORM_ID|METADATA_KEYS) = .*$/gm)).toEqual([
      `const FORM_ID = \${jsonencode(auth0_form.${formId}.id)};`,
      'const METADATA_KEYS = ["job_title","company_name"];',
    ]);
    expect(secrets).toBeUndefined();
    expect(template.one("auth0_trigger_action")).toMatchObject({ trigger: "post-login" });
  });

  test("exposes the ids of all parts", () => {
    const stack = devStack();
    const profiling = new ProgressiveProfiling(stack, "profiling");

    const { formId, flowId, actionId, clientId, connectionId } = profiling;
    for (const [name, value] of Object.entries({ formId, flowId, actionId, clientId, connectionId })) {
      new TerraformOutput(stack, name, { value });
    }

    const outputs = Template.of(stack).json.output ?? {};
    const types = Object.entries(outputs).map(([name, { value }]) => [name, /^\$\{(\w+)\./.exec(String(value))?.[1]]);
    expect(Object.fromEntries(types)).toEqual({
      formId: "auth0_form",
      flowId: "auth0_flow",
      actionId: "auth0_action",
      clientId: "auth0_client",
      connectionId: "auth0_flow_vault_connection",
    });
  });
});

describe("props", () => {
  test("names name the parts", () => {
    const template = templateOf({
      names: { form: "Fo", flow: "Fl", vaultConnection: "V", action: "A", client: "C ${x}" },
    });

    const named = (type: string) => template.one(type).name;
    expect(
      ["auth0_form", "auth0_flow", "auth0_flow_vault_connection", "auth0_action", "auth0_client"].map(named),
    ).toEqual(["Fo", "Fl", "V", "A", "C $${x}"]);
  });

  test("languages go to the form", () => {
    expect(templateOf({ languages: { primary: "ja", default: "en" } }).one("auth0_form").languages).toEqual([
      { primary: "ja", default: "en" },
    ]);
  });

  test("scopes can be the least that Auth0 documents", () => {
    expect(templateOf({ scopes: ManagementScopes.LEAST }).one("auth0_client_grant").scopes).toEqual(["update:users"]);
  });

  test("an existing client takes the place of the one that is defined", () => {
    const stack = devStack();
    const secret = new TerraformVariable(stack, "secret", { type: "string", sensitive: true });
    const profiling = new ProgressiveProfiling(stack, "profiling", {
      client: { clientId: "abc", clientSecret: secret.stringValue },
    });

    const template = Template.of(stack);
    expect(template.count().auth0_client).toBeUndefined();
    expect(template.one("auth0_flow_vault_connection").setup).toMatchObject({
      client_id: "abc",
      client_secret: "${var.secret}",
    });
    expect(profiling.clientId).toBe("abc");
    expect(profiling.client).toBeUndefined();
  });

  test("an existing Vault connection takes the place of client and Vault connection, and the tenant is not asked", () => {
    const stack = devStack();
    const profiling = new ProgressiveProfiling(stack, "profiling", { connectionId: "ac_1" });

    const template = Template.of(stack);
    expect(template.count()).toEqual({ auth0_flow: 1, auth0_form: 1, auth0_action: 1, auth0_trigger_action: 1 });
    expect(template.json.data).toBeUndefined();
    expect(template.one("auth0_flow").actions).toMatchObject([{ params: { connection_id: "ac_1" } }]);
    expect(profiling.connectionId).toBe("ac_1");
    expect([profiling.client, profiling.clientId, profiling.vaultConnection]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("secretVersion goes to the application that is defined", () => {
    expect(templateOf().one("auth0_client").for_each).toBe('${toset(["1"])}');
    expect(templateOf({ secretVersion: "2026-11" }).one("auth0_client").for_each).toBe('${toset(["2026-11"])}');
  });

  test("whenSavingFails keeps people on the form, as Auth0's allow_failure does, or lets them in", () => {
    const allowFailure = (whenSavingFails?: "continue" | "stay") =>
      (templateOf({ whenSavingFails }).one("auth0_flow").actions as { allow_failure: boolean }[]).map(
        ({ allow_failure }) => allow_failure,
      );

    expect([allowFailure(), allowFailure("continue"), allowFailure("stay")]).toEqual([[true], [true], [false]]);
  });

  test("one client can serve two instances, and the bindings follow each other", () => {
    const stack = devStack();
    const client = new MachineToMachineClient(stack, "client", { domain: "example.eu.auth0.com" });
    new ProgressiveProfiling(stack, "first", { client, stages: [stageWith()] });
    new ProgressiveProfiling(stack, "second", {
      client,
      stages: [Stage.untilAnswered("b", { components: [text("b", { label: "B", required: true }), nextButton()] })],
    });

    const template = Template.of(stack);
    expect(template.count()).toMatchObject({ auth0_client: 1, auth0_client_grant: 1, auth0_form: 2 });
    const [firstId] = template.logicalIds("auth0_trigger_action");
    const [before, after] = template.all("auth0_trigger_action");
    expect(before?.depends_on).toBeUndefined();
    expect(after?.depends_on).toEqual([`auth0_trigger_action.${firstId}`]);
  });

  test("domain takes the place of the tenant that the provider is configured for", () => {
    const template = templateOf({ domain: "example.eu.auth0.com" });

    expect(template.json.data).toBeUndefined();
    expect(template.one("auth0_client_grant").audience).toBe("https://example.eu.auth0.com/api/v2/");
    expect(template.one("auth0_flow_vault_connection")).toMatchObject({
      account_name: "example.eu.auth0.com",
      setup: { domain: "example.eu.auth0.com" },
      lifecycle: { ignore_changes: ["account_name"], create_before_destroy: true },
    });
  });

  test("tokens pass every check", () => {
    const stack = devStack();
    const variable = (name: string) => new TerraformVariable(stack, name, {});
    new ProgressiveProfiling(stack, "profiling", {
      domain: variable("domain").stringValue,
      names: { form: variable("form").stringValue },
      languages: { primary: variable("language").stringValue },
      scopes: variable("scopes").listValue,
      stages: [
        stageWith(
          richText(variable("html").stringValue),
          text("b", { label: variable("label").stringValue, minLength: variable("min").numberValue, maxLength: 1 }),
          dropdown("c", { label: "C", options: [variable("option").stringValue], defaultValue: "x" }),
        ),
      ],
    });

    expect(() => Template.of(stack)).not.toThrow();
  });
});

test("the id of a Vault connection may be a token", () => {
  const stack = devStack();
  const { stringValue } = new TerraformVariable(stack, "connection", {});
  new ProgressiveProfiling(stack, "profiling", { connectionId: stringValue });

  expect(Template.of(stack).one("auth0_flow").actions).toMatchObject([
    { params: { connection_id: expect.stringContaining("var.connection") } },
  ]);
});

test("a raw field writes its own id, a raw TEL with country picker the international number", () => {
  const url = { id: "site", category: "FIELD", type: "URL", label: "Website" } as const;
  const tel = { id: "mobile", category: "FIELD", type: "TEL", config: { country_picker: true } } as const;
  const stages = [stageWith(raw(url, { metadataKey: "website" }), raw(tel, { metadataKey: "mobile" }))];

  expect(templateOf({ stages }).one("auth0_flow").actions).toMatchObject([
    {
      params: {
        changes: {
          user_metadata: { website: "{{fields.site}}", mobile: "{{fields.mobile.international_number}}" },
        },
      },
    },
  ]);
});

test("a client of another stack serves too", () => {
  const app = Testing.app();
  const [shared, login] = ["shared", "login"].map((name) => new TerraformStack(app, name)) as [
    TerraformStack,
    TerraformStack,
  ];
  const client = new MachineToMachineClient(shared, "client", { domain: "example.eu.auth0.com" });
  new ProgressiveProfiling(login, "profiling", { client, domain: "example.eu.auth0.com" });

  // Terraform takes no reference to a resource of another state there.
  const connection = Template.of(login).one("auth0_flow_vault_connection");
  expect(connection.depends_on).toBeUndefined();
  expect(connection.lifecycle).not.toHaveProperty("replace_triggered_by");
  expect(connection.for_each).toBe('${toset(["1"])}');
});

test("each binding follows the one that was defined before it, wherever in the stack that is", () => {
  const stack = devStack();
  const scopes = ["a", "b"].map((id) => new Construct(stack, id)) as [Construct, Construct];
  const define = (scope: Construct, key: string) =>
    new ProgressiveProfiling(scope, key, {
      stages: [Stage.untilAnswered(key, { components: [text(key, { label: key, required: true }), nextButton()] })],
    });
  define(scopes[1], "first");
  define(scopes[0], "second");
  define(scopes[1], "third");

  const template = Template.of(stack);
  const ids = template.logicalIds("auth0_trigger_action");
  const idOf = (key: string) => `auth0_trigger_action.${ids.find((id) => id.includes(`_${key}_`))}`;
  const dependencies = template.all("auth0_trigger_action").map(({ depends_on }, index) => [ids[index], depends_on]);
  expect(new Map(dependencies as [string, unknown][])).toEqual(
    new Map([
      [idOf("first").split(".")[1], undefined],
      [idOf("second").split(".")[1], [idOf("first")]],
      [idOf("third").split(".")[1], [idOf("second")]],
    ]),
  );
});
