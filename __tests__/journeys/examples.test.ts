import type { Browser, Page } from "playwright-core";
import { Application, type ApplicationClient } from "../support/application";
import { describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { configurationOf, examples } from "../support/example";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { createClient } from "../support/login-set-up";
import { Workspace } from "../support/terraform";

jest.setTimeout(120_000);

const PASSWORD = "correct horse 1A";

interface Walk {
  /** At which login the form comes up. Default: the first. 0: at none that is tried. */
  readonly login?: number;
  /** Of the browser. Default: en-US. */
  readonly locale?: string;
  /** Attributes of the user before. */
  readonly before?: object;
  /** What the person does, from the first step on. */
  readonly go?: (page: Page, email: string) => Promise<void>;
  /** What the user has then. */
  readonly user?: object;
  /** Whether the next login shows the form again. */
  readonly again: boolean;
}

const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

const WALKS: Readonly<Record<string, Walk>> = {
  article: {
    go: async (page) => {
      await page.getByLabel("Job title").fill("Engineer");
      await press(page, "Continue");
    },
    user: { user_metadata: { job_title: "Engineer" } },
    again: true,
  },
  choice: {
    login: 3,
    go: async (page) => {
      await page.getByLabel("Full name").fill("Ana Díaz");
      await page.getByLabel("neither").check();
      await press(page, "Continue");
    },
    user: { user_metadata: { full_name: "Ana Díaz", gender: "neither" } },
    again: false,
  },
  consents: {
    go: async (page) => {
      for (const [question, answer] of [
        ["May we share your data with our partners?", "No"],
        ["May others see your profile?", "Yes"],
        ["May we use your location?", "No"],
        ["May we choose advertisements for you?", "Yes"],
      ] as const) {
        await page.getByRole("group", { name: question }).getByLabel(answer).check();
      }
      await press(page, "Continue");
    },
    user: {
      app_metadata: {
        data_sharing: false,
        profile_visibility: true,
        location_tracking: false,
        ad_personalization: true,
      },
    },
    again: false,
  },
  "dashboard-export": {
    go: async (page) => {
      await page.getByLabel("A company").check();
      await press(page, "Continue");
      await page.getByLabel("Company on the invoice").fill("Acme");
      await press(page, "Save");
    },
    user: { user_metadata: { payer: "company", billing_company: "Acme" } },
    again: false,
  },
  "email-code": {
    go: async (page, email) => {
      await page.getByLabel("Code").fill("1");
      await press(page, "Continue");
      await page.getByText("That is not the code. Look again, or ask for another one.").waitFor();
      await page.getByLabel("Code").fill(await lastCode(email));
      await press(page, "Continue");
    },
    user: { email_verified: true },
    again: false,
  },
  "hidden-field": {
    go: async (page) => {
      await page.getByText("You came by Username-Password-Authentication.").waitFor();
      await press(page, "I see");
    },
    again: true,
  },
  "name-and-terms": {
    go: async (page) => {
      await press(page, "Continue");
      await page.getByText("Please tell us your name.").first().waitFor();
      await page.getByLabel("Full name").fill("Ana Díaz");
      await press(page, "Continue");
    },
    user: { name: "Ana Díaz" },
    again: true,
  },
  notice: {
    go: async (page) => {
      await page.getByText("Passwords end in January. You can log in with yours 9 more times.").waitFor();
      await press(page, "I see");
    },
    again: true,
  },
  "optional-profile": {
    go: async (page) => {
      await page.getByLabel("Job title").fill("Engineer");
      await press(page, "Continue");
    },
    user: { user_metadata: { job_title: "Engineer" } },
    again: false,
  },
  // The local tenant has no organizations: people log in to none, and are left alone.
  organization: { login: 0, again: false },
  "saved-by-the-action": {
    go: async (page) => {
      await page.getByLabel("What shall we call you?").fill("Ana");
      await press(page, "Continue");
    },
    user: { user_metadata: { display_name: "Ana" } },
    again: false,
  },
  terms: {
    go: async (page) => {
      await page.getByLabel("I accept the terms of November 2026.").check();
      await press(page, "Accept");
    },
    user: { app_metadata: { terms: "2026-11" } },
    again: false,
  },
  "three-stages": {
    before: { user_metadata: { job_title: "Engineer", company_name: "Acme", company_size: "10,001+" } },
    go: async (page) => {
      await page.getByLabel("Department").selectOption("Support");
      await press(page, "Continue");
    },
    user: { user_metadata: { department: "Support" } },
    again: false,
  },
  "two-languages": {
    login: 3,
    locale: "ja",
    before: { user_metadata: { job_title: "Engineer", company_name: "Acme", company_size: "2-5" } },
    go: async (page) => {
      await page.getByText("チーム").waitFor();
      await press(page, "後で");
    },
    again: true,
  },
  "two-steps": {
    before: { app_metadata: { patients: "Bo,Cy" } },
    go: async (page) => {
      await page.frameLocator("#af-authorized_scopes").getByLabel("profile").check();
      await press(page, "Next");
      await page.frameLocator("#af-authorized_patients").getByLabel("Bo").check();
      await press(page, "Allow");
    },
    user: { app_metadata: { authorized_scopes: ["profile"], authorized_patients: ["Bo"] } },
    again: true,
  },
};

let tenant: LocalTenant;
let application: Application;
let client: ApplicationClient;
let browser: Browser;

/** The code of the last message to an address. */
async function lastCode(email: string): Promise<string> {
  const response = await fetch(`${tenant.env.ISSUER_BASE_URL}/_tenant/messages`);
  const { messages } = (await response.json()) as { messages: { to: string; code?: string }[] };
  return messages.findLast(({ to }) => to === email)?.code ?? "";
}

/** Logs in as somebody whom no browser remembers, and waits for the form or the application. @returns whether it is the form */
async function logIn(page: Page, email: string): Promise<boolean> {
  await page.context().clearCookies();
  await page.goto(application.begin(tenant, client).url);
  await page.locator('[name="username"]').fill(email);
  await page.locator('[name="password"]').fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/custom-prompt|\/callback\?/);
  return page.url().includes("custom-prompt");
}

