import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../command/command-error";
import { readTenant, throwUnlessSound, type Variables } from "../lib/environments/tenant-environment";
import { managementApiIdentifier } from "../lib/tenant-domain";
import { clientAssertion } from "./client-assertion";

/** What a list of the Management API holds. */
export type Item = Readonly<Record<string, unknown>>;

/** How the tenant answers a client that asks for a token: the token and its scopes, or why there is none. */
export type TokenReply =
  | { readonly token: string; readonly scopes?: readonly string[] }
  | { readonly token?: undefined; readonly refusal: string };

/** What the tenant answers to a GET: something, or why it gives nothing. */
export type Reading =
  | { readonly isFound: true; readonly body: unknown }
  | { readonly isFound: false; readonly status: number; readonly message: string; readonly missingScopes?: string };

const PAGE = 100;
const TIMEOUT_MILLISECONDS = 30_000;
const ATTEMPTS = 5;
/** What a local tenant says of what it does not do, however often it is asked. */
const NOT_BUILT = 501;
/** What a tenant that has too much to do may ask for, at most. */
const LONGEST_WAIT_SECONDS = 60;

/** Words for what Node says of a tenant that can not be reached. */
const UNREACHABLE: Readonly<Record<string, string>> = {
  ENOTFOUND: "there is no such host; is AUTH0_DOMAIN right?",
  EAI_AGAIN: "its name can not be looked up; is there a network?",
  ECONNREFUSED: "nothing listens there; does the tenant run?",
  SELF_SIGNED_CERT_IN_CHAIN:
    "its certificate is of an unknown authority; set NODE_EXTRA_CA_CERTS, as a local tenant's env file does",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "its certificate is of an unknown authority; set NODE_EXTRA_CA_CERTS, as a local tenant's env file does",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "its certificate is of an unknown authority; set NODE_EXTRA_CA_CERTS, as a local tenant's env file does",
};

/** A tenant's Management API, to read: it sends GET requests alone, and asks `/oauth/token` for tokens. */
export class ManagementClient {
  /** Scopes that were missing so far: all of them are told at once. */
  private readonly missing = new Set<string>();

  /**
   * Logs in to the tenant that the environment names, as Auth0's provider does.
   *
   * @throws {@link CommandError}
   */
  static async enter(variables: Variables = process.env): Promise<ManagementClient> {
    const domain = tenantDomain(variables);
    const audience = variables.AUTH0_AUDIENCE || managementApiIdentifier(domain);
    if (variables.AUTH0_API_TOKEN) {
      return new ManagementClient(domain, variables.AUTH0_API_TOKEN);
    }
    const reply = await requestToken(domain, audience, credentials(domain, variables));
    if (reply.token === undefined) {
      throw new CommandError([
        `${domain} gives no token, ${reply.refusal}; are AUTH0_CLIENT_ID and its secret or key right?`,
      ]);
    }
    return new ManagementClient(domain, reply.token);
  }

  private constructor(
    readonly domain: string,
    private readonly token: string,
  ) {}

  /** What is at a path below `/api/v2/`; undefined where nothing is, or a scope is missing. */
  async get(path: string): Promise<Item | undefined> {
    return (await this.read(path)) as Item | undefined;
  }

  /** All pages of a list. */
  async list(path: string, key: string, query = ""): Promise<readonly Item[]> {
    const all: Item[] = [];
    for (let page = 0; ; page++) {
      const body = await this.read(`${path}?page=${page}&per_page=${PAGE}${query}`);
      const items = itemsOf(body, key);
      all.push(...items);
      if (items.length < PAGE) {
        return all;
      }
    }
  }

  /** The first pages of a list by checkpoints. */
  async listFirst(path: string, key: string, pages: number): Promise<readonly Item[]> {
    const all: Item[] = [];
    let from = "";
    for (let page = 0; page < pages; page++) {
      const body = await this.read(`${path}?take=${PAGE}${from}`);
      all.push(...itemsOf(body, key));
      const next = (body as { readonly next?: string } | undefined)?.next;
      if (next === undefined) {
        break;
      }
      from = `&from=${encodeURIComponent(next)}`;
    }
    return all;
  }

  /** Whether these credentials are good for the Management API of a domain: asked of this tenant alone. */
  tokenOf(clientId: string, clientSecret: string, audience: string): Promise<TokenReply> {
    return requestToken(this.domain, audience, { client_id: clientId, client_secret: clientSecret });
  }

  /** @throws {@link CommandError} that names every scope that was missing in a request until now */
  throwIfScopesMissing(): void {
    if (this.missing.size > 0) {
      const scopes = [...this.missing].sort().join(", ");
      throw new CommandError([
        `the client that asks lacks ${scopes}; grant it on the Management API of ${this.domain}, or set the variables of one that has it`,
      ]);
    }
  }

  /** Asks for what is at a path below `/api/v2/`, whatever the answer is. */
  async tryGet(path: string): Promise<Reading> {
    const url = this.urlOf(path);
    const reply = await send(url, { headers: { authorization: `Bearer ${this.token}` } });
    const body = await bodyOf(reply, url);
    if (reply.ok) {
      return { isFound: true, body };
    }
    const { message = "" } = body as { readonly message?: string };
    const [, scopes] = /Insufficient scope, expected any of: (.+)/.exec(message) ?? [];
    const isScope = reply.status === 403 && scopes !== undefined;
    return {
      isFound: false,
      status: reply.status,
      message,
      ...(isScope && { missingScopes: scopes.trim().replaceAll(",", " or ") }),
    };
  }

