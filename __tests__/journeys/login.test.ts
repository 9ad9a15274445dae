import type { TerraformStack } from "cdktf";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ProgressiveProfiling, SampleApplication } from "../../lib";
import { Application, type ApplicationClient, claimsOf } from "../support/application";
import { complaintsOf, describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { Workspace } from "../support/terraform";

const PASSWORD = "correct horse 1A";

describeInBrowser("the article's logins, in a browser, with what Terraform wrote", () => {
  let tenant: LocalTenant;
  let application: Application;
  let workspace: Workspace;
  let browser: Browser;
  let client: ApplicationClient;
  let people = 0;

  beforeAll(async () => {
    [tenant, application, browser] = await Promise.all([startLocalTenant(), Application.start(), startBrowser()]);
    workspace = new Workspace(tenant.env);
    workspace.synth((stack: TerraformStack) => {
      new ProgressiveProfiling(stack, "profiling", { whenSavingFails: "stay" });
      new SampleApplication(stack, "sample", { url: application.url });
    });
    workspace.apply();
    const { body: clients } = await tenant.request("GET", "/api/v2/clients");
    client = clients.find(({ name }: { name: string }) => name === "Sample Application");
  }, 90_000);

  afterAll(async () => {
    await browser.close();
    workspace.remove();
    await Promise.all([tenant.stop(), application.stop()]);
  });

  /** Someone new, who has signed up and stands before the first form. */
  async function signedUp(options?: BrowserContextOptions): Promise<{ page: Page; email: string }> {
    people += 1;
    const email = `person${people}@example.com`;
    const page = await newPerson(browser, options);
    await page.goto(application.begin(tenant, client, { screen_hint: "signup" }).url);
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.waitForURL(/custom-prompt/);
    return { page, email };
  }

  async function answerProfile(page: Page): Promise<void> {
    await page.getByLabel("Job title").fill("Engineer");
    await page.locator('input[type="tel"]').fill("(201) 555-0123");
    await page.getByRole("button", { name: "Continue" }).click();
  }

  async function answerCompany(page: Page): Promise<void> {
    await page.getByLabel("Company name").fill("Example Ltd");
    await page.getByLabel("Company size").selectOption({ index: 2 });
    await page.getByRole("button", { name: "Continue" }).click();
  }

  async function metadataOf(email: string): Promise<unknown> {
    const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(email)}`);
    return body[0].user_metadata;
  }

  const atApplication = (page: Page) => page.waitForURL(`${application.callback}?**`);

  test("login 1 asks for the profile, login 2 for the company, login 3 for nothing", async () => {
    const { page, email } = await signedUp();
    const complaints = complaintsOf(page);
    expect(await metadataOf(email)).toBeUndefined();

    await answerProfile(page);
    await atApplication(page);
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });

    const second = application.begin(tenant, client);
    await page.goto(second.url);
    await answerCompany(page);
    await atApplication(page);
    const { body } = await application.exchange(tenant, client, second, page.url());
    expect(claimsOf(body.id_token)).toMatchObject({ email });
    const complete = {
      job_title: "Engineer",
      phone_number: "+12015550123",
      company_name: "Example Ltd",
      company_size: expect.any(String),
    };
    expect(await metadataOf(email)).toEqual(complete);

    await page.goto(`${tenant.env.ISSUER_BASE_URL}/v2/logout?client_id=${client.client_id}`);
    await page.goto(application.begin(tenant, client).url);
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Continue" }).click();
    await atApplication(page);
    expect(await metadataOf(email)).toEqual(complete);
    expect(complaints).toEqual([]);
  });

  test("an answer that someone deletes is asked for again", async () => {
    const { page, email } = await signedUp();
    await answerProfile(page);
    await atApplication(page);
    const { body } = await tenant.request("GET", `/api/v2/users-by-email?email=${email}`);
    await tenant.request("PATCH", `/api/v2/users/${encodeURIComponent(body[0].user_id)}`, {
      user_metadata: { job_title: null },
    });

    await page.goto(application.begin(tenant, client).url);

    expect(await page.getByLabel("Job title").isVisible()).toBe(true);
  });

  test("prompt=login asks for the password, then goes on to the form and to its end", async () => {
    const { page, email } = await signedUp();

    await page.goto(application.begin(tenant, client, { prompt: "login" }).url);
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Continue" }).click();
    await answerProfile(page);

    await atApplication(page);
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
  });

  test.each([["that was shown"], ["that was not even loaded"]])("nobody gets around a form %s", async (how) => {
    const { page, email } = await signedUp();
    let form = page.url();
    if (how === "that was not even loaded") {
      const begun = await page.context().request.get(application.begin(tenant, client).url, { maxRedirects: 0 });
      form = `${tenant.env.ISSUER_BASE_URL}${begun.headers().location}`;
      expect(form).toContain("/u/custom-prompt/");
    }

    await page.goto(`${tenant.env.ISSUER_BASE_URL}/authorize/${new URL(form).searchParams.get("state")}`);

    expect(page.url()).toContain("/u/custom-prompt/");
    await answerProfile(page);
    await atApplication(page);
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
  });

  test("works by keyboard alone, with the focus where it belongs", async () => {
    people += 1;
    const email = `person${people}@example.com`;
    const page = await newPerson(browser);
    await page.goto(application.begin(tenant, client).url);

    expect(await focused(page)).toBe("username");
    await tabTo(page, "Sign up");
    await page.keyboard.press("Enter");
    await page.waitForURL(/signup/);
    expect(await focused(page)).toBe("email");
    await page.keyboard.type(email);
    await page.keyboard.press("Tab");
    await page.keyboard.type("weak");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    expect(await focused(page)).toBe("password");
    expect(await page.getByLabel("Password").getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(/custom-prompt/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("af-job_title");
    expect(await page.getByLabel("Job title").getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.type("Engineer");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("2015550123");
    await page.keyboard.press("Enter");
    await atApplication(page);
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
  });

  test("works without JavaScript, and says there too what is wrong", async () => {
    const { page, email } = await signedUp({ javaScriptEnabled: false });

    await page.locator('input[type="tel"]').fill("12");
    await page.getByRole("button", { name: "Continue" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("Please check your answers");
    expect(await page.locator('input[type="tel"]').inputValue()).toBe("12");

    await answerProfile(page);
    await atApplication(page);
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
  });

  test("a reload, the back button and a second tab lose nothing", async () => {
    const { page, email } = await signedUp();
    await page.reload();
    const tab = await page.context().newPage();
    await tab.goto(page.url());
    await answerProfile(page);
    await atApplication(page);

    await answerProfile(tab);
    expect(await tab.getByRole("heading").first().innerText()).toBe("Something went wrong");
    expect(await tab.getByRole("link", { name: "Back to Sample Application" }).getAttribute("href")).toBe(
      `${application.url}/`,
    );
    await page.goBack();
    await page.waitForLoadState();
    expect(await page.locator("body").innerText()).toContain("This login has ended");
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
  });

  test("a second click posts nothing twice", async () => {
    const { page, email } = await signedUp({ javaScriptEnabled: false });
    await page.getByLabel("Job title").fill("Engineer");
    await page.locator('input[type="tel"]').fill("(201) 555-0123");
    await page.getByRole("button", { name: "Continue" }).dblclick({ noWaitAfter: true });

    await atApplication(page);
    expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
  });

  test("a form that is changed under a login is shown as it is now; one that is deleted is told of", async () => {
    const { page } = await signedUp();
    const formId = new URL(page.url()).pathname.split("/").at(-1);
    const { body: form } = await tenant.request("GET", `/api/v2/forms/${formId}`);
    const changed = JSON.parse(JSON.stringify(form.nodes).replace("Job title", "Your position"));

    await tenant.request("PATCH", `/api/v2/forms/${formId}`, { nodes: changed });
    await page.reload();
    expect(await page.getByLabel("Your position").isVisible()).toBe(true);
    await tenant.request("DELETE", `/api/v2/forms/${formId}`);
    await page.reload();
    const said = await page.locator("main").innerText();

    expect(said).toContain("The form cannot be shown");
    expect(said).toContain(`"${formId}" does not exist`);
    workspace.apply();
  });

  test.each([
    ["a secret that was rotated", "Unauthorized"],
    ["a scope that is missing", "Insufficient scope"],
  ])(
    "%s fails the flow as it would; the step tells, loses no answer, and goes on after the next apply",
    async (reason, said) => {
      const { page, email } = await signedUp();
      const { body: clients } = await tenant.request("GET", "/api/v2/clients");
      const writer = clients.find(({ name }: { name: string }) => name === "Progressive Profiling");
      const { body: grants } = await tenant.request("GET", `/api/v2/client-grants?client_id=${writer.client_id}`);
      if (reason === "a secret that was rotated") {
        await tenant.request("POST", `/api/v2/clients/${writer.client_id}/rotate-secret`);
      } else {
        await tenant.request("PATCH", `/api/v2/client-grants/${grants[0].id}`, { scope: ["read:users"] });
      }

      await answerProfile(page);
      await page.getByRole("alert").waitFor();

      expect(await page.getByRole("alert").innerText()).toContain(said);
      expect(await page.getByLabel("Job title").inputValue()).toBe("Engineer");
      expect(await metadataOf(email)).toBeUndefined();

      workspace.apply();
      await page.getByRole("button", { name: "Continue" }).click();
      await atApplication(page);
      expect(await metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
    },
  );
});

/** What has the focus; a page that has just been drawn may not have given it yet. */
async function focused(page: Page): Promise<string | undefined> {
  await page.waitForFunction('document.activeElement?.id !== ""');
  return page.evaluate("document.activeElement?.id");
}

async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 10; presses++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate("document.activeElement?.textContent")) === text) {
      return;
    }
  }
  throw new Error(`${text} cannot be reached by Tab`);
}
