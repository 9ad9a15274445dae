import type { ResourceChange } from "../../review/plan/plan";
import { actionChanges, actionFindings } from "../../review/resources/action-code";
import { deployedCode } from "../support/library-action";
import { kept, resource, snapshotsWith, textsOf } from "../support/planned-resources";

const ADDRESS = "auth0_action.profile";
const ACTION = {
  id: "1",
  name: "Profile",
  code: "exports.one = 1;\n",
  runtime: "node22",
  dependencies: [{ name: "axios", version: "1.0.0" }],
  secrets: [{ name: "KEY", value: "a" }],
  supported_triggers: [{ id: "post-login", version: "v3" }],
  deploy: true,
};
const BINDING = { trigger: "post-login", action_id: "1" };
const BOUND = kept("auth0_trigger_action.profile", BINDING);
const [BOUND_NOW, BOUND_NO_MORE] = [
  resource("auth0_trigger_action.profile", undefined, BINDING),
  resource("auth0_trigger_action.profile", BINDING, undefined),
];
const changed = (values: object) => resource(ADDRESS, ACTION, { ...ACTION, ...values });

function findingsOf(changes: readonly ResourceChange[], shown: readonly string[] = []): readonly string[] {
  return textsOf(actionFindings(actionChanges(snapshotsWith(...changes)), new Set(shown)));
}

test.each<[string, object, readonly string[]]>([
  [
    "its code",
    { code: "exports.two = 2;\n" },
    ["action-code: The Action `Profile` changes: code; the code is not this library's own."],
  ],
  [
    "only the line endings of its code",
    { code: "exports.one = 1;\r\n" },
    ["action-code: The Action `Profile` changes: line endings."],
  ],
  ["its runtime", { runtime: "node24" }, ["action-code: The Action `Profile` changes: runtime."]],
  [
    "a version of what it depends on",
    { dependencies: [{ name: "axios", version: "1.0.1" }] },
    ["action-code: The Action `Profile` changes: dependencies."],
  ],
  [
    "the name of a secret",
    { secrets: [{ name: "OTHER", value: "a" }] },
    ["action-code: The Action `Profile` changes: names of secrets."],
  ],
  ["only the value of a secret", { secrets: [{ name: "KEY", value: "b" }] }, []],
  [
    "its trigger",
    { supported_triggers: [{ id: "post-login", version: "v4" }] },
    ["action-code: The Action `Profile` changes: trigger."],
  ],
  [
    "several things",
    { code: "exports.two = 2;\n", runtime: "node24" },
    ["action-code: The Action `Profile` changes: code, runtime; the code is not this library's own."],
  ],
  [
    "that it is not deployed",
    { deploy: false },
    ["action-code: The Action `Profile` is not deployed (`deploy`): logins go on with the version before."],
  ],
  ["its name", { name: "Other" }, []],
])("of an Action that logins run it is told that it changes: %s", (_, values, findings) => {
  expect(findingsOf([changed(values), BOUND])).toEqual(findings);
});

test("the order of what an Action depends on is no change", () => {
  const [one, two] = [
    { name: "a", version: "1" },
    { name: "b", version: "1" },
  ];
  const [before, after] = [
    [one, two],
    [two, one],
  ].map((dependencies) => ({ ...ACTION, dependencies }));

  expect(findingsOf([resource(ADDRESS, before, after), BOUND])).toEqual([]);
});

test("code that is known only after the apply is said to be", () => {
  const { code: _, ...rest } = ACTION;

  expect(findingsOf([resource(ADDRESS, ACTION, rest, { after_unknown: { code: true } }), BOUND])).toEqual([
    "unknown: The Action `Profile`: its code can not be known before the apply.",
    "action-code: The Action `Profile` changes: code; the code is not known.",
  ]);
});

test.each<[string, readonly ResourceChange[], readonly string[]]>([
  [
    "is new",
    [resource(ADDRESS, undefined, ACTION), BOUND_NOW],
    ["action-code: The Action `Profile` is new, and logins run it; its code is not this library's own."],
  ],
  ["is new, and bound to nothing", [resource(ADDRESS, undefined, ACTION)], []],
  [
    "stays, and is bound now",
    [kept(ADDRESS, ACTION), BOUND_NOW],
    ["action-code: The Action `Profile` is bound now: logins run it."],
  ],
  [
    "stays, and is bound no more",
    [kept(ADDRESS, ACTION), BOUND_NO_MORE],
    ["unbound: The Action `Profile` is no longer run by logins."],
  ],
  [
    "goes with its binding",
    [resource(ADDRESS, ACTION, undefined), BOUND_NO_MORE],
    ["unbound: The Action `Profile` is no longer run by logins."],
  ],
  ["goes, and was bound to nothing", [resource(ADDRESS, ACTION, undefined)], []],
])("whether logins run an Action is told where it %s", (_, changes, findings) => {
  expect(findingsOf(changes)).toEqual(findings);
});

test.each([[BOUND_NOW], [BOUND_NO_MORE]])("whether logins run one that shows a form is said of the form", (binding) => {
  expect(findingsOf([kept(ADDRESS, ACTION), binding], [ADDRESS])).toEqual([]);
});

describe("of this library's own Action", () => {
  const own = (...metadataKeys: readonly string[]) => ({
    ...ACTION,
    code: deployedCode({ formId: "ap_1", metadataKeys }),
  });
  const other = { ...ACTION, code: "exports.one = 1;\n" };

  test("only another key is no other code", () => {
    expect(findingsOf([resource(ADDRESS, own("role"), own("role", "team")), BOUND], [ADDRESS])).toEqual([]);
  });

  test("it is told that it becomes another, and hides who is asked where it shows a form", () => {
    const said = "action-code: The Action `Profile` changes: code; the code is not this library's own";
    const changes = [resource(ADDRESS, own("role"), other), BOUND];

    expect(findingsOf(changes)).toEqual([`${said}.`]);
    expect(findingsOf(changes, [ADDRESS])).toEqual([`${said}: who is asked, and when, can no longer be told.`]);
  });

  test("it is told that another becomes it", () => {
    expect(findingsOf([resource(ADDRESS, other, own("role")), BOUND], [ADDRESS])).toEqual([
      "action-code: The Action `Profile` changes: code; the code is this library's own, unchanged.",
    ]);
  });
});
