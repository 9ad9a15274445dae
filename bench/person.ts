/** A person who logs in by plain HTTP, as a browser without JavaScript does, and the application that they log in to. */
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  Agent,
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
  request,
} from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";

/** What a crowd has to know of a tenant. */
export interface Place {
  /** Origin of the pages, as in `http://localhost:9444`. */
  readonly pages: string;
  /** `localhost:port` of the Management API, where the application exchanges its codes over TLS. */
  readonly domain: string;
  readonly ca: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** A callback that the client allows; nothing has to listen there. */
  readonly callback: string;
  /** Of the deploying client, for the Management API. */
  readonly token: string;
}

/** What the tenant answered. */
interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A login that has ended with tokens. */
export interface LoggedIn {
  readonly userId: string;
  /** How many steps of forms were answered. */
  readonly steps: number;
}

/** What of a login is watched from outside. */
export interface Watched {
  /** Is told that a password was accepted: there was no session. */
  readonly identified?: () => void;
  /** Is told of a step's answers before they are posted, by the keys under which they are saved. @returns whether to go on */
  readonly gives?: (answers: Readonly<Record<string, string>>) => boolean;
  /** Is told when the tenant has confirmed them. */
  readonly confirmed?: (answers: Readonly<Record<string, string>>) => void;
}

export const PASSWORD = "correct horse 1A";
const MOST_STEPS = 10;

/** The doors of a tenant, with connections that are kept. */
export class Door {
  private readonly agent = new Agent({ keepAlive: true });
  private readonly secureAgent: SecureAgent;

  constructor(readonly place: Place) {
    this.secureAgent = new SecureAgent({ keepAlive: true, ca: place.ca });
  }

  page(path: string, options: RequestOptions, body?: string): Promise<Answer> {
    return answered(() => request(`${this.place.pages}${path}`, { ...options, agent: this.agent }), body);
  }

  secure(path: string, options: RequestOptions, body?: string): Promise<Answer> {
    const url = `https://${this.place.domain}${path}`;
    return answered(() => secureRequest(url, { ...options, agent: this.secureAgent }), body);
  }

  /** Asks the Management API, below `/api/v2`. */
  async manage(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { "content-type": "application/json", authorization: `Bearer ${this.place.token}` };
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const { status, text } = await this.secure(`/api/v2${path}`, { method, headers }, sent);
    if (status >= 300) {
      throw new Error(`${method} ${path} answered ${status}: ${text}`);
    }
    return JSON.parse(text);
  }

  close(): void {
    this.agent.destroy();
    this.secureAgent.destroy();
  }
}

async function answered(send: () => ClientRequest, body?: string): Promise<Answer> {
  const outgoing = send();
  outgoing.end(body);
  let incoming: IncomingMessage;
  try {
    [incoming] = await once(outgoing, "response");
  } catch (error) {
    // The tenant closed the kept connection before it saw the request: https://nodejs.org/api/http.html#requestreusedsocket
    if (outgoing.reusedSocket) {
      return answered(send, body);
    }
    throw error;
  }
  incoming.setEncoding("utf8");
  let text = "";
  for await (const part of incoming) {
    text += part;
  }
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, text };
}

/** A login that its person left at a form. */
export class LeftError extends Error {}

/**
 * Logs somebody in: authorization, sign-up or password where the browser has no session, every step of a form, code, tokens.
 *
 * @throws LeftError where `gives` says so, and when anything on the way is not as it has to be
 */
export async function logIn(
  browser: Browser,
  email: string,
  way: "sign up" | "log in",
  { identified = () => undefined, gives = () => true, confirmed = () => undefined }: Watched = {},
): Promise<LoggedIn> {
  const { place } = browser.door;
  const verifier = randomBytes(32).toString("base64url");
  const asked = new URLSearchParams({
    client_id: place.clientId,
    response_type: "code",
    redirect_uri: place.callback,
    scope: "openid profile email",
    state: "the-state",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(way === "sign up" && { screen_hint: "signup" }),
  });
  await browser.go(`/authorize?${asked}`);
  if (browser.isAtPassword) {
    await browser.submit({ [way === "sign up" ? "email" : "username"]: email, password: PASSWORD });
    identified();
  }
  let steps = 0;
  for (; browser.isAtForm; steps++) {
    if (steps === MOST_STEPS) {
      throw new Error(`${email} is at a form that does not end: ${browser.text}`);
    }
    const given = browser.filledIn();
    const answers = Object.fromEntries(Object.entries(given).map(([name, value]) => [key(name), value]));
    if (!gives(answers)) {
      throw new LeftError(email);
    }
    await browser.submit({ action: "next", ...given });
    confirmed(answers);
  }
  const code = new URL(browser.url).searchParams.get("code");
  if (!browser.url.startsWith(place.callback) || code === null) {
    throw new Error(`${email} wanted to ${way} and is at ${browser.url}: ${browser.text}`);
  }
  const tokens = await browser.door.secure(
    "/oauth/token",
    { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } },
    new URLSearchParams({
      grant_type: "authorization_code",
      client_id: place.clientId,
      client_secret: place.clientSecret,
      code,
      code_verifier: verifier,
      redirect_uri: place.callback,
    }).toString(),
  );
  const { id_token } = tokens.status === 200 ? JSON.parse(tokens.text) : {};
  if (typeof id_token !== "string") {
    throw new Error(`${email} got no tokens: ${tokens.status} ${tokens.text}`);
  }
  const { sub } = JSON.parse(Buffer.from(id_token.split(".")[1] ?? "", "base64url").toString());
  return { userId: sub, steps };
}

