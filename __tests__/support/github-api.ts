import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string; readonly type: string };
  body: string;
}

/** The part of GitHub's API that the workflow's commands use, for the repository `acme/login`. */
export class GitHubApi {
  readonly comments: Comment[] = [];
  readonly pullRequests: object[] = [];
  readonly runs: {
    readonly id: number;
    readonly run_number: number;
    readonly head_sha: string;
    readonly head_repository: { full_name: string };
  }[] = [];
  /** By the id of their run. */
  readonly jobs = new Map<number, { readonly name: string; readonly conclusion: string }[]>();
  /** By the id of their run. */
  readonly artifacts = new Map<number, { id: number; name: string; expired: boolean }[]>();
  /** Method and path of every request. */
  readonly requests: string[] = [];
  private refusal: { readonly status: number; readonly message: string } | undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<GitHubApi> {
    const server = createServer();
    const api = new GitHubApi(server);
    server.on("request", async (request, response) => {
      let text = "";
      for await (const part of request) {
        text += part;
      }
      const url = new URL(request.url ?? "", api.url);
      api.requests.push(`${request.method} ${url.pathname}${url.search}`);
      const isKnown = request.headers.authorization === "Bearer the-token";
      const { status, body, next } = isKnown
        ? api.answer(request.method ?? "", url, text === "" ? undefined : JSON.parse(text))
        : { status: 401, body: { message: "Bad credentials" }, next: undefined };
      if (next !== undefined) {
        response.setHeader("link", `<${next}>; rel="next", <${next}>; rel="last"`);
      }
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What a command finds in its environment. */
  get environment(): Readonly<Record<string, string>> {
    return { GITHUB_API_URL: this.url, GITHUB_REPOSITORY: "acme/login", GITHUB_TOKEN: "the-token" };
  }

  /** Answers all requests so from now on. */
  refuse(status: number, message: string): void {
    this.refusal = { status, message };
  }

  /** Has pull request 7 merged, whose run 1 kept artifacts of these names; the id of each is its place. */
  merge(commit: string, head: string, artifacts: readonly string[]): void {
    this.pullRequests.splice(0, Infinity, {
      number: 7,
      merged_at: "2026-11-23T00:00:00Z",
      merge_commit_sha: commit,
      base: { ref: "main" },
      head: { sha: head },
    });
    this.artifacts.set(
      1,
      artifacts.map((name, id) => ({ id, name, expired: false })),
    );
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private answer(
    method: string,
    url: URL,
    body: { body: string } | undefined,
  ): { status: number; body: unknown; next?: string | undefined } {
    if (this.refusal !== undefined) {
      return { status: this.refusal.status, body: { message: this.refusal.message } };
    }
    const path = url.pathname.replace("/repos/acme/login", "");
    const [, id] = /\/(\d+)(\/|$)/.exec(path) ?? [];
    switch (`${method} ${path.replace(/\/(\d+|[0-9a-f]{40})(?=\/|$)/, "/*")}`) {
      case "GET ":
        return { status: 200, body: { full_name: "acme/login" } };
      case "GET /issues/*/comments":
        return page(this.comments, url, (comments) => comments);
      case "POST /issues/*/comments": {
        const comment = { id: this.comments.length + 1, user: BOT, body: body?.body ?? "" };
        this.comments.push(comment);
        return { status: 201, body: comment };
      }
      case "PATCH /issues/comments/*": {
        const comment = this.comments.find((one) => one.id === Number(id));
        if (comment === undefined) {
          return NOT_FOUND;
        }
        comment.body = body?.body ?? "";
        return { status: 200, body: comment };
      }
      case "GET /commits/*/pulls":
        return page(this.pullRequests, url, (pulls) => pulls);
      case "GET /actions/workflows/plan.yml/runs": {
        const runs = this.runs.filter(({ head_sha }) => head_sha === url.searchParams.get("head_sha"));
        return page(runs, url, (workflow_runs) => ({ total_count: runs.length, workflow_runs }));
      }
      case "GET /actions/runs/*/jobs": {
        const jobs = this.jobs.get(Number(id)) ?? [];
        return page(jobs, url, (of) => ({ total_count: jobs.length, jobs: of }));
      }
      case "GET /actions/runs/*/artifacts": {
        const name = url.searchParams.get("name");
        const artifacts = (this.artifacts.get(Number(id)) ?? []).filter((one) => one.name === name);
        return page(artifacts, url, (of) => ({ total_count: artifacts.length, artifacts: of }));
      }
      default:
        return NOT_FOUND;
    }
  }
}

export const BOT = { login: "github-actions[bot]", type: "Bot" };
const NOT_FOUND = { status: 404, body: { message: "Not Found" } };

function page<Item>(items: readonly Item[], url: URL, wrap: (items: readonly Item[]) => unknown) {
  const size = Number(url.searchParams.get("per_page") ?? 30);
  const number = Number(url.searchParams.get("page") ?? 1);
  const next = new URL(url);
  next.searchParams.set("page", String(number + 1));
  const hasNext = number * size < items.length;
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * size, number * size)),
    next: hasNext ? next.href : undefined,
  };
}
