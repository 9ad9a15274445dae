import type { Browser } from "playwright-core";
import { complaintsOf, describeInBrowser, newPerson, startBrowser } from "../../support/browser";
import { type Got, PlantedProcess, seen, unescaped, userPath } from "../../support/planted-process";
import { HOSTILE, IDS, SECRETS } from "../../support/planted-tenant";

let planted: PlantedProcess;

const start = async () => {
  planted = await PlantedProcess.start();
};
const stop = () => planted.stop();
const get = (path: string) => planted.get(path);
const address = (path: string) => planted.address(path);

const FORM = `/_tenant/forms/${IDS.form}`;
const FLOW = `/_tenant/flows/${IDS.flow}`;

describe("every page", () => {
  beforeAll(start);
  afterAll(stop);

  test.each<[string, readonly string[]]>([
    [
      "/_tenant",
      ["Overview", "Users 2", "Forms 1", "Flows 1", "Vault connections 1", "Actions 1", "sign-up", "failed"],
    ],
    [
      "/_tenant/users",
      ["jane@example.com", "job_title Engineer", "phone_number +81312345678", `Missing Profile Data, ${HOSTILE}`, "17"],
    ],
    [
      userPath(IDS.jane),
      [
        IDS.jane,
        "jane@example.com",
        "Engineer",
        "+81312345678",
        "plan",
        "pro",
        "17",
        "sign-up",
        `The next login, now${HOSTILE}`,
      ],
    ],
    [userPath(IDS.hostile), [HOSTILE, "No app_metadata yet.", "In 30 daysMissing Profile Data"]],
    ["/_tenant/forms", [HOSTILE, "en, ja"]],
    [
      FORM,
      [
        "Check missing data",
        "Missing Profile Data: {{context.user.user_metadata.job_title}} HAS_NO_VALUE",
        "Job title (TEXT, required), Phone (TEL)",
        "Update user_metadata",
        "otherwise → Ending",
        "the login goes on",
      ],
    ],
    [`${FORM}/steps/step_profile`, ["Tell us about your work", "Job title", "Continue"]],
    [`${FORM}/steps/step_profile?locale=ja`, ["役職"]],
    ["/_tenant/flows", ["Update user_metadata", "AUTH0 UPDATE_USER", "Progressive Profiling Vault", "ready"]],
    [FLOW, ["update_user", "{{fields.job_title}}", "Progressive Profiling Vault", "someone", "failed", HOSTILE]],
    [`${FLOW}/executions/${IDS.execution}`, ["403 Insufficient scope", "AUTH0/UPDATE_USER", IDS.jane]],
    ["/_tenant/actions", [HOSTILE, "post-login v3", "version 7", "the draft has changes", "post-login, 1 of 1"]],
    [
      `/_tenant/actions/${IDS.action}`,
      ["FORM_ID", "console.log('<script>')", "// the next draft", `asks for job_title ${HOSTILE}`, "41 ms"],
    ],
    ["/_tenant/logins", [HOSTILE, "sign-up", "Missing Profile Data", "failed"]],
    [
      `/_tenant/logins/${IDS.login}`,
      [
        "oidc-basic-profile",
        "the form has failed",
        "this Action has failed",
        "render",
        "Missing Profile Data",
        `403 ${HOSTILE}`,
        "update_user failed",
      ],
    ],
    ["/_tenant/applications", ["Terraform", "Sample Application", "Regular web application", IDS.client]],
    [
      "/_tenant/logs",
      [
        `asks for job_title ${HOSTILE}`,
        "this Action has failed",
        `403 ${HOSTILE}`,
        "Update user_metadata, update_user: 403 Insufficient scope; the flow went on",
      ],
    ],
  ])("%s shows its facts", async (path, facts) => {
    const { status, headers, text } = await get(path);

    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/html/);
    const shown = seen(text);
    for (const fact of facts) {
      expect(shown).toContain(fact);
    }
  });

  test("can be reached from the overview, shows no secret and escapes what people sent", async () => {
    const secrets = [...Object.values(SECRETS), planted.environment.AUTH0_CLIENT_SECRET as string];
    const pages = await crawl("/_tenant/");

    expect([...pages.keys()]).toEqual(
      expect.arrayContaining([
        userPath(IDS.jane),
        userPath(IDS.hostile),
        `${FORM}/steps/step_company`,
        `${FLOW}/executions/${IDS.execution}`,
        `/_tenant/actions/${IDS.action}`,
        `/_tenant/logins/${IDS.login}`,
        "/_tenant/applications",
        "/_tenant/logs",
        "/_tenant/assets/admin.css",
        "/_tenant/assets/form.js",
      ]),
    );
    for (const [path, { status, text, headers }] of pages) {
      expect([path, status]).toEqual([path, 200]);
      expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []]);
      if (headers.get("content-type")?.startsWith("text/html")) {
        expect([path, text.match(/<script(?! src="\/_tenant\/assets\/form.js" defer>)/g)]).toEqual([path, null]);
        expect([path, text.match(/ (style|on\w+)=/g)]).toEqual([path, null]);
        expect(headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(headers.get("content-security-policy")).not.toContain("unsafe");
        expect(headers.get("cache-control")).toBe("no-store");
      }
    }
  });

  test("draws the graph, its edges labelled by the rules", async () => {
    const { text } = await get(FORM);

    const [graph = "", narrow = ""] = text.match(/<svg.*?<\/svg>/gs) ?? [];
    expect(narrow.match(/<rect /g)).toHaveLength(6);
    expect(graph.match(/<rect /g)).toHaveLength(6);
    expect(graph.match(/class="edge"/g)).toHaveLength(7);
    const labels = [...graph.matchAll(/class="label"[^>]*><title>(.*?)<\/title>/g)].map(([, label]) =>
      unescaped(label as string),
    );
    expect(labels).toEqual(["Missing Profile Data", HOSTILE, "otherwise"]);
  });

  test("lets a preview post nothing", async () => {
    const { text } = await get(FORM);
    const preview = await get(`${FORM}/steps/step_profile`);

    expect(text).toMatch(/<iframe src="[^"]*step_profile"[^>]* sandbox="allow-scripts"/);
    expect(preview.headers.get("content-security-policy")).toMatch(/^sandbox allow-scripts;.*form-action 'none'/);
    expect(await get(`${FORM}/style.css`)).toMatchObject({ status: 200, text: ".af-form { gap: 2rem }" });
  });

  test.each([
    "/_tenant/users/nobody",
    "/_tenant/forms/ap_none",
    `${FORM}/steps/none`,
    `/_tenant/flows/af_none/executions/${IDS.execution}`,
    "/_tenant/logins/none",
    "/_tenant/nothing",
    "/_tenant/assets/..%2fadmin-pages.ts",
  ])("%s is not there", async (path) => {
    const { status, text } = await get(path);

    expect(status).toBe(404);
    expect(seen(text)).toContain("There is nothing at this address");
  });
});

