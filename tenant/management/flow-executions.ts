import { flowExecutionsIn } from "../documents/collections";
import type { FlowExecution } from "../documents/flow";
import type { Store } from "../documents/store";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existingFlow } from "./flows";
import { existing } from "./management-error";
import { hydrateQuery, hydrates } from "./named-list";
import { CHECKPOINT_QUERY, PAGE_QUERY, pagedBody, querySchema } from "./page";

/** The runs of flows. @see https://auth0.com/docs/api/management/v2/flows/get-flows-executions */
export const flowExecutions: Family = [
  {
    method: "GET",
    path: "/flows/:flow_id/executions",
    name: "get_flows_executions",
    scopes: ["read:flows_executions"],
    query: querySchema({ ...PAGE_QUERY, ...CHECKPOINT_QUERY }),
    handle: listExecutions,
  },
  {
    method: "GET",
    path: "/flows/:flow_id/executions/:execution_id",
    name: "get_flows_executions_by_execution_id",
    scopes: ["read:flows_executions"],
    query: querySchema(hydrateQuery("debug")),
    handle: readExecution,
  },
  {
    method: "DELETE",
    path: "/flows/:flow_id/executions/:execution_id",
    name: "delete_flows_executions_by_execution_id",
    scopes: ["delete:flows_executions"],
    handle: deleteExecution,
  },
];

function listExecutions({ params, query }: OperationRequest, { store }: Services): Reply {
  const flow = existingFlow(store, params.flow_id);
  const runs = flowExecutionsIn(store)
    .list()
    .filter(({ flow_id }) => flow_id === flow.id)
    .map(({ debug, flow_id, ...summary }) => summary);
  return { status: 200, body: pagedBody("executions", runs, ({ id }) => id, query) };
}

function readExecution({ params, query }: OperationRequest, { store }: Services): Reply {
  const { debug, flow_id, ...run } = existingExecution(store, params);
  return { status: 200, body: hydrates(query, "debug") ? { ...run, debug } : run };
}

function deleteExecution({ params }: OperationRequest, { store }: Services): Reply {
  flowExecutionsIn(store).delete(existingExecution(store, params).id);
  return { status: 204 };
}

function existingExecution(store: Store, { flow_id, execution_id }: OperationRequest["params"]): FlowExecution {
  const execution = flowExecutionsIn(store).get(execution_id ?? "");
  const isOwn = execution !== undefined && execution.flow_id === existingFlow(store, flow_id).id;
  return existing(isOwn ? execution : undefined, "Flow execution not found");
}
