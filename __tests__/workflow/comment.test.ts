import { commentText, isOwn } from "../../workflow/comment";
import { environmentNames } from "../../workflow/environment-names";

const MARKER = "<!-- auth0-progressive-profiling review -->";
const RUN = { url: "https://github.example/runs/1", commit: "0123456789" };

test("holds the reviews of all environments in their order, with one marker, and a line for each that failed", () => {
  const text = commentText(
    [
      { name: "stage", review: `${MARKER}\n## stage\n` },
      { name: "dev", review: undefined },
      { name: "prod", review: `${MARKER}\n## prod\n` },
    ],
    RUN,
  );

  expect(text).toBe(`${MARKER}
## stage

---

## \`dev\`: there is no plan

Its job has failed, so nothing of this commit is applied to it; [the run](https://github.example/runs/1) says why.

---

## prod

<sub>0123456 · [run](https://github.example/runs/1)</sub>`);
});

test("leads to the run where the reviews are longer than GitHub takes", () => {
  const text = commentText([{ name: "dev", review: `${MARKER}\n${"x".repeat(70_000)}` }], RUN);

  expect(text).toBe(`${MARKER}
## The review is too long for a comment

It is [on the page of the run](https://github.example/runs/1).

<sub>0123456 · [run](https://github.example/runs/1)</sub>`);
});

test.each([
  ["a job's", { login: "github-actions[bot]", type: "Bot" }, `${MARKER}\n## 1 stage added`, true],
  ["another bot's", { login: "helper[bot]", type: "Bot" }, `${MARKER}\n## 1 stage added`, false],
  ["a user's who has the bot's name", { login: "github-actions[bot]", type: "User" }, `${MARKER}\n##`, false],
  ["a job's with other text", { login: "github-actions[bot]", type: "Bot" }, `Quoting ${MARKER}`, false],
  ["a deleted user's", null, `${MARKER}\n##`, false],
])("%s comment is recognised by author and marker", (_, user, body, expected) => {
  expect(isOwn({ id: 1, user, body })).toBe(expected);
});

test.each([
  [undefined, undefined],
  [" ", undefined],
  ['["dev", "prod"]', ["dev", "prod"]],
])("the environments of %j are %j", (text, names) => {
  expect(environmentNames(text)).toEqual(names);
});

test.each([
  [
    "dev, prod",
    '[AUTH0_ENVIRONMENTS] must be a JSON list of names such as ["dev", "prod"], got "dev, prod"; write it so',
  ],
  ["[1]", '[AUTH0_ENVIRONMENTS] must be a JSON list of names such as ["dev", "prod"], got "[1]"; write it so'],
  [
    '["../dev"]',
    '[AUTH0_ENVIRONMENTS] must have a name of letters, digits, "_", "." and "-", got "../dev"; give it another one',
  ],
])("the environments %s are refused", (text, message) => {
  expect(() => environmentNames(text)).toThrow(message);
});
