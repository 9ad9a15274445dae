import { Annotations, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  ManagementScopes,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  phone,
  Stage,
  text,
  ValidationError,
} from "../../lib";
import { readmeBlocks } from "../support/readme";
import { devStack } from "../support/stack";
import { problemsOf, stageWith } from "../support/stages";
import { Template } from "../support/template";

describe("fails when", () => {
  const long = (length: number) => "x".repeat(length);

  test.each<[string, ProgressiveProfilingProps, string]>([
    ["a name is empty", { names: { form: "" } }, 'names.form must have 1 to 150 characters, got 0 in ""; give more'],
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
      'languages.primary must have 1 to 55 characters, got 0 in ""; give more',
    ],
    [
      "the domain is an address",
      { domain: "https://example.auth0.com/" },
      'domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got "https://example.auth0.com/"',
    ],
    [
      "a name is too long",
      { names: { form: "x".repeat(151) } },
      `names.form must have 1 to 150 characters, got 151 in "${"x".repeat(76)}...; give fewer`,
    ],
    [
      "a scope goes on where it should end",
      { scopes: ["update:users", "read:users;"] },
      'scopes[1] must be a Management API scope, e.g. "read:users", got "read:users;"',
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
      "the Vault connection has an id that is too long",
      { connectionId: `ac_${"1".repeat(28)}` },
      'connectionId must be the id of a Vault connection, "ac_" and up to 27 letters and digits, got ' +
        '"ac_1111111111111111111111111111"; GET /api/v2/flows/vault/connections lists them',
    ],
    [
      "what happens when saving fails is none that can",
      { whenSavingFails: "deny" as "stay" },
      'whenSavingFails must be "continue" or "stay", got "deny"; choose one',
    ],
    [
      "a version is empty",
      { secretVersion: "" },
      'secretVersion must have 1 or more characters, got 0 in ""; give more',
    ],
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
        'names.form must have 1 to 150 characters, got 0 in ""; give more',
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

  test("but not of one that was removed, or what it was in", () => {
    const stack = devStack();
    new ProgressiveProfiling(stack, "first", { stages: [stageWith()] });
    new ProgressiveProfiling(new Construct(stack, "group"), "second", { stages: [stageWith()] });
    for (const id of ["first", "group"]) {
      expect(stack.node.tryRemoveChild(id)).toBe(true);
    }

    new ProgressiveProfiling(stack, "first", { stages: [stageWith()] });
    expect(warningsOf(stack)).toEqual([]);
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
