import { dropdown, nextButton, text } from "../../lib";
import { articleStages } from "../../lib/form/article-stages";
import { Stage } from "../../lib/form/stage";
import { type Login, loginsOf } from "../../review/form/login";
import { userWith } from "../../review/form/user-state";
import type { Profiling } from "../../review/profiling";
import type { Json } from "../../tenant/documents/json";
import { ANSWER, AskingTenant } from "../support/asking-tenant";
import { profilingOf, profilingOfForm } from "../support/reviewed-form";

const MOST_LOGINS = 8;

function stage(key: string, ...others: string[]): Stage {
  return Stage.untilAnswered(key, {
    components: [
      text(key, { label: key, required: true }),
      ...others.map((other) => dropdown(other, { label: other, options: [ANSWER, "2"] })),
      nextButton(),
    ],
  });
}

const A = stage("a", "a2");
const B = stage("b");
const C = stage("c", "c2");

/** Of every kind: what each flow writes, what each router asks, what the Action looks for. */
const FORMS: readonly (readonly [string, Profiling])[] = [
  ["the article's", profilingOf(articleStages().map(({ id, metadataKey }) => stage(metadataKey ?? "", `${id}_more`)))],
  ["three stages", profilingOf([A, B, C])],
  ["three stages the other way round", profilingOf([C, B, A])],
  ["an Action that looks for one key of three", profilingOf([A, B, C], { metadataKeys: ["b"] })],
  ["an Action that looks for what no stage waits for", profilingOf([A, B], { metadataKeys: ["a", "b", "c"] })],
  ["a flow that writes nothing of one stage", withMetadata([A, B, C], { a: "{{fields.a}}", c: "{{fields.c}}" })],
  ["a flow that writes only a constant", withMetadata([A, B], { a: "done", b: "{{fields.b}}" })],
  ["a flow that deletes a key", withMetadata([A, B], { a: "{{fields.a}}", b: "{{fields.b}}", a2: null })],
  ["a flow that deletes what was just answered", withMetadata([A, B], { a: "{{fields.a}}", b: null })],
  [
    "a flow that writes one answer or the other",
    withMetadata([A, B], { a: "{{fields.a2 ?? fields.a}}", b: "{{fields.b}}" }),
  ],
  ["a flow that writes an empty text", withMetadata([A, B], { a: "", b: "{{fields.b}}" })],
  [
    "a flow that copies what is there",
    withMetadata([A, B], { a: "{{fields.a}}", b: "{{context.user.user_metadata.a}}" }),
  ],
  ["a flow that writes a part of a text", withMetadata([A], { a: "I am {{fields.a}}" })],
  ["sixty routers in a row", inARow(60)],
  ["a thousand routers in a row", inARow(1000)],
  ["a flow of another field's answer only", withMetadata([A, B], { b: "{{fields.b}}" })],
  ...routed(),
];

test.each(FORMS)("What the review says of logins is what they ask: %s", async (_, profiling) => {
  const { logins, repeatsFrom } = loginsOf(profiling, userWith());
  const tenant = new AskingTenant(profiling);

  for (let index = 0; index < MOST_LOGINS; index += 1) {
    const said = saidOf(logins, repeatsFrom, index);
    const asked = await tenant.login();
    // What can not be told begins with what can.
    if (said?.doubt !== undefined) {
      expect(asked.slice(0, said.steps.length)).toEqual(said.steps);
      return;
    }
    expect({ login: index + 1, asked }).toEqual({ login: index + 1, asked: said?.steps ?? [] });
    if (said?.stuck !== undefined) {
      return;
    }
  }
});

/** The login that is told of, also behind the last one. */
function saidOf(logins: readonly Login[], repeatsFrom: number | undefined, index: number): Login | undefined {
  if (index < logins.length || repeatsFrom === undefined) {
    return logins[index];
  }
  return logins[repeatsFrom + ((index - repeatsFrom) % (logins.length - repeatsFrom))];
}

function withMetadata(stages: readonly Stage[], metadata: Record<string, Json>): Profiling {
  const { form, action: own } = profilingOf(stages);
  return profilingOfForm(form, { metadata, metadataKeys: own?.metadataKeys });
}

