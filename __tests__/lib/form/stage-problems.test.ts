import {
  allOf,
  anyOf,
  booleanCondition,
  doNothing,
  errorMessage,
  flow,
  flowAction,
  generateCode,
  hasNoValue,
  isEqualTo,
  legal,
  nextButton,
  type ProgressiveProfilingProps,
  rawCondition,
  richText,
  Stage,
  sendEmail,
  step,
  text,
  updateUser,
} from "../../../lib";
import { accepting, b, components, problemsOf, until, withField } from "../../support/stages";

const PLACES =
  '"user_metadata.<key>", "app_metadata.<key>" or one of name, given_name, family_name, nickname, picture, username, email, ' +
  "email_verified, phone_number, phone_verified";

describe("a stage is refused where", () => {
  test.each<[string, ProgressiveProfilingProps, string]>([
    [
      "it has components and steps",
      until({ steps: [step("s", { components })] }),
      'stage "a": has components and steps; leave one of them out',
    ],
    [
      "it has no steps",
      until({ components: undefined, steps: [] }),
      'stage "a": steps must be a list of one step or more, got a list of 0; make them by step()',
    ],
    [
      "one of its steps can not be left",
      until({ components: undefined, steps: [step("s", { components: [richText("x")] }), step("t", { components })] }),
      'stage "a": step "s" has no next button, so nobody could leave it; add nextButton()',
    ],
    [
      "two steps have one id",
      until({
        components: undefined,
        steps: [
          step("s", { components }),
          step("s", { components: [...b.slice(0, 1), nextButton("Go", { id: "go" })] }),
        ],
      }),
      'step "s" is there more than once; give each step an id of its own',
    ],
    [
      "a step has an option that there is not",
      until({ components: undefined, steps: [step("s", { components, alais: "S" } as never)] }),
      'stage "a": step "s": has no option "alais"; did you mean "alias"?',
    ],
    [
      "none behind it could be shown",
      { stages: [Stage.always("hello", { components }), Stage.untilAnswered("b", { components: b })] },
      'stage "hello" is always due, so that none behind it would be shown; put it last, or give it ask',
    ],
    [
      "a version could be left without accepting it",
      { stages: [Stage.untilAccepted("terms", { version: "1", components: accepting(false) })] },
      'stage "terms" could be left without accepting anything; make one of its fields required, such as legal()',
    ],
    [
      "its condition is none",
      { stages: [Stage.when("email" as never, { id: "a", components })] },
      'stage "a": its condition must be made by hasNoValue(), allOf() and their like, got a text',
    ],
    [
      "its condition is a group of nothing",
      { stages: [Stage.when(anyOf(allOf()), { id: "a", components })] },
      'stage "a": its condition: AND of nothing decides nothing; give it a condition or more',
    ],
    [
      "its condition looks at nothing",
      { stages: [Stage.when(hasNoValue(undefined as never), { id: "a", components })] },
      'stage "a": its condition: an operand of HAS_NO_VALUE must be a text, a number, true or false, got undefined',
    ],
    [
      "its condition compares one thing",
      { stages: [Stage.when(rawCondition({ operator: "EQ", operands: ["{{vars.a}}"] }), { id: "a", components })] },
      'stage "a": its condition: EQ takes 2 operands, got 1',
    ],
    [
      "it waits for what none of its fields writes",
      { stages: [Stage.untilAnswered("app_metadata.a", { components })] },
      'stage "a" waits for "app_metadata.a", which none of its fields writes, so it would be shown at every login; its fields write "a"',
    ],
    [
      "an answer goes to a place that there is not",
      withField({ saveTo: "metadata.b" }),
      `stage "a": TEXT "b": saveTo must be ${PLACES}, got "metadata.b"; choose another place`,
    ],
    [
      "an answer goes to a key that is none",
      withField({ saveTo: ["app_metadata.__proto__"] }),
      `stage "a": TEXT "b": saveTo must be ${PLACES}, got "app_metadata.__proto__"; choose another place`,
    ],
    [
      "an answer has a key and a place",
      withField({ metadataKey: "b", saveTo: "app_metadata.b" }),
      'stage "a": TEXT "b" has metadataKey and saveTo; leave one of them out',
    ],
    [
      "one place lies within another",
      withField({ saveTo: "user_metadata.a.b" }),
      '"user_metadata.a.b" lies within "user_metadata.a", which is written as well; write one of them elsewhere',
    ],
    [
      "two answers go to one place",
      withField({ saveTo: "user_metadata.a" }),
      'user_metadata key "a" is there 2 times, in stage "a"; the later answer would overwrite the earlier one: give one of them another metadataKey',
    ],
    [
      "a constant goes where an answer goes",
      until({ alsoSave: { "user_metadata.a": 1 } }),
      'stage "a": alsoSave writes "user_metadata.a", as one of its fields does; leave one of them out',
    ],
    [
      "a constant goes to a place that there is not",
      until({ alsoSave: { plan: 1 } }),
      `stage "a": alsoSave must be ${PLACES}, got "plan"; choose another place`,
    ],
    [
      "its flow is none",
      until({ before: "send" }),
      'stage "a": before must be a flow, or the id of one (af_…), got "send"; make it by flow()',
    ],
    [
      "its flow does nothing",
      until({ after: flow("f", { actions: [] }) }),
      'flow "f": actions must be a list of one action or more, got a list of 0; give it',
    ],
    [
      "two actions of a flow have one id",
      until({ after: flow("f", { actions: [doNothing("x"), doNothing("x")] }) }),
      'flow "f": action id "x" is there more than once; give one of them another id',
    ],
    [
      "an action has an option that there is not",
      until({ after: flow("f", { actions: [doNothing("x", { allowFailures: true } as never)] }) }),
      'flow "f": DO_NOTHING "x" has no option "allowFailures"; did you mean "allowFailure"?',
    ],
    [
      "two flows have one id",
      until({ before: flow("f", { actions: [doNothing("x")] }), after: flow("f", { actions: [doNothing("y")] }) }),
      'two flows have the id "f"; give one of them another id, or use one value at both places',
    ],
    [
      "an action of a flow lacks what it needs",
      until({ after: flow("f", { actions: [updateUser("u", {} as never)] }) }),
      'flow "f": actions[0].params.changes is missing; give it',
    ],
    [
      "an action of a flow has what Auth0 refuses",
      until({ after: flow("f", { actions: [generateCode("c", { reference: "r", length: 99 })] }) }),
      'flow "f": actions[0].params.length must be an integer of 1 to 10, got 99; lower it or leave it out',
    ],
    [
      "an action of a flow is none of Auth0's",
      until({ after: flow("f", { actions: [flowAction("AUTH0", "UPDATE" as never, "u", {} as never)] }) }),
      expect.stringMatching(/^flow "f": actions\[0\]\.action must be one of "CREATE_USER", /) as never,
    ],
    [
      "an action of a flow has no params",
      until({ after: flow("f", { actions: [updateUser("u", undefined as never)] }) }),
      'flow "f": actions[0].params.changes is missing; give it',
    ],
    [
      "a way of a condition is no list",
      until({
        after: flow("f", {
          actions: [booleanCondition("c", { if: hasNoValue("email"), else: doNothing("x") as never })],
        }),
      }),
      'flow "f": BOOLEAN_CONDITION "c": else must be a list of actions, got an object; give it',
    ],
    [
      "a flow's name is too long",
      until({ after: flow("f", { name: "n".repeat(151), actions: [doNothing("x")] }) }),
      expect.stringMatching(/^flow "f": name must have 1 to 150 characters, got 151 /) as never,
    ],
    [
      "a flow's id is one of those that are made",
      until({ after: flow("save_answers_a", { actions: [doNothing("x")] }) }),
      'flow "save_answers_a": ids that begin with "save_answers" are those of flows that are made; choose another one',
    ],
    [
      "its version is none",
      { stages: [Stage.untilAccepted("terms", { version: "", components: accepting(true) })] },
      'stage "terms": version must be a text that is no expression, got ""; give it',
    ],
    [
      "it has a condition and no id",
      { stages: [Stage.when(hasNoValue("email"), { components } as never)] },
      'stage "unnamed": id is missing; give it',
    ],
    [
      "an action of a flow has a param that there is not",
      until({ after: flow("f", { actions: [errorMessage("e", { message: "m", text: "t" } as never)] }) }),
      'flow "f": actions[0].params has no key "text"; its keys are message',
    ],
    [
      "its condition is missing",
      { stages: [Stage.when(undefined as never, { id: "a", components })] },
      'stage "a": its condition is missing; make it by hasNoValue(), allOf() and their like',
    ],
    [
      "the button with which it is put off says nothing",
      until({ skippable: "" }),
      'stage "a": skippable must be true or what the button says, got an empty text',
    ],
    [
      "an answer goes to no text",
      withField({ saveTo: [5] }),
      `stage "a": TEXT "b": saveTo must be ${PLACES}, got 5; choose another place`,
    ],
    [
      "an answer goes to what the Action remembers",
      withField({ saveTo: "app_metadata.progressive_profiling" }),
      `stage "a": TEXT "b": saveTo must be ${PLACES}, got "app_metadata.progressive_profiling"; choose another place`,
    ],
    [
      "a flow reads a field that there is not",
      until({ after: flow("f", { actions: [errorMessage("e", { message: "{{fields.aa}}" })] }) }),
      'flow "f": ERROR_MESSAGE "e": params.message holds "{{fields.aa}}", but there is no fields.aa; did you mean "a"?',
    ],
    [
      "a flow reads an action that there is not",
      until({ after: flow("f", { actions: [errorMessage("e", { message: "{{actions.other.code}}" })] }) }),
      'flow "f": ERROR_MESSAGE "e": params.message holds "{{actions.other.code}}", but there is no actions.other; there is e',
    ],
    [
      "a mail reads a variable that it has not",
      until({
        after: flow("f", {
          actions: [
            sendEmail("m", {
              to: "{{context.user.email}}",
              subject: "s",
              body: "{{custom_vars.cod}}",
              custom_vars: { code: 1 },
            }),
          ],
        }),
      }),
      'flow "f": SEND_EMAIL "m": params.body holds "{{custom_vars.cod}}", but there is no custom_vars.cod; did you mean "code"?',
    ],
    [
      "its condition reads what there is not",
      { stages: [Stage.when(hasNoValue("emial"), { id: "a", components })] },
      'stage "a": its condition[0].operands[0] holds "{{context.user.emial}}", but there is no context.user.emial; did you mean "email"?',
    ],
    [
      "it saves what can not be computed",
      until({ alsoSave: { "user_metadata.at": "{{functions.nov()}}" } }),
      'stage "a": alsoSave.user_metadata.at holds "{{functions.nov()}}", but there is no functions.nov; did you mean "now"?',
    ],
    [
      "its condition looks for a key of the metadata as if it were an attribute",
      { stages: [Stage.when(hasNoValue("job_title"), { id: "a", components })] },
      'stage "a": its condition[0].operands[0] holds "{{context.user.job_title}}", but there is no context.user.job_title; did you mean "user_metadata.job_title"?',
    ],
    [
      "a text names a field without saying that it is one",
      until({ components: [richText("{{a}}"), ...components] }),
      'stage "a": RICH_TEXT "a_rich_text": content holds "{{a}}", but there is no a; did you mean "fields.a"?',
    ],
    [
      "a mail reads variables that it was not given",
      until({
        after: flow("f", { actions: [sendEmail("m", { to: "a@b.c", subject: "s", body: "{{custom_vars.code}}" })] }),
      }),
      'flow "f": SEND_EMAIL "m": params.body holds "{{custom_vars.code}}", but there is no custom_vars but in a mail or message that has some; give them to it: custom_vars: { … }',
    ],
    [
      "its version is a number",
      { stages: [Stage.untilAccepted("terms", { version: 2 as never, components: accepting(true) })] },
      'stage "terms": version must be a text that is no expression, got 2; write it as "2"',
    ],
    [
      "the tick of an agreement would go where people can change it",
      {
        stages: [
          Stage.untilAccepted("app_metadata.terms", {
            version: "1",
            components: [legal("accept", { required: true }), nextButton()],
          }),
        ],
      },
      'stage "terms": LEGAL "accept" would write its tick to user_metadata, which people can change, beside the version; give it saveTo: [], or saveTo: "user_metadata.accept" if that is meant',
    ],
    [
      "it would never be shown, as another has its condition and comes first",
      {
        stages: ["a", "b"].map((id) =>
          Stage.when(isEqualTo("email_verified", false), { id, components: [text(id, { label: id }), nextButton()] }),
        ),
      },
      'stage "b" is due where "a" is, which is shown first, so that it would never be shown; ask both in one stage, give the first one ask, or give stagesPerLogin',
    ],
    [
      "it saves what is no JSON",
      until({ alsoSave: { "user_metadata.at": new Date(0) } }),
      'stage "a": alsoSave: user_metadata.at: JSON can not hold a Date, as it is; leave it out',
    ],
    [
      "it shows a message that there is not",
      {
        ...until({ components: [richText("{{t('helo')}}"), ...components] }),
        messages: { custom: { hello: "Hello" } },
      },
      'stage "a": RICH_TEXT "a_rich_text": content holds "{{t(\'helo\')}}", but there is no message helo; did you mean "hello"?',
    ],
    [
      "its moment is none",
      until({ ask: { atMostEvery: { weeks: 1 } } }),
      'stage "a": ask.atMostEvery has no field "weeks"; its fields are days, hours, minutes',
    ],
  ])("%s", (_, props, problem) => {
    expect(problemsOf(props)).toEqual([problem]);
  });
});
