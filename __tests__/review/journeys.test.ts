import { existingUser, journeysOf, newSteps } from "../../review/form/journeys";
import { loginsOf } from "../../review/form/login";
import { newQuestions } from "../../review/form/questions";
import { ofLongStanding, userWith } from "../../review/form/user-state";
import { journeyText, whoText } from "../../review/markdown/login-text";
import type { Profiling } from "../../review/profiling";
import { field, flow, NEXT, RESUME, router, rule, step, stepOf, update } from "../support/form-nodes";
import { changeOf, profilingOfForm } from "../support/reviewed-form";

const UNKNOWN = { operator: "GT", operands: ["{{context.user.logins_count}}", 3] };

/** A form with a stage for each letter, that waits for its key; those in brackets ask for something optional too. */
function formOf(stages: string, others: readonly string[] = []): Profiling {
  const ids = [...stages.replaceAll(/[()]/g, "")];
  const optional = new Set([...stages.matchAll(/\((.)\)/g)].map(([, id]) => id));
  const steps = ids.map((id) =>
    stepOf(id, [field(id), ...(optional.has(id) ? [field(`${id}2`, { required: false })] : [])]),
  );
  const keys = ids.flatMap((id) => (optional.has(id) ? [id, `${id}2`] : [id]));
  const rules = [...ids, ...others].map((id) => rule(id, id.slice(0, 1)));
  return profilingOfForm(
    { start: { next_node: "r" }, nodes: [router("r", rules), ...steps, flow("save")], ending: RESUME },
    {
      metadata: Object.fromEntries(keys.map((key) => [key, `{{fields.${key}}}`])),
      metadataKeys: [...ids, ...others],
    },
  );
}

function rowsOf(before: Profiling | undefined, after: Profiling | undefined): readonly string[] {
  return journeysOf(changeOf(before, after)).map(
    (journey) =>
      `${whoText(journey.who)} | ${journeyText(journey, "before", before)} | ${journeyText(journey, "after", after)}`,
  );
}

const ANSWERS = "every answer that was asked before";

test.each<[string, Profiling | undefined, Profiling | undefined, readonly string[]]>([
  [
    "of a form that is new there is one",
    undefined,
    formOf("ab"),
    ["nothing answered | nothing | 1. `a`, 2. `b`, 3. nothing"],
  ],
  ["of a form that goes there is one", formOf("a"), undefined, ["nothing answered | 1. `a`, 2. nothing | nothing"]],
  [
    "of a form that asks nothing there is one",
    formOf(""),
    formOf("a"),
    ["nothing answered | nothing | 1. `a`, 2. nothing"],
  ],
  [
    "who is in the middle has none where it is that of who begins, later",
    formOf("abc"),
    formOf("abcd"),
    [
      "nothing answered | 1. `a`, 2. `b`, 3. `c`, 4. nothing | 1. `a`, 2. `b`, 3. `c`, 4. `d`, 5. nothing",
      `${ANSWERS} | nothing | 1. \`d\`, 2. nothing`,
    ],
  ],
  [
    "who is in the middle has one where it is another",
    formOf("ab"),
    formOf("cab"),
    [
      "nothing answered | 1. `a`, 2. `b`, 3. nothing | 1. `c`, 2. `a`, 3. `b`, 4. nothing",
      "answers to `a` | 1. `b`, 2. nothing | 1. `c`, 2. `b`, 3. nothing",
      `${ANSWERS} | nothing | 1. \`c\`, 2. nothing`,
    ],
  ],
  [
    "who is in the middle has one where nothing is asked any more",
    formOf("abc"),
    formOf("a"),
    [
      "nothing answered | 1. `a`, 2. `b`, 3. `c`, 4. nothing | 1. `a`, 2. nothing",
      "answers to `a` | 1. `b`, 2. `c`, 3. nothing | nothing",
      "answers to `a` and `b` | 1. `c`, 2. nothing | nothing",
      `${ANSWERS} | nothing | nothing`,
    ],
  ],
  [
    "who left out what is optional is like who answered everything where they are asked the same",
    formOf("(a)"),
    formOf("(a)b"),
    [
      "nothing answered | 1. `a`, 2. nothing | 1. `a`, 2. `b`, 3. nothing",
      `${ANSWERS}, or only the required ones | nothing | 1. \`b\`, 2. nothing`,
    ],
  ],
  [
    "who left out what is optional has one where they are asked more",
    formOf("(a)"),
    formOf("(a)", ["a2"]),
    [
      "nothing answered | 1. `a`, 2. nothing | 1. `a`, 2. nothing",
      `${ANSWERS} | nothing | nothing`,
      "only the required answers that were asked before | nothing | 1. `a`, 2. nothing",
    ],
  ],
])("of the rows on logins, %s", (_, before, after, rows) => {
  expect(rowsOf(before, after)).toEqual(rows);
});

