import type { Page } from "playwright-core";
import { ProgressiveProfiling } from "../../lib";
import { expectGood } from "../support/axe";
import { describeInBrowser } from "../support/browser";
import { answerCompany, answerProfile, Operation } from "../support/operation";

const SIZES = [390, 768, 1280];

describeInBrowser("the pages of tenant and application after the operation example", () => {
  let operation: Operation;
  let answering: { readonly page: Page; readonly email: string };

  beforeAll(async () => {
    operation = await Operation.start((stack) => new ProgressiveProfiling(stack, "profiling"));
    answering = await operation.signedUp();
  }, 90_000);

  afterAll(() => operation?.stop());

  const tenantPage = (path: string) => `${operation.tenant.env.ISSUER_BASE_URL}/_tenant/${path}`;
  const userPage = async (email: string) => tenantPage(`users/${encodeURIComponent(await operation.idOf(email))}`);
  const region = (page: Page, name: string) => page.getByRole("region", { name });
  /** Of a table, the text of the rows that name someone. */
  const rowsOf = async (page: Page, email: string) => {
    const rows = await page.getByRole("row", { name: email }).all();
    return Promise.all(rows.map((row) => row.innerText()));
  };

  // Each goes on where the one before it ended.

  test("the first thing to do is to sign up", async () => {
    const page = await operation.newBrowser();
    await page.goto(operation.application.url);

    expect(await page.getByRole("link").allTextContents()).toEqual(["Sign up", "Log in"]);
  });

  test("logged in, the application shows what was asked and answered, and the claims are folded", async () => {
    const { page } = answering;
    await answerProfile(page);
    await operation.isLoggedIn(page);

    expect(await region(page, "What this login asked").innerText()).toBe(
      "What this login asked\n\nMissing Profile Data, and you answered job_title phone_number",
    );
    expect(await region(page, "Your answers").innerText()).toMatch(
      /job_title\s+Engineer\s+phone_number\s+\+12015550123/,
    );
    expect(await page.getByText("nonce").isVisible()).toBe(false);
    await page.getByText("claims", { exact: false }).last().click();
    expect(await page.getByText("nonce").isVisible()).toBe(true);
  });

  test("at the third login the application says that nothing was asked", async () => {
    const { page } = answering;
    await operation.toLogInAgain(page);
    await answerCompany(page);
    await operation.isLoggedIn(page);
    await page.getByRole("link", { name: "Log in again" }).click();
    await operation.isLoggedIn(page);

    expect(await region(page, "What this login asked").innerText()).toBe("What this login asked\n\nNothing.");
  });

  test("the list of logins says what was answered, what comes next, and who has left", async () => {
    const { email } = await operation.signedUp();
    const page = await operation.newBrowser();
    await page.goto(tenantPage("logins"));
    expect(await rowsOf(page, email)).toEqual([
      expect.stringMatching(/Missing Profile Data: no answer\s+Next: Missing Profile Data\s+waits for an answer$/),
      expect.stringMatching(/sign-up/),
    ]);
    expect(await rowsOf(page, answering.email)).toEqual([
      expect.stringMatching(/nothing\s+succeeded$/),
      expect.stringMatching(/Missing Company Data: company_name, company_size\s+succeeded$/),
      expect.stringMatching(/Missing Profile Data: job_title, phone_number\s+succeeded$/),
      expect.stringMatching(/sign-up/),
    ]);

    // Another login of the same person, in another browser.
    const again = await operation.newBrowser();
    await operation.toLogIn(again);
    await operation.giveCredentials(again, email);
    await again.waitForURL(/\/u\/custom-prompt\//);
    await page.reload();

    expect((await rowsOf(page, email))[1]).toMatch(/Missing Profile Data: no answer\s+left$/);
    await page.getByRole("link", { name: email }).first().click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(email);
  });

  test("the list of users has their values, and what is missing", async () => {
    const page = await operation.newBrowser();
    await page.goto(tenantPage("users"));

    expect((await rowsOf(page, answering.email))[0]).toMatch(
      /job_title Engineer\n.*\ncompany_name Example Ltd[\s\S]*nothing/,
    );
    expect((await rowsOf(page, "person2"))[0]).toMatch(/none yet\s+Missing Profile Data, Missing Company Data/);
  });

  test("the keyboard suffices to delete an answer, and its stage comes back", async () => {
    const page = await operation.newBrowser();
    await page.goto(await userPage(answering.email));
    expect(await region(page, "What comes next").innerText()).toMatch(/The next login, now\s+nothing/);

    await page.locator("summary", { hasText: "Change job_title" }).focus();
    await page.keyboard.press("Enter");
    for (const focused of ["", "Save job_title", "Delete job_title"]) {
      await page.keyboard.press("Tab");
      expect(await page.locator(":focus").textContent()).toBe(focused);
    }
    await page.keyboard.press("Enter");

    await page.waitForURL(/#user_metadata$/);
    expect(await region(page, "What comes next").innerText()).toMatch(
      /The next login, now\s+Missing Profile Data[\s\S]*In 30 days\s+Missing Profile Data/,
    );
    expect(await operation.metadataOf(answering.email)).not.toHaveProperty("job_title");
    await operation.toLogInAgain(answering.page);
    await answerProfile(answering.page);
    await operation.isLoggedIn(answering.page);
  });

  test("an answer can be edited", async () => {
    const page = await operation.newBrowser();
    await page.goto(await userPage(answering.email));

    await page.locator("summary", { hasText: "Change company_name" }).click();
    await page.getByLabel("Value of company_name").fill("Example & Sons");
    await page.getByRole("button", { name: "Save company_name" }).click();

    await page.waitForURL(/#user_metadata$/);
    expect(await operation.metadataOf(answering.email)).toMatchObject({ company_name: "Example & Sons" });
  });

  test("the overview leads to the application, a flow to its form", async () => {
    const page = await operation.newBrowser();
    await page.goto(tenantPage("flows"));
    await page.getByRole("link", { name: "Progressive Profiling" }).click();
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
      "Steps",
      "Graph",
      "Nodes",
      "Facts",
      "Document",
    ]);

    await page.goto(tenantPage(""));
    await page.getByRole("definition").getByRole("link", { name: "Sample Application" }).click();
    await page.waitForURL(`${operation.application.url}/`);
  });

  test.each(["light", "dark"] as const)(
    "all are good to use, %s, at each size",
    async (colorScheme) => {
      const { body: forms } = await operation.tenant.request("GET", "/api/v2/forms");
      const { body: flows } = await operation.tenant.request("GET", "/api/v2/flows");
      const pages = [
        ...["", "users", "forms", "flows", "actions", "logins", "applications", "outbox", "logs"].map(tenantPage),
        tenantPage(`forms/${forms[0].id}`),
        tenantPage(`flows/${flows[0].id}`),
        await userPage(answering.email),
        operation.application.url,
      ];
      const page = await operation.newBrowser({ colorScheme });
      for (const width of SIZES) {
        await page.setViewportSize({ width, height: 800 });
        for (const address of pages) {
          await page.goto(address);
          for (const summary of await page.locator("summary").all()) {
            await summary.click();
          }
          await expectGood(page, colorScheme === "dark");
        }
      }
    },
    120_000,
  );

  test("a phone shows the whole graph", async () => {
    const page = await operation.newBrowser({ viewport: { width: 390, height: 800 } });
    const { body: forms } = await operation.tenant.request("GET", "/api/v2/forms");
    await page.goto(tenantPage(`forms/${forms[0].id}`));

    const graphs = page.locator(".scroll:visible");
    expect(
      await graphs.evaluateAll((all) => all.map((one) => [one.className, one.scrollWidth - one.clientWidth])),
    ).toEqual([["scroll narrow", 0]]);
  });

  test("a login to an application that was destroyed says how to go on", async () => {
    await operation.tenant.request("DELETE", `/api/v2/clients/${operation.application.clientId}`);
    const page = await operation.newBrowser();
    await page.goto(operation.application.url);
    await page.getByRole("link", { name: "Sign up" }).click();

    expect(await page.locator("main").innerText()).toContain(
      `Unknown client: ${operation.application.clientId}. The application is not in this tenant, or is no longer: a destroy takes it away`,
    );
  });
});