describeInBrowser("in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    await start();
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await stop();
  });

  test.each([
    ["a wide light screen", { viewport: { width: 1280, height: 800 }, colorScheme: "light" }],
    ["a narrow dark screen", { viewport: { width: 360, height: 740 }, colorScheme: "dark" }],
  ] as const)("nothing is cut off or refused: %s", async (_what, options) => {
    const page = await newPerson(browser, options);
    const complaints = complaintsOf(page);
    const paths = [...(await crawl("/_tenant/")).keys()].filter((path) => !/\.(css|js)$/.test(path));

    for (const path of paths) {
      await page.goto(address(path));
      const { width } = options.viewport;
      expect([path, await page.evaluate("document.documentElement.scrollWidth")]).toEqual([path, width]);
    }

    expect(complaints).toEqual([]);
  });

  test("a preview looks as the step does, and its button does nothing", async () => {
    const page = await newPerson(browser, { viewport: { width: 1280, height: 800 } });
    const posts: string[] = [];
    page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
    await page.goto(address(FORM));

    const preview = page.frameLocator('iframe[title="Preview of the step Missing Profile Data"]');
    await preview.getByLabel("Job title").fill("Engineer");
    const button = preview.getByRole("button", { name: "Continue" });
    expect((await button.boundingBox())?.height).toBe(48);
    await button.click();

    expect(await preview.getByLabel("Job title").inputValue()).toBe("Engineer");
    expect(posts).toEqual([]);
  });

  test("the keyboard suffices to delete a user", async () => {
    const page = await newPerson(browser);
    await page.goto(address(userPath(IDS.hostile)));

    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    const focused = () => page.locator(":focus").textContent();
    for (let presses = 0; presses < 20 && (await focused()) !== "Delete…"; presses++) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe(`Delete ${HOSTILE}`);
    await page.keyboard.press("Enter");

    await page.waitForURL(/\/_tenant\/users$/);
    expect((await get(userPath(IDS.hostile))).status).toBe(404);
  });
});

/** Everything of the tenant's own pages that can be reached from one of them. */
async function crawl(first: string): Promise<ReadonlyMap<string, Got>> {
  const found = new Map<string, Got>();
  const waiting = [first];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) {
      continue;
    }
    const got = await get(path);
    found.set(path, got);
    if (!got.headers.get("content-type")?.startsWith("text/html")) {
      continue;
    }
    for (const [, link = ""] of got.text.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      const [page = ""] = unescaped(link).split("#");
      if (page.startsWith("/_tenant")) {
        waiting.push(page);
      }
    }
  }
  return found;
}
