import { html } from "hono/html";

type Html = ReturnType<typeof html>;

/** Claims of an ID token. */
export type Claims = Readonly<Record<string, unknown>>;

const PROFILE = [
  "name",
  "nickname",
  "given_name",
  "family_name",
  "email",
  "email_verified",
  "phone_number",
  "updated_at",
];

/** For who has not logged in. */
export function startPage(): string {
  return layout(
    "Sample application",
    html`<p>This application knows nothing about you. Sign up, and see what you are asked.</p>
<p class="buttons"><a class="button" href="/sign-up">Sign up</a> <a class="button quiet" href="/login">Log in</a></p>`,
  );
}

/** What a local tenant tells of a user: see `GET /_tenant/answers` there. */
export interface Answers {
  readonly user_metadata: Readonly<Record<string, unknown>>;
  /** The steps that the last login showed, and the fields that were answered. */
  readonly asked: readonly string[];
  readonly answered: readonly string[];
}

/**
 * For who has: what the application was told, what this login asked, and where the tenant keeps the answers.
 *
 * @param known undefined where the tenant tells nothing, as Auth0 does
 */
export function userPage(claims: Claims, issuerBaseUrl: string, known?: Answers): string {
  const profile = PROFILE.filter((name) => claims[name] !== undefined);
  return layout(
    `Hello, ${String(claims.name ?? claims.email ?? claims.sub)}`,
    html`<p>You are logged in.</p>
<p class="buttons"><a class="button" href="/login">Log in again</a> <a class="button quiet" href="/logout">Log out</a></p>
${known === undefined ? "" : asked(known)}
<section aria-labelledby="metadata"><h2 id="metadata">Your answers</h2>
${known === undefined ? "" : given(known)}
${whereTheyStand(String(claims.sub), issuerBaseUrl)}</section>
<section aria-labelledby="profile"><h2 id="profile">Profile</h2>
${list(profile.map((name) => [name, claims[name]]))}</section>
<section aria-labelledby="claims"><h2 id="claims">Claims of the ID token</h2>
<details><summary>${Object.keys(claims).length} claims</summary>${list(Object.entries(claims))}</details></section>`,
  );
}

/** Whether it is the address of a local tenant. */
export function isLocal(issuerBaseUrl: string): boolean {
  return new URL(issuerBaseUrl).hostname === "localhost";
}

/** @param code of OpenID Connect, as in `access_denied` */
export function errorPage(title: string, message: string, code?: string): string {
  return layout(
    title,
    html`<p role="alert" class="error">${message}${code === undefined ? "" : html` <code>${code}</code>`}</p>
<p class="buttons"><a class="button" href="/">To the start</a></p>`,
  );
}

function asked({ asked, answered }: Answers): Html {
  const fields =
    answered.length === 0 ? "" : html`, and you answered ${answered.map((name) => html`<code>${name}</code> `)}`;
  return html`<section aria-labelledby="asked"><h2 id="asked">What this login asked</h2>
<p>${asked.length === 0 ? "Nothing." : html`${asked.join(", ")}${fields}`}</p></section>`;
}

function given({ user_metadata }: Answers): Html {
  const answers = Object.entries(user_metadata);
  return answers.length === 0 ? html`<p>None yet.</p>` : list(answers);
}

function whereTheyStand(userId: string, issuerBaseUrl: string): Html {
  if (!isLocal(issuerBaseUrl)) {
    return html`<p>They stand in <code>user_metadata</code>, in the dashboard under User Management, Users: <code>${userId}</code></p>`;
  }
  return html`<p>They stand in <code>user_metadata</code>:
<a href="${issuerBaseUrl}/_tenant/users/${encodeURIComponent(userId)}">what the tenant knows about you</a></p>`;
}

function list(pairs: readonly (readonly [string, unknown])[]): Html {
  return html`<dl>${pairs.map(([name, value]) => html`<div><dt><code>${name}</code></dt><dd>${text(value)}</dd></div>\n`)}</dl>`;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function layout(title: string, content: Html): string {
  return String(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/sample-app.css">
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`);
}
