import { CREATE_FLOW, CREATE_FORM } from "auth0-forms";
import { Testing } from "cdktf";
import fc from "fast-check";
import {
  boolean,
  type Component,
  choice,
  date,
  doNothing,
  flow,
  legal,
  nextButton,
  number,
  ProgressiveProfiling,
  type ProgressiveProfilingProps,
  phone,
  richText,
  type SaveTo,
  Stage,
  type Step,
  step,
  text,
} from "../../../lib";
import type { Json } from "../../../tenant/documents/json";
import { holds } from "../../../tenant/forms/condition";
import type { Scope } from "../../../tenant/forms/expression";
import { ExpressionBudget } from "../../../tenant/forms/expression-budget";
import { resolve } from "../../../tenant/forms/interpolation";
import { validator } from "../../../tenant/management/validation";
import { formAsSent } from "../../support/as-sent";
import type { WholeForm } from "../../support/form-structure";
import { devStack } from "../../support/stack";

const RUNS = 100;
const ATTRIBUTES = ["name", "nickname", "given_name", "family_name"] as const;

interface Drawn {
  readonly type: number;
  readonly required: boolean;
  readonly place: number;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  type: fc.nat(6),
  required: fc.boolean(),
  place: fc.nat(5),
});

const stages = fc.array(
  fc.record({
    kind: fc.constantFrom("until", "accepted", "when", "always" as const),
    steps: fc.array(fc.array(drawn, { maxLength: 3 }), { minLength: 1, maxLength: 2 }),
    also: fc.boolean(),
    skippable: fc.boolean(),
    around: fc.boolean(),
    daily: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

function saveTo(id: string, stageIndex: number, { place }: Drawn, isFirst: boolean): SaveTo | undefined {
  const attribute = ATTRIBUTES[stageIndex];
  const places: readonly (SaveTo | undefined)[] = [
    undefined,
    `app_metadata.${id}`,
    `user_metadata.object.${id}`,
    [`app_metadata.object.${id}`, `user_metadata.${id}`],
    [],
    isFirst && attribute !== undefined ? attribute : undefined,
  ];
  return places[place];
}

function field(id: string, index: number, given: Drawn, isFirst: boolean): Component {
  // Of an agreement it has to be said where the tick goes.
  const place = saveTo(id, index, given, isFirst) ?? (given.type === 5 ? (`user_metadata.${id}` as const) : undefined);
  const options = { label: id, required: given.required, saveTo: place };
  const makers = [text, phone, number, boolean, date, legal];
  return makers[given.type]?.(id, options) ?? choice(id, { ...options, options: ["x", "y"] });
}

/** Stages of all kinds, as far as they are right. */
const right: fc.Arbitrary<Stage[]> = stages.map((all) =>
  all.map(({ kind, steps, also, skippable, around, daily }, index) => {
    const id = `s${index}`;
    const key = `${id}_key`;
    const made: Step[] = steps.map((fields, place) =>
      step(`${id}_${place}`, {
        components: [
          richText("<p>Hello {{context.user.name}}</p>", { id: `${id}_${place}_text` }),
          ...(place === 0 && kind === "until" ? [text(key, { label: key, required: true })] : []),
          ...(place === 0 && kind === "accepted" ? [legal(`${id}_ok`, { required: true, saveTo: [] })] : []),
          ...fields.map((one, number) => field(`${id}_${place}_${number}`, index, one, number + place === 0)),
          nextButton(),
        ],
      }),
    );
    const options = {
      id,
      steps: made,
      skippable,
      ...(also && {
        alsoSave: { [`app_metadata.${id}_from`]: "form", [`user_metadata.${id}_at`]: "{{functions.now()}}" },
      }),
      ...(around && { before: flow(`${id}_flow`, { actions: [doNothing("nothing")] }) }),
      // One that is always due hides those behind it, unless it has a moment.
      ...((daily || kind === "always") && { ask: { atMostEvery: { days: 1 } } }),
    };
    switch (kind) {
      case "until":
        return Stage.untilAnswered(key, options);
      case "accepted":
        return Stage.untilAccepted(`app_metadata.${key}`, { ...options, version: "1" });
      case "when":
        return Stage.when({ operator: "EQ", operands: [`{{context.user.user_metadata.${id}_asked}}`, false] }, options);
      default:
        return Stage.always(id, options);
    }
  }),
);

function synthesised(props: ProgressiveProfilingProps): WholeForm {
  const stack = devStack();
  new ProgressiveProfiling(stack, "profiling", props);
  return formAsSent(JSON.parse(Testing.synth(stack)).resource);
}

/** As the tenant gets it: with ids where references stand. */
function withIds(value: unknown): unknown {
  const text = JSON.stringify(value);
  return JSON.parse(
    text
      .replaceAll(/"<auth0_flow_vault_connection\.(?:[^"\\]|\\.)*"/g, `"ac_${"1".repeat(22)}"`)
      .replaceAll(/"<auth0_flow\.[^"]*"/g, `"af_${"1".repeat(22)}"`),
  );
}

test("what is right is taken by the tenant, with every flow, and each node leads somewhere", () => {
  const asForm = validator("Payload", CREATE_FORM);
  const asFlow = validator("Payload", CREATE_FLOW);
  fc.assert(
    fc.property(right, (generated) => {
      const { form, flows } = synthesised({ stages: generated });
      const { messages: _, ...document } = form;

      asForm(withIds({ name: "Form", ...document }));
      for (const { actions } of Object.values(flows)) {
        asFlow(withIds({ name: "Flow", actions }));
      }
      const ids = ["$ending", ...form.nodes.map(({ id }) => id)];
      const pointers = [...JSON.stringify(form).matchAll(/"(?:next_node|fallback)":"([^"]*)"/g)].map(([, to]) => to);
      expect(ids).toEqual(expect.arrayContaining(pointers));
      expect(new Set(ids).size).toBe(ids.length);
    }),
    { numRuns: RUNS },
  );
});

/** The bodies that a flow sends for these fields, by the tenant's own reading of its expressions and conditions. */
function bodies(actions: unknown, scope: Scope): Record<string, unknown>[] {
  return (actions as { action: string; params: Record<string, Json> }[]).flatMap(({ action, params }) => {
    if (action === "BOOLEAN_CONDITION") {
      return bodies((holds(params.if ?? null, scope, "flow") ? params.then : params.else) ?? [], scope);
    }
    return action === "UPDATE_USER" ? [resolve(params.changes ?? null, scope) as Record<string, unknown>] : [];
  });
}

test("no flow sends empty metadata, whatever is left empty: Auth0 would erase all of it", () => {
  fc.assert(
    fc.property(right, fc.infiniteStream(fc.boolean()), (generated, isAnswered) => {
      const { form, flows } = synthesised({ stages: generated });
      const byId = new Map(form.nodes.map((node) => [node.id, node]));
      for (const { steps } of generated) {
        const asked = steps.flatMap(({ components }) => components.filter(({ category }) => category !== "BLOCK"));
        const fields = Object.fromEntries(
          asked
            .filter(({ required }) => required === true || isAnswered.next().value)
            .map(({ id, type }) => [id, type === "TEL" ? { international_number: "+1" } : "x"]),
        );
        const variables = { context: { user: { user_metadata: {}, app_metadata: {} } }, fields, vars: {} };
        const scope: Scope = {
          variables,
          functions: { now: () => "now" },
          message: () => undefined,
          budget: new ExpressionBudget(),
        };
        let node = byId.get(`step_${steps.at(-1)?.id}`);
        while (node !== undefined) {
          const { flow_id, next_node } = node.config;
          for (const body of flow_id === undefined ? [] : bodies(flows[String(flow_id)]?.actions, scope)) {
            expect(Object.keys(body)).not.toEqual([]);
            expect(Object.values(body)).not.toContainEqual({});
          }
          node = byId.get(String(next_node));
        }
      }
    }),
    { numRuns: RUNS },
  );
});
