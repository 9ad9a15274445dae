import { CommandError } from "../command/command-error";
import { variable } from "./job";

export interface Comment {
  readonly id: number;
  readonly user?: { readonly login: string; readonly type: string } | null;
  readonly body?: string;
}

const TIMEOUT_MILLISECONDS = 30_000;

/** GitHub's API, asked about the repository of this job. */
export class GitHub {
  /** @throws {@link CommandError} where a variable is missing */
  static fromEnvironment(): GitHub {
    return new GitHub(`${variable("GITHUB_API_URL")}/repos/${variable("GITHUB_REPOSITORY")}`, variable("GITHUB_TOKEN"));
  }

  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** @param path below `/repos/<owner>/<name>` */
  async send<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    return (await this.request(method, `${this.url}${path}`, body)).json() as Promise<Answer>;
  }

  /** All pages of a list. */
  list<Item>(path: string): Promise<readonly Item[]> {
    return this.pages<readonly Item[], Item>(path, (page) => page);
  }

  /** All pages of a list that is a part of the answer. */
  listOf<Item>(path: string, key: string): Promise<readonly Item[]> {
    return this.pages<Readonly<Record<string, readonly Item[]>>, Item>(path, (page) => page[key] ?? []);
  }

  private async pages<Page, Item>(path: string, itemsOf: (page: Page) => readonly Item[]): Promise<readonly Item[]> {
    const items: Item[] = [];
    let url: string | undefined = `${this.url}${path}`;
    while (url !== undefined) {
      const response: Response = await this.request("GET", url);
      items.push(...itemsOf((await response.json()) as Page));
      url = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
    }
    return items;
  }

  private async request(method: string, url: string, body?: object): Promise<Response> {
    const response = await fetch(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.token}`,
        "x-github-api-version": "2022-11-28",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    }).catch((error: Error) => {
      throw new CommandError([`${method} ${url} has no answer: ${error.message}; run the job again`]);
    });
    if (response.ok) {
      return response;
    }
    const { message } = (await response.json().catch(() => ({}))) as { readonly message?: string };
    const hint = response.status === 403 ? "; give the job that calls this workflow the permissions it needs" : "";
    throw new CommandError([`GitHub answered ${method} ${url} with ${response.status}: ${message}${hint}`]);
  }
}
