import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { Store } from "../../../tenant/documents/store";
import { describeInBrowser, newPerson, startBrowser } from "../../support/browser";
import { HOSTILE, IDS, plant, SECRETS } from "../../support/planted-tenant";
import { readEnvFile, TenantProcess } from "../../support/tenant-process";

/** What oidc-provider keeps of people. */
const MODELS = ["Session", "Grant", "RefreshToken", "AccessToken", "Interaction"];

let folder: string;
let tenant: TenantProcess;
let environment: Readonly<Record<string, string>>;

async function start(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "admin-pages-"));
  const documents = new Store(join(folder, "documents"));
  plant(documents);
  for (const model of MODELS) {
    const collection = documents.collection(`oidc-${model}`);
    for (const [id, accountId] of [
      ["jane's", IDS.jane],
      ["another's", IDS.hostile],
    ] as const) {
      collection.put(id, { id, payload: { accountId }, expires: Date.now() + 60_000 });
    }
  }
  const envFile = join(folder, "env");
  tenant = await TenantProcess.start(["--port", "0", "--data", folder, "--env", envFile]);
  environment = readEnvFile(envFile);
}

async function stop(): Promise<void> {
  await tenant.signal("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}

/** Where browsers meet no certificate that they do not know. */
function address(path: string): string {
  return new URL(path, environment.ISSUER_BASE_URL).href;
}

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function get(path: string): Promise<Got> {
  const response = await fetch(address(path));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Got> {
  const body = new URLSearchParams(fields);
  const response = await fetch(address(path), { method: "POST", body, headers, redirect: "manual" });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** What a reader sees of a page: text, with what HTML escapes as it is meant. */
function seen(page: string): string {
  return unescaped(page.replace(/<[^>]*>/g, ""));
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

function token(page: string): string {
  return /name="csrf_token" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

function userPath(id: string): string {
  return `/_tenant/users/${encodeURIComponent(id)}`;
}

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
    ["/_tenant/users", ["jane@example.com", "job_title, phone_number", "17", HOSTILE]],
    [userPath(IDS.jane), [IDS.jane, "jane@example.com", "Engineer", "+81312345678", "plan", "pro", "17", "sign-up"]],
    [userPath(IDS.hostile), [HOSTILE, "No app_metadata yet."]],
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
    ["/_tenant/logins", [HOSTILE, "sign-up", "step_profile", "failed"]],
    [
      `/_tenant/logins/${IDS.login}`,
      [
        "oidc-basic-profile",
        "the form has failed",
        "this Action has failed",
        "render",
        "step_profile",
        `403 ${HOSTILE}`,
      ],
    ],
    ["/_tenant/applications", ["Terraform", "Sample Application", "regular_web", IDS.client]],
    ["/_tenant/logs", [`asks for job_title ${HOSTILE}`, "this Action has failed", `403 ${HOSTILE}`]],
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
    const secrets = [...Object.values(SECRETS), environment.AUTH0_CLIENT_SECRET as string];
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

    const graph = /<svg.*<\/svg>/s.exec(text)?.[0] ?? "";
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

describe("what can be changed", () => {
  beforeEach(start);
  afterEach(stop);

  /** The ids of what logins have left. */
  const kept = (documents: Store) =>
    Object.fromEntries(
      MODELS.map((model) => [
        model,
        documents
          .collection<{ id: string }>(`oidc-${model}`)
          .list()
          .map(({ id }) => id),
      ]),
    );

  test("a user can be deleted, password, sessions and all", async () => {
    const before = await get(userPath(IDS.jane));

    const reply = await post(`${userPath(IDS.jane)}/delete`, { csrf_token: token(before.text) });

    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/_tenant/users"]);
    expect((await get(userPath(IDS.jane))).status).toBe(404);
    expect((await get(userPath(IDS.hostile))).status).toBe(200);
    await tenant.signal("SIGTERM");
    const documents = new Store(join(folder, "documents"));
    expect(documents.collection("passwords").get(IDS.jane)).toBeUndefined();
    expect(kept(documents)).toEqual(Object.fromEntries(MODELS.map((model) => [model, ["another's"]])));
  });

  test("a reset forgets people, and keeps what is deployed", async () => {
    const before = await get("/_tenant");

    const reply = await post("/_tenant/reset", { csrf_token: token(before.text) });

    expect([reply.status, reply.headers.get("location")]).toEqual([303, "/_tenant/"]);
    const after = seen((await get("/_tenant")).text);
    for (const fact of ["Users 0", "Forms 1", "Flows 1", "Actions 1", "Applications 2", "Nobody has logged in yet."]) {
      expect(after).toContain(fact);
    }
    expect((await get(`${FLOW}/executions/${IDS.execution}`)).status).toBe(404);
    await tenant.signal("SIGTERM");
    expect(kept(new Store(join(folder, "documents")))).toEqual(Object.fromEntries(MODELS.map((model) => [model, []])));
  });

  test.each([
    ["without the token of a page", {}, {}],
    ["with another token", { csrf_token: "x".repeat(43) }, {}],
  ])("nothing is done %s", async (_what, fields, headers) => {
    const replies = [
      await post("/_tenant/reset", fields, headers),
      await post(`${userPath(IDS.jane)}/delete`, fields, headers),
    ];

    expect(replies.map(({ status }) => status)).toEqual([403, 403]);
    expect((await get(userPath(IDS.jane))).status).toBe(200);
  });

  test("nothing is done for a page of another origin, whatever it sends", async () => {
    const csrf_token = token((await get("/_tenant")).text);

    const reply = await post("/_tenant/reset", { csrf_token }, { origin: "http://localhost:1" });

    expect(reply.status).toBe(403);
    expect((await get(userPath(IDS.jane))).status).toBe(200);
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
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
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
