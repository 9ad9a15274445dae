import { number } from "../../../lib";
import { WRONG } from "../../auth0-forms/wrong-components";
import { problemsOf, stageWith } from "../../support/stages";
import { BLOCKS } from "./wrong-inputs/blocks";
import { CHOICES } from "./wrong-inputs/choices";
import { LINES } from "./wrong-inputs/lines";
import { OTHERS } from "./wrong-inputs/others";

describe.each([
  ["a block", BLOCKS],
  ["a line", LINES],
  ["a choice", CHOICES],
  ["any other component", OTHERS],
])("all that is wrong with %s is told, and no more", (_, rows) => {
  test.each(rows.map(([component, ...problems]) => [String(problems[0]), component, problems] as const))(
    "%s",
    (_problem, component, problems) => {
      const found = problemsOf({ stages: [stageWith(component)] }).map((problem) => problem.replace('stage "a": ', ""));

      expect(found).toEqual(
        problems.map((problem) => (typeof problem === "string" ? problem : expect.stringMatching(problem))),
      );
    },
  );
});

test("everything that is wrong with a component is told at once", () => {
  const component = number("b c", { label: "", minValue: 3, maxValue: 2, defaultValue: 4, hint: "{{fields.x" });

  expect(problemsOf({ stages: [stageWith(component)] })).toEqual([
    'stage "a": NUMBER "b c": id must be letters, digits and "_", a letter first, got "b c"; choose another one',
    'stage "a": NUMBER "b c": label must have 1 or more characters, got 0 in ""; give more',
    'stage "a": NUMBER "b c": minValue 3 is above maxValue 2; no answer could pass',
    'stage "a": NUMBER "b c": defaultValue 4 is above maxValue 2; lower it or leave it out',
    'stage "a": NUMBER "b c": hint holds "{{fields.x", which has no "}}" behind it; close it, or leave it out',
  ]);
});

test.each(["english", "jp", "en_US", "e", "xx"])("%s is no language of a form", (language) => {
  expect(problemsOf({ languages: { primary: language } })).toEqual([
    `languages.primary must be a locale such as "en" or "pt-BR", got "${language}"; choose another one`,
  ]);
});

test("there are at least 150 wrong inputs here and in the table of Auth0's own names", () => {
  expect(BLOCKS.length + LINES.length + CHOICES.length + OTHERS.length + WRONG.length).toBeGreaterThan(150);
});
