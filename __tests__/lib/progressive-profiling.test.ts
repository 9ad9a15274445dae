import { Annotations, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  type Component,
  dropdown,
  MachineToMachineClient,
  ManagementScopes,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  phone,
  raw,
  richText,
  Stage,
  text,
  ValidationError,
} from "../../lib";
import { readmeBlocks } from "../support/readme";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

function templateOf(props?: ProgressiveProfilingProps): Template {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return Template.of(stack);
}

/** A stage that waits for `a`, with these components beside the field and the button that it needs. */
function stageWith(...components: Component[]): Stage {
  return Stage.untilAnswered("a", {
    components: [text("a", { label: "A", required: true }), ...components, nextButton()],
  });
}

function problemsOf(props: ProgressiveProfilingProps): readonly string[] {
  try {
    new ProgressiveProfiling(devStack(), "profiling", props);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
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

describe("what only Auth0 can check passes", () => {
  test.each<[string, Component]>([
    ["a key with a dash that is only written", text("b", { label: "B", metadataKey: "job-title" })],
    ["a rich text without content", raw({ category: "BLOCK", type: "RICH_TEXT" })],
    ["a hint of 500 emojis", text("b", { label: "B", hint: "🎉".repeat(500) })],
  ])("%s", (_, component) => {
    expect(problemsOf({ stages: [stageWith(component)] })).toEqual([]);
  });

  test("options and a default that Terraform knows", () => {
    const stack = devStack();
    const list = new TerraformVariable(stack, "list", { type: "list(any)" });
    const field = dropdown("b", { label: "B", multiple: true, options: list.value, defaultValue: list.listValue });
    new ProgressiveProfiling(stack, "profiling", { stages: [stageWith(field)] });

    expect(JSON.stringify(Template.of(stack).one("auth0_form").nodes)).toContain('"options":"<var.list>"');
  });
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

describe("fails when", () => {
  const long = (length: number) => "x".repeat(length);
  const untilA = (...components: Component[]) => ({ stages: [Stage.untilAnswered("a", { components })] });

  test.each<[string, ProgressiveProfilingProps, string]>([
    ["there is no stage", { stages: [] }, "there is no stage; give at least one"],
    [
      "there are more stages than a router has rules",
      {
        stages: Array.from({ length: 11 }, (_, n) =>
          Stage.untilAnswered(`k${n}`, { components: [text(`k${n}`, { label: "K", required: true }), nextButton()] }),
        ),
      },
      "a router has at most 10 rules, got 11 stages; leave some out or put them into a second form",
    ],
    [
      "a stage has no field",
      untilA(richText("hello"), nextButton()),
      'stage "a" has no field; add one, or leave the stage out',
    ],
    [
      "a stage has no next button",
      untilA(text("a", { label: "A", required: true })),
      'stage "a" has no next button, so nobody could leave it; add nextButton()',
    ],
    [
      "a stage can be left all empty",
      untilA(text("a", { label: "A" }), phone("b", { label: "B" }), nextButton()),
      'stage "a" can be left all empty, and then every answer that the user ever gave is erased; make one of its fields required',
    ],
    [
      "no field writes the key that the stage waits for",
      untilA(text("b", { label: "B", required: true }), nextButton()),
      'stage "a" waits for "a", which none of its fields writes, so it would be shown at every login; its fields write "b"',
    ],
    [
      "an id is none",
      { stages: [stageWith(text("job-title", { label: "J", metadataKey: "job" }))] },
      'stage "a": TEXT "job-title": id must be letters, digits and "_", a letter first, got "job-title"; choose another one',
    ],
    [
      "Auth0 refuses the metadata key",
      { stages: [stageWith(text("b", { label: "B", metadataKey: "job.title" }))] },
      'stage "a": TEXT "b": metadataKey must be a text without "." and "$", which Auth0 refuses, got "job.title"; choose another one',
    ],
    [
      "a label is empty",
      { stages: [stageWith(text("b", { label: "" }))] },
      'stage "a": TEXT "b": label must have 1 or more characters, got 0 in ""',
    ],
    [
      "a hint is too long",
      { stages: [stageWith(text("b", { label: "B", hint: long(501) }))] },
      expect.stringContaining('stage "a": TEXT "b": hint must have 1 to 500 characters, got 501'),
    ],
    [
      "a placeholder is too long",
      { stages: [stageWith(phone("b", { label: "B", placeholder: long(501) }))] },
      expect.stringContaining('TEL "b": placeholder must have 0 to 500 characters, got 501'),
    ],
    [
      "a default value is empty",
      { stages: [stageWith(text("b", { label: "B", defaultValue: "" }))] },
      'stage "a": TEXT "b": defaultValue must have 1 or more characters, got 0 in ""',
    ],
    [
      "a length is none",
      { stages: [stageWith(text("b", { label: "B", maxLength: 0 }))] },
      'stage "a": TEXT "b": maxLength must be an integer of 1 or more, got 0; raise it or leave it out',
    ],
    [
      "no answer could be long enough",
      { stages: [stageWith(text("b", { label: "B", minLength: 5, maxLength: 4 }))] },
      'stage "a": TEXT "b": minLength 5 is above maxLength 4; no answer could pass',
    ],
    [
      "a dropdown has no options",
      { stages: [stageWith(dropdown("b", { label: "B", options: [] }))] },
      'stage "a": DROPDOWN "b" has no options; give at least one',
    ],
    [
      "a dropdown has an option twice",
      { stages: [stageWith(dropdown("b", { label: "B", options: ["x", { value: "x", label: "X" }] }))] },
      'stage "a": DROPDOWN "b": option "x" is there more than once; leave one out',
    ],
    [
      "an option is empty",
      { stages: [stageWith(dropdown("b", { label: "B", options: [{ value: "x", label: "" }] }))] },
      'stage "a": DROPDOWN "b": options[0].label must have 1 or more characters, got 0 in ""',
    ],
    [
      "a dropdown starts with what it does not offer",
      { stages: [stageWith(dropdown("b", { label: "B", options: ["x"], defaultValue: "y" }))] },
      'stage "a": DROPDOWN "b": defaultValue must be one of "x", got "y"',
    ],
    [
      "a dropdown of one choice starts with two",
      { stages: [stageWith(dropdown("b", { label: "B", options: ["x", "y"], defaultValue: ["x", "y"] }))] },
      'stage "a": DROPDOWN "b": defaultValue has 2 values, but only one can be chosen; set multiple',
    ],
    [
      "a rich text is too long",
      { stages: [stageWith(richText(long(10_001)))] },
      expect.stringContaining("content must have 0 to 10000 characters, got 10001"),
    ],
    [
      "a button says too much",
      { stages: [stageWith(nextButton(long(151)))] },
      expect.stringContaining("text must have 0 to 150 characters, got 151"),
    ],
    [
      "a text is no well-formed Unicode",
      { stages: [stageWith(richText("a\ud800"))] },
      'stage "a": RICH_TEXT "a_rich_text": content is not well-formed Unicode, got "a\\ud800"',
    ],
    [
      "two components have one id",
      { stages: [stageWith(text("b", { label: "B" }), phone("b", { label: "B", metadataKey: "c" }))] },
      'component id "b" is there 2 times, in stage "a"; give one of them another id',
    ],
    [
      "two fields write one key",
      { stages: [stageWith(text("b", { label: "B", metadataKey: "a" }))] },
      'user_metadata key "a" is there 2 times, in stage "a"; the later answer would overwrite the earlier one: give one of them another metadataKey',
    ],
    [
      "a raw component has no usable id",
      { stages: [stageWith(raw({ id: "1", category: "FIELD", type: "URL", label: "U" }))] },
      expect.stringContaining('URL "1": id must be letters'),
    ],
    ["a name is empty", { names: { form: "" } }, 'names.form must have 1 to 150 characters, got 0 in ""'],
    [
      "a name is too long",
      { names: { action: long(151) } },
      expect.stringContaining("names.action must have 1 to 150 characters, got 151"),
    ],
    [
      "the name of a client has angle brackets",
      { names: { client: "Login <dev>", form: "a<b>", flow: "a<b>", vaultConnection: "a<b>", action: "a<b>" } },
      'names.client must have no "<" and no ">", which Auth0 refuses, got "Login <dev>"; choose another one',
    ],
    [
      "a language is empty",
      { languages: { primary: "" } },
      'languages.primary must have 1 to 55 characters, got 0 in ""',
    ],
    [
      "the domain is an address",
      { domain: "https://example.auth0.com/" },
      'domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got "https://example.auth0.com/"',
    ],
    [
      "the scopes can not save anything",
      { scopes: ["read:users"] },
      'scopes must include "update:users", or the flow can not save any answer, got "read:users"',
    ],
    [
      "a scope is there twice",
      { scopes: ["update:users", "update:users"] },
      'scope "update:users" is there more than once; leave one out',
    ],
    [
      "a scope is none",
      { scopes: ["update:users", "users"] },
      'scopes[1] must be a Management API scope, e.g. "read:users", got "users"',
    ],
    [
      "a raw field has no id",
      { stages: [stageWith(raw({ category: "FIELD", type: "URL" }, { metadataKey: "b" }))] },
      'stage "a": URL "": id must be letters, digits and "_", a letter first, got ""; choose another one',
    ],
    [
      "a block is to be written",
      { stages: [stageWith(raw({ category: "BLOCK", type: "DIVIDER" }, { metadataKey: "b" }))] },
      'stage "a": DIVIDER "a_divider" is a BLOCK, which has no answer; leave metadataKey out',
    ],
    [
      "another stage writes the key that a stage waits for",
      {
        stages: [
          stageWith(text("b", { label: "B", required: true })),
          Stage.untilAnswered("b", { components: [text("c", { label: "C", required: true }), nextButton()] }),
        ],
      },
      'stage "b" waits for "b", which none of its fields writes, so stage "a" decides whether it is shown; its fields write "c"',
    ],
    [
      "an existing client has no secret",
      { client: { clientId: "a", clientSecret: "" } },
      "client.clientSecret is missing; give it",
    ],
    ["a name is of no part", { names: { frm: "x" } as object }, 'names has no field "frm"; did you mean "form"?'],
    [
      "the domain is none",
      { domain: "a..b" },
      'domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got "a..b"',
    ],
    [
      "scopes are given beside an existing client",
      { client: { clientId: "a", clientSecret: "b" }, scopes: ManagementScopes.LEAST },
      "scopes: with client, no application is defined; leave it out, or leave client out",
    ],
    [
      "what is of an application is given beside an existing Vault connection",
      {
        connectionId: "ac_1",
        client: { clientId: "a", clientSecret: "b" },
        scopes: ManagementScopes.LEAST,
        secretVersion: "1",
        names: { client: "C", vaultConnection: "V", form: "F" },
      },
      "client, scopes, secretVersion, names.client, names.vaultConnection: with connectionId, no client and no Vault " +
        "connection are defined; leave it out, or leave connectionId out",
    ],
    [
      "the Vault connection is named, not given by its id",
      { connectionId: "Progressive Profiling" },
      'connectionId must be the id of a Vault connection, "ac_" and up to 27 letters and digits, got a text; ' +
        "GET /api/v2/flows/vault/connections lists them",
    ],
    [
      "what happens when saving fails is none that can",
      { whenSavingFails: "deny" as "stay" },
      'whenSavingFails must be "continue" or "stay", got "deny"; choose one',
    ],
    ["a version is empty", { secretVersion: "" }, 'secretVersion must have 1 or more characters, got 0 in ""'],
  ])("%s", (_, props, problem) => {
    expect(problemsOf(props)).toEqual([problem]);
  });

  test.each<[string, unknown, string]>([
    ["stages", null, ""],
    ["stages", "a", "stages must be a list of stages, got a text; make them by Stage.untilAnswered"],
    ["stages", [null], "stages[0] must be a stage, got null; make it by Stage.untilAnswered"],
    ["scopes", "update:users", "scopes must be a list of texts, got a text"],
    ["client", {}, "client.clientId is missing; give it"],
    ["domain", 3, "got 3"],
    ["connectionId", 3, "got 3"],
    ["connectionId", null, ""],
    ["secretVersion", 3, "secretVersion must be a text, got 3"],
    ["secretVersion", null, ""],
    ["names", null, ""],
    ["languages", null, ""],
  ])("a caller without types gives %s as %j", (prop, value, problem) => {
    const [first = ""] = problemsOf({ [prop]: value });
    expect(first).toContain(problem);
    expect(first === "").toBe(problem === "");
  });

  test("a caller without types gives what is no component", () => {
    const components = [text("a", { label: "A", required: true }), null as unknown as Component, nextButton()];

    expect(problemsOf({ stages: [Stage.untilAnswered("a", { components })] })).toEqual([
      'stage "a": components[1] is none; make it by text(), phone(), raw() and their like',
    ]);
  });

  test("the options of a dropdown are a token of a list of texts, which Auth0 would refuse at apply", () => {
    const sizes = new TerraformVariable(devStack(), "sizes", { type: "list(string)", default: ["S", "M"] });

    expect(problemsOf({ stages: [stageWith(dropdown("b", { label: "B", options: sizes.listValue }))] })).toEqual([
      'stage "a": DROPDOWN "b": options must be a list of objects with value and label, got a token, which is a list ' +
        "of texts; give the list itself, and tokens in it",
    ]);
  });

  test("a version is a token, which no address can have", () => {
    const { stringValue: secretVersion } = new TerraformVariable(devStack(), "version", {});
    const client = { clientId: "a", clientSecret: "b", secretVersion };

    expect(problemsOf({ secretVersion })).toEqual([
      "secretVersion must be known when the stack is built, but is a token; give it as a text",
    ]);
    expect(problemsOf({ client })).toEqual([
      "client.secretVersion must be known when the stack is built, but is a token; give it as a text",
    ]);
  });

  test("an id is a token", () => {
    const { stringValue } = new TerraformVariable(devStack(), "id", {});

    expect(problemsOf({ stages: [stageWith(text("b", { label: "B", metadataKey: stringValue }))] })).toEqual([
      'stage "a": TEXT "b": metadataKey must be known when the stack is built, but is a token; give it as a text',
    ]);
  });

  test("two stages have one id: the same stage twice is named with all that it repeats", () => {
    expect(problemsOf({ stages: [stageWith(), stageWith()] })).toEqual([
      'stage "a" is there more than once; give each stage an id of its own',
      'component id "a" is there 2 times, in stage "a"; give one of them another id',
      'component id "a_next_button" is there 2 times, in stage "a"; give one of them another id',
      'user_metadata key "a" is there 2 times, in stage "a"; the later answer would overwrite the earlier one: give one of them another metadataKey',
    ]);
  });

  test("several things are wrong: it says what the README shows", () => {
    const team = [text("team", { label: "Team", required: true, maxLength: 0 }), nextButton()];
    const stages = [
      Stage.untilAnswered("team", { components: team }),
      Stage.untilAnswered("mobile", { components: [phone("mobile", { label: "Mobile", required: true })] }),
    ];

    const define = () => new ProgressiveProfiling(new TerraformStack(Testing.app(), "login"), "profiling", { stages });

    const [shownInReadme = ""] = readmeBlocks("text", "Your own questions");
    expect(define).toThrow(shownInReadme.replace("ValidationError: ", "").trimEnd());
  });

  test("several things are wrong: it names them all at once, with the construct's path, and defines nothing", () => {
    const stack = devStack();

    const define = () => new ProgressiveProfiling(stack, "profiling", { names: { form: "" }, scopes: ["read:users"] });

    expect(define).toThrow(
      new ValidationError("dev/profiling", [
        'names.form must have 1 to 150 characters, got 0 in ""',
        'scopes must include "update:users", or the flow can not save any answer, got "read:users"',
      ]),
    );
    expect(Template.of(stack).count()).toEqual({});
  });
});

describe("warns when", () => {
  function warningsOf(stack: TerraformStack): string[] {
    return stack.node
      .findAll()
      .flatMap((construct) => construct.node.metadata)
      .filter(({ type }) => type === "@cdktf/warn")
      .map(({ data }) => data);
  }

  test("two instances ask for the same key, or have Actions of the same name", () => {
    const stack = devStack();
    new ProgressiveProfiling(stack, "first", { stages: [stageWith()] });
    new ProgressiveProfiling(stack, "second", { stages: [stageWith()] });

    expect(warningsOf(stack)).toEqual([
      'asks for the user_metadata key "a", as [dev/first] does: the answer that is given last stays',
      'its Action has the name "Progressive Profiling", as that of [dev/first]; give one another names.action',
    ]);
  });

  test("the field that a stage waits for can be left empty", () => {
    const stack = devStack();
    const components = [text("a", { label: "A" }), text("b", { label: "B", required: true }), nextButton()];
    new ProgressiveProfiling(stack, "profiling", { stages: [Stage.untilAnswered("a", { components })] });

    expect(warningsOf(stack)).toEqual([
      'stage "a" waits for "a", whose field is not required: who leaves it empty is asked again at every login',
    ]);
  });

  test("nothing is doubtful: then it does not", () => {
    const stack = devStack();
    new ProgressiveProfiling(stack, "profiling");

    expect(warningsOf(stack)).toEqual([]);
  });
});

test("the annotation key that the warnings are looked for under is CDKTF's", () => {
  const stack = new TerraformStack(Testing.app(), "dev");
  Annotations.of(stack).addWarning("w");
  expect(stack.node.metadata).toMatchObject([{ type: "@cdktf/warn", data: "w" }]);
});
