import { html } from "hono/html";
import { usersIn } from "../documents/collections";
import type { Json } from "../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../documents/nesting";
import type { User } from "../documents/user";
import type { Html } from "../forms/fields/field-type";
import { loginsIn } from "../login/login-log";
import { setMetadata } from "../login/users";
import type { Services } from "../management/family";
import { ManagementError } from "../management/management-error";
import type { CsrfToken } from "./csrf";
import { facts, more, state, table, time } from "./elements";
import { type Page, ROOT } from "./layout";
import { loginTable } from "./login-pages";
import { pageOf, pages, search } from "./paging";
import { userPath } from "./paths";
import { askedAt, missingStages } from "./stages";

/** @param sought a part of what a user is called, or all users; @param page the first is 1 */
export function usersPage(services: Services, sought = "", page = "1"): Page {
  const users = usersIn(services.store)
    .list()
    .toReversed()
    .filter((user) => isCalled(user, sought.trim().toLowerCase()));
  const shown = pageOf(users, page);
  return {
    title: "Users",
    section: "users",
    content: html`${search("Email, name or user_id", sought)}
${table({
  caption: "Users, the newest first",
  columns: ["User", "user_metadata", "Missing", "Logins", "Last login", "Signed up"],
  rows: shown.items.map((user) => [
    html`<a href="${userPath(user.user_id)}">${nameOf(user)}</a>`,
    values(user),
    missing(services, user),
    loginsCount(user),
    time(lastLogin(user)) ?? "never",
    time(user.created_at),
  ]),
  empty: sought === "" ? "Nobody has signed up yet." : "Nobody is called so.",
})}
${pages(shown, (number) => `${ROOT}/users?${new URLSearchParams({ ...(sought !== "" && { q: sought }), page: String(number) })}`)}`,
  };
}

function isCalled({ user_id, email, username, name, phone_number }: User, sought: string): boolean {
  return [user_id, email, username, name, phone_number].some((text) => text?.toLowerCase().includes(sought));
}

export async function userPage(services: Services, csrf: CsrfToken, id: string): Promise<Page | undefined> {
  const { store } = services;
  const user = usersIn(store).get(id);
  if (user === undefined) {
    return undefined;
  }
  const logins = loginsIn(store)
    .list()
    .filter(({ user_id }) => user_id === id);
  return {
    title: nameOf(user),
    section: "users",
    content: html`${facts({
      Email:
        user.email &&
        html`${user.email} ${user.email_verified === true ? state("verified", "good") : state("not verified")}`,
      Name: user.name,
      Username: user.username,
      Phone: user.phone_number,
      Blocked: user.blocked === true ? state("blocked", "bad") : undefined,
      "Signed up": time(user.created_at),
      Logins: loginsCount(user),
      "Last login": time(lastLogin(user)) ?? "never",
      Connection: user.identities.map(({ connection }) => connection).join(", "),
      user_id: html`<code>${user.user_id}</code>`,
    })}
${metadataSection(user, "user_metadata", csrf)}
${await outlook(services, user)}
${metadataSection(user, "app_metadata", csrf)}
<section aria-labelledby="logins"><h2 id="logins">Logins</h2>
${loginTable(services, logins)}</section>
<section aria-labelledby="delete"><h2 id="delete">Delete this user</h2>
${deletion(user, csrf)}</section>`,
  };
}

/** What comes next, as the Actions say it for now and for later. */
async function outlook(services: Services, user: User): Promise<Html | ""> {
  const count = loginsCount(user);
  const moments = [
    { moment: "The next login, now", when: {} },
    ...(count < 2 ? [{ moment: "The third login, if it were now", when: { logins: 3 - count } }] : []),
    { moment: "The next login, tomorrow", when: { days: 1 } },
    { moment: "In 7 days", when: { days: 7 } },
    { moment: "In 30 days", when: { days: 30 } },
  ];
  const found = await Promise.all(
    moments.map(async ({ moment, when }) => [moment, await askedAt(services, user, when)]),
  );
  const rows = found.flatMap(([moment, asked]) => (asked === undefined ? [] : [[moment, asked]]));
  return rows.length === 0
    ? ""
    : html`<section aria-labelledby="next"><h2 id="next">What comes next</h2>
<p>If nothing is answered until then. The <a href="${ROOT}/#clock">clock</a> can be moved there.</p>
${table({ caption: "What comes next", columns: ["When", "Asked"], rows, empty: "" })}</section>`;
}