  /** The scopes of its token; undefined where the token does not tell them. */
  get scopes(): readonly string[] | undefined {
    return scopesIn(this.token);
  }

  private async read(path: string): Promise<unknown> {
    const reading = await this.tryGet(path);
    if (reading.isFound) {
      return reading.body;
    }
    const { status, message, missingScopes } = reading;
    if (missingScopes !== undefined) {
      this.missing.add(missingScopes);
      return undefined;
    }
    if (status === 404) {
      return undefined;
    }
    const hint = status === 401 ? "; is AUTH0_API_TOKEN one of this tenant, and not too old?" : "";
    throw new CommandError([`GET ${this.urlOf(path)} is answered with ${status}: ${message}${hint}`]);
  }

  private urlOf(path: string): string {
    return `https://${this.domain}/api/v2/${path}`;
  }
}

/** The tenant that the environment names. @throws {@link CommandError} also where there are no credentials */
export function tenantDomain(variables: Variables): string {
  const { domain, problems } = readTenant(variables);
  try {
    throwUnlessSound(problems);
  } catch (error) {
    throw new CommandError([(error as Error).message]);
  }
  return domain;
}

/** Auth0's tokens for the Management API are JSON web tokens; whether one is good, only the tenant says. */
function scopesIn(token: string): readonly string[] | undefined {
  try {
    const { scope } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    return typeof scope === "string" ? scope.split(" ") : undefined;
  } catch {
    return undefined;
  }
}

/** What goes into the request for a token, besides the audience. */
function credentials(domain: string, variables: Variables): Readonly<Record<string, string>> {
  const {
    AUTH0_CLIENT_ID: client_id,
    AUTH0_CLIENT_SECRET: client_secret,
    AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: privateKey,
    AUTH0_CLIENT_ASSERTION_SIGNING_ALG: algorithm,
  } = variables;
  if (client_id && privateKey && algorithm) {
    return {
      client_id,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: clientAssertion(client_id, domain, privateKey, algorithm),
    };
  }
  if (client_id && client_secret) {
    return { client_id, client_secret };
  }
  throw new CommandError([
    "AUTH0_CLI_LOGIN is not supported here, where only the provider reads the login of Auth0's command line: " +
      "this command logs in with AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET (or the client's private key), or with AUTH0_API_TOKEN; set them",
  ]);
}

async function requestToken(
  domain: string,
  audience: string,
  client: Readonly<Record<string, string>>,
): Promise<TokenReply> {
  const url = `https://${domain}/oauth/token`;
  const reply = await send(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ grant_type: "client_credentials", audience, ...client }),
  });
  const body = (await bodyOf(reply, url)) as Readonly<Record<string, string | undefined>>;
  if (reply.ok && typeof body.access_token === "string") {
    return { token: body.access_token, ...(body.scope !== undefined && { scopes: body.scope.split(" ") }) };
  }
  const why = [body.error, body.error_description].filter((part) => part !== undefined).join(": ");
  return { refusal: `it answers ${reply.status}${why === "" ? "" : ` (${why})`}` };
}

/** Sends a request, again where the tenant is busy or fails. */
async function send(url: string, request: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === ATTEMPTS;
    try {
      // A redirection would carry the credentials to somewhere else.
      const reply = await fetch(url, {
        ...request,
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      });
      if (isLast || (reply.status !== 429 && (reply.status < 500 || reply.status === NOT_BUILT))) {
        return reply;
      }
      await reply.body?.cancel();
      await sleep(reply.status === 429 ? waitOf(reply.headers) : pause(attempt));
    } catch (error) {
      const why = unreachable(error);
      if (isLast || why.isFinal) {
        throw new CommandError([`${new URL(url).host} can not be reached: ${why.text}`]);
      }
      await sleep(pause(attempt));
    }
  }
}

function pause(attempt: number): number {
  return 250 * 2 ** attempt;
}

/** Milliseconds until the tenant takes requests again, as far as it says. */
function waitOf(headers: Headers): number {
  const [after, reset] = ["retry-after", "x-ratelimit-reset"].map((name) => Number(headers.get(name) ?? Number.NaN));
  const seconds = Number.isFinite(after) ? (after as number) : (reset ?? Number.NaN) - Date.now() / 1000;
  return 1000 * (Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), LONGEST_WAIT_SECONDS) : 1);
}

function unreachable(error: unknown): { readonly text: string; readonly isFinal: boolean } {
  if (error instanceof Error && error.name === "TimeoutError") {
    return { text: `there was no answer in ${TIMEOUT_MILLISECONDS / 1000} seconds`, isFinal: true };
  }
  const cause = (error as { readonly cause?: { readonly code?: string; readonly message?: string } }).cause;
  const known = UNREACHABLE[cause?.code ?? ""];
  return { text: known ?? cause?.message ?? String(error), isFinal: known !== undefined };
}

async function bodyOf(reply: Response, url: string): Promise<unknown> {
  const text = await reply.text();
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    if (!reply.ok) {
      return {};
    }
    throw new CommandError([`${url} does not answer with JSON; is AUTH0_DOMAIN a tenant of Auth0?`]);
  }
}

function itemsOf(body: unknown, key: string): readonly Item[] {
  const items = Array.isArray(body) ? body : (body as Readonly<Record<string, unknown>> | undefined)?.[key];
  return Array.isArray(items) ? items : [];
}
