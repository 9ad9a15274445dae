import type { FlowAction } from "auth0-forms";
import { type ExecutedAction, type FlowResult, type FlowRun, runFlow } from "../../tenant/forms/flow-execution";
import { LocalizedForm } from "../../tenant/forms/localized-form";
import { Outside } from "../../tenant/forms/outside";

export const NOW = "2026-01-01T00:00:00.000Z";

/** What a flow of these actions did, by the action's id. */
export interface RanActions extends FlowResult {
  readonly executed: Readonly<Record<string, ExecutedAction>>;
}

/** Runs a flow for Ana, in a journey of her own; no service is there but those given. */
export async function runActions(actions: readonly FlowAction[], given: Partial<FlowRun> = {}): Promise<RanActions> {
  let id = 0;
  const result = await runFlow({
    flow: { id: "af_1", name: "Flow", actions, created_at: NOW, updated_at: NOW },
    journeyId: "journey",
    form: new LocalizedForm({ id: "ap_1", name: "Form", created_at: NOW, updated_at: NOW }, []),
    context: {
      user: { user_id: "auth0|1", email: "ana@example.com", name: "Ana" },
      client: { client_id: "client", name: "Shop" },
      tenant: { name: "local-tenant" },
    },
    fields: {},
    memory: { vars: {}, codes: {} },
    managementRequest: async () => {
      throw new Error("there is no Management API");
    },
    outside: new Outside(),
    vaultConnection: () => undefined,
    clock: () => new Date(NOW),
    ids: { uuid: () => `id-${++id}` },
    ...given,
  });
  const executed = (result.execution.debug as { readonly actions: readonly ExecutedAction[] }).actions;
  return { ...result, executed: Object.fromEntries(executed.map((action) => [action.id, action])) };
}
