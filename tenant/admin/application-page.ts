import { html } from "hono/html";
import type { Client } from "../documents/client";
import type { ClientGrant } from "../documents/client-grant";
import { clientGrantsIn, clientsIn, resourceServersIn } from "../documents/collections";
import type { Store } from "../documents/store";
import type { Html } from "../forms/fields/field-type";
import { addressOf } from "../login/application-link";
import type { Services } from "../management/family";
import { isAudienceOf } from "../management/management-api";
import type { ScopeUsage } from "../management/scope-usage";
import { facts, more, table } from "./elements";
import type { Page } from "./layout";

/** The names that Auth0's dashboard has for `app_type`. */
const TYPES: Readonly<Record<string, string>> = {
  native: "Native application",
  spa: "Single-page application",
  regular_web: "Regular web application",
  non_interactive: "Machine to machine",
};

function typeInWords(type: string | undefined): string | undefined {
  return (type !== undefined && TYPES[type]) || type;
}

/** Applications, what they are granted, and which scopes of the Management API their requests used. */
export function applicationsPage({ store }: Services, usage: ScopeUsage): Page {
  const used = usage.toJSON();
  return {
    title: "Applications",
    section: "applications",
    content: html`${table({
      caption: "Scopes of the Management API",
      columns: ["Application", "Type", "Scopes used", "Scopes granted"],
      rows: clientsIn(store)
        .list()
        .map(({ client_id, name, app_type }) => [
          html`<a href="#${client_id}">${name}</a>`,
          typeInWords(app_type) ?? "none",
          used[client_id]?.length ?? 0,
          grantedScopes(client_id, store).length,
        ]),
      empty: "There are no applications.",
    })}
${clientsIn(store)
  .list()
  .map((client) => application(client, store, used[client.client_id] ?? []))}`,
  };
}

function application(client: Client, store: Store, used: readonly string[]): Html {
  const { client_id, name } = client;
  const grants = grantsOf(client_id, store);
  const address = addressOf(client);
  return html`<section aria-labelledby="${client_id}"><h2 id="${client_id}">${name}</h2>
${facts({
  "Log in at": address && html`<a href="${address}">${address}</a>`,
  Type: client.app_type && html`${typeInWords(client.app_type)} <code>${client.app_type}</code>`,
  "Grant types": client.grant_types.join(", "),
  "Client authentication": client.token_endpoint_auth_method,
  Callbacks: client.callbacks?.join(", "),
  "Client ID": html`<code>${client_id}</code>`,
  "Used since the tenant started": used.length === 0 ? "no scope of the Management API" : html`${scopes(used)}`,
})}
${grants.map(({ audience, scope = [], allow_all_scopes }) => {
  const api = resourceServersIn(store).find((server) => isAudienceOf(server, audience))?.name ?? audience;
  return allow_all_scopes === true
    ? html`<p>Granted: all scopes of ${api}.</p>`
    : more(`Granted: ${scope.length} scopes of ${api}`, scopes(scope));
})}
</section>
`;
}

function scopes(names: readonly string[]): Html {
  return html`<ul class="scopes">${names.map((name) => html`<li><code>${name}</code></li>`)}</ul>`;
}

function grantsOf(clientId: string, store: Store): readonly ClientGrant[] {
  return clientGrantsIn(store)
    .list()
    .filter(({ client_id }) => client_id === clientId);
}

function grantedScopes(clientId: string, store: Store): readonly string[] {
  const systemApi = resourceServersIn(store).find(({ is_system }) => is_system === true);
  return grantsOf(clientId, store)
    .filter(({ audience }) => systemApi !== undefined && isAudienceOf(systemApi, audience))
    .flatMap(({ scope }) => scope ?? []);
}
