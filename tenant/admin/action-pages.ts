import { html } from "hono/html";
import type { Action, ActionVersion } from "../documents/action";
import { actionsIn, actionVersionsIn, triggerBindingsIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import { loginsIn } from "../login/login-log";
import type { Services } from "../management/family";
import { code, facts, more, state, table, time } from "./elements";
import type { Page } from "./layout";
import { consoleTable } from "./login-pages";
import { actionPath, loginPath } from "./paths";

const SHOWN_RUNS = 20;

export function actionsPage({ store }: Services): Page {
  return {
    title: "Actions",
    section: "actions",
    content: table({
      caption: "Actions",
      columns: ["Action", "Trigger", "Deployed", "Bound", "Changed"],
      rows: actionsIn(store)
        .list()
        .map((action) => [
          html`<a href="${actionPath(action.id)}">${action.name}</a>`,
          triggersOf(action),
          deployment(action, store),
          placesOf(action, store).join(", ") || "no",
          time(action.updated_at),
        ]),
      empty: "There are no Actions yet.",
    }),
  };
}

export function actionPage({ store }: Services, id: string): Page | undefined {
  const action = actionsIn(store).get(id);
  if (action === undefined) {
    return undefined;
  }
  const deployed = actionVersionsIn(store).get(action.deployed_version_id ?? "");
  const versions = actionVersionsIn(store)
    .list()
    .filter(({ action_id }) => action_id === id)
    .toSorted((one, other) => other.number - one.number);
  return {
    title: action.name,
    section: "actions",
    content: html`${facts({
      Id: html`<code>${action.id}</code>`,
      Trigger: triggersOf(action),
      Bound: placesOf(action, store).join(", ") || "no: it does not run",
      Deployed: deployment(action, store),
      Runtime: action.runtime,
      Secrets:
        action.secrets.length === 0
          ? "none"
          : html`${action.secrets.map(({ name }) => html`<code>${name}</code> `)} (nobody is shown their values)`,
      Dependencies: action.dependencies.map(({ name, version }) => `${name}@${version}`).join(", ") || "none",
      Build:
        action.build_log === undefined
          ? action.status
          : html`${state(action.status, action.status === "failed" ? "bad" : undefined)} ${action.build_log.lines.join("; ")}`,
      Created: time(action.created_at),
      Changed: time(action.updated_at),
    })}
<section aria-labelledby="code"><h2 id="code">Code</h2>
${programs(action, deployed)}</section>
<section aria-labelledby="versions"><h2 id="versions">Versions</h2>
${table({
  caption: "Versions, the newest first",
  columns: ["Version", "Deployed", "Runtime", "Made"],
  rows: versions.map((version) => [
    version.number,
    version.id === deployed?.id ? state("deployed", "good") : "no",
    version.runtime,
    time(version.created_at),
  ]),
  empty: "No version was deployed yet.",
})}</section>
<section aria-labelledby="runs"><h2 id="runs">Runs</h2>
${runs(action, store)}</section>`,
  };
}

function programs(action: Action, deployed: ActionVersion | undefined): Html {
  if (deployed === undefined) {
    return html`<p>Only a draft, which does not run:</p>${code(action.code, "Code of the draft")}`;
  }
  return html`<p>Version ${deployed.number}, which runs:</p>
${code(deployed.code, "Code that runs")}
${deployed.code === action.code ? "" : more("The draft is another", code(action.code, "Code of the draft"))}`;
}

function runs({ id }: Action, store: Store): Html {
  const found = loginsIn(store)
    .list()
    .flatMap((login) => login.actions.filter(({ action_id }) => action_id === id).map((run) => ({ login, run })))
    .toReversed()
    .slice(0, SHOWN_RUNS);
  if (found.length === 0) {
    return html`<p class="empty">It has not run yet.</p>`;
  }
  return html`${found.map(
    ({ login, run }) => html`<article>
<h3>${time(run.ran_at)} <code>${run.handler}</code></h3>
${facts({
  Login: html`<a href="${loginPath(login.id)}">${login.kind} of ${login.user_name ?? login.user_id ?? "someone unknown"}</a>`,
  Result: run.error === undefined ? state("done", "good") : state("failed", "bad"),
  Error: run.error,
  Took: `${run.milliseconds} ms`,
  "Asked for": run.commands.join(", ") || "nothing",
})}
${consoleTable(run.console)}
</article>
`,
  )}`;
}

function deployment({ deployed_version_id, all_changes_deployed }: Action, store: Store): Html {
  const version = actionVersionsIn(store).get(deployed_version_id ?? "");
  if (version === undefined) {
    return state("not deployed", "bad");
  }
  return all_changes_deployed
    ? state(`version ${version.number}`, "good")
    : html`${state(`version ${version.number}`, "good")} ${state("the draft has changes")}`;
}

/** As in `post-login, 1st of 2`. */
function placesOf({ id }: Action, store: Store): readonly string[] {
  return triggerBindingsIn(store)
    .list()
    .flatMap(({ trigger_id, bindings }) => {
      const place = bindings.findIndex(({ action_id }) => action_id === id);
      return place === -1 ? [] : [`${trigger_id}, ${place + 1} of ${bindings.length}`];
    });
}

function triggersOf({ supported_triggers }: Action): string {
  return supported_triggers.map(({ id, version }) => `${id} ${version}`).join(", ");
}
