import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const EXECUTABLES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where the browser is; undefined where there is none. */
const executablePath = EXECUTABLES.find((path): path is string => path !== undefined && existsSync(path));

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `describe` for tests in a real browser: on a machine without one they are skipped, in CI they fail. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath !== undefined || process.env.CI) {
    describe(name, tests);
  } else {
    console.warn(`Skipped, since there is no Chromium on this machine (apt-get install chromium): ${name}`);
    describe.skip(name, tests);
  }
}

/** Starts Chromium with a profile of its own. @throws where there is none */
export async function startBrowser(): Promise<Browser> {
  if (executablePath === undefined) {
    throw new Error(`there is no Chromium at any of ${EXECUTABLES.join(", ")}`);
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A page of a new person: no cookies, nothing in common with other pages. */
export async function newPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", ...options });
  return context.newPage();
}

/**
 * What the browser complains about on a page from now on: errors, warnings, and what a script throws.
 *
 * What it only tells is none: that it left the focus where it was, say, as a field was filled in before the stylesheet had come.
 */
export function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(`${page.url()}: ${message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) {
      complaints.push(`${page.url()}: ${message.text()}`);
    }
  });
  return complaints;
}