test("nobody is in the middle of a login that nobody gets past, or of which nothing can be told", () => {
  const stuck = profilingOfForm({ start: { next_node: "a" }, nodes: [step("a", ["a"], "gone")], ending: RESUME });
  const doubtful = profilingOfForm(
    {
      start: { next_node: "a" },
      nodes: [step("a", ["a"], "r"), router("r", [{ id: "x", condition: UNKNOWN, next_node: "$ending" }])],
      ending: RESUME,
    },
    { metadata: {} },
  );

  expect(rowsOf(stuck, formOf("a"))).toEqual([
    "nothing answered | 1. `a`; **no further**: `a` leads to `gone`, which is not there | 1. `a`, 2. nothing",
  ]);
  expect(rowsOf(doubtful, formOf("a"))).toEqual([
    "nothing answered | 1. `a`; then it depends on whether `user.logins_count` `GT` `3` | 1. `a`, 2. nothing",
  ]);
});

test("of very many stages there are twelve rows in between, and that of who answered all", () => {
  const stages = "abcdefghijklmno";
  const rows = rowsOf(formOf(stages), formOf([...stages].toReversed().join("")));

  expect(rows.map((row) => row.split(" | ")[0])).toEqual([
    "nothing answered",
    "answers to `a`",
    "answers to `a` and `b`",
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(
      (count) => `answers to \`a\` … \`${stages[count - 1]}\` (${count} stages)`,
    ),
    ANSWERS,
  ]);
});

test("who has answered before has signed up long ago, and was asked all that there was", () => {
  const before = formOf("(a)b");

  expect([...existingUser(before).metadata.keys()]).toEqual(["a", "a2", "b"]);
  expect([...existingUser(before, "required fields").metadata.keys()]).toEqual(["a", "b"]);
  expect(existingUser(before).past).toEqual(ofLongStanding(userWith()).past);
  expect(existingUser(undefined)).toEqual(ofLongStanding(userWith()));
});

test("steps are new that no login asked before, each once", () => {
  const of = (before: Profiling | undefined, after: Profiling | undefined, keys: readonly string[]) =>
    newSteps(changeOf(before, after), userWith(keys));

  expect(of(formOf("ab"), formOf("cab"), [])).toEqual(["c"]);
  expect(of(undefined, formOf("ab"), [])).toEqual(["a", "b"]);
  expect(of(formOf("ab"), formOf("ab"), ["a"])).toEqual([]);
  expect(of(formOf("b"), formOf("ab"), ["a"])).toEqual([]);
});

test("questions are the fields of new steps, where it is known who is asked", () => {
  const [before, after] = [formOf("a"), formOf("a(b)")];
  const { action, ...alone } = after;
  const shown = (others: Partial<NonNullable<typeof action>>) => ({
    ...after,
    action: { ...(action as NonNullable<typeof action>), ...others },
  });

  expect(newQuestions(changeOf(before, after))).toBe(2);
  expect(newQuestions(changeOf(undefined, after))).toBe(3);
  expect(newQuestions(changeOf(before, undefined))).toBe(0);
  expect(newQuestions(changeOf(before, { ...alone, isActionUnknown: true }))).toBe(0);
  expect(newQuestions(changeOf(before, alone))).toBe(0);
  expect(newQuestions(changeOf(before, shown({ metadataKeys: undefined })))).toBe(0);
});

