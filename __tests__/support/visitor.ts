/** A page that a visitor got. */
export interface VisitedPage {
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly html: string;
}

/** A person with a browser that knows no JavaScript, as far as a login needs one: cookies, redirects, forms. */
export class Visitor {
  /** By name and path. */
  private readonly cookies = new Map<string, Cookie>();

  /** @param origin of the pages; where a redirect leads elsewhere, the visitor stops before it */
  constructor(
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  async visit(url: string, init: RequestInit = {}): Promise<VisitedPage> {
    const response = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: {
        ...this.headers,
        cookie: this.cookiesFor(url),
        ...init.headers,
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      this.keep(cookie);
    }
    const location = response.headers.get("location");
    if (location === null) {
      return { status: response.status, url, headers: response.headers, html: await response.text() };
    }
    const target = new URL(location, url).href;
    return target.startsWith(`${this.origin}/`)
      ? this.visit(target)
      : { status: response.status, url: target, headers: response.headers, html: "" };
  }

  /** Fills in the form of a page and presses its button; hidden inputs are posted as they are. */
  submit(page: VisitedPage, entries: Readonly<Record<string, string>>): Promise<VisitedPage> {
    const action = /<form[^>]* action="([^"]*)"/.exec(page.html)?.[1];
    if (action === undefined) {
      throw new Error(`there is no form at ${page.url}: ${page.html}`);
    }
    const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
      ([, name, value]) => [name, value] as [string, string],
    );
    const body = new URLSearchParams([...hidden, ...Object.entries({ action: "next", ...entries })]);
    return this.visit(new URL(action.replaceAll("&amp;", "&"), page.url).href, { method: "POST", body });
  }

  private cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.cookies.values()]
      .filter(({ path }) => path === "/" || pathname === path || pathname.startsWith(`${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  private keep(header: string): void {
    const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
    const [name = "", value = ""] = pair.split(/=(.*)/s);
    const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice("path=".length) ?? "/";
    const isGone = value === "" || attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute));
    const key = `${name} ${path}`;
    if (isGone) {
      this.cookies.delete(key);
    } else {
      this.cookies.set(key, { name, value, path });
    }
  }
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}
