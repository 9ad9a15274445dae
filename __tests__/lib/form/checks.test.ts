import { TerraformVariable } from "cdktf";
import {
  type Component,
  dropdown,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  phone,
  raw,
  richText,
  Stage,
  text,
} from "../../../lib";
import { devStack } from "../../support/stack";
import { problemsOf, stageWith } from "../../support/stages";
import { Template } from "../../support/template";

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
      'stage "a": TEXT "b": label must have 1 or more characters, got 0 in ""; give more',
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
      'stage "a": TEXT "b": defaultValue must have 1 or more characters, got 0 in ""; give more',
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
      'stage "a": DROPDOWN "b": options[0].label must have 1 or more characters, got 0 in ""; give more',
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
  ])("%s", (_, props, problem) => {
    expect(problemsOf(props)).toEqual([problem]);
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
});
