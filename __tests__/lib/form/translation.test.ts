import {
  boolean,
  dropdown,
  flow,
  generateCode,
  nextButton,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  resendButton,
  richText,
  Stage,
  text,
} from "../../../lib";
import { devStack } from "../../support/stack";
import { problemsOf } from "../../support/stages";
import { Template } from "../../support/template";

const spoken: ProgressiveProfilingProps = {
  messages: { errors: { ERR_REQUIRED_PROPERTY: { en: "Please answer.", ja: "答えてください。" } } },
  stages: [
    Stage.untilAnswered("role", {
      components: [
        richText({ en: "<h2>Hello</h2>", ja: "<h2>こんにちは</h2>" }),
        text("role", { label: { en: "Role", ja: "役割" }, placeholder: "CTO", required: true }),
        dropdown("size", {
          label: { en: "Size", ja: "人数" },
          options: [{ value: "1", label: { en: "Alone", ja: "一人" } }, "2-5"],
        }),
        boolean("news", {
          label: "News",
          options: { true: { en: "Yes", ja: "はい" }, false: { en: "No", ja: "いいえ" } },
        }),
        nextButton({ en: "Go on", ja: "次へ" }),
      ],
    }),
  ],
};

function formOf(props: ProgressiveProfilingProps) {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  const form = Template.of(stack).one("auth0_form");
  const [messages] = form.messages as [{ errors: string }];
  const [, , step] = form.nodes as [unknown, unknown, { config: { components: object[] } }];
  return {
    components: step.config.components,
    translations: JSON.parse(String(form.translations)),
    errors: JSON.parse(messages.errors),
  };
}

test("texts in several languages are the primary one, and translations of what differs", () => {
  const { components, translations, errors } = formOf(spoken);

  expect(components).toMatchObject([
    { type: "RICH_TEXT", config: { content: "<h2>Hello</h2>" } },
    { id: "role", label: "Role", config: { placeholder: "CTO" } },
    {
      id: "size",
      label: "Size",
      config: {
        options: [
          { value: "1", label: "Alone" },
          { value: "2-5", label: "2-5" },
        ],
      },
    },
    { id: "news", label: "News", config: { options: { true: "Yes", false: "No" } } },
    { type: "NEXT_BUTTON", config: { text: "Go on" } },
  ]);
  expect(errors).toEqual({ ERR_REQUIRED_PROPERTY: "Please answer." });
  expect(translations).toEqual({
    ja: {
      components: {
        role_rich_text: { config: { content: "<h2>こんにちは</h2>" } },
        role: { label: "役割" },
        size: {
          label: "人数",
          config: {
            options: [
              { value: "1", label: "一人" },
              { value: "2-5", label: "2-5" },
            ],
          },
        },
        news: { config: { options: { true: "はい", false: "いいえ" } } },
        role_next_button: { config: { text: "次へ" } },
      },
      messages: { errors: { ERR_REQUIRED_PROPERTY: "答えてください。" } },
    },
  });
});

test("the primary language may be another one, and what is given as Auth0's translations goes along", () => {
  const { components, translations } = formOf({
    ...spoken,
    languages: { primary: "ja" },
    translations: { en: { components: { role: { hint: "As on your card" } } } },
  });

  expect(components).toMatchObject([{}, { label: "役割" }, {}, {}, {}]);
  expect(translations.en.components.role).toEqual({ hint: "As on your card" });
  expect(translations.en.components.size.label).toBe("Size");
});

const asked = (label: object, more: object = {}) => ({
  stages: [
    Stage.untilAnswered("a", {
      components: [text("a", { label: label as never, required: true, ...more }), nextButton()],
    }),
  ],
});

test.each<[string, { readonly stages: readonly Stage[]; readonly languages?: { primary: string } }, string]>([
  [
    "lacks a language that another text has",
    asked({ en: "A", ja: "あ" }, { hint: { en: "Help" } }),
    'stage "a": TEXT "a": hint has no text in ja; the form\'s texts are in en, ja: give it',
  ],
  [
    "lacks the primary language",
    { ...asked({ en: "A", ja: "あ" }), languages: { primary: "de" } },
    'stage "a": TEXT "a": label has no text in de; the form\'s texts are in de, en, ja: give it',
  ],
  [
    "is in what is no language",
    asked({ en: "A", jp: "あ" }),
    'language "jp" of a text must be a locale such as "en" or "pt-BR", got "jp"; choose another one',
  ],
  ["is in none", asked({}), 'stage "a": TEXT "a": label has no text in en; the form\'s texts are in en: give it'],
  [
    "is no text in one language",
    asked({ en: "A", ja: 1 }),
    'stage "a": TEXT "a": label has no text in ja; the form\'s texts are in en, ja: give it',
  ],
])("a text is refused that %s", (_, props, problem) => {
  expect(problemsOf(props)[0]).toBe(problem);
});

test("a flow of a button stays the one that it is, whatever the form's languages", () => {
  const code = flow("code", { actions: [generateCode("code", { reference: "{{context.user.email}}", length: 6 })] });
  const labels = { activeText: "Nothing came?", buttonText: { en: "Again", ja: "もう一度" }, waitingText: "Wait" };
  const { flows } = new ProgressiveProfiling(devStack(), "profiling", {
    stages: [
      Stage.untilAnswered("typed", {
        before: code,
        components: [
          text("typed", { label: { en: "Code", ja: "コード" }, required: true }),
          nextButton({ en: "Go on", ja: "次へ" }),
          resendButton(code, labels),
        ],
      }),
    ],
  });

  expect([...flows.keys()]).toEqual(["code"]);
});

test.each([
  ["x".repeat(100_000), "a text"],
  [5, "5"],
  [[{}], "a list of 1"],
])("translations that are none are one problem, however long", (translations, got) => {
  expect(problemsOf({ ...spoken, translations })).toEqual([
    `translations must be an object by language, got ${got}; e.g. { ja: { components: { … } } }`,
  ]);
});
