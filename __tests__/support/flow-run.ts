import type { FlowAction, FormComponent } from "auth0-forms";
import type { Json } from "../../tenant/documents/json";
import type { ManagementRequest } from "../../tenant/forms/flow-actions/run-action";
import type { ExecutedAction, FlowResult } from "../../tenant/forms/flow-execution";
import { LocalizedForm } from "../../tenant/forms/localized-form";
import { NOW, runActions } from "./run-actions";

export const FLOW_ID = "af_0000000000000000000001";
export const CONNECTION = "ac_0000000000000000000001";

interface Given {
  readonly fields?: Record<string, Json>;
  readonly vars?: Record<string, Json>;
  readonly components?: readonly FormComponent[];
  readonly answer?: { readonly status: number; readonly body: Json } | Error;
  readonly clock?: () => Date;
}

interface Ran extends FlowResult {
  readonly requests: readonly (readonly [string, string, string, Json | undefined])[];
  readonly executed: readonly ExecutedAction[];
}

/** Runs a flow for the user `auth0|1`. */
export async function ran(actions: readonly FlowAction[], given: Given = {}): Promise<Ran> {
  const requests: [string, string, string, Json | undefined][] = [];
  const managementRequest: ManagementRequest = async (id, method, path, body) => {
    requests.push([id, method, path, body]);
    if (given.answer instanceof Error) {
      throw given.answer;
    }
    return given.answer ?? { status: 200, body: { user_id: "auth0|1" } };
  };
  const result = await runActions(actions, {
    flow: { id: FLOW_ID, name: "Save", actions, created_at: NOW, updated_at: NOW },
    journeyId: "j1",
    form: new LocalizedForm(
      {
        id: "ap_1",
        name: "Profile",
        messages: { custom: { taken: "That name is taken." } },
        nodes: [{ id: "step", type: "STEP", config: { components: given.components ?? [] } }],
        created_at: NOW,
        updated_at: NOW,
      },
      [],
    ),
    context: { user: { user_id: "auth0|1", user_metadata: {} } },
    fields: given.fields ?? {},
    memory: { vars: given.vars ?? {}, codes: {} },
    managementRequest,
    ...(given.clock && { clock: given.clock }),
  });
  return { ...result, requests, executed: (result.execution.debug as { actions: ExecutedAction[] }).actions };
}

export function action(
  type: string,
  name: string,
  params: Record<string, Json> = {},
  more: Partial<FlowAction> = {},
): FlowAction {
  return { id: name.toLowerCase(), type, action: name, params, ...more };
}

export function updateUser(changes: Record<string, Json>, more: Partial<FlowAction> = {}): FlowAction {
  return action(
    "AUTH0",
    "UPDATE_USER",
    { connection_id: CONNECTION, user_id: "{{context.user.user_id}}", changes },
    more,
  );
}

export const textField = (id: string, more: Partial<FormComponent> = {}): FormComponent => ({
  id,
  category: "FIELD",
  type: "TEXT",
  ...more,
});