/** Routers one behind the other, of which only the last looks at anything. */
function inARow(count: number): Profiling {
  const missing = { operator: "HAS_NO_VALUE", operands: ["{{context.user.user_metadata.a}}"] };
  const never = { operator: "EQ", operands: ["{{context.user.user_metadata.b}}", "never"] };
  const ids = Array.from({ length: count }, (_, index) => `router_${index}`);
  const routers = ids.map((id, index) => router(id, never, "$ending", ids[index + 1] ?? "last"));
  const save = { id: "save", type: "FLOW", config: { flow_id: "af_1", next_node: "$ending" } };
  return profilingOfForm(
    {
      start: { next_node: "router_0" },
      nodes: [...routers, router("last", missing, "step_a", "$ending"), step("a", "save"), save],
      ending: { resume_flow: true },
    },
    { metadata: { a: "{{fields.a}}" }, metadataKeys: ["a"] },
  );
}

/** Two routers, one behind the other or behind a step, with each of these conditions. */
function routed(): readonly (readonly [string, Profiling])[] {
  const missing = (key: string): Json => ({
    operator: "HAS_NO_VALUE",
    operands: [`{{context.user.user_metadata.${key}}}`],
  });
  const conditions: Readonly<Record<string, Json>> = {
    "a missing": missing("a"),
    "a or b missing": { operator: "OR", operands: [missing("a"), missing("b")] },
    "a and b missing": { operator: "AND", operands: [missing("a"), { operator: "AND", operands: [missing("b")] }] },
    "a is x": { operator: "EQ", operands: ["{{context.user.user_metadata.a}}", "x"] },
    "state is done": { operator: "EQ", operands: ["{{ context.user.user_metadata.state }}", "done"] },
    "AND of nothing": { operator: "AND", operands: [] },
    "OR of nothing": { operator: "OR", operands: [] },
  };
  const shapes: Readonly<Record<string, (condition: Json) => object[]>> = {
    "to a step": (condition) => [router("r", condition, "step_a", "step_b"), step("a", "save"), step("b", "save")],
    "behind a router": (condition) => [
      router("r", missing("b"), "r2", "$ending"),
      router("r2", condition, "step_a", "step_b"),
      step("a", "save"),
      step("b", "save"),
    ],
    "before the ending": (condition) => [
      router("r", condition, "$ending", "step_a"),
      step("a", "step_b"),
      step("b", "save"),
    ],
    "behind a step": (condition) => [step("a", "r"), router("r", condition, "step_b", "save"), step("b", "save")],
    "behind the flow": (condition) => [
      router("start", missing("a"), "step_a", "$ending"),
      step("a", "first"),
      { id: "first", type: "FLOW", config: { flow_id: "af_1", next_node: "r" } },
      router("r", condition, "step_b", "$ending"),
      step("b", "save"),
    ],
  };
  return Object.entries(shapes).flatMap(([shape, nodesOf]) =>
    Object.entries(conditions).map(([name, condition]) => {
      const nodes = nodesOf(condition);
      const [first] = nodes as [{ id: string }];
      const save = { id: "save", type: "FLOW", config: { flow_id: "af_1", next_node: "$ending" } };
      const profiling = profilingOfForm(
        { start: { next_node: first.id }, nodes: [...nodes, save], ending: { resume_flow: true } },
        {
          metadata: { a: "{{fields.a}}", b: "{{fields.b}}", state: "done" },
          metadataKeys: ["a", "b"],
        },
      );
      return [`${name}, ${shape}`, profiling] as const;
    }),
  );
}

function router(id: string, condition: Json, next: string, fallback: string): object {
  return { id, type: "ROUTER", config: { rules: [{ id: `${id}_rule`, condition, next_node: next }], fallback } };
}

function step(key: string, next: string): object {
  const field = { id: key, category: "FIELD", type: "TEXT", label: key, required: true };
  const button = { id: `${key}_next`, category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } };
  return { id: `step_${key}`, type: "STEP", config: { components: [field, button], next_node: next } };
}
