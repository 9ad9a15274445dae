import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Construct } from "constructs";
import {
  MachineToMachineClient,
  MetadataFlow,
  nextButton,
  ProfileForm,
  ProfilingAction,
  ProgressiveProfiling,
  SampleApplication,
  Stage,
  text,
  ValidationError,
  VaultConnection,
} from "../../lib";
import { PROGRESSIVE_PROFILING } from "../../lib/progressive-profiling";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

type ConstructClass = new (scope: Construct, id: string, props: never) => Construct;

/** What a construct says of props that came from JavaScript, or from ts-node, which checks no types. */
function problemsOf(part: ConstructClass, props: unknown): readonly string[] {
  try {
    new part(devStack(), "part", props as never);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

const stages = [Stage.untilAnswered("a", { components: [text("a", { label: "A", required: true }), nextButton()] })];
const client = { clientId: "a", clientSecret: "b" };
const answers = [{ metadataKey: "a", value: "{{fields.a}}" }];
/** Each construct with props that are right. */
const PARTS: readonly (readonly [ConstructClass, object])[] = [
  [MachineToMachineClient, {}],
  [VaultConnection, { client }],
  [MetadataFlow, { connectionId: "ac_1", answers }],
  [ProfileForm, { stages, flowId: "af_1" }],
  [ProfilingAction, { formId: "ap_1", metadataKeys: ["a"] }],
  [ProgressiveProfiling, {}],
  [SampleApplication, {}],
];
const named = PARTS.map(([part, props]) => [part.name, part, props] as const);

test.each(named)("%s takes no prop that it does not know", (_, part, props) => {
  expect(problemsOf(part, props)).toEqual([]);
  expect(problemsOf(part, { ...props, nonsense: 1 })).toEqual([
    expect.stringMatching(/^has no prop "nonsense"; its props are \w+(, \w+)*$/),
  ]);
});

test.each(named)("%s takes props that are none for what they are", (_, part) => {
  for (const [props, said] of [
    [null, "null"],
    ["text", "a text"],
    [[1], "a list of 1"],
  ]) {
    expect(problemsOf(part, props)).toContain(`props must be an object, got ${said}`);
  }
});

test.each<[ConstructClass, object, string]>([
  [ProgressiveProfiling, { langages: { primary: "de" } }, 'has no prop "langages"; did you mean "languages"?'],
  [ProgressiveProfiling, { secret_version: "1" }, 'has no prop "secret_version"; did you mean "secretVersion"?'],
  [
    ProgressiveProfiling,
    { names: { vaultConection: "V" } },
    'names has no field "vaultConection"; did you mean "vaultConnection"?',
  ],
  [
    ProgressiveProfiling,
    { languages: { primary: "de", defualt: "en" } },
    'languages has no field "defualt"; did you mean "default"?',
  ],
  [
    ProgressiveProfiling,
    { client: { ...client, clientSecrets: "S3CRETx" } },
    'client has no field "clientSecrets"; did you mean "clientSecret"?',
  ],
  [
    MetadataFlow,
    { connectionId: "ac_1", answers: [{ ...answers[0], metadatakey: "b" }] },
    'answers[0] has no field "metadatakey"; did you mean "metadataKey"?',
  ],
])("%p, given %j, says what was meant", (part, props, problem) => {
  expect(problemsOf(part, props)).toEqual([problem]);
});

// biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
const HOLE = [, "update:users"];
// biome-ignore lint/suspicious/noSparseArray: likewise
const HOLES = [, ...answers];

test.each<[ConstructClass, object, readonly string[]]>([
  [
    ProgressiveProfiling,
    { scopes: HOLE },
    ['scopes[0] must be a Management API scope, e.g. "read:users", got undefined'],
  ],
  [
    ProgressiveProfiling,
    { scopes: [null, "update:users"] },
    ['scopes[0] must be a Management API scope, e.g. "read:users", got null'],
  ],
  [ProgressiveProfiling, { languages: [] }, ["languages must be an object, got a list of 0"]],
  [ProgressiveProfiling, { languages: {} }, ["languages.primary is missing; give it"]],
  [ProgressiveProfiling, { languages: { primary: null } }, ["languages.primary is missing; give it"]],
  [ProgressiveProfiling, { names: "a" }, ["names must be an object, got a text"]],
  [
    ProgressiveProfiling,
    { client: "a" },
    [
      "client must be an object, got a text",
      "client.clientId is missing; give it",
      "client.clientSecret is missing; give it",
    ],
  ],
  [ProgressiveProfiling, { client: { ...client, clientId: null } }, ["client.clientId is missing; give it"]],
  [
    VaultConnection,
    {},
    [
      "client must be an object, got undefined",
      "client.clientId is missing; give it",
      "client.clientSecret is missing; give it",
    ],
  ],
  [MetadataFlow, { answers }, ["connectionId is missing; give it"]],
  [MetadataFlow, { connectionId: "ac_1" }, ["answers must be a list such as [{ metadataKey, value }], got undefined"]],
  [
    MetadataFlow,
    { connectionId: "ac_1", answers: null },
    ["answers must be a list such as [{ metadataKey, value }], got undefined"],
  ],
  [MetadataFlow, { connectionId: "ac_1", answers: [null] }, ["answers[0] must be an object, got null"]],
  [MetadataFlow, { connectionId: "ac_1", answers: HOLES }, ["answers[0] must be an object, got undefined"]],
  [
    MetadataFlow,
    { connectionId: "ac_1", answers: [{ metadataKey: "a.b" }] },
    [
      "answers[0].value is missing; give it",
      'answers[0].metadataKey must be a text without "." and "$", which Auth0 refuses, got "a.b"; choose another one',
    ],
  ],
  [ProfileForm, { stages }, ["flowId is missing; give it"]],
  [
    ProfilingAction,
    { formId: "ap_1", metadataKeys: null },
    ["metadataKeys must be a list of keys of user_metadata, got undefined"],
  ],
  [
    ProfilingAction,
    { metadataKeys: ["a", null] },
    [
      "formId is missing; give it",
      'metadataKeys[1] must be letters, digits and "_", a letter first, got null; choose another one',
    ],
  ],
  [
    ProfilingAction,
    { formId: "ap_1", metadataKeys: ["a"], sourceFile: 0 },
    ["sourceFile must be a text of one or more characters, got 0"],
  ],
  [
    SampleApplication,
    { url: ["http://a"] },
    ["url must be an http(s) address without a slash at the end, got a list of 1"],
  ],
  [SampleApplication, { connectionId: "" }, ["connectionId is missing; give it"]],
])("%p, given %j, names what is null, missing or a hole by its path", (part, props, problems) => {
  expect(problemsOf(part, props)).toEqual(problems);
});

test("what is null where it may be left out is not given", () => {
  const props = { stages: null, names: { form: null }, languages: { primary: "en", default: null }, client: null };

  expect(problemsOf(ProgressiveProfiling, props)).toEqual([]);
  const stack = devStack();
  new ProgressiveProfiling(stack, "part", props as never);
  expect(Template.of(stack).one("auth0_form")).toMatchObject({
    name: "Progressive Profiling",
    languages: [{ primary: "en" }],
  });
});

test("a client of one's own class may have more than its interface says", () => {
  class Writer {
    readonly clientId = "a";
    readonly clientSecret = "b";
    readonly note = "kept elsewhere";
  }

  expect(problemsOf(ProgressiveProfiling, { client: new Writer() })).toEqual([]);
  expect(problemsOf(ProgressiveProfiling, { client: new (class Nothing {})() })).toEqual([
    "client.clientId is missing; give it",
    "client.clientSecret is missing; give it",
  ]);
});

test("nothing that is wrong hides another: all problems of all parts come at once", () => {
  const long = (length: number) => "k".repeat(length);
  const many = Array.from({ length: 10 }, (_, index) => {
    const key = `${long(10_800)}${index}`;
    return Stage.untilAnswered(key, {
      alias: "a",
      components: [text(key, { label: "A", required: true }), nextButton()],
    });
  });

  expect(
    problemsOf(ProgressiveProfiling, {
      stages: many,
      names: { form: "", flow: "", action: "", client: "", vaultConnection: "" },
      languages: { primary: "" },
      scopes: ["update:users", "x"],
      secretVersion: "",
      domain: "a/b",
      wrong: 1,
    }),
  ).toEqual([
    expect.stringMatching(/^has no prop "wrong"/),
    'names.form must have 1 to 150 characters, got 0 in ""; give more',
    'languages.primary must have 1 to 55 characters, got 0 in ""; give more',
    'names.flow must have 1 to 150 characters, got 0 in ""; give more',
    'names.action must have 1 to 150 characters, got 0 in ""; give more',
    expect.stringMatching(
      /^Action source progressive-profiling.js has 110\d\d\d bytes, but Auth0 takes at most 102400/,
    ),
    'names.client must have 1 to 150 characters, got 0 in ""; give more',
    'scopes[1] must be a Management API scope, e.g. "read:users", got "x"',
    'secretVersion must have 1 or more characters, got 0 in ""; give more',
    'domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got "a/b"',
    'names.vaultConnection must have 1 to 150 characters, got 0 in ""; give more',
  ]);
});

test("the table of docs/props.md has every prop of ProgressiveProfiling, and no other", () => {
  const [, section = ""] = readFileSync(join(__dirname, "../../docs/props.md"), "utf8").split("\n## ");
  const names = section.split("\n").flatMap((line) => /^\| (`.*?`) \|/.exec(line)?.[1]?.split(", ") ?? []);

  expect(names.map((name) => name.slice(1, -1)).sort()).toEqual(Object.keys(PROGRESSIVE_PROFILING).sort());
});