/** `job_title` of `field.job_title`. */
function key(name: string): string {
  return name.replace(/^field\./, "");
}

/** Cookies, redirects and the form of the page, and nothing else that a browser does. */
export class Browser {
  url = "";
  text = "";
  private readonly cookies = new Map<string, { readonly pair: string; readonly path: string }>();

  constructor(readonly door: Door) {}

  get isAtPassword(): boolean {
    return /^\/u\/(login|signup)$/.test(new URL(this.url).pathname);
  }

  get isAtForm(): boolean {
    return this.url.startsWith(`${this.door.place.pages}/u/custom-prompt/`);
  }

  /** Follows redirects, to a page or out of the tenant. */
  async go(path: string, body?: string): Promise<void> {
    const headers: Record<string, string> = { cookie: this.cookiesFor(path), "accept-language": "en" };
    if (body !== undefined) {
      headers["content-type"] = "application/x-www-form-urlencoded";
    }
    const answer = await this.door.page(path, { method: body === undefined ? "GET" : "POST", headers }, body);
    answer.headers["set-cookie"]?.forEach((cookie) => {
      this.keep(cookie);
    });
    const { pages } = this.door.place;
    this.url = new URL(answer.headers.location ?? path, pages).href;
    this.text = answer.text;
    if (answer.headers.location === undefined && answer.status !== 200) {
      throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    }
    if (answer.headers.location !== undefined && this.url.startsWith(`${pages}/`)) {
      await this.go(this.url.slice(pages.length));
    }
  }

  /** Posts the form of the page with what is hidden in it. */
  async submit(entries: Readonly<Record<string, string>>): Promise<void> {
    const action = /<form[^>]* action="([^"]*)"/.exec(this.text)?.[1];
    if (action === undefined) {
      throw new Error(`there is no form at ${this.url}: ${this.text}`);
    }
    const hidden = this.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
    const body = new URLSearchParams([...hidden].map(([, name = "", value = ""]): [string, string] => [name, value]));
    for (const [name, value] of Object.entries(entries)) {
      body.set(name, value);
    }
    await this.go(action.replaceAll("&amp;", "&"), body.toString());
  }

  /** What the page of a step demands, a text of its own for each text. */
  filledIn(): Record<string, string> {
    const given: Record<string, string> = {};
    for (const [tag, name = ""] of this.text.matchAll(
      /<(?:input type="text"|select) [^>]*name="(field\.[^"]*)"[^>]*>/g,
    )) {
      if (tag.includes(" required")) {
        given[name] = tag.startsWith("<select") ? this.optionOf(tag) : randomBytes(12).toString("base64url");
      }
    }
    return given;
  }

  private optionOf(select: string): string {
    const options = this.text.slice(this.text.indexOf(select));
    const values = [...options.slice(0, options.indexOf("</select>")).matchAll(/<option value="([^"]+)"/g)];
    return values.at(-1)?.[1] ?? "";
  }

  private keep(cookie: string): void {
    const [pair = "", ...attributes] = cookie.split("; ");
    const path = attributes.find((attribute) => attribute.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
    const name = pair.slice(0, pair.indexOf("="));
    if (pair === `${name}=`) {
      this.cookies.delete(`${name} ${path}`);
    } else {
      this.cookies.set(`${name} ${path}`, { pair, path });
    }
  }

  private cookiesFor(path: string): string {
    return [...this.cookies.values()]
      .filter((cookie) => path.startsWith(cookie.path))
      .map(({ pair }) => pair)
      .join("; ");
  }
}
