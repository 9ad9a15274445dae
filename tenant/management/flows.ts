import { flowExecutionsIn, flowsIn, formsIn } from "../documents/collections";
import type { Flow, FlowExecution } from "../documents/flow";
import type { Family } from "./family";
import { ACTIONS, withFlowActions } from "./flow-actions";
import { flowsOf } from "./form-nodes";
import { ManagementError } from "./management-error";
import { hydrateQuery, hydrates, namedList, namedListQuery } from "./named-list";
import { CHECKPOINT_QUERY, checkpointBody, listBody, PAGE_QUERY, querySchema } from "./page";
import { nullable } from "./property";
import { shape, text } from "./shape";

const NAME = text(1, 150);
const CREATE = withFlowActions(shape({ name: NAME, "actions?": ACTIONS }));
const UPDATE = withFlowActions(shape({ "name?": NAME, ...nullable({ "actions?": ACTIONS }) }));

const UNDOCUMENTED = ["forms"];

/** Flows and their executions. @see https://auth0.com/docs/api/management/v2/flows/get-flows */
export const flows: Family = ({ store, ids, clock }) => {
  const collection = flowsIn(store);
  const executions = flowExecutionsIn(store);
  const forms = formsIn(store);

  function existing(id: string): Flow {
    const flow = collection.get(id);
    if (flow === undefined) {
      throw new ManagementError(404, "Flow not found");
    }
    return flow;
  }

  // What is empty is left out of Auth0's answers.
  function keep({ id, name, actions, ...times }: Flow): Flow {
    return collection.put(id, { id, name, ...((actions?.length ?? 0) > 0 && { actions }), ...times } as Flow);
  }

  function execution(flowId: string, id: string): FlowExecution {
    const found = executions.get(id);
    if (found === undefined || found.flow_id !== existing(flowId).id) {
      throw new ManagementError(404, "Flow execution not found");
    }
    return found;
  }

  function formCount({ id }: Flow): number {
    return forms
      .list()
      .filter(({ nodes = [], ending }) => flowsOf(nodes).has(id) || ending?.after_submit?.flow_id === id).length;
  }

  return [
    {
      method: "GET",
      path: "/flows",
      name: "get_flows",
      scopes: ["read:flows"],
      query: namedListQuery({
        ...hydrateQuery("form_count"),
        synchronous: { type: "boolean", description: "flag to filter by sync/async flows" },
      }),
      handle: ({ query }) => {
        // Every flow that the API makes is a synchronous one.
        const shown = query.synchronous === false ? [] : collection.list();
        const summaries = shown.map(({ actions, ...summary }) => ({
          ...summary,
          ...(hydrates(query, "form_count") && { form_count: formCount(summary) }),
        }));
        return { status: 200, body: namedList("flows", summaries, query) };
      },
    },
    {
      method: "POST",
      path: "/flows",
      name: "post_flows",
      scopes: ["create:flows"],
      body: CREATE,
      handle: ({ body }) => {
        const sent = body as unknown as Pick<Flow, "name" | "actions">;
        const now = clock().toISOString();
        return { status: 201, body: keep({ ...sent, id: ids.flow(), created_at: now, updated_at: now }) };
      },
    },
    {
      method: "GET",
      path: "/flows/:id",
      name: "get_flows_by_id",
      scopes: ["read:flows"],
      query: querySchema(hydrateQuery("form_count", "forms")),
      handle: ({ params, query }) => {
        const flow = existing(params.id as string);
        const counted = hydrates(query, "form_count", UNDOCUMENTED) && { form_count: formCount(flow) };
        return { status: 200, body: { ...flow, ...counted } };
      },
    },
    {
      method: "PATCH",
      path: "/flows/:id",
      name: "patch_flows_by_id",
      scopes: ["update:flows"],
      body: UPDATE,
      handle: ({ params, body }) => {
        const flow = existing(params.id as string);
        const changed = { ...flow, ...(body as Partial<Flow>), updated_at: clock().toISOString() };
        return { status: 200, body: keep(changed) };
      },
    },
    {
      method: "DELETE",
      path: "/flows/:id",
      name: "delete_flows_by_id",
      scopes: ["delete:flows"],
      handle: ({ params }) => {
        const { id } = existing(params.id as string);
        for (const run of executions.list().filter(({ flow_id }) => flow_id === id)) {
          executions.delete(run.id);
        }
        collection.delete(id);
        return { status: 204 };
      },
    },
    {
      method: "GET",
      path: "/flows/:flow_id/executions",
      name: "get_flows_executions",
      scopes: ["read:flows_executions"],
      query: querySchema({ ...PAGE_QUERY, ...CHECKPOINT_QUERY }),
      handle: ({ params, query }) => {
        const { id } = existing(params.flow_id as string);
        const runs = executions
          .list()
          .filter(({ flow_id }) => flow_id === id)
          .map(({ debug, flow_id, ...summary }) => summary);
        const byCheckpoint = query.from !== undefined || query.take !== undefined;
        const body = byCheckpoint
          ? checkpointBody("executions", runs, (run) => run.id, query)
          : listBody("executions", runs, query);
        return { status: 200, body };
      },
    },
    {
      method: "GET",
      path: "/flows/:flow_id/executions/:execution_id",
      name: "get_flows_executions_by_execution_id",
      scopes: ["read:flows_executions"],
      query: querySchema(hydrateQuery("debug")),
      handle: ({ params, query }) => {
        const { debug, flow_id, ...run } = execution(params.flow_id as string, params.execution_id as string);
        return { status: 200, body: hydrates(query, "debug") ? { ...run, debug } : run };
      },
    },
    {
      method: "DELETE",
      path: "/flows/:flow_id/executions/:execution_id",
      name: "delete_flows_executions_by_execution_id",
      scopes: ["delete:flows_executions"],
      handle: ({ params }) => {
        executions.delete(execution(params.flow_id as string, params.execution_id as string).id);
        return { status: 204 };
      },
    },
  ];
};
