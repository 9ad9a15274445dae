import { randomBytes, timingSafeEqual } from "node:crypto";
import { html } from "hono/html";
import type { Html } from "../forms/fields/field-type";

const NAME = "csrf_token";

/** What only pages of this process know: a page of another origin can post to the tenant, but not read what it shows. */
export class CsrfToken {
  private readonly token = randomBytes(32).toString("base64url");

  /** To be put into every form. */
  get field(): Html {
    return html`<input type="hidden" name="${NAME}" value="${this.token}">`;
  }

  /** Whether a form that was posted came from one of the pages. */
  isIn(posted: Readonly<Record<string, unknown>>): boolean {
    const given = Buffer.from(String(posted[NAME] ?? ""));
    const token = Buffer.from(this.token);
    return given.length === token.length && timingSafeEqual(given, token);
  }
}
