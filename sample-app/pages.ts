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
    html`<p>This application knows nothing about you. Log in, and see what you are asked.</p>
<p class="buttons"><a class="button" href="/login">Log in</a> <a class="button quiet" href="/sign-up">Sign up</a></p>`,
  );
}

/** For who has: what the application was told, and where the tenant keeps the answers. */
export function userPage(claims: Claims, issuerBaseUrl: string): string {
  const profile = PROFILE.filter((name) => claims[name] !== undefined);
  return layout(
    `Hello, ${String(claims.name ?? claims.email ?? claims.sub)}`,
    html`<p>You are logged in.</p>
<p class="buttons"><a class="button" href="/login">Log in again</a> <a class="button quiet" href="/logout">Log out</a></p>
<section aria-labelledby="profile"><h2 id="profile">Profile</h2>
${list(profile.map((name) => [name, claims[name]]))}</section>
<section aria-labelledby="metadata"><h2 id="metadata">Your answers</h2>
${answers(String(claims.sub), issuerBaseUrl)}</section>
<section aria-labelledby="claims"><h2 id="claims">Claims of the ID token</h2>
${list(Object.entries(claims))}</section>`,
  );
}

/** @param code of OpenID Connect, as in `access_denied` */
export function errorPage(title: string, message: string, code?: string): string {
  return layout(
    title,
    html`<p role="alert" class="error">${message}${code === undefined ? "" : html` <code>${code}</code>`}</p>
<p class="buttons"><a class="button" href="/">To the start</a></p>`,
  );
}

function answers(userId: string, issuerBaseUrl: string): Html {
  const { hostname } = new URL(issuerBaseUrl);
  if (hostname !== "localhost") {
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
