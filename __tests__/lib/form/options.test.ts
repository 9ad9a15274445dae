import { type Component, nextButton, raw, Stage, text } from "../../../lib";
import * as components from "../../../lib/form/components";
import { problemsOf, stageWith } from "../../support/stages";

/** Every function that makes a component, called without types: with what it is about, and with options. */
const untyped = {
  ...components,
  jumpButton: (label: string, options: never) => components.jumpButton(label, "$ending", options),
} as unknown as Readonly<Record<string, (first: unknown, options: unknown) => Component>>;
const RAW = { id: "b", category: "FIELD", type: "URL", label: "B" };
const first = (name: string) => (name === "raw" ? RAW : "b");

test.each<[string, object, string]>([
  ["text", { label: "B", maxLenght: 60 }, 'TEXT "b" has no option "maxLenght"; did you mean "maxLength"?'],
  ["text", { label: "B", requird: true }, 'TEXT "b" has no option "requird"; did you mean "required"?'],
  ["text", { label: "B", max_length: 1 }, 'TEXT "b" has no option "max_length"; did you mean "maxLength"?'],
  ["phone", { label: "B", multiline: true }, expect.stringMatching(/^stage "a": TEL "b" has no option "multiline"; /)],
  [
    "dropdown",
    { label: "B", options: ["x"], multipel: true },
    'DROPDOWN "b" has no option "multipel"; did you mean "multiple"?',
  ],
  ["richText", { ids: "c" }, 'RICH_TEXT "a_rich_text" has no option "ids"; did you mean "id"?'],
  ["nextButton", { name: "c" }, 'NEXT_BUTTON "a_next_button" has no option "name"; its options are id'],
  ["raw", { metadatakey: "c" }, 'URL "b" has no option "metadatakey"; did you mean "metadataKey"?'],
])("an option of %s that there is not is told with the one that was meant: %j", (name, options, problem) => {
  const [found, ...others] = problemsOf({ stages: [stageWith(untyped[name]?.(first(name), options))] });

  expect(found).toEqual(typeof problem === "string" ? `stage "a": ${problem}` : problem);
  expect(others.filter((other) => other.includes("option "))).toEqual([]);
});

test.each(Object.keys(untyped))("what is given to %s for its options is told where it is none", (name) => {
  for (const [options, got] of [
    [null, "null"],
    ["text", "a text"],
    [[1], "a list of 1"],
  ]) {
    const problems = problemsOf({ stages: [stageWith(untyped[name]?.(first(name), options))] });
    expect(problems).toContainEqual(expect.stringMatching(` options must be an object, got ${got}$`));
  }
});

test("an option that is null is not given", () => {
  expect(text("b", { label: "B", hint: null, maxLength: null } as never)).toEqual(text("b", { label: "B" }));
});

test("what raw is made of keeps what was wrong with it", () => {
  const component = raw(text("b", { label: "B", requird: true } as never), { vaule: "x" } as never);

  expect(problemsOf({ stages: [stageWith(component)] })).toEqual([
    'stage "a": TEXT "b" has no option "requird"; did you mean "required"?',
    'stage "a": TEXT "b" has no option "vaule"; did you mean "value"?',
  ]);
});

// biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
const HOLE = [, stageWith()];

test.each<[string, unknown, readonly string[]]>([
  ["null", [stageWith(), null], ["stages[1] must be a stage, got null; make it by Stage.untilAnswered"]],
  ["a hole", HOLE, ["stages[0] must be a stage, got undefined; make it by Stage.untilAnswered"]],
  [
    "several that are none",
    ["a", {}],
    [
      "stages[0] must be a stage, got a text; make it by Stage.untilAnswered",
      "stages[1] must be a stage, got an object; make it by Stage.untilAnswered",
    ],
  ],
  [
    "a stage with an unknown option",
    [Stage.untilAnswered("a", { component: [] } as never)],
    [
      'stage "a": has no option "component"; did you mean "components"?',
      'stage "a": components must be a list of components, got undefined; give it',
    ],
  ],
  [
    "a stage without options",
    [Stage.untilAnswered("a", null as never)],
    [
      'stage "a": options must be an object, got null',
      'stage "a": components must be a list of components, got undefined; give it',
    ],
  ],
  [
    "null among the components",
    [stageWith(null)],
    ['stage "a": components[1] is none; make it by text(), phone(), raw() and their like'],
  ],
  [
    "a hole among the components",
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [Stage.untilAnswered("a", { components: [text("a", { label: "A", required: true }), , nextButton()] as never })],
    ['stage "a": components[1] is none; make it by text(), phone(), raw() and their like'],
  ],
  [
    "a raw component that is null",
    [stageWith(raw(null as never))],
    ['stage "a": components[1] is none; make it by text(), phone(), raw() and their like'],
  ],
  [
    "a block whose type is a number",
    [stageWith(raw({ category: "BLOCK", type: 5 } as never))],
    [expect.stringMatching(/^stage "a": 5 "a_5": type must be that of a component, got 5; /)],
  ],
])("%s among the stages is told by its path", (_, stages, problems) => {
  expect(problemsOf({ stages })).toEqual(problems);
});
