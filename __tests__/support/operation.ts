import type { TerraformStack } from "cdktf";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { SampleApplication as SampleClient } from "../../lib";
import { newPerson, startBrowser } from "./browser";
import { freePort } from "./free-port";
import { type LocalTenant, startLocalTenant } from "./local-tenant";
import { SampleApplication } from "./sample-application";
import { Workspace } from "./terraform";

/** Everything that `npm run demo` starts, for one test file: tenant, what Terraform applied to it, application, browser. */
export class Operation {
  private people = 0;

  private constructor(
    readonly tenant: LocalTenant,
    readonly application: SampleApplication,
    private readonly workspace: Workspace,
    private readonly browser: Browser,
  ) {}

  /** @param define puts into the stack what shall be beside the application's client */
  static async start(define: (stack: TerraformStack) => void): Promise<Operation> {
    const [tenant, browser, port] = await Promise.all([startLocalTenant(), startBrowser(), freePort()]);
    const workspace = new Workspace(tenant.env);
    workspace.synth((stack) => {
      define(stack);
      new SampleClient(stack, "sample-application", { url: `http://localhost:${port}` });
    });
    workspace.apply();
    const { body: clients } = await tenant.request("GET", "/api/v2/clients");
    const client = clients.find(({ name }: { name: string }) => name === "Sample Application");
    const application = await SampleApplication.serve(tenant, client, port);
    return new Operation(tenant, application, workspace, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.application.stop();
    await this.tenant.stop();
    this.workspace.remove();
  }

  /** A browser of its own: nobody is logged in there. */
  newBrowser(options?: BrowserContextOptions): Promise<Page> {
    return newPerson(this.browser, options);
  }

  newEmail(): string {
    this.people += 1;
    return `person${this.people}@example.com`;
  }

  /** Someone new, who stands before the first form. */
  async signedUp(options?: BrowserContextOptions): Promise<{ readonly page: Page; readonly email: string }> {
    const page = await this.newBrowser(options);
    const email = this.newEmail();
    await this.toSignUp(page);
    await this.giveCredentials(page, email);
    await page.waitForURL(/\/u\/custom-prompt\//);
    return { page, email };
  }

  async toSignUp(page: Page): Promise<void> {
    await page.goto(this.application.url);
    await page.getByRole("link", { name: "Sign up" }).click();
  }

  async toLogIn(page: Page): Promise<void> {
    await page.goto(this.application.url);
    await page.getByRole("link", { name: "Log in" }).click();
  }

  /** To the next form, of someone who is logged in. */
  async toLogInAgain(page: Page): Promise<void> {
    await page.getByRole("link", { name: "Log in again" }).click();
    await page.waitForURL(/\/u\/custom-prompt\//);
  }

  /** Posts the page of the sign-up or of the login, in whatever language it is. */
  async giveCredentials(page: Page, email: string): Promise<void> {
    // The page puts the focus into its first field; who is faster makes the browser complain.
    await page.locator("input:focus").waitFor();
    await page.locator('input[type="email"]').fill(email);
    await page.locator('input[type="password"]').fill("correct horse 1A");
    await page.locator('button[type="submit"]').click();
  }

  async isLoggedIn(page: Page): Promise<void> {
    await page.waitForURL(`${this.application.url}/`);
    await page.getByText("You are logged in.").waitFor();
  }

  async metadataOf(email: string): Promise<unknown> {
    return (await this.userOf(email)).user_metadata;
  }

  async idOf(email: string): Promise<string> {
    return (await this.userOf(email)).user_id;
  }

  /** A null takes the key away, as the Management API does it. */
  async changeMetadata(email: string, user_metadata: Readonly<Record<string, string | null>>): Promise<void> {
    const { user_id } = await this.userOf(email);
    const path = `/api/v2/users/${encodeURIComponent(user_id)}`;
    const { status } = await this.tenant.request("PATCH", path, { user_metadata });
    if (status !== 200) {
      throw new Error(`the metadata of ${email} was not changed: ${status}`);
    }
  }

  private async userOf(email: string): Promise<{ readonly user_id: string; readonly user_metadata?: unknown }> {
    const { body } = await this.tenant.request("GET", `/api/v2/users-by-email?email=${encodeURIComponent(email)}`);
    return body[0];
  }
}

/** Answers the step of the profile. */
export async function answerProfile(page: Page, number = "(201) 555-0123"): Promise<void> {
  await page.locator("#af-job_title").fill("Engineer");
  await page.locator("#af-phone_number").fill(number);
  await next(page);
}

/** Answers the step of the company. */
export async function answerCompany(page: Page): Promise<void> {
  await page.getByLabel("Company name").fill("Example Ltd");
  await page.getByLabel("Company size").selectOption("11-50");
  await next(page);
}

/** Presses the step's button. */
export async function next(page: Page): Promise<void> {
  await page.locator('button[type="submit"]').click();
}