export type MetadataKind = "user_metadata" | "app_metadata";

function metadataSection(user: User, kind: MetadataKind, csrf: CsrfToken): Html {
  const entries = Object.entries(user[kind] ?? {});
  return html`<section aria-labelledby="${kind}"><h2 id="${kind}"><code>${kind}</code></h2>
${table({
  caption: kind,
  columns: ["Key", "Value", "Change"],
  rows: entries.map(([key, value], index) => [
    html`<code>${key}</code>`,
    typeof value === "string" ? value : html`<code>${JSON.stringify(value)}</code>`,
    change(user, kind, csrf, [key, value], index),
  ]),
  empty: `No ${kind} yet.`,
})}</section>`;
}

function change(
  user: User,
  kind: MetadataKind,
  csrf: CsrfToken,
  [key, value]: readonly [string, unknown],
  index: number,
): Html {
  const id = `${kind}-${index}`;
  const isText = typeof value === "string";
  return more(
    html`Change<span class="hidden"> ${key}</span>`,
    html`<form class="change" method="post" action="${userPath(user.user_id)}/metadata">${csrf.field}
<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="key" value="${key}">
<input type="hidden" name="type" value="${isText ? "text" : "json"}">
<label for="${id}">Value<span class="hidden"> of ${key}</span>${isText ? "" : ", as JSON"}</label>
<input id="${id}" name="value" value="${isText ? value : JSON.stringify(value)}" autocomplete="off">
<button type="submit" name="do" value="save">Save<span class="hidden"> ${key}</span></button>
<button type="submit" name="do" value="delete" class="danger">Delete<span class="hidden"> ${key}</span></button>
</form>`,
  );
}

/** Changes or deletes a key of a user's metadata, as the Management API would. @throws ManagementError SyntaxError of JSON */
export async function changeMetadata(
  services: Services,
  id: string,
  posted: Readonly<Record<string, unknown>>,
): Promise<void> {
  const kind: MetadataKind = posted.kind === "app_metadata" ? "app_metadata" : "user_metadata";
  const text = String(posted.value ?? "");
  const value = posted.do === "delete" ? null : posted.type === "json" ? (JSON.parse(text) as Json) : text;
  if (isTooDeep(value)) {
    throw new ManagementError(400, `the value is nested deeper than ${MAXIMUM_DEPTH} levels`);
  }
  await setMetadata(services, id, kind, String(posted.key), value);
}

const SHOWN_VALUE_CHARACTERS = 60;

function missing(services: Services, user: User): string {
  const stages = missingStages(services, user);
  return stages === undefined ? "as the Action decides" : stages.join(", ") || "nothing";
}

/** What a user has answered. */
function values({ user_metadata = {} }: User): Html | string {
  const entries = Object.entries(user_metadata);
  return entries.length === 0
    ? "none yet"
    : html`<ul class="values">${entries.map(([key, value]) => {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const shown = text.length > SHOWN_VALUE_CHARACTERS ? `${text.slice(0, SHOWN_VALUE_CHARACTERS)}…` : text;
        return html`<li><code>${key}</code> ${shown}</li>`;
      })}</ul>`;
}

export function nameOf({ email, username, name, user_id }: User): string {
  return email ?? username ?? name ?? user_id;
}

function deletion(user: User, csrf: CsrfToken): Html {
  return more(
    "Delete…",
    html`<form method="post" action="${userPath(user.user_id)}/delete">${csrf.field}
<p>The user, the password and the metadata are gone then; there is no way back.</p>
<button type="submit" class="danger">Delete ${nameOf(user)}</button>
</form>`,
  );
}

function loginsCount(user: User): number {
  return typeof user.logins_count === "number" ? user.logins_count : 0;
}

function lastLogin(user: User): string | undefined {
  return typeof user.last_login === "string" ? user.last_login : undefined;
}
