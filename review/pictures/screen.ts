import type { Browser, BrowserContext, BrowserType } from "playwright-core";

/** What a browser loads, by path; the page is at `/`. */
export type PageFiles = ReadonlyMap<string, { readonly contentType: string; readonly body: string }>;

/** A name that no server has: everything comes from {@link PageFiles}. */
const ORIGIN = "http://step.invalid";

const WIDTH = 480;
/** A form's own stylesheet could make a page that no picture holds. */
const HIGHEST = 4000;

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'none'; base-uri 'none'";

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // The third wall behind the policy and `answer`: this browser finds no address.
  "--host-resolver-rules=MAP * ~NOTFOUND",
];

/** A browser that shows pages which come from no network, and reaches none. */
export class Screen {
  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
  ) {}

  static async open(chromium: BrowserType, executablePath: string): Promise<Screen> {
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    const context = await browser.newContext({
      viewport: { width: WIDTH, height: 320 },
      deviceScaleFactor: 2,
      locale: "en-US",
      colorScheme: "light",
      reducedMotion: "reduce",
      serviceWorkers: "block",
    });
    return new Screen(browser, context);
  }

  /** A PNG of the page, down to 4000 pixels; where the page can not be made, of the reason. */
  async picture(make: () => PageFiles): Promise<Buffer> {
    const files = filesOf(make);
    const page = await this.context.newPage();
    try {
      await page.route("**/*", (route) => {
        const url = new URL(route.request().url());
        const file = url.origin === ORIGIN ? files.get(url.pathname) : undefined;
        if (file === undefined) {
          return route.abort();
        }
        return route.fulfill({ ...file, headers: { "content-security-policy": POLICY } });
      });
      await page.goto(`${ORIGIN}/`, { waitUntil: "load" });
      const height = await page.evaluate("document.documentElement.scrollHeight");
      await page.setViewportSize({ width: WIDTH, height: Math.min(Number(height), HIGHEST) });
      return await page.screenshot({ animations: "disabled", caret: "hide" });
    } finally {
      await page.close();
    }
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

function filesOf(make: () => PageFiles): PageFiles {
  try {
    return make();
  } catch (error) {
    // A form may be anything: what is wrong with one step shall not take the pictures of the others away.
    const body = `The local tenant can not show this step.\n\n${error instanceof Error ? error.message : error}`;
    return new Map([["/", { contentType: "text/plain; charset=utf-8", body }]]);
  }
}
