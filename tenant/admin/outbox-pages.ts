import { html } from "hono/html";
import { flowsIn, formsIn, usersIn } from "../documents/collections";
import { type Message, messagesIn } from "../documents/message";
import type { Services } from "../management/family";
import { code, facts, table, time } from "./elements";
import type { Page } from "./layout";
import { ROOT } from "./layout";
import { pageOf, pages } from "./paging";
import { flowPath, formPath, messagePath, userPath } from "./paths";

const KINDS: Readonly<Record<Message["kind"], string>> = { email: "Email", sms: "Text message", call: "Call" };

/** An email is shown as a page without an origin, which runs nothing; its pictures come from anywhere, as in a mail program. */
export const MESSAGE_SECURITY_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'self'";

/** What flows have sent, the newest first. */
export function outboxPage({ store }: Services, asked = ""): Page {
  const paged = pageOf(messagesIn(store).list().toReversed(), asked);
  return {
    title: "Outbox",
    section: "outbox",
    content: html`<p>What flows sent to people. It lies here and has reached nobody.</p>
${table({
  caption: "Messages, the newest first",
  columns: ["When", "What", "To", "Subject or text", "Code"],
  rows: paged.items.map((message) => [
    html`<a href="${messagePath(message.id)}">${time(message.created_at)}</a>`,
    KINDS[message.kind],
    message.to,
    message.subject ?? message.body,
    message.code && html`<code>${message.code}</code>`,
  ]),
  empty: "Nothing has been sent yet.",
})}
${pages(paged, (page) => `${ROOT}/outbox?page=${page}`)}`,
  };
}

export function messagePage({ store }: Services, id: string): Page | undefined {
  const message = messagesIn(store).get(id);
  if (message === undefined) {
    return undefined;
  }
  const { kind, from, to, subject, body, created_at } = message;
  const user = usersIn(store).get(message.user_id ?? "");
  const form = formsIn(store).get(message.form_id);
  const flow = flowsIn(store).get(message.flow_id);
  return {
    title: subject ?? `${KINDS[kind]} to ${to}`,
    section: "outbox",
    content: html`${facts({
      What: KINDS[kind],
      From: from ?? "the tenant's own sender",
      To: to,
      Code: message.code && html`<code>${message.code}</code>`,
      Sent: html`${time(created_at)}; it has reached nobody`,
      User: user && html`<a href="${userPath(user.user_id)}">${user.email ?? user.user_id}</a>`,
      Form: form && html`<a href="${formPath(form.id)}">${form.name}</a>`,
      Flow: flow && html`<a href="${flowPath(flow.id)}">${flow.name}</a>`,
    })}
<section aria-labelledby="text"><h2 id="text">As it would arrive</h2>
${
  kind === "email"
    ? html`<iframe class="message" src="${messagePath(id)}/body" title="The email" sandbox height="400"></iframe>`
    : code(body, "Text")
}</section>`,
  };
}

/** The page in the frame of an email's page; undefined where there is no such email. */
export function messageBody({ store }: Services, id: string): string | undefined {
  const message = messagesIn(store).get(id);
  return message?.kind === "email" ? message.body : undefined;
}
