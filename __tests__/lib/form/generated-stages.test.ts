import { CREATE_FLOW, CREATE_FORM } from "auth0-forms";
import { Testing } from "cdktf";
import fc from "fast-check";
import { ProgressiveProfiling, type ProgressiveProfilingProps } from "../../../lib";
import type { Json } from "../../../tenant/documents/json";
import { holds } from "../../../tenant/forms/condition";
import type { Scope } from "../../../tenant/forms/expression";
import { ExpressionBudget } from "../../../tenant/forms/expression-budget";
import { resolve } from "../../../tenant/forms/interpolation";
import { validator } from "../../../tenant/management/validation";
import { formAsSent } from "../../support/as-sent";
import type { WholeForm } from "../../support/form-structure";
import { generatedStages } from "../../support/generated-stages";
import { devStack } from "../../support/stack";

const RUNS = 100;
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
    fc.property(generatedStages, (generated) => {
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
    fc.property(generatedStages, fc.infiniteStream(fc.boolean()), (generated, isAnswered) => {
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
