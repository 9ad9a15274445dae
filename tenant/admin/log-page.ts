import { html } from "hono/html";
import type { Action } from "../documents/action";
import { actionsIn } from "../documents/collections";
import type { Html } from "../forms/fields/field-type";
import { type LoginRecord, loginsIn } from "../login/login-log";
import type { Services } from "../management/family";
import { state, table, time } from "./elements";
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
  const entries = [...loginsIn(store).list().flatMap(entriesOf), ...actionsIn(store).list().flatMap(buildEntries)]
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
  const source = html`<a href="${loginPath(login.id)}">${login.user_name ?? login.kind}</a>`;
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

function buildEntries({ id, name, status, build_log }: Action): readonly Entry[] {
  return (build_log?.lines ?? []).map((said) => ({
    at: build_log?.at ?? "",
    kind: state("build", status === "failed" ? "bad" : undefined),
    said,
    source: html`<a href="${actionPath(id)}">${name}</a>`,
  }));
}
