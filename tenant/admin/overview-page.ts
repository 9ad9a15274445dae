import { html } from "hono/html";
import { clockAhead } from "../documents/clock";
import {
  actionsIn,
  clientsIn,
  flowsIn,
  formsIn,
  tenantSettingsIn,
  usersIn,
  vaultConnectionsIn,
} from "../documents/collections";
import { messagesIn } from "../documents/message";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import { addressOf } from "../login/application-link";
import { loginsIn } from "../login/login-log";
import type { LoginServices } from "../login/login-services";
import type { CsrfToken } from "./csrf";
import { facts, more, time } from "./elements";
import { type Page, ROOT } from "./layout";
import { loginTable } from "./login-pages";

const SHOWN_LOGINS = 5;

export function overviewPage(services: LoginServices, csrf: CsrfToken): Page {
  const { store, issuer, domain, pages } = services;
  const counts = [
    { name: "Users", path: "users", count: usersIn(store).size },
    { name: "Forms", path: "forms", count: formsIn(store).size },
    { name: "Flows", path: "flows", count: flowsIn(store).size },
    { name: "Vault connections", path: "flows#vault", count: vaultConnectionsIn(store).size },
    { name: "Actions", path: "actions", count: actionsIn(store).size },
    { name: "Applications", path: "applications", count: clientsIn(store).size },
    { name: "Messages", path: "outbox", count: messagesIn(store).size },
    { name: "Logins", path: "logins", count: loginsIn(store).size },
  ];
  return {
    title: "Overview",
    section: "overview",
    content: html`<ul class="counts">${counts.map(
      ({ name, path, count }) =>
        html`<li><a href="${ROOT}/${path}"><span>${name}</span> <strong>${count}</strong></a></li>`,
    )}</ul>
${facts({
  Name: tenantSettingsIn(store).get("settings")?.friendly_name as string | undefined,
  "Log in at": applicationLinks(store),
  Domain: html`<code>${domain}</code>`,
  "Applications log in at": html`<code>${pages}</code>`,
  "Management API": html`<code>${issuer}api/v2/</code>`,
})}
<section aria-labelledby="logins"><h2 id="logins">Last logins</h2>
${loginTable(services, loginsIn(store).list(), SHOWN_LOGINS)}</section>
<section aria-labelledby="clock"><h2 id="clock">Clock</h2>
<form class="clock" method="post" action="${ROOT}/move-clock">${csrf.field}
<p>Here it is ${time(new Date().toISOString())}${ahead()}. Actions, sessions and codes follow; what was deployed stays.</p>
<p><button type="submit" name="days" value="1">Tomorrow</button>
<button type="submit" name="days" value="30">In 30 days</button>
<button type="submit" name="days" value="0">The machine's time</button></p>
</form></section>
<section aria-labelledby="reset"><h2 id="reset">Begin again</h2>
${more(
  "Reset…",
  html`<form method="post" action="${ROOT}/reset">${csrf.field}
<p>All users, their logins, and the executions of flows are gone then. What is deployed stays: applications, forms, flows, Actions.</p>
<button type="submit" class="danger">Reset</button>
</form>`,
)}</section>`,
  };
}

/** Of what people log in to, as far as it says where it is. */
function applicationLinks(store: Store): Html | undefined {
  const links = clientsIn(store)
    .list()
    .flatMap((client) => {
      const address = addressOf(client);
      return address === undefined ? [] : [html`<a href="${address}">${client.name}</a> `];
    });
  return links.length === 0 ? undefined : html`${links}`;
}

const DAY_MILLISECONDS = 86_400_000;

/** Where a button of the clock moves it: so many days on from where it stands, or back. */
export function movedBy(days: unknown): number {
  const known = ["1", "30"].includes(String(days)) ? Number(days) : undefined;
  return known === undefined ? 0 : clockAhead() + known * DAY_MILLISECONDS;
}

function ahead(): string {
  const days = Math.round(clockAhead() / DAY_MILLISECONDS);
  return days === 0 ? "" : `, ${days} ${days === 1 ? "day" : "days"} ahead of the machine`;
}
