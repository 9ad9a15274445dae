import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { type FormFixture, FormTenant } from "../support/form-tenant";

const FIXTURES = join(__dirname, "..", "tenant", "forms", "real");

interface Walk {
  /** Of the Action. */
  readonly rendered?: { readonly fields?: object; readonly vars?: object; readonly continued?: string };
  /** What the person does, from the first step to the application. */
  readonly go: (page: Page, forms: FormTenant, email: string) => Promise<void>;
  /** What the user has then. */
  readonly user: object;
}

const button = (page: Page, name: string) => page.getByRole("button", { name }).click();

async function lastCode(forms: FormTenant, email: string): Promise<string> {
  return (await forms.messages()).findLast(({ to }) => to === email)?.code ?? "";
}

/** The structures of forms that are in use, by their names, and how each is walked. */
const WALKS: Readonly<Record<string, Walk>> = {
  "all-optional": {
    go: async (page) => {
      await page.getByLabel("Job title").fill("Engineer");
      await page.locator('input[type="tel"]').fill("(201) 555-0123");
      await page.getByLabel("Date of birth").fill("1990-02-28");
      await page.getByLabel("LinkedIn profile").fill("not an address");
      await button(page, "Save");
      await page.getByText("Please enter a web address").first().waitFor();
      await page.getByLabel("LinkedIn profile").fill("https://www.linkedin.com/in/ana");
      await button(page, "Save");
    },
    user: {
      user_metadata: {
        job_title: "Engineer",
        mobile_number: "+12015550123",
        date_of_birth: "1990-02-28",
        linkedin: "https://www.linkedin.com/in/ana",
      },
    },
  },
  "answers-read-by-the-action": {
    rendered: { continued: 'api.user.setUserMetadata("nickname", event.prompt.fields.text_wi1M);' },
    go: async (page) => {
      await button(page, "Continue");
      await page.getByText("Please fill in this field.").first().waitFor();
      await page.getByLabel("What shall we call you?").fill("Ana");
      await button(page, "Continue");
    },
    user: { user_metadata: { nickname: "Ana" } },
  },
  "choice-without-router": {
    go: async (page) => {
      await page.getByLabel("Full name").fill("Ana Díaz");
      await page.getByLabel("Female").check();
      await button(page, "Continue");
    },
    user: { user_metadata: { full_name: "Ana Díaz", gender: "female" } },
  },
  "consents-in-app-metadata": {
    go: async (page) => {
      for (const [group, answer] of [
        ["Share my data with partners", "No"],
        ["Show my profile to others", "Yes"],
        ["Use my location", "No"],
        ["Show me personal offers", "Yes"],
      ] as const) {
        const consent = page.getByRole("group", { name: group });
        expect(await consent.getByRole("link", { name: "Terms" }).getAttribute("href")).toBe(
          "https://example.com/terms",
        );
        await consent.getByLabel(answer).check();
      }
      await button(page, "Save my choices");
    },
    user: {
      app_metadata: {
        data_sharing: false,
        profile_visibility: true,
        location_tracking: false,
        ad_personalization: true,
      },
    },
  },
  "email-code": {
    go: async (page, forms, email) => {
      await page.getByText(`The email to ${email} lies in the outbox.`).waitFor();
      const first = await lastCode(forms, email);
      await page.getByLabel("Verification code").fill("1");
      await button(page, "Verify");
      await page.getByText("That code is not right. Please try again.").waitFor();
      await button(page, "Send it again");
      await page.getByText(/^Again in \d+$/).waitFor();
      const second = await lastCode(forms, email);
      if (first !== second) {
        await page.getByLabel("Verification code").fill(first);
        await button(page, "Verify");
        await page.getByText("That code is not right. Please try again.").waitFor();
      }
      await page.getByLabel("Verification code").fill(second);
      await button(page, "Verify");
    },
    user: { email_verified: true },
  },
  "hidden-field": {
    rendered: { fields: { connection_type: "Google" } },
    go: async (page) => {
      await page.getByText("You came by Google").waitFor();
      await page.getByText("Welcome from Google Google").waitFor();
      await page.getByText('HTML "ext_translation_script" is shown without <script>.').waitFor();
      await button(page, "Continue");
    },
    user: {},
  },
  "name-and-terms": {
    go: async (page) => {
      await page.getByText("As it stands in your passport.").waitFor();
      await button(page, "Accept and continue");
      await page.getByText("We need your name.").first().waitFor();
      await page.getByLabel("Full name").fill("Ana Díaz");
      await button(page, "Accept and continue");
    },
    user: { name: "Ana Díaz" },
  },
  "notice-without-a-field": {
    rendered: { vars: { logins_left: 3 } },
    go: async (page) => {
      await page.getByText("Please set up a passkey. You can log in 3 more times without one.").waitFor();
      await button(page, "I understand");
    },
    user: {},
  },
  "two-steps-and-vars": {
    rendered: {
      vars: { clientLogo: "Health App", authorizedPatients: ["Ana", "Bo"], requestedScopes: ["read", "write"] },
      continued: `for (const key of ["authorizedScopes", "authorizedPatient"]) { api.user.setAppMetadata(key, event.prompt.fields[key]); }`,
    },
    go: async (page) => {
      const scopes = page.frameLocator("#af-authorizedScopes");
      await page.frameLocator("#af-custom_eZO1").getByText("Health App").waitFor();
      await page.getByText("The application asks for access: Application").waitFor();
      await scopes.getByLabel("read").waitFor();
      await button(page, "Continue");
      await page.locator("#af-authorizedScopes-error", { hasText: "Please fill in this field." }).waitFor();
      await scopes.getByLabel("read").check();
      await button(page, "Continue");
      await page.frameLocator("#af-authorizedPatient").getByLabel("Bo").check();
      await button(page, "Allow");
    },
    user: { app_metadata: { authorizedScopes: ["read"], authorizedPatient: ["Bo"] } },
  },
};

describeInBrowser("forms as they are in use", () => {
  let forms: FormTenant;
  let browser: Browser;

  beforeAll(async () => {
    [forms, browser] = await Promise.all([FormTenant.start(), startBrowser()]);
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await forms.stop();
  });

  test.each(Object.entries(WALKS))("%s is walked to the end", async (name, { rendered, go, user }) => {
    const fixture: FormFixture = JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), "utf8"));
    await forms.deploy(fixture, rendered);
    const page = await newPerson(browser);
    const email = forms.newEmail();
    await page.goto(forms.loginUrl({ screen_hint: "signup" }));
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill("correct horse 1A");
    await button(page, "Continue");
    await page.waitForURL(/custom-prompt/);

    await go(page, forms, email);

    await page.waitForURL(`${forms.application.callback}?code=**`);
    const { body } = await forms.tenant.request("GET", `/api/v2/users-by-email?email=${email}`);
    expect(body[0]).toMatchObject(user);
  });
});
