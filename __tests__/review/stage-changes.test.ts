import { movedStages, sideOf, stageChanges } from "../../review/form/stage-changes";
import { noteText } from "../../review/markdown/stage-text";
import { field, flow, NEXT, RESUME, router, rule, step } from "../support/form-nodes";
import { profilingOfForm, withDocument } from "../support/reviewed-form";

const LATER = { id: "later", category: "BLOCK", type: "JUMP_BUTTON", config: { text: "Later", next_node: "$ending" } };
const HTML = { id: "html", category: "BLOCK", type: "HTML", config: { content: "<p>Hello</p>" } };
const EVERY_DAY = { atMostEvery: { days: 1 } };

function stageOf(components: readonly object[], others: object = {}): object {
  return { id: "step", type: "STEP", alias: "Step", config: { components, next_node: "save" }, ...others };
}

interface Shown {
  readonly rules?: readonly object[];
  readonly moment?: object;
}

/** A form of that one step. */
function formOf(of: object, { rules = [rule("a", "step")], moment }: Shown = {}) {
  const form = profilingOfForm(
    {
      start: { next_node: "router" },
      nodes: [router("router", rules), of, flow("save"), flow("other")],
      ending: RESUME,
    },
    { metadata: { a: "{{fields.a}}", b: "{{fields.b}}" }, metadataKeys: ["a"] },
  );
  const told = form.graph.stages.map((stage) => ({ ...stage, rules: stage.rules.map((one) => ({ ...one, moment })) }));
  return { ...form, graph: { ...form.graph, stages: told } };
}

type Form = ReturnType<typeof formOf>;

function changesOf(before: Form | undefined, after: Form | undefined) {
  return stageChanges(before && sideOf(before), after && sideOf(after));
}

/** What is told of the stage beside its fields, and of these how each changes. */
function toldOf(before: Form | undefined, after: Form | undefined): readonly string[] {
  return changesOf(before, after).flatMap(({ change, alias, fields, notes, hasOtherCondition, isQuiet }) => [
    `${alias} ${change}${hasOtherCondition ? ", under another condition" : ""}${isQuiet ? ", quietly" : ""}`,
    ...fields.map(({ id, change: how, keys }) => `${id} ${how}: [${keys.before}] → [${keys.after}]`),
    ...notes.map(noteText),
  ]);
}

describe("a stage that is added", () => {
  test.each<[string, Form, readonly string[]]>([
    [
      "is told with what it is shown for",
      formOf(stageOf([field("a"), NEXT])),
      ["Step added", "a added: [] → [a]", "next added: [] → []", "Shown while `a` has no value"],
    ],
    [
      "is told without where no rule leads there",
      formOf(stageOf([NEXT]), { rules: [] }),
      ["Step added", "next added: [] → []"],
    ],
    [
      "is told with when it is asked",
      formOf(stageOf([NEXT]), { moment: EVERY_DAY }),
      ["Step added", "next added: [] → []", "Shown while `a` has no value", "Asked at most once in 1 day"],
    ],
    [
      "is told with how it is put off, by what the button says or by its id",
      formOf(stageOf([NEXT, LATER, { ...LATER, id: "never", config: { next_node: "$ending" } }]), { rules: [] }),
      [
        "Step added",
        "next added: [] → []",
        "later added: [] → []",
        "never added: [] → []",
        "Who presses `Later` gets in without an answer, and is asked another time",
        "Who presses `never` gets in without an answer, and is asked another time",
      ],
    ],
    [
      "is not put off by a button that leads elsewhere, nor by what is no button",
      formOf(
        stageOf([NEXT, { ...LATER, config: { next_node: "save" } }, { ...HTML, config: { next_node: "$ending" } }]),
        { rules: [] },
      ),
      ["Step added", "next added: [] → []", "later added: [] → []", "html added: [] → []"],
    ],
  ])("%s", (_, after, told) => {
    expect(toldOf(undefined, after)).toEqual(told);
  });
});

describe("a stage that is removed", () => {
  const gone = (shown: Shown = {}) => toldOf(formOf(stageOf([HTML, field("a"), NEXT]), shown), undefined);

  test("is told with what it asked, and what it was shown for", () => {
    expect(gone()).toEqual(["Step removed", "a removed: [a] → []", "It was shown while `a` has no value"]);
    expect(gone({ rules: [] })).toEqual(["Step removed", "a removed: [a] → []"]);
  });

  test("is told where another one stays", () => {
    const both = withDocument(formOf(stageOf([NEXT])), {});
    const other = stageOf([NEXT], { id: "other", alias: "Other" });

    expect(changesOf(both as Form, formOf(other)).map(({ id, change }) => `${id} ${change}`)).toEqual([
      "other added",
      "step removed",
    ]);
  });
});

