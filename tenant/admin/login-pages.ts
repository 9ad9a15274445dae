import { html } from "hono/html";
import type { ConsoleLine } from "../actions/run-action";
import { actionsIn, clientsIn, formsIn, usersIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import { type LoginRecord, loginsIn, type RanAction, type ShownForm } from "../login/login-log";
import type { Services } from "../management/family";
import { facts, state, table, time } from "./elements";
import type { Page } from "./layout";
import { actionPath, applicationPath, executionPath, formPath, loginPath, userPath } from "./paths";

export function loginsPage({ store }: Services): Page {
  return {
    title: "Logins",
    section: "logins",
    content: html`<p>Logins, sign-ups and renewals of tokens, with what was asked. The newest first.</p>
${loginTable(loginsIn(store).list())}`,
  };
}

/** The newest first; at most so many. */
export function loginTable(logins: readonly LoginRecord[], limit = logins.length): Html {
  return table({
    caption: "Logins, the newest first",
    columns: ["When", "Who", "What", "Application", "Asked", "Result"],
    rows: logins
      .toReversed()
      .slice(0, limit)
      .map((login) => [
        html`<a href="${loginPath(login.id)}">${time(login.started_at)}</a>`,
        login.user_name ?? login.user_id ?? "unknown",
        login.kind,
        login.client_name,
        login.forms.map(({ name, steps }) => `${name}: ${steps.join(", ") || "nothing"}`).join("; ") || "nothing",
        resultState(login),
      ]),
    empty: "Nobody has logged in yet.",
  });
}

export function loginPage({ store }: Services, id: string): Page | undefined {
  const login = loginsIn(store).get(id);
  if (login === undefined) {
    return undefined;
  }
  const { user_id, user_name, client_id, client_name } = login;
  return {
    title: `${capitalised(login.kind)} of ${user_name ?? user_id ?? "someone unknown"}`,
    section: "logins",
    content: html`${facts({
      Result: resultState(login),
      Error: login.error,
      User:
        user_id !== undefined && usersIn(store).get(user_id) !== undefined
          ? html`<a href="${userPath(user_id)}">${user_name ?? user_id}</a>`
          : (user_name ?? user_id),
      Application: clientsIn(store).get(client_id)
        ? html`<a href="${applicationPath(client_id)}">${client_name}</a>`
        : client_name,
      Connection: login.connection,
      Protocol: login.protocol && html`<code>${login.protocol}</code>`,
      Started: time(login.started_at),
      "Last change": time(login.updated_at),
      Address: login.ip,
      Browser: login.user_agent,
    })}
<section aria-labelledby="actions"><h2 id="actions">Actions that ran</h2>
${login.actions.length === 0 ? html`<p class="empty">None.</p>` : login.actions.map((action) => actionRun(action, store))}</section>
<section aria-labelledby="forms"><h2 id="forms">What was asked</h2>
${login.forms.length === 0 ? html`<p class="empty">Nothing.</p>` : login.forms.map((form) => shownForm(form, store))}</section>`,
  };
}

export function resultState({ result }: Pick<LoginRecord, "result">): Html {
  return state(result, result === "succeeded" ? "good" : result === "pending" ? undefined : "bad");
}

/** What an Action logged, as it is told to nobody else. */
export function consoleTable(lines: readonly ConsoleLine[]): Html {
  return table({
    caption: "Console",
    columns: ["When", "Level", "Text"],
    rows: lines.map(({ time: at, level, text }) => [
      time(at),
      state(level, level === "error" ? "bad" : undefined),
      html`<code class="wrap">${text}</code>`,
    ]),
    empty: "It logged nothing.",
  });
}

function actionRun(action: RanAction, store: Store): Html {
  const { action_id, name, handler, error } = action;
  return html`<article>
<h3>${actionsIn(store).get(action_id) ? html`<a href="${actionPath(action_id)}">${name}</a>` : name} <code>${handler}</code></h3>
${facts({
  Result: error === undefined ? state("done", "good") : state("failed", "bad"),
  Error: error,
  Ran: html`${time(action.ran_at)}, ${action.milliseconds} ms`,
  "Asked for": action.commands.length === 0 ? "nothing" : action.commands.join(", "),
})}
${action.console.length === 0 ? "" : consoleTable(action.console)}
</article>
`;
}

function shownForm({ form_id, name, steps, executions, result, errors }: ShownForm, store: Store): Html {
  return html`<article>
<h3>${formsIn(store).get(form_id) ? html`<a href="${formPath(form_id)}">${name}</a>` : name}</h3>
${facts({
  Result: state(result, result === "ended" ? "good" : result === "failed" ? "bad" : undefined),
  Steps: steps.length === 0 ? "none was shown" : html`${steps.map((step) => html`<code>${step}</code> `)}`,
  Executions:
    executions.length === 0
      ? undefined
      : html`${executions.map(({ flow_id, id }) => html`<a href="${executionPath(flow_id, id)}"><code>${id}</code></a> `)}`,
})}
${errors.length === 0 ? "" : html`<ul class="errors">${errors.map((error) => html`<li>${error}</li>`)}</ul>`}
</article>
`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