describeInBrowser("each example is deployed and walked", () => {
  beforeAll(async () => {
    [tenant, application, browser] = await Promise.all([startLocalTenant(), Application.start(), startBrowser()]);
    client = await createClient(tenant, application);
  });

  afterAll(async () => {
    await browser.close();
    await Promise.all([tenant.stop(), application.stop()]);
  });

  test("every example has a walk", () => {
    expect(Object.keys(WALKS)).toEqual(examples);
  });

  test.each(Object.entries(WALKS))(
    "%s is applied, plans nothing more, is walked, and goes again",
    async (name, { login = 1, locale, before, go, user, again }) => {
      const workspace = new Workspace(tenant.env, name);
      const email = `${name}@example.com`;
      const page = await newPerson(browser, { locale: locale ?? "en-US" });
      try {
        workspace.configure(configurationOf(name) as never);
        workspace.apply();
        expect(workspace.plan().changes).toEqual({});

        const created = await tenant.request("POST", "/api/v2/users", {
          connection: "Username-Password-Authentication",
          email,
          password: PASSWORD,
          ...before,
        });
        for (let count = 1; count < login; count += 1) {
          expect(await logIn(page, email)).toBe(false);
        }
        expect(await logIn(page, email)).toBe(login > 0);
        await go?.(page, email);
        await page.waitForURL(`${application.callback}?code=**`);
        const { body } = await tenant.request("GET", `/api/v2/users/${encodeURIComponent(created.body.user_id)}`);
        expect(body).toMatchObject(user ?? {});
        expect(await logIn(page, email)).toBe(again);
      } finally {
        await page.context().close();
        // Also after a failure: the next one has the same tenant.
        workspace.destroy();
        workspace.remove();
      }
    },
  );
});
