import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configurationOf } from "../support/example";
import { structureOf, type WholeForm } from "../support/form-structure";

const REAL = join(__dirname, "..", "tenant", "forms", "real");

function real(name: string): WholeForm {
  return JSON.parse(readFileSync(join(REAL, `${name}.json`), "utf8"));
}

/** As the Management API has it: what the provider is given as text, and each flow under the id that the form has. */
function synthesisedForm(name: string): WholeForm {
  const { resource } = configurationOf(name);
  const parsed = (text: unknown) =>
    JSON.parse(String(text).replaceAll(/\$\{jsonencode\((.*?)\)\}/g, (_, of) => JSON.stringify(`<${of}>`)));
  const [form] = Object.values(resource.auth0_form ?? {}) as Record<string, unknown>[];
  const { start, nodes, ending, style, translations, messages } = form ?? {};
  const texts = { start, nodes, ending, style, translations };
  const documents = Object.entries(texts).filter(([, text]) => text !== undefined);
  const [message] = (messages ?? []) as Record<string, unknown>[];
  const flows = Object.entries(resource.auth0_flow ?? {}) as [string, { actions: string }][];
  return {
    form: {
      ...Object.fromEntries(documents.map(([key, text]) => [key, parsed(text)])),
      messages: message && Object.fromEntries(Object.entries(message).map(([key, text]) => [key, parsed(text)])),
    } as unknown as WholeForm["form"],
    flows: Object.fromEntries(
      flows.map(([id, { actions }]) => [`<auth0_flow.${id}.id>`, { actions: parsed(actions) }]),
    ),
  };
}

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
