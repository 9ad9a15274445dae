import type { FlowAction } from "auth0-forms";
import { html } from "hono/html";
import { flowExecutionsIn, flowsIn, formsIn, vaultConnectionsIn } from "../documents/collections";
import { conditionParams, type Flow, type FlowExecution } from "../documents/flow";
import type { Form } from "../documents/form";
import { flowsOf } from "../documents/form";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import type { ExecutedAction } from "../forms/flow-execution";
import type { Services } from "../management/family";
import { facts, json, state, table, time } from "./elements";
import { conditionText } from "./form-graph";
import { withoutSecrets } from "./hidden-values";
import type { Page } from "./layout";
import { executionPath, flowPath, formPath } from "./paths";

export function flowsPage({ store }: Services): Page {
  return {
    title: "Flows",
    section: "flows",
    content: html`${table({
      caption: "Flows",
      columns: ["Flow", "Actions", "Used by", "Executions", "Changed"],
      rows: flowsIn(store)
        .list()
        .map((flow) => [
          html`<a href="${flowPath(flow.id)}">${flow.name}</a>`,
          (flow.actions ?? []).map(({ type, action }) => `${type} ${action}`).join(", ") || "none",
          formLinks(flow, store),
          executionsOf(flow, store).length,
          time(flow.updated_at),
        ]),
      empty: "There are no flows yet.",
    })}
<section aria-labelledby="vault"><h2 id="vault">Vault connections</h2>
<p>With these credentials flows reach other services. What was set up is shown to nobody.</p>
${table({
  caption: "Vault connections",
  columns: ["Connection", "App", "Ready", "Changed"],
  rows: vaultConnectionsIn(store)
    .list()
    .map(({ name, app_id, setup, updated_at }) => [
      name,
      app_id,
      setup === undefined ? state("not set up", "bad") : state("ready", "good"),
      time(updated_at),
    ]),
  empty: "There are no Vault connections yet.",
})}</section>`,
  };
}

export function flowPage({ store }: Services, id: string): Page | undefined {
  const flow = flowsIn(store).get(id);
  if (flow === undefined) {
    return undefined;
  }
  return {
    title: flow.name,
    section: "flows",
    content: html`${facts({
      "Used by": formLinks(flow, store),
      Created: time(flow.created_at),
      Changed: time(flow.updated_at),
      Id: html`<code>${flow.id}</code>`,
    })}
<section aria-labelledby="actions"><h2 id="actions">Actions</h2>
${actionList(flow.actions ?? [], store)}</section>
<section aria-labelledby="executions"><h2 id="executions">Executions</h2>
${table({
  caption: "Executions, the newest first",
  columns: ["Started", "Status", "Action that failed", "Id"],
  rows: executionsOf(flow, store).map((execution) => [
    time(execution.started_at ?? execution.created_at),
    status(execution.status),
    failedAction(execution),
    html`<a href="${executionPath(flow.id, execution.id)}"><code>${execution.id}</code></a>`,
  ]),
  empty: "This flow has not run yet.",
})}</section>`,
  };
}

export function executionPage({ store }: Services, flowId: string, id: string): Page | undefined {
  const flow = flowsIn(store).get(flowId);
  const execution = flowExecutionsIn(store).get(id);
  if (flow === undefined || execution?.flow_id !== flowId) {
    return undefined;
  }
  const actions = executedActions(execution);
  return {
    title: `Execution of ${flow.name}`,
    section: "flows",
    content: html`${facts({
      Flow: html`<a href="${flowPath(flow.id)}">${flow.name}</a>`,
      Id: html`<code>${execution.id}</code>`,
      Status: status(execution.status),
      Journey: execution.journey_id && html`<code>${execution.journey_id}</code>`,
      Started: time(execution.started_at),
      Ended: time(execution.ended_at),
    })}
<section aria-labelledby="actions"><h2 id="actions">Actions</h2>
${actions.length === 0 ? html`<p class="empty">None ran.</p>` : actions.map(executedAction)}</section>`,
  };
}

function executedAction({
  id,
  type,
  action,
  alias,
  status: result,
  input,
  output,
  error,
  warning,
}: ExecutedAction): Html {
  return html`<article>
<h3>${alias ?? id} <code>${type}/${action}</code></h3>
${facts({ Status: status(result), Error: error, Warning: warning })}
<h4>Input</h4>
${json(withoutSecrets(input), `Input of ${id}`)}
${output === undefined ? "" : html`<h4>Output</h4>${json(withoutSecrets(output), `Output of ${id}`)}`}
</article>
`;
}

function actionList(actions: readonly FlowAction[], store: Store): Html {
  if (actions.length === 0) {
    return html`<p class="empty">Nothing is done.</p>`;
  }
  return html`<ol class="actions">${actions.map((action) => html`<li>${actionFacts(action, store)}</li>\n`)}</ol>`;
}

function actionFacts(
  { id, type, action, alias, params = {}, allow_failure, mask_output }: FlowAction,
  store: Store,
): Html {
  const { if: condition, then = [], else: otherwise = [], ...others } = conditionParams(params);
  const connection = typeof params.connection_id === "string" ? params.connection_id : undefined;
  return html`<h3>${alias ?? id} <code>${type}/${action}</code></h3>
${facts({
  Id: alias === undefined ? undefined : html`<code>${id}</code>`,
  "Vault connection": connection && (vaultConnectionsIn(store).get(connection)?.name ?? `${connection} (missing)`),
  "On failure": allow_failure === true ? "the flow goes on" : "the flow fails",
  Output: mask_output === true ? "masked" : undefined,
  If: condition === undefined ? undefined : html`<code class="wrap">${conditionText(condition)}</code>`,
})}
${Object.keys(others).length === 0 ? "" : json(withoutSecrets(others), `Parameters of ${id}`)}
${condition === undefined ? "" : html`<h4>Then</h4>${actionList(then, store)}<h4>Else</h4>${actionList(otherwise, store)}`}`;
}

function executionsOf({ id }: Flow, store: Store): readonly FlowExecution[] {
  return flowExecutionsIn(store)
    .list()
    .filter(({ flow_id }) => flow_id === id)
    .toReversed();
}

function failedAction(execution: FlowExecution): Html | string {
  const [failed] = failedActions(execution);
  return failed === undefined ? "none" : state(failed.id, "bad");
}

/** Actions that failed, those too behind which the flow went on. */
export function failedActions(execution: FlowExecution): readonly ExecutedAction[] {
  return executedActions(execution).filter((action) => action.status === "FAILED");
}

function executedActions({ debug }: FlowExecution): readonly ExecutedAction[] {
  return (debug as { readonly actions?: readonly ExecutedAction[] }).actions ?? [];
}

function formsWith({ id }: Flow, store: Store): readonly Form[] {
  return formsIn(store)
    .list()
    .filter((form) => flowsOf(form).has(id) || form.ending?.after_submit?.flow_id === id);
}

function formLinks(flow: Flow, store: Store): Html | string {
  const forms = formsWith(flow, store);
  return forms.length === 0
    ? "no form"
    : html`${forms.map(({ id, name }) => html`<a href="${formPath(id)}">${name}</a> `)}`;
}

function status(text: string): Html {
  return state(text.toLowerCase(), text === "COMPLETED" ? "good" : text === "FAILED" ? "bad" : undefined);
}
