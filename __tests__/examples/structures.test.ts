import { readFileSync } from "node:fs";
import { join } from "node:path";
import { formAsSent } from "../support/as-sent";
import { configurationOf } from "../support/example";
import { structureOf, type WholeForm } from "../support/form-structure";

const REAL = join(__dirname, "..", "tenant", "forms", "real");

function real(name: string): WholeForm {
  return JSON.parse(readFileSync(join(REAL, `${name}.json`), "utf8"));
}

const synthesisedForm = (name: string) => formAsSent(configurationOf(name).resource);

test.each([
  ["answers-read-by-the-action", "saved-by-the-action"],
  ["choice-without-router", "choice"],
  ["consents-in-app-metadata", "consents"],
  ["email-code", "email-code"],
  ["hidden-field", "hidden-field"],
  ["name-and-terms", "name-and-terms"],
  ["notice-without-a-field", "notice"],
  // Its router has no rule: a way as any other.
  ["two-steps-and-vars", "two-steps"],
])("the form %s is written in TypeScript by the example %s", (structure, example) => {
  expect(structureOf(synthesisedForm(example))).toBe(structureOf(real(structure)));
});

test("the form all-optional is written by the example optional-profile, but that it erases nothing and keeps nobody out", () => {
  const example = synthesisedForm("optional-profile");
  const [[id, flow]] = Object.entries(example.flows) as [[string, { actions: unknown }]];
  const [guard] = flow.actions as [{ action: string; params: { if: object; else: [{ allow_failure: boolean }] } }];
  const [update] = guard.params.else;

  expect(guard.action).toBe("BOOLEAN_CONDITION");
  expect(update.allow_failure).toBe(true);
  const plain = { ...example, flows: { [id]: { actions: [{ ...update, allow_failure: false }] } } };
  expect(structureOf(plain)).toBe(structureOf(real("all-optional")));
});