describe("logins one after the other", () => {
  const logins = (profiling: Profiling, keys: readonly string[] = []) => {
    const { logins: all, repeatsFrom } = loginsOf(profiling, userWith(keys));
    return [all.map(({ steps }) => steps.join("+")).join(" "), repeatsFrom];
  };
  const saving = (metadata: object, rules: readonly object[], others: object = {}) =>
    profilingOfForm(
      {
        start: { next_node: "r" },
        nodes: [router("r", rules), step("a", ["a"], "save"), step("b", ["b"], "save"), flow("save")],
        ending: RESUME,
      },
      { actions: [update({ user_metadata: metadata })], ...others },
    );

  test.each<[string, Profiling, readonly [string, number | undefined]]>([
    ["end where nothing is asked", formOf("ab"), ["a b ", undefined]],
    ["ask the same for ever", saving({ x: "1" }, [rule("a", "a")], { metadataKeys: ["a"] }), ["a a", 1]],
    [
      "end with one that nobody gets past",
      profilingOfForm({ start: { next_node: "a" }, nodes: [step("a", ["a"], "$ending")], ending: {} }),
      ["a", undefined],
    ],
    [
      "are thirty at most",
      saving({ n: { n: "{{context.user.user_metadata.n}}", m: "1" } }, [rule("a", "a")], { metadataKeys: ["a"] }),
      [`${"a ".repeat(29)}a`, undefined],
    ],
    [
      "are one where nothing shows the form",
      { ...formOf("a"), action: undefined } as unknown as Profiling,
      ["", undefined],
    ],
  ])("%s", (_, profiling, expected) => {
    expect(logins(profiling)).toEqual(expected);
  });
});

test.each<[string, readonly object[], object]>([
  [
    "a step that only its own code leaves",
    [{ id: "c", category: "FIELD", type: "CUSTOM" }],
    { doubt: { what: "leaving", step: "s" } },
  ],
  [
    "a step that a payment leaves",
    [{ id: "c", category: "FIELD", type: "PAYMENT" }],
    { doubt: { what: "leaving", step: "s" } },
  ],
  [
    "a step that a button leaves",
    [{ id: "c", category: "BLOCK", type: "JUMP_BUTTON" }],
    { doubt: { what: "leaving", step: "s" } },
  ],
  [
    "a step that a widget leaves",
    [{ id: "c", category: "WIDGET", type: "RECAPTCHA" }],
    { doubt: { what: "leaving", step: "s" } },
  ],
  [
    "a step that nothing leaves",
    [{ id: "c", category: "FIELD", type: "TEXT" }],
    { stuck: { what: "no-next-button", step: "s" } },
  ],
  ["a step that a next button leaves", [NEXT, { id: "c", category: "FIELD", type: "CUSTOM" }], {}],
])("how a login goes on from %s", (_, components, outcome) => {
  const form = profilingOfForm({
    start: { next_node: "s" },
    nodes: [{ id: "s", type: "STEP", config: { components, next_node: "$ending" } }],
    ending: RESUME,
  });
  const { user: __, wait: ___, erases: ____, ...login } = loginsOf(form, userWith()).logins[0] ?? { user: undefined };

  expect(login).toEqual({ steps: ["s"], isOpened: true, ...outcome });
});

test.each<[string, Parameters<typeof profilingOfForm>[0], object]>([
  ["nodes that are not known", {}, { doubt: { what: "nodes" } }],
  ["a start that leads nowhere", { nodes: [] }, { stuck: { what: "leads-nowhere" } }],
  [
    "a start that leads to what is not there",
    { start: { next_node: "x" }, nodes: [] },
    { stuck: { what: "leads-nowhere", to: "x" } },
  ],
  [
    "a node of a new type",
    { start: { next_node: "n" }, nodes: [{ id: "n", type: "NEW", alias: "N" }] },
    { doubt: { what: "node-type", node: "N", type: "NEW" } },
  ],
  ["an ending that does not resume", { start: { next_node: "$ending" }, nodes: [] }, { stuck: { what: "no-resume" } }],
  ["an ending that resumes", { start: { next_node: "$ending" }, nodes: [], ending: RESUME }, {}],
  [
    "an ending that leads elsewhere and resumes",
    { start: { next_node: "$ending" }, nodes: [], ending: { ...RESUME, redirection: { target: "/a" } } },
    {},
  ],
  [
    "an ending whose flow no plan holds, which changes nothing of that",
    { start: { next_node: "$ending" }, nodes: [], ending: { ...RESUME, after_submit: { flow_id: "af_9" } } },
    {},
  ],
])("a login ends with %s", (_, document, outcome) => {
  const { steps, doubt, stuck } = loginsOf(profilingOfForm(document), userWith()).logins[0] ?? { steps: ["none"] };

  expect({ steps, doubt, stuck }).toEqual({ steps: [], ...outcome });
});

test("an ending whose flow stops the login is told by that", () => {
  const form = profilingOfForm(
    { start: { next_node: "$ending" }, nodes: [], ending: { ...RESUME, after_submit: { flow_id: "af_1" } } },
    { actions: [{ type: "FLOW", action: "ERROR_MESSAGE" }] },
  );

  expect(loginsOf(form, userWith()).logins).toMatchObject([
    { stuck: { what: "error-message", flow: "Update user_metadata" } },
  ]);
});
