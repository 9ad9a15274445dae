import type { Finding } from "./finding";
import { ofType, type Resource, type State } from "./state";
import type { Tenant } from "./tenant";

/** Flows that fail: where people are let in nevertheless, their answers are lost. */
export function executionFindings(state: State, tenant: Tenant): readonly Finding[] {
  return ofType(state, "auth0_flow").flatMap((flow): Finding[] => {
    const { address, id } = flow;
    const [newest] = tenant.executions.get(id)?.executions ?? [];
    if (newest?.hasFailed !== true) {
      return [];
    }
    const remedy = `mend the cause; with the next answer that is saved this ends (GET /api/v2/flows/${id}/executions has each)`;
    return [{ kind: "execution", address, id, what: failures(flow, tenant) ?? "", remedy }];
  });
}

/** Flows that failed, and work again. */
export function executionNotes(state: State, tenant: Tenant): readonly string[] {
  return ofType(state, "auth0_flow").flatMap((flow) => {
    const [newest] = tenant.executions.get(flow.id)?.executions ?? [];
    const said = newest?.hasFailed === false ? failures(flow, tenant) : undefined;
    return said === undefined ? [] : [`${flow.address} (${flow.id}): ${said}; it has worked since`];
  });
}

function failures({ id }: Resource, tenant: Tenant): string | undefined {
  const { executions = [], areCut = false } = tenant.executions.get(id) ?? {};
  const failed = executions.filter(({ hasFailed }) => hasFailed);
  const [newest] = failed;
  if (newest === undefined) {
    return undefined;
  }
  const reason = newest.reason === undefined ? "" : `, ${newest.reason}`;
  const of = `${areCut ? "the " : ""}${executions.length}${areCut ? " that were read" : ""}`;
  return `${failed.length} of ${of} executions failed, the newest at ${newest.at}${reason}`;
}
