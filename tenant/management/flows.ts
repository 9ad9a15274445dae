import { CREATE_FLOW, UPDATE_FLOW } from "auth0-forms";
import { flowExecutionsIn, flowsIn, formsIn } from "../documents/collections";
import type { Flow } from "../documents/flow";
import { flowsOf } from "../documents/form";
import type { Store } from "../documents/store";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing } from "./management-error";
import { hydrateQuery, hydrates, namedList, namedListQuery } from "./named-list";
import { querySchema } from "./page";

const UNDOCUMENTED = ["forms"];

const LIST_QUERY = namedListQuery({
  ...hydrateQuery("form_count"),
  synchronous: { type: "boolean", description: "flag to filter by sync/async flows" },
});

/** Flows. @see https://auth0.com/docs/api/management/v2/flows/get-flows */
export const flows: Family = [
  { method: "GET", path: "/flows", name: "get_flows", scopes: ["read:flows"], query: LIST_QUERY, handle: listFlows },
  {
    method: "POST",
    path: "/flows",
    name: "post_flows",
    scopes: ["create:flows"],
    body: CREATE_FLOW,
    handle: createFlow,
  },
  {
    method: "GET",
    path: "/flows/:id",
    name: "get_flows_by_id",
    scopes: ["read:flows"],
    query: querySchema(hydrateQuery("form_count", "forms")),
    handle: readFlow,
  },
  {
    method: "PATCH",
    path: "/flows/:id",
    name: "patch_flows_by_id",
    scopes: ["update:flows"],
    body: UPDATE_FLOW,
    handle: updateFlow,
  },
  {
    method: "DELETE",
    path: "/flows/:id",
    name: "delete_flows_by_id",
    scopes: ["delete:flows"],
    handle: deleteFlow,
  },
];

function listFlows({ query }: OperationRequest, { store }: Services): Reply {
  // Every flow that the API makes is a synchronous one.
  const listed = query.synchronous === false ? [] : flowsIn(store).list();
  const summaries = listed.map(({ actions, ...summary }) => ({
    ...summary,
    ...(hydrates(query, "form_count") && { form_count: formCount(store, summary) }),
  }));
  return { status: 200, body: namedList("flows", summaries, query) };
}

function createFlow({ body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const sent = body as Pick<Flow, "name" | "actions">;
  const now = clock().toISOString();
  return { status: 201, body: keepFlow(store, { ...sent, id: ids.flow(), created_at: now, updated_at: now }) };
}

function readFlow({ params, query }: OperationRequest, { store }: Services): Reply {
  const flow = existingFlow(store, params.id);
  const counted = hydrates(query, "form_count", UNDOCUMENTED) && { form_count: formCount(store, flow) };
  return { status: 200, body: { ...flow, ...counted } };
}

function updateFlow({ params, body }: OperationRequest, { store, clock }: Services): Reply {
  const flow = existingFlow(store, params.id);
  const changed = { ...flow, ...(body as Partial<Flow>), updated_at: clock().toISOString() };
  return { status: 200, body: keepFlow(store, changed) };
}

function deleteFlow({ params }: OperationRequest, { store }: Services): Reply {
  const { id } = existingFlow(store, params.id);
  const executions = flowExecutionsIn(store);
  for (const run of executions.list().filter(({ flow_id }) => flow_id === id)) {
    executions.delete(run.id);
  }
  flowsIn(store).delete(id);
  return { status: 204 };
}

/** @throws ManagementError 404 */
export function existingFlow(store: Store, id = ""): Flow {
  return existing(flowsIn(store).get(id), "Flow not found");
}

/** Without what is empty: Auth0 leaves that out of its answers. */
export function keepFlow(store: Store, { id, name, actions, ...times }: Flow): Flow {
  return flowsIn(store).put(id, { id, name, ...(actions?.length && { actions }), ...times });
}

function formCount(store: Store, { id }: Pick<Flow, "id">): number {
  return formsIn(store)
    .list()
    .filter((form) => flowsOf(form).has(id) || form.ending?.after_submit?.flow_id === id).length;
}
