import type { Application, ApplicationClient } from "../../support/application";
import { describeInBrowser, newPerson as newPage, startBrowser } from "../../support/browser";
import type { LocalTenant } from "../../support/local-tenant";
import { Logins, PASSWORD } from "../../support/logins";
import type { Visitor } from "../../support/visitor";

let logins: Logins;
let tenant: LocalTenant;
let application: Application;
let client: ApplicationClient;
let pages: string;

beforeAll(async () => {
  logins = await Logins.start();
  ({ tenant, application, client, pages } = logins);
}, 60_000);

afterAll(() => logins.stop());

describe("logging out", () => {
  async function loggedIn() {
    const { visitor, email } = await logins.newPerson();
    const login = application.begin(tenant, client);
    const end = await logins.logIn(visitor, email, login);
    const { body } = await application.exchange(tenant, client, login, end.url);
    return { visitor, idToken: body.id_token as string };
  }

  async function isLoggedIn(visitor: Visitor): Promise<boolean> {
    return !(await visitor.visit(application.begin(tenant, client).url)).url.includes("/u/login");
  }

  test.each<[string, string]>([
    ["with returnTo", "&returnTo={url}"],
    ["without returnTo to the first allowed URL", ""],
  ])("by /v2/logout %s", async (_, query) => {
    const { visitor } = await loggedIn();

    const address = `${pages}/v2/logout?client_id=${client.client_id}${query.replace("{url}", encodeURIComponent(application.url))}`;
    const end = await visitor.visit(address);

    expect(new URL(end.url).origin).toBe(application.url);
    expect(await isLoggedIn(visitor)).toBe(false);
  });

  test("by /v2/logout leads nowhere that is not allowed, and then ends nothing", async () => {
    const { visitor } = await loggedIn();

    const page = await visitor.visit(
      `${pages}/v2/logout?client_id=${client.client_id}&returnTo=${encodeURIComponent("https://evil.example/")}`,
    );

    expect(page.status).toBe(400);
    expect(page.html).toContain("Allowed Logout URLs");
    expect(await isLoggedIn(visitor)).toBe(true);
  });

  test("by /oidc/logout with an id_token_hint", async () => {
    const { visitor, idToken } = await loggedIn();
    const query = new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: application.url,
      state: "bye",
    });

    const end = await visitor.visit(`${pages}/oidc/logout?${query}`);

    expect(end.url).toBe(`${application.url}/?state=bye`);
    expect(await isLoggedIn(visitor)).toBe(false);
  });

  test("by /oidc/logout without a hint asks first", async () => {
    const { visitor } = await loggedIn();

    const page = await visitor.visit(`${pages}/oidc/logout?client_id=${client.client_id}`);
    expect(page.html).toContain("Do you want to log out?");
    expect(await isLoggedIn(visitor)).toBe(true);

    const foreign = await visitor.visit(page.url, { method: "POST", headers: { origin: "https://evil.example" } });
    expect(foreign.html).toContain("Do you want to log out?");
    const done = await visitor.visit(page.url, { method: "POST", headers: { origin: pages } });
    expect(done.html).toContain("You are logged out.");
    expect(await isLoggedIn(visitor)).toBe(false);
  });
});

describeInBrowser("in a browser", () => {
  test("/oidc/logout without a hint asks, and logs out", async () => {
    const { email } = await logins.newPerson();
    const browser = await startBrowser();
    try {
      const page = await newPage(browser);
      await page.goto(application.begin(tenant, client).url);
      await page.getByLabel("Email address").fill(email);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL(`${application.callback}?**`);

      const back = new URLSearchParams({ client_id: client.client_id, post_logout_redirect_uri: application.url });
      await page.goto(`${pages}/oidc/logout?${back}`);
      await page.getByRole("button", { name: "Log out" }).click();
      await page.waitForURL(`${application.url}/`);

      await page.goto(application.begin(tenant, client).url);
      expect(page.url()).toContain("/u/login");
    } finally {
      await browser.close();
    }
  }, 30_000);
});
