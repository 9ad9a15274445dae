import {
  flow,
  isEqualTo,
  nextButton,
  type ProgressiveProfilingProps,
  richText,
  Stage,
  step,
  updateUser,
} from "../../../lib";
import { accepting, b, components, problemsOf, until, withField } from "../../support/stages";

describe("a form is refused where", () => {
  test.each<[string, ProgressiveProfilingProps, string]>([
    ["nobody saves", { saveBy: "nobody" as never }, 'saveBy must be "flow" or "action", got "nobody"; choose one'],
    [
      "the Action would write an attribute of the profile",
      { saveBy: "action", ...withField({ saveTo: "given_name" }) },
      'stage "a": "given_name" can not be written by an Action, which writes metadata alone; leave saveBy out, or save it elsewhere',
    ],
    [
      "the Action would have to evaluate an expression",
      { saveBy: "action", ...until({ alsoSave: { "user_metadata.b": "{{functions.uuid()}}" } }) },
      'stage "a": "user_metadata.b" is written an expression, but the Action evaluates {{functions.now()}} alone; leave saveBy out',
    ],
    [
      "the Action's file is no text",
      { sourceFile: 1 as never },
      "sourceFile must be a text of one or more characters, got 1",
    ],
    [
      "the flow of the ending is wrong, though the stages are the library's own",
      { ending: { afterSubmit: flow("f", { actions: [] }) } },
      'flow "f": actions must be a list of one action or more, got a list of 0; give it',
    ],
    [
      "the Action could not tell who has accepted from who has put it off",
      {
        saveBy: "action",
        stages: [
          Stage.untilAccepted("terms", {
            version: "1",
            skippable: true,
            steps: [
              step("one", { components: accepting(true) }),
              step("two", { components: [richText("x"), nextButton()] }),
            ],
          }),
        ],
      },
      'stage "terms" can be put off, and the Action could not tell that from going on, so that it would write "user_metadata.terms" all the same; make a field of its last step required, or leave saveBy out',
    ],
    [
      "nobody would be kept on the form by an Action",
      { saveBy: "action", whenSavingFails: "stay" },
      'whenSavingFails: an Action can keep nobody on the form; leave "stay" out, or saveBy',
    ],
    [
      "what happens when saving fails is no word of ours, be there a flow for all or not",
      { whenSavingFails: "Stay" as never, ...until({ alsoSave: { "app_metadata.by": "form" } }) },
      'whenSavingFails must be "continue" or "stay", got "Stay"; choose one',
    ],
    [
      "the login does not go on to the Action that saves",
      { saveBy: "action", ending: { redirect: { target: "https://example.com" } } },
      'ending.redirect leaves the login, and saveBy: "action" saves only where it goes on; leave one of them out',
    ],
    [
      "the client could not write what the flows write",
      { scopes: ["update:users"], ...withField({ saveTo: "app_metadata.b" }) },
      'scopes must include "update:users_app_metadata", which the flows need, got "update:users"; add it',
    ],
    [
      "no flow needs the client",
      { saveBy: "action", connectionId: `ac_${"1".repeat(22)}`, ...until({}) },
      "connectionId: no flow needs a client or a Vault connection; leave it out",
    ],
    [
      "the Action could not tell a condition, and the router is not asked",
      {
        ask: { fromLogin: 2 },
        stages: [
          Stage.when(isEqualTo("tenant.name", "a"), { id: "a", components }),
          Stage.untilAnswered("b", { components: b }),
        ],
      },
      'stage "a": its condition is for the form\'s router, but the Action has to say which stage is due, as there are moments, versions or answers that it saves; use hasNoValue and isEqualTo of user, organization and client, or a form of its own',
    ],
    ["css is empty", { css: "" }, 'css must have 1 to 5000 characters, got 0 in ""; give more'],
    [
      "a message is no text",
      { messages: { custom: { hello: 1 as never } } },
      "messages.custom.hello must be a text, got 1",
    ],
    [
      "a language is none",
      { translations: { japanese_: {} } },
      'translations: language "japanese_" must be a locale such as "en" or "pt-BR", got "japanese_"; choose another one',
    ],
    [
      "what is translated is not there",
      { ...until({}), translations: { ja: { components: { c: { label: "x" } } } } },
      'translations.ja.components has "c", which is no component of the form; its components are a, a_next_button',
    ],
    [
      "a hidden field is a field as well",
      { ...until({}), hiddenFields: [{ key: "a" }] },
      'hidden field "a" has the id of a component; give one of them another one',
    ],
    [
      "a hidden field is there twice",
      { hiddenFields: [{ key: "h" }, { key: "h" }] },
      'hidden field "h" is there more than once; leave one out',
    ],
    [
      "the ending waits too long",
      { ending: { redirect: { target: "https://example.com", delay: 11 } } },
      "ending.redirect.delay must be an integer of 0 to 10 seconds, got 11; choose another one",
    ],
    [
      "the ending has an option that there is not",
      { ending: { resume: true } as never },
      'ending has no field "resume"; its fields are redirect, resumesLogin, afterSubmit',
    ],
    [
      "the flow after it is none",
      { ending: { afterSubmit: updateUser("u", { changes: {} }) as never } },
      "ending.afterSubmit must be a flow, or the id of one (af_…), got an object; make it by flow()",
    ],
    [
      "a moment is none",
      { ask: { fromLogin: 0 } },
      "ask.fromLogin must be an integer of 1 or more, got 0; change it, or leave it out",
    ],
  ])("%s", (_, props, problem) => {
    expect(problemsOf(props)).toEqual([problem]);
  });
});
