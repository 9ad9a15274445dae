import { withRenamedSteps } from "../../review/form/renamed-steps";
import type { Profiling } from "../../review/profiling";
import { flow, RESUME, router, rule, step } from "../support/form-nodes";
import { changeOf, findingsOf, profilingOfForm } from "../support/reviewed-form";

interface Given {
  readonly key?: string;
  readonly alias?: string;
  readonly fields?: readonly string[];
  readonly next?: string;
  /** Id of its button, which nobody answers. */
  readonly button?: string;
}

/** A form with these steps, each shown while its key is missing. */
function formOf(steps: Readonly<Record<string, Given>>): Profiling {
  const nodes = Object.entries(steps).map(
    ([id, { alias = "Role", fields = ["role"], next = "save", button = "next" }]) => {
      const made = step(id, fields, next) as {
        readonly config: { readonly components: readonly { readonly id: string }[] };
      };
      const components = made.config.components.map((one) => (one.id === "next" ? { ...one, id: button } : one));
      return { ...made, alias, config: { ...made.config, components } };
    },
  );
  const rules = Object.entries(steps).map(([id, { key = "role" }]) => rule(key, id));
  return profilingOfForm(
    { start: { next_node: "router" }, nodes: [router("router", rules), ...nodes, flow("save")], ending: RESUME },
    { metadata: { role: "{{fields.role}}" }, metadataKeys: ["role"] },
  );
}

const BEFORE = formOf({ one: {} });
const RENAMED = [{ from: "one", to: "two", alias: "Role" }];

test.each<[string, Readonly<Record<string, Given>>]>([
  ["only its id is another", { two: {} }],
  ["so is the id of what nobody answers", { two: { button: "go_on" } }],
])("a step is the same where %s: nothing is told of it but that", (_, steps) => {
  const change = withRenamedSteps(changeOf(BEFORE, formOf(steps)));

  expect(change.renamedSteps).toEqual(RENAMED);
  expect(findingsOf(change)).toEqual([]);
});

test.each<[string, Readonly<Record<string, Given>>]>([
  ["it is called otherwise too", { two: { alias: "Your role" } }],
  ["it asks something else too", { two: { fields: ["role", "team"] } }],
  ["it is shown while something else is missing", { two: { key: "team" } }],
  ["it leads elsewhere too", { two: { next: "$ending" } }],
  ["two could be meant", { two: {}, three: {} }],
  ["it stays", { one: {}, two: {} }],
])("a step is another one where %s", (_, steps) => {
  const change = changeOf(BEFORE, formOf(steps));

  expect(withRenamedSteps(change)).toBe(change);
});

test.each<[string, Profiling, Profiling]>([
  ["of two that are alike one goes on", formOf({ one: {}, two: {} }), formOf({ three: {} })],
  ["it has no field, and is like any other", formOf({ one: { fields: [] } }), formOf({ two: { fields: [] } })],
])("a step is another one where %s", (_, before, after) => {
  const change = changeOf(before, after);

  expect(withRenamedSteps(change)).toBe(change);
});
