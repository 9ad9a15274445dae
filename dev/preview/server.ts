import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { CommandError } from "../../command/command-error";
import { systemWords } from "../../command/system-words";
import type { LocalTenant } from "../local-tenant";
import type { Problem } from "../problem";
import { frameFile } from "./frames";
import { Logins } from "./login";
import { loggedInPage, previewPage, problemPage } from "./page";
import { lastAnswered, metadataOf, readPerson } from "./person";
import { type GoodState, NOTHING_YET, type ShownState, withGood, withProblems } from "./shown-state";
import { tenantPages } from "./tenant-pages";

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; frame-ancestors 'none'";
const LONGEST_BODY = 64 * 1024;

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** Serves the preview on the loopback interface, and tells open pages when it is another. */
export class PreviewServer {
  private state: ShownState = NOTHING_YET;
  private readonly open = new Set<ServerResponse>();
  private readonly logins: Logins;

  private constructor(
    private readonly server: Server,
    private readonly tenant: LocalTenant,
    /** `http://localhost:port` */
    readonly url: string,
  ) {
    this.logins = new Logins(tenant, `${url}/logged-in`);
    server.on("request", (request, response) => void this.answer(request, response));
  }

  /** @throws {@link CommandError} where the port is taken */
  static async start(port: number, tenant: LocalTenant): Promise<PreviewServer> {
    const server = createServer();
    server.listen(port, "127.0.0.1");
    try {
      await once(server, "listening");
    } catch (error) {
      throw new CommandError([
        `[--preview-port] ${port} ${systemWords(error, "had")}; stop what uses it, or give another one (0 takes a free one)`,
      ]);
    }
    return new PreviewServer(server, tenant, `http://localhost:${(server.address() as AddressInfo).port}`);
  }

  show(good: GoodState): void {
    this.become(withGood(this.state, good));
  }

  /** Keeps what is shown, and says why it is not what was saved last. */
  fail(problems: readonly Problem[]): void {
    this.become(withProblems(this.state, problems));
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private become(state: ShownState): void {
    this.state = state;
    for (const response of this.open) {
      response.write(`data: ${state.version}\n\n`);
    }
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? "/", this.url);
      if (url.pathname === "/events" && isFromHere(request, this.url)) {
        this.tell(response);
        return;
      }
      const reply = await this.reply(request, url);
      const headers = {
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
      };
      response.writeHead(reply.status ?? 200, {
        ...headers,
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": POLICY,
        ...(reply.headers as Record<string, string | string[]>),
      });
      response.end(reply.body);
    } catch (error) {
      const isGiven = error instanceof CommandError;
      response.writeHead(isGiven ? 400 : 500, { "content-type": "text/html; charset=utf-8" });
      response.end(problemPage(isGiven ? error.message : `The preview has failed: ${error}`));
    }
  }

  private async reply(request: IncomingMessage, url: URL): Promise<Reply> {
    const { pathname, searchParams: query } = url;
    if (!isFromHere(request, this.url)) {
      return { status: 421, body: problemPage(`The preview is at ${this.url}`) };
    }
    if (request.method === "POST" && pathname === "/log-in") {
      return this.logIn(new URLSearchParams(await bodyOf(request)));
    }
    if (pathname === "/") {
      return { body: await this.page(query) };
    }
    if (pathname === "/logged-in") {
      return { body: await this.loggedIn(query) };
    }
    if (pathname === "/assets/preview.css" || pathname === "/assets/preview.js") {
      const isStyles = pathname.endsWith(".css");
      const own = readFileSync(join(__dirname, pathname), "utf8");
      return {
        headers: { "content-type": `text/${isStyles ? "css" : "javascript"}; charset=utf-8` },
        body: isStyles ? `${own}\n${tenantPages().FORM_PICTURES_STYLES}` : own,
      };
    }
    if (pathname.startsWith("/frames/")) {
      const metadata = query.get("metadata");
      const file = frameFile(this.state, pathname, metadata === null ? undefined : JSON.parse(metadata));
      if (file !== undefined) {
        const headers = { "content-type": file.contentType, "content-security-policy": file.policy };
        return { headers, body: file.body };
      }
    }
    return { status: 404, body: problemPage("There is nothing at this address") };
  }

  private async page(query: URLSearchParams): Promise<string> {
    const person = readPerson(query);
    let metadata: object | undefined;
    let typedProblem: string | undefined;
    try {
      ({ user_metadata: metadata } = await metadataOf(person, this.tenant));
    } catch (error) {
      if (!(error instanceof CommandError)) {
        throw error;
      }
      typedProblem = error.message;
    }
    const [locale = "", scheme = "", size = ""] = ["locale", "scheme", "size"].map((name) => query.get(name) ?? "");
    return previewPage({
      state: this.state,
      view: { locale, scheme, size },
      person,
      metadata,
      typedProblem,
      isAnswered: (await lastAnswered(this.tenant)) !== undefined,
      tenantPages: this.tenant.env.ISSUER_BASE_URL,
    });
  }

  private async logIn(posted: URLSearchParams): Promise<Reply> {
    const { url, cookies } = await this.logins.begin(await metadataOf(readPerson(posted), this.tenant));
    return { status: 303, headers: { location: url, "set-cookie": cookies } };
  }

  private async loggedIn(query: URLSearchParams): Promise<string> {
    const id = query.get("state") ?? "";
    const { status, body } = await this.tenant.request("GET", `/api/v2/users/${encodeURIComponent(id)}`);
    const problem = query.get("error_description") ?? query.get("error") ?? undefined;
    return status === 200
      ? loggedInPage(body.email, body.user_metadata ?? {}, problem)
      : problemPage("The tenant does not know who has logged in; begin on the preview");
  }

  /** Server-sent events: the version, at once and whenever it is another. */
  private tell(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`retry: 500\ndata: ${this.state.version}\n\n`);
    this.open.add(response);
    response.on("close", () => this.open.delete(response));
  }
}

/** A page of another site that has its own name point to this machine is turned away, and so is one that posts to here. */
function isFromHere({ headers, method }: IncomingMessage, url: string): boolean {
  const { host } = new URL(url);
  return headers.host === host && (method === "GET" || headers.origin === url);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) {
    text += part;
    if (text.length > LONGEST_BODY) {
      throw new CommandError(["[metadata] is longer than 64 KiB; give less"]);
    }
  }
  return text;
}
