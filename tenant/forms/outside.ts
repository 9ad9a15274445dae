import { setTimeout } from "node:timers";
import type { Json } from "../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../documents/nesting";
import { type Answers, NO_ANSWERS, type ServiceAnswer } from "./answers";
import { FlowActionError } from "./flow-actions/flow-action-error";

/** A request of a flow to a service that is not this tenant. */
export interface OutsideRequest {
  readonly method: string;
  readonly url: URL;
  /** Their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutsideReply {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Json;
}

const TIMEOUT_MILLISECONDS = 10_000;
const MAX_REPLY_CHARACTERS = 1024 * 1024;

/** What is beyond the tenant: canned answers, and the hosts that were allowed. Nothing else is reached. */
export class Outside {
  /** @param allowedHosts as in `api.example.com`, or `localhost:8080` for that port alone */
  constructor(
    private readonly answers: Answers = NO_ANSWERS,
    private readonly allowedHosts: readonly string[] = [],
  ) {}

  /** The answer that the file has for a request. */
  answer(method: string, url: URL): OutsideReply | undefined {
    const found = this.answers.services.find((answer) => isFor(answer, method, url));
    return found && { status: found.status, headers: found.headers, body: found.body };
  }

  /** What the file has for an action, as in `SLACK/POST_MESSAGE`. */
  outcome(action: string) {
    return this.answers.actions.get(action);
  }

  /** @throws FlowActionError where there is no answer and the host is not allowed, or where it can not be reached */
  async request(request: OutsideRequest): Promise<OutsideReply> {
    const { method, url } = request;
    const answer = this.answer(method, url);
    if (answer !== undefined) {
      return answer;
    }
    if (!this.allowedHosts.some((host) => host === url.host || host === url.hostname)) {
      throw new FlowActionError(
        `no request leaves the local tenant: ${method} ${url.origin}${url.pathname} was not sent; let it through with --allow-host ${url.host}, or answer it from a file with --answers`,
      );
    }
    return sent(request);
  }
}

function isFor({ method, url: pattern }: ServiceAnswer, askedMethod: string, url: URL): boolean {
  const address = `${url.origin}${url.pathname}${pattern.includes("?") ? url.search : ""}`;
  return (method === undefined || method === askedMethod) && matches(pattern, address);
}

/** Whether a text is like a pattern, in which `*` stands for any text. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split("*");
  const last = parts.pop() ?? "";
  if (parts.length === 0) {
    return text === last;
  }
  const [first = "", ...middle] = parts;
  if (!text.startsWith(first)) {
    return false;
  }
  let at = first.length;
  for (const part of middle) {
    const found = text.indexOf(part, at);
    if (found === -1) {
      return false;
    }
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

async function sent({ method, url, headers, body }: OutsideRequest): Promise<OutsideReply> {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), TIMEOUT_MILLISECONDS);
  const named = `${method} ${url.origin}${url.pathname}`;
  try {
    // A redirection could lead to a host that is not allowed.
    const reply = await fetch(url, {
      ...{ method, headers, redirect: "manual", signal: timeout.signal },
      ...(body !== undefined && { body }),
    });
    const text = await limited(reply, named);
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: read(text, reply, named) };
  } catch (error) {
    if (error instanceof FlowActionError) {
      throw error;
    }
    const { cause } = error as Error;
    const reason = timeout.signal.aborted
      ? `took longer than ${TIMEOUT_MILLISECONDS / 1000} s`
      : `failed: ${cause instanceof Error ? cause.message || String(cause) : String(error)}`;
    throw new FlowActionError(`${named} ${reason}`);
  } finally {
    clearTimeout(timer);
  }
}

async function limited(reply: Response, named: string): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const part of reply.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MAX_REPLY_CHARACTERS) {
      throw new FlowActionError(`${named} answered more than ${MAX_REPLY_CHARACTERS} characters`);
    }
  }
  return text;
}

/** JSON as what it says, all else as text. */
function read(text: string, { headers }: Response, named: string): Json {
  if (!/[/+]json\b/i.test(headers.get("content-type") ?? "")) {
    return text;
  }
  let body: Json;
  try {
    body = JSON.parse(text);
  } catch {
    return text;
  }
  if (isTooDeep(body)) {
    throw new FlowActionError(`${named} answered what is nested deeper than ${MAXIMUM_DEPTH} levels`);
  }
  return body;
}
