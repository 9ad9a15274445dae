import { html } from "hono/html";
import type { Action } from "../documents/action";
import { actionsIn, flowExecutionsIn, flowsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import { type LoginRecord, loginsIn } from "../login/login-log";
import type { Services } from "../management/family";
import { state, table, time } from "./elements";
import { failedActions } from "./flow-pages";
import type { Page } from "./layout";
import { actionPath, loginPath } from "./paths";

interface Entry {
  readonly at: string;
  readonly kind: Html;
  readonly said: Html | string;
  /** Where more of it stands. */
  readonly source: Html;
}

const SHOWN = 300;

/** All that was told during logins, in one list: what Actions logged, what failed, what came of it. */
export function logPage({ store }: Services): Page {
  const logins = loginsIn(store)
    .list()
    .flatMap((login) => [...entriesOf(login), ...flowEntries(login, store)]);
  const entries = [...logins, ...actionsIn(store).list().flatMap(buildEntries)]
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .slice(0, SHOWN);
  return {
    title: "Logs",
    section: "logs",
    content: html`<p>What Actions logged, what failed, what came of each login and of the last build of each Action. The newest first, at most ${SHOWN} lines.</p>
${table({
  caption: "Logs, the newest first",
  columns: ["When", "Kind", "What", "Of"],
  rows: entries.map(({ at, kind, said, source }) => [time(at), kind, said, source]),
  empty: "Nothing has happened yet.",
})}`,
  };
}

function entriesOf(login: LoginRecord): readonly Entry[] {
  const source = linkTo(login);
  const isOver = login.result !== "pending";
  const isGood = login.result === "succeeded";
  const end = `${login.kind} to ${login.client_name}: ${login.result}${login.error === undefined ? "" : `: ${login.error}`}`;
  return [
    ...login.actions.flatMap(({ name, handler, ran_at, console: lines, error }): readonly Entry[] => [
      ...lines.map(({ time: at, level, text }) => ({
        at,
        kind: state(level, level === "error" ? "bad" : undefined),
        said: html`${name}: <code class="wrap">${text}</code>`,
        source,
      })),
      ...(error === undefined
        ? []
        : [{ at: ran_at, kind: state("Action failed", "bad"), said: `${name}, ${handler}: ${error}`, source }]),
    ]),
    ...login.forms.flatMap(({ name, errors }) =>
      errors.map((error) => ({ at: login.updated_at, kind: state("form", "bad"), said: `${name}: ${error}`, source })),
    ),
    ...(isOver ? [{ at: login.updated_at, kind: state(login.kind, isGood ? "good" : "bad"), said: end, source }] : []),
  ];
}

/** Actions of flows that failed and behind which the flow went on: the form itself tells of none of them. */
function flowEntries(login: LoginRecord, store: Store): readonly Entry[] {
  const executions = login.forms
    .flatMap((form) => form.executions)
    .flatMap(({ id }) => flowExecutionsIn(store).get(id) ?? []);
  return executions
    .filter(({ status }) => status === "COMPLETED")
    .flatMap((execution) =>
      failedActions(execution).map(({ id, error }) => ({
        at: execution.ended_at ?? execution.updated_at,
        kind: state("flow", "bad"),
        said: `${flowsIn(store).get(execution.flow_id)?.name ?? execution.flow_id}, ${id}: ${error}; the flow went on`,
        source: linkTo(login),
      })),
    );
}

function linkTo({ id, user_name, kind }: LoginRecord): Html {
  return html`<a href="${loginPath(id)}">${user_name ?? kind}</a>`;
}

function buildEntries({ id, name, status, build_log }: Action): readonly Entry[] {
  return (build_log?.lines ?? []).map((said) => ({
    at: build_log?.at ?? "",
    kind: state("build", status === "failed" ? "bad" : undefined),
    said,
    source: html`<a href="${actionPath(id)}">${name}</a>`,
  }));
}
