import { html } from "hono/html";
import type { ConsoleLine } from "../actions/run-action";
import { actionsIn, clientsIn, flowExecutionsIn, formsIn, usersIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import { TRANSACTION_SECONDS } from "../login/lifetimes";
import { type LoginRecord, loginsIn, type RanAction, type ShownForm } from "../login/login-log";
import type { Services } from "../management/family";
import { facts, state, table, time } from "./elements";
import { failedActions } from "./flow-pages";
import type { Page } from "./layout";
import { actionPath, applicationPath, executionPath, formPath, loginPath, userPath } from "./paths";
import { missingStages } from "./stages";
import { stepName } from "./step-name";

export function loginsPage(services: Services): Page {
  return {
    title: "Logins",
    section: "logins",
    content: html`<p>Logins, sign-ups and renewals of tokens: what was asked, what was answered, and what comes next. The newest first.</p>
${loginTable(services, loginsIn(services.store).list())}`,
  };
}

/** The newest first; at most so many. */
export function loginTable(services: Services, logins: readonly LoginRecord[], limit = logins.length): Html {
  const { store } = services;
  return table({
    caption: "Logins, the newest first",
    columns: ["When", "Who", "What", "Application", "Asked", "Result"],
    rows: logins
      .toReversed()
      .slice(0, limit)
      .map((login) => [
        html`<a href="${loginPath(login.id)}">${time(login.started_at)}</a>`,
        person(login, store),
        html`<span class="nowrap">${login.kind}</span>`,
        application(login, store),
        login.kind === "login" || login.forms.length > 0 ? html`${asked(login, store)}${next(login, services)}` : "",
        resultState(login, services),
      ]),
    empty: "Nobody has logged in yet.",
  });
}

/** As in `Profile: job_title, phone_number`. */
export function asked({ forms }: LoginRecord, store: Store): string {
  const shown = forms.filter(({ steps }) => steps.length > 0);
  const told = shown.map(({ form_id, steps, answered }) => {
    const names = steps.map((step) => stepName(formsIn(store).get(form_id), step)).join(", ");
    return answered === undefined ? names : `${names}: ${answered.join(", ") || "no answer"}`;
  });
  return told.join("; ") || "nothing";
}

/** At the last login of someone: what the next one will ask. */
function next(login: LoginRecord, services: Services): Html | "" {
  const user = usersIn(services.store).get(login.user_id ?? "");
  if (user === undefined || isFollowed(login, services.store)) {
    return "";
  }
  const first = missingStages(services, user)?.[0];
  return first === undefined ? "" : html`<p class="next">Next: ${first}</p>`;
}

function isFollowed({ id, user_id }: LoginRecord, store: Store): boolean {
  const own = loginsIn(store)
    .list()
    .filter((login) => login.kind === "login" && login.user_id === user_id);
  return own.at(-1)?.id !== id;
}

function person({ user_id, user_name }: LoginRecord, store: Store): Html | string {
  return user_id !== undefined && usersIn(store).get(user_id) !== undefined
    ? html`<a href="${userPath(user_id)}">${user_name ?? user_id}</a>`
    : (user_name ?? user_id ?? "unknown");
}

function application({ client_id, client_name }: LoginRecord, store: Store): Html | string {
  return clientsIn(store).get(client_id)
    ? html`<a href="${applicationPath(client_id)}">${client_name}</a>`
    : client_name;
}

export function loginPage(services: Services, id: string): Page | undefined {
  const { store } = services;
  const login = loginsIn(store).get(id);
  if (login === undefined) {
    return undefined;
  }
  const { user_id, user_name } = login;
  return {
    title: `${capitalised(login.kind)} of ${user_name ?? user_id ?? "someone unknown"}`,
    section: "logins",
    content: html`${facts({
      Result: resultState(login, services),
      Error: login.error,
      User: person(login, store),
      Application: application(login, store),
      Asked: asked(login, store),
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

/** How a login stands: pending is one that still waits for its person, left one that nobody goes on with. */
export function resultState(login: LoginRecord, { store, clock }: Services): Html {
  const { result, updated_at } = login;
  if (result !== "pending") {
    return state(result, result === "succeeded" ? "good" : "bad");
  }
  const age = clock().getTime() - Date.parse(updated_at);
  return state(age > TRANSACTION_SECONDS * 1000 || isFollowed(login, store) ? "left" : "waits for an answer");
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

function shownForm({ form_id, name, steps, answered, executions, result, errors }: ShownForm, store: Store): Html {
  return html`<article>
<h3>${formsIn(store).get(form_id) ? html`<a href="${formPath(form_id)}">${name}</a>` : name}</h3>
${facts({
  Result: state(result, result === "ended" ? "good" : result === "failed" ? "bad" : undefined),
  Steps:
    steps.length === 0 ? "none was shown" : steps.map((step) => stepName(formsIn(store).get(form_id), step)).join(", "),
  Answered: answered?.join(", ") || undefined,
  Executions:
    executions.length === 0
      ? undefined
      : html`${executions.map(
          ({ flow_id, id }) =>
            html`<a href="${executionPath(flow_id, id)}"><code>${id}</code></a> ${failures(id, store)} `,
        )}`,
})}
${errors.length === 0 ? "" : html`<ul class="errors">${errors.map((error) => html`<li>${error}</li>`)}</ul>`}
</article>
`;
}

function failures(executionId: string, store: Store): readonly Html[] {
  const execution = flowExecutionsIn(store).get(executionId);
  return execution === undefined ? [] : failedActions(execution).map(({ id }) => state(`${id} failed`, "bad"));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
