import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Token } from "cdktf";
import { type Moment, ProfilingAction, type ProfilingActionProps, ValidationError } from "../../lib";
import { deployedCode } from "../support/library-action";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const HANDLERS = "exports.onExecutePostLogin = async () => {};\nexports.onContinuePostLogin = async () => {};\n";
const CONDITION = {
  operator: "AND",
  operands: [{ operator: "HAS_NO_VALUE", operands: ["{{context.user.name}}"] }],
} as const;

function problemsOf(props: object): readonly string[] {
  try {
    new ProfilingAction(devStack(), "action", { formId: "ap_1", ...props } as ProfilingActionProps);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe("with stages, the Action", () => {
  const props: Omit<ProfilingActionProps, "formId"> = {
    stages: [{ id: "profile", condition: CONDITION, ask: { fromLogin: 3 } }, { id: "news" }],
    ask: { atMostEvery: { days: 7 }, clients: { except: [Token.asString({ resolve: () => "client" })] } },
    saves: [{ field: "name", to: ["user_metadata", "name"], stage: "profile" }],
    tellsStage: true,
  };

  test("is the other file in actions/, byte for byte but for its values", () => {
    const file = readFileSync(join(__dirname, "..", "..", "actions", "scheduled-profiling.js"), "utf8").split("\n");
    const code = deployedCode({ formId: "ap_1", ...props }).split("\n");

    expect(code.filter((line, index) => line !== file[index])).toEqual([
      'const FORM_ID = "ap_1";',
      'const STAGES = [{"ask":{"fromLogin":3},"condition":{"operands":[{"operands":["{{context.user.name}}"],"operator":"HAS_NO_VALUE"}],"operator":"AND"},"id":"profile"},{"id":"news"}];',
      expect.stringMatching(/^const ASK = \{"atMostEvery":\{"days":7\},"clients":\{"except":\[.*\]\}\};$/),
      'const SAVES = [{"field":"name","stage":"profile","to":["user_metadata","name"]}];',
      "const TELLS_STAGE = true;",
    ]);
    expect(code).toHaveLength(file.length);
  });

  test("of one's own finds what it has no constant for in event.secrets, as JSON", () => {
    const file = join(mkdtempSync(join(tmpdir(), "action-")), "mine.js");
    writeFileSync(file, `const STAGES = [];\n${HANDLERS}const f = ({ secrets }) => JSON.parse(secrets.ASK);\n`);
    const stack = devStack();
    new ProfilingAction(stack, "action", {
      formId: "ap_1",
      stages: [{ id: "news" }],
      ask: { share: 10 },
      sourceFile: file,
    });

    expect(Template.of(stack).one("auth0_action")).toMatchObject({
      code: expect.stringMatching(/^const STAGES = \[\{"id":"news"\}\];\n/),
      secrets: [
        { name: "FORM_ID", value: "ap_1" },
        { name: "ASK", value: '{"share":10}' },
        { name: "SAVES", value: "[]" },
        { name: "TELLS_STAGE", value: "false" },
      ],
    });
  });
});

describe("a moment takes", () => {
  const token = Token.asString({ resolve: () => "x" });
  test.each<[string, Moment]>([
    ["nothing", {}],
    ["the first login", { fromLogin: 1 }],
    ["parts of a unit", { afterSignUp: { days: 0.5 }, atMostEvery: { minutes: 1.5 } }],
    ["parts of a percent", { share: 1.5 }],
    ["nobody", { share: 0 }],
    ["everybody", { share: 100 }],
    ["tokens for texts", { clients: { only: [token, "other"] }, organizations: { except: [token] } }],
    ["a token for a list", { connections: { only: Token.asList({ resolve: () => ["x"] }) } }],
    [
      "tokens for numbers",
      { fromLogin: Token.asNumber({ resolve: () => 3 }), afterSignUp: { days: Token.asNumber({}) } },
    ],
  ])("%s", (_, ask) => {
    expect(problemsOf({ stages: [{ id: "a", ask }], ask })).toEqual([]);
  });
});

describe("a moment is refused:", () => {
  test.each<[unknown, ...string[]]>([
    ["soon", "ask must be an object, got a text"],
    [{ fromLogins: 3 }, 'ask has no field "fromLogins"; did you mean "fromLogin"?'],
    [{ fromLogin: 0 }, "ask.fromLogin must be an integer of 1 or more, got 0; change it, or leave it out"],
    [{ fromLogin: 2.5 }, "ask.fromLogin must be an integer of 1 or more, got 2.5; change it, or leave it out"],
    [{ fromLogin: "3" }, 'ask.fromLogin must be an integer of 1 or more, got "3"; change it, or leave it out'],
    [
      { share: 101 },
      "ask.share must be a percentage: 0, or 1 to 100, where 10 is one person in ten, got 101; change it, or leave it out",
    ],
    [
      { share: 0.1 },
      "ask.share must be a percentage: 0, or 1 to 100, where 10 is one person in ten, got 0.1; change it, or leave it out",
    ],
    [
      { share: -1 },
      "ask.share must be a percentage: 0, or 1 to 100, where 10 is one person in ten, got -1; change it, or leave it out",
    ],
    [
      { share: Number.NaN },
      "ask.share must be a percentage: 0, or 1 to 100, where 10 is one person in ten, got NaN; change it, or leave it out",
    ],
    [{ atMostEvery: 7 }, "ask.atMostEvery must be an object, got 7"],
    [{ atMostEvery: {} }, "ask.atMostEvery must have one of days, hours, minutes, got none; write it as { days: 7 }"],
    [
      { atMostEvery: { days: 1, hours: 12 } },
      "ask.atMostEvery must have one of days, hours, minutes, got days and hours; write it as { days: 7 }",
    ],
    [{ atMostEvery: { weeks: 1 } }, 'ask.atMostEvery has no field "weeks"; its fields are days, hours, minutes'],
    [{ afterSignUp: { day: 1 } }, 'ask.afterSignUp has no field "day"; did you mean "days"?'],
    [{ afterSignUp: { days: 0 } }, "ask.afterSignUp.days must be a number above 0, got 0; change it, or leave it out"],
    [
      { afterSignUp: { days: Number.POSITIVE_INFINITY } },
      "ask.afterSignUp.days must be a number above 0, got Infinity; change it, or leave it out",
    ],
    [{ clients: ["a"] }, "ask.clients must be an object, got a list of 1"],
    [{ clients: {} }, "ask.clients must have one of only, except, got none; write it as { only: […] }"],
    [
      { clients: { only: ["a"], except: ["b"] } },
      "ask.clients must have one of only, except, got only and except; write it as { only: […] }",
    ],
    [{ clients: { only: [] } }, "ask.clients.only must be a list of one or more texts, got none; give at least one"],
    [{ clients: { only: "a" } }, "ask.clients.only must be a list of one or more texts, got a text; give at least one"],
    [
      { connections: { except: ["a", ""] } },
      'ask.connections.except[1] must be a text of one or more characters, got ""',
    ],
    [
      { organizations: { only: ["a", "b", "a"] } },
      'ask.organizations.only: "a" is there more than once; leave one out',
    ],
    [
      { fromLogin: 0, share: 200, clients: { only: [] } },
      "ask.fromLogin must be an integer of 1 or more, got 0; change it, or leave it out",
      "ask.share must be a percentage: 0, or 1 to 100, where 10 is one person in ten, got 200; change it, or leave it out",
      "ask.clients.only must be a list of one or more texts, got none; give at least one",
    ],
  ])("%j", (ask, ...problems) => {
    expect(problemsOf({ stages: [{ id: "a" }], ask })).toEqual(problems);
    expect(problemsOf({ stages: [{ id: "a", ask }] })).toEqual(problems.map((problem) => `stages[0].${problem}`));
  });
});

describe("fails when", () => {
  const stages = [{ id: "a" }, { id: "b" }];
  const to = ["user_metadata", "name"];
  const saves = (...all: unknown[]) => ({ stages, tellsStage: true, saves: all });
  test.each<[string, object, ...string[]]>([
    ["neither keys nor stages are given", {}, "metadataKeys must be a list of keys of user_metadata, got undefined"],
    [
      "keys and stages are given",
      { stages, metadataKeys: ["a"] },
      "metadataKeys and stages are two ways to say when the form is shown; leave one out",
    ],
    [
      "what is for stages is given with keys",
      { metadataKeys: ["a"], ask: {}, saves: [], tellsStage: true },
      "ask, saves, tellsStage: without stages there is none to choose; give stages, or leave it out",
    ],
    [
      "one login shows several stages, and the form is not told which",
      { stages, stagesPerLogin: 2 },
      "stagesPerLogin: the form has to be told which stage follows another; set tellsStage, or leave it out",
    ],
    [
      "one login shows more stages than a router has rules",
      { stages, stagesPerLogin: 11, tellsStage: true },
      "stagesPerLogin must be an integer of 1 to 10, got 11; choose another one",
    ],
    ["stages are none", { stages: "a" }, "stages must be a list of stages, got a text"],
    ["there is no stage", { stages: [] }, "there is no stage in stages; give at least one"],
    ["a stage is none", { stages: ["a"] }, "stages[0] must be an object, got a text"],
    ["a stage has no id", { stages: [{}] }, "stages[0].id is missing; give it"],
    [
      "an id is none",
      { stages: [{ id: "a b" }] },
      'stages[0].id must be letters, digits and "_", a letter first, got "a b"; choose another one',
    ],
    [
      "an id is there twice",
      { stages: [{ id: "a" }, { id: "a" }] },
      'stages: stage "a" is there more than once; give each stage an id of its own',
    ],
    [
      "a condition is none",
      { stages: [{ id: "a", condition: "true" }] },
      "stages[0].condition must be made by hasNoValue(), allOf() and their like, got a text",
    ],
    [
      "JSON can not hold a condition",
      { stages: [{ id: "a", condition: { operator: "EQ", operands: [new Date(0), Number.NaN] } }] },
      "stages[0].condition: JSON can not hold a Date, as it is; leave it out",
      "stages[0].condition: JSON can not hold the number NaN, as it is; leave it out",
    ],
    [
      "JavaScript would not read a key",
      { stages: [{ id: "a", condition: { operator: "EQ", operands: [JSON.parse('{"__proto__":1}'), 1] } }] },
      'stages[0].condition must not have the key "__proto__"; choose another one',
    ],
    [
      "the form's router does not know of a stage's moment",
      { stages: [{ id: "a", ask: {} }, { id: "b" }] },
      'stage "a" has an ask, of which the form\'s router knows nothing; set tellsStage',
    ],
    [
      "the Action does not know which stage was shown",
      { stages, saves: [{ field: "a", to, stage: "a" }] },
      "saves: the Action has to know which of the stages was shown; set tellsStage",
    ],
    ["tellsStage is no flag", { stages, tellsStage: "yes" }, 'tellsStage must be true or false, got "yes"'],
    ["saves is no list", { ...saves(), saves: "a" }, "saves must be a list of what is saved, got a text"],
    ["nothing is saved", saves({ to, stage: "a" }), "saves[0] must have a field or a value; give one of them"],
    [
      "two things are saved at once",
      saves({ field: "a", value: 1, to, stage: "a" }),
      "saves[0] must have a field or a value; give one of them",
    ],
    [
      "a place or a stage is missing",
      saves({ value: 1 }),
      "saves[0].to is missing; give it",
      "saves[0].stage is missing; give it",
    ],
    [
      "a field has the name of none",
      saves({ field: "a.b", to, stage: "a" }),
      'saves[0].field must be letters, digits and "_", a letter first, got "a.b"; choose another one',
    ],
    [
      "a path is none",
      saves({ field: "a", path: "b", to, stage: "a" }),
      "saves[0].path must be a list of one or more keys, got a text",
    ],
    [
      "a stage is not there",
      saves({ value: 1, to, stage: "c" }),
      'saves[0].stage must be the id of a stage, got "c"; the stages are "a", "b"',
    ],
    [
      "an Action can not write there",
      saves({ value: 1, to: ["given_name"], stage: "a" }),
      'saves[0].to must be ["user_metadata" or "app_metadata", key, …], got a list of 1; an Action writes nothing else',
    ],
    [
      "Auth0 refuses a key",
      saves({ value: 1, to: ["user_metadata", "a.b"], stage: "a" }),
      'saves[0].to[1] must be a text without "." and "$", which Auth0 refuses, got "a.b"; choose another one',
    ],
    [
      "a key is JavaScript's",
      saves({ value: 1, to: ["user_metadata", "a", "__proto__"], stage: "a" }),
      'saves[0].to[2] must be a name, neither blank nor "__proto__" nor with control characters, got "__proto__"; choose another one',
    ],
    [
      "a key is the Action's own",
      saves({ value: 1, to: ["app_metadata", "progressive_profiling", "ap_1"], stage: "a" }),
      'saves[0].to: the key "progressive_profiling" is the Action\'s own; choose another one',
    ],
    [
      "a value has an expression that the Action does not evaluate",
      saves({ value: "{{context.user.email}}", to, stage: "a" }),
      "saves[0].value has an expression, but the Action evaluates {{functions.now()}} alone; let a flow save it",
    ],
    [
      "one is written over another one",
      saves({ value: 1, to, stage: "a" }, { field: "a", to, stage: "a" }),
      "saves[1] is written where saves[0] is, over it; leave one out",
    ],
    [
      "a field is unknown",
      saves({ value: 1, to, stage: "a", paths: [] }),
      'saves[0] has no field "paths"; did you mean "path"?',
    ],
  ])("%s", (_, props, ...problems) => {
    expect(problemsOf(props)).toEqual(problems);
  });
});