describe("a stage that changes", () => {
  const [A, B] = [field("a"), field("b")];
  const same = formOf(stageOf([A, B, NEXT]));
  const withA = { ...rule("a", "step"), id: "r" };
  const withB = { ...rule("b", "step"), id: "r" };

  test.each<[string, Form, Form, readonly string[]]>([
    ["is not told where it is the same", same, same, []],
    [
      "is told quietly where it is only called otherwise",
      same,
      formOf(stageOf([A, B, NEXT], { alias: "New" })),
      ["New changed, quietly", "Called `Step` → `New` in the dashboard"],
    ],
    [
      "is called otherwise, and has another order",
      same,
      formOf(stageOf([B, A, NEXT], { alias: "New" })),
      ["New changed", "Order: `a`, `b`, `next` → `b`, `a`, `next`", "Called `Step` → `New` in the dashboard"],
    ],
    [
      "has another order of what stays",
      formOf(stageOf([A, B, NEXT])),
      formOf(stageOf([B, HTML, A])),
      ["Step changed", "html added: [] → []", "next removed: [] → []", "Order: `a`, `b` → `b`, `a`"],
    ],
    [
      "is shown under another condition",
      formOf(stageOf([A, NEXT]), { rules: [withA] }),
      formOf(stageOf([A, NEXT]), { rules: [withB] }),
      ["Step changed, under another condition", "Shown: while `a` has no value → while `b` has no value"],
    ],
    [
      "is shown no more",
      formOf(stageOf([A, NEXT])),
      formOf(stageOf([A, NEXT]), { rules: [] }),
      ["Step changed, under another condition", "Shown: while `a` has no value → never: no rule leads here"],
    ],
    [
      "asks for a new field, of which who has answered before is not asked",
      formOf(stageOf([A, NEXT])),
      same,
      ["Step changed", "b added: [] → [b]", "Who has answered this stage before is not asked for `b`"],
    ],
    [
      "asks for a new field under another condition, where they may be",
      formOf(stageOf([A, NEXT]), { rules: [withA] }),
      formOf(stageOf([A, B, NEXT]), { rules: [withB] }),
      [
        "Step changed, under another condition",
        "b added: [] → [b]",
        "Shown: while `a` has no value → while `b` has no value",
      ],
    ],
    [
      "shows something else that nobody answers",
      formOf(stageOf([A, NEXT])),
      formOf(stageOf([A, HTML, NEXT])),
      ["Step changed", "html added: [] → []"],
    ],
    [
      "requires a field",
      formOf(stageOf([A, field("b", { required: false }), NEXT])),
      same,
      ["Step changed", "b changed: [b] → [b]", "Who has answered this stage before is not asked for `b`"],
    ],
    [
      "requires one no more",
      same,
      formOf(stageOf([A, field("b", { required: false }), NEXT])),
      ["Step changed", "b changed: [b] → [b]"],
    ],
    [
      "can be put off now",
      formOf(stageOf([A, { ...LATER, config: { text: "Later", next_node: "save" } }])),
      formOf(stageOf([A, LATER])),
      [
        "Step changed",
        "later changed: [] → []",
        "Who presses `Later` gets in without an answer, and is asked another time",
      ],
    ],
    [
      "can be put off no more",
      formOf(stageOf([A, LATER])),
      formOf(stageOf([A])),
      ["Step changed", "later removed: [] → []", "Nobody gets in without an answer any more: `Later` is gone"],
    ],
    [
      "is put off by another button",
      formOf(stageOf([A, LATER])),
      formOf(stageOf([A, { ...LATER, id: "never" }])),
      ["Step changed", "never added: [] → []", "later removed: [] → []"],
    ],
    [
      "leads elsewhere",
      same,
      formOf(stageOf([A, B, NEXT], { config: { components: [A, B, NEXT], next_node: "other" } })),
      ["Step changed", "Leads to `save` → `other`"],
    ],
    [
      "is asked at a moment",
      same,
      formOf(stageOf([A, B, NEXT]), { moment: EVERY_DAY }),
      ["Step changed", "Asked: at any login → at most once in 1 day"],
    ],
    ["is asked at none, however that is said", same, formOf(stageOf([A, B, NEXT]), { moment: {} }), []],
    [
      "is asked at the same",
      formOf(stageOf([A, B, NEXT]), { moment: EVERY_DAY }),
      formOf(stageOf([A, B, NEXT]), { moment: EVERY_DAY }),
      [],
    ],
  ])("%s", (_, before, after, told) => {
    expect(toldOf(before, after)).toEqual(told);
  });
});

test.each<[string, string, string]>([
  ["abc", "abc", ""],
  ["abc", "cab", "c"],
  ["abc", "bca", "a"],
  ["abc", "cba", "ba"],
  ["abcd", "badc", "ac"],
  ["abc", "acdb", "b"],
  ["abxc", "acb", "b"],
  ["", "ab", ""],
  ["ab", "", ""],
])("of stages %p that come as %p then no more are moved than %p", (before, after, moved) => {
  const form = (ids: string) => {
    const steps = [...ids].map((id) => step(id, ["f"], "$ending"));
    const rules = [...ids].map((id) => rule(id, id));
    return sideOf(
      profilingOfForm({ start: { next_node: "r" }, nodes: [router("r", rules), ...steps], ending: RESUME }),
    );
  };

  expect(movedStages(form(before), form(after)).join("")).toBe(moved);
});

test("nothing is moved of a form that comes or goes", () => {
  const side = sideOf(formOf(stageOf([NEXT])));

  expect(movedStages(undefined, side)).toEqual([]);
  expect(movedStages(side, undefined)).toEqual([]);
});
