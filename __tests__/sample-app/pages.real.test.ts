import type { Browser, Page } from "playwright-core";
import { complaintsOf, describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { SampleApplication } from "../support/sample-application";

const PASSWORD = "correct horse battery staple 1 A";

let tenant: LocalTenant;
let application: SampleApplication;

beforeAll(async () => {
  tenant = await startLocalTenant();
  application = await SampleApplication.start(tenant);
}, 60_000);

afterAll(async () => {
  await application?.stop();
  await tenant?.stop();
});

test("a page for everybody tells nothing, and allows nothing from elsewhere", async () => {
  const response = await fetch(application.url);

  expect(response.status).toBe(200);
  expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'; style-src 'self';/);
  expect(await response.text()).toContain("This application knows nothing about you.");
  expect((await fetch(`${application.url}/nothing`)).status).toBe(404);
});

test("a callback that belongs to no login is refused", async () => {
  const response = await fetch(`${application.url}/callback?code=x&state=${encodeURIComponent("<script>")}`);

  expect(response.status).toBe(400);
  expect(await response.text()).not.toContain("<script>");
});

describeInBrowser("in a browser", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser?.close());

  async function signUp(page: Page, email: string): Promise<void> {
    await page.goto(application.url);
    await page.getByRole("link", { name: "Sign up" }).click();
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Continue" }).click();
  }

  async function fact(page: Page, name: string): Promise<string | null> {
    return page
      .locator("dl > div", { has: page.getByText(name, { exact: true }) })
      .locator("dd")
      .first()
      .textContent();
  }

  test("sign up, look at the claims and at the tenant's page, log in again, log out", async () => {
    const page = await newPerson(browser);
    const complaints = complaintsOf(page);

    await signUp(page, "jane@example.com");
    await page.waitForURL(`${application.url}/`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Hello, jane@example.com");
    const claims = page.getByRole("region", { name: "Claims of the ID token" });
    expect(await claims.textContent()).toContain(`${tenant.env.ISSUER_BASE_URL}/`);
    expect(await claims.textContent()).toContain(application.clientId);

    await page.getByRole("link", { name: "what the tenant knows about you" }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("jane@example.com");
    expect(await fact(page, "Logins")).toBe("1");
    await page.goto(application.url);

    await page.getByRole("link", { name: "Log in again" }).click();
    await page.waitForURL(`${application.url}/`);
    await page.getByRole("link", { name: "what the tenant knows about you" }).click();
    // There was a session: such a login does not count.
    expect(await fact(page, "Logins")).toBe("1");
    await page.goto(application.url);

    await page.getByRole("link", { name: "Log out" }).click();
    await page.waitForURL((url) => url.origin === application.url);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Sample application");
    await page.getByRole("link", { name: "Log in" }).click();
    expect(await page.getByLabel("Password").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });

  test("who was deleted in the tenant's pages has to sign up again", async () => {
    const page = await newPerson(browser);
    await signUp(page, "taro@example.com");
    await page.waitForURL(`${application.url}/`);

    await page.getByRole("link", { name: "what the tenant knows about you" }).click();
    await page.getByText("Delete…").click();
    await page.getByRole("button", { name: "Delete taro@example.com" }).click();
    await page.waitForURL(/\/_tenant\/users$/);
    expect(await page.getByText("taro@example.com").count()).toBe(0);

    await page.goto(`${application.url}/login`);
    expect(await page.getByLabel("Password").isVisible()).toBe(true);
  });

  test("why an Action lets nobody in is told", async () => {
    await deny("not-today", "Not on <b>Mondays</b>");
    const page = await newPerson(browser);

    await signUp(page, "mary@example.com");

    await page.waitForURL(`${application.url}/callback?**`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("The login did not succeed");
    expect(await page.getByRole("alert").textContent()).toBe("Not on <b>Mondays</b> not-today");
    await page.getByRole("link", { name: "To the start" }).click();
    expect(await page.getByRole("link", { name: "Log in" }).isVisible()).toBe(true);
  });
});

/** Binds an Action that denies every login. */
async function deny(code: string, reason: string): Promise<void> {
  const { body: action } = await tenant.request("POST", "/api/v2/actions/actions", {
    name: "Deny",
    supported_triggers: [{ id: "post-login", version: "v3" }],
    code: `exports.onExecutePostLogin = async (event, api) => api.access.deny(${JSON.stringify(code)}, ${JSON.stringify(reason)});`,
    deploy: true,
  });
  const { status } = await tenant.request("PATCH", "/api/v2/actions/triggers/post-login/bindings", {
    bindings: [{ ref: { type: "action_id", value: action.id } }],
  });
  expect(status).toBe(200);
}
