import { html } from "hono/html";
import { usersIn } from "../documents/collections";
import type { User } from "../documents/user";
import type { Html } from "../forms/fields/field-type";
import { loginsIn } from "../login/login-log";
import type { Services } from "../management/family";
import type { CsrfToken } from "./csrf";
import { facts, metadata, more, state, table, time } from "./elements";
import { type Page, ROOT } from "./layout";
import { loginTable } from "./login-pages";
import { pageOf, pages, search } from "./paging";
import { userPath } from "./paths";

/** @param sought a part of what a user is called, or all users; @param page the first is 1 */
export function usersPage({ store }: Services, sought = "", page = "1"): Page {
  const users = usersIn(store)
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
  columns: ["User", "user_metadata", "Logins", "Last login", "Signed up"],
  rows: shown.items.map((user) => [
    html`<a href="${userPath(user.user_id)}">${nameOf(user)}</a>`,
    Object.keys(user.user_metadata ?? {}).join(", ") || "none yet",
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

export function userPage({ store }: Services, csrf: CsrfToken, id: string): Page | undefined {
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
      user_id: html`<code>${user.user_id}</code>`,
      Name: user.name,
      Email:
        user.email &&
        html`${user.email} ${user.email_verified === true ? state("verified", "good") : state("not verified")}`,
      Username: user.username,
      Phone: user.phone_number,
      Connection: user.identities.map(({ connection }) => connection).join(", "),
      Blocked: user.blocked === true ? state("blocked", "bad") : undefined,
      "Signed up": time(user.created_at),
      Logins: loginsCount(user),
      "Last login": time(lastLogin(user)) ?? "never",
    })}
<section aria-labelledby="user_metadata"><h2 id="user_metadata"><code>user_metadata</code></h2>
${metadata(user.user_metadata, "user_metadata")}</section>
<section aria-labelledby="app_metadata"><h2 id="app_metadata"><code>app_metadata</code></h2>
${metadata(user.app_metadata, "app_metadata")}</section>
<section aria-labelledby="logins"><h2 id="logins">Logins</h2>
${loginTable(logins)}</section>
<section aria-labelledby="delete"><h2 id="delete">Delete this user</h2>
${deletion(user, csrf)}</section>`,
  };
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
