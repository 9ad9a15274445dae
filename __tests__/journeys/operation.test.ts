import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import { ProgressiveProfiling } from "../../lib";
import { complaintsOf, describeInBrowser } from "../support/browser";
import { answerCompany, answerProfile, next, Operation } from "../support/operation";
import { DOCS, PICTURES, takePicture } from "../support/pictures";

const PERSON = "ann@example.com";
const PROFILE = { job_title: "Engineer", phone_number: "+12015550123" };
const COMPLETE = { ...PROFILE, company_name: "Example Ltd", company_size: "11-50" };

const SCREEN = { viewport: { width: 480, height: 380 }, deviceScaleFactor: 1.5 } satisfies BrowserContextOptions;

describeInBrowser("the article's operation example, in a browser", () => {
  let operation: Operation;
  let page: Page;
  const complaints: (readonly string[])[] = [];
  const hosts = new Set<string>();

  beforeAll(async () => {
    operation = await Operation.start((stack) => new ProgressiveProfiling(stack, "profiling"));
  }, 90_000);

  afterAll(() => operation?.stop());

  /** A browser in which nobody is logged in; what it complains about and whom it asks is noted. */
  async function newBrowser(): Promise<void> {
    await page?.context().close();
    page = await operation.newBrowser(SCREEN);
    complaints.push(complaintsOf(page));
    page.on("request", (request) => hosts.add(new URL(request.url()).hostname));
  }

  async function logIn(): Promise<void> {
    await newBrowser();
    await operation.toLogIn(page);
    await operation.giveCredentials(page, PERSON);
  }

  // Each goes on where the one before it ended, as the article does.

  test("a person signs up and stands before the profile form", async () => {
    await newBrowser();
    await operation.toSignUp(page);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Sign up");
    await page.getByLabel("Email address").fill(PERSON);
    await page.setViewportSize({ width: 480, height: 520 });
    await takePicture(page, "sign-up");
    await page.setViewportSize(SCREEN.viewport);

    await operation.giveCredentials(page, PERSON);

    await page.waitForURL(/\/u\/custom-prompt\/ap_/);
    expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe("Tell us about your work");
    expect(await page.getByLabel("Company name").count()).toBe(0);
    expect(await operation.metadataOf(PERSON)).toBeUndefined();
  });

  test("login 1: job title and phone number are answered, and nothing else is written", async () => {
    await page.getByLabel("Job title").fill("Engineer");
    await page.getByLabel("Phone (optional)").fill("(201) 555-0123");
    await takePicture(page, "profile-form");
    await page.emulateMedia({ colorScheme: "dark" });
    await takePicture(page, "profile-form-dark");
    await page.emulateMedia({ colorScheme: "light" });

    await next(page);

    await operation.isLoggedIn(page);
    expect(await operation.metadataOf(PERSON)).toEqual(PROFILE);
  });

  test("login 2: with email and password in another browser, the company is asked for and added", async () => {
    await logIn();
    await page.waitForURL(/\/u\/custom-prompt\/ap_/);
    expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe("And about your company");
    expect(await page.getByLabel("Job title").count()).toBe(0);
    await page.getByLabel("Company name").fill("Example Ltd");
    await page.getByLabel("Company size").selectOption("11-50");
    await takePicture(page, "company-form");

    await next(page);

    await operation.isLoggedIn(page);
    expect(await operation.metadataOf(PERSON)).toEqual(COMPLETE);
  });

  test("login 3: nothing is asked, and nothing is changed", async () => {
    const visited: string[] = [];
    await newBrowser();
    await operation.toLogIn(page);
    page.on("framenavigated", (frame) => visited.push(new URL(frame.url()).pathname));

    await operation.giveCredentials(page, PERSON);

    await operation.isLoggedIn(page);
    expect(visited).toEqual(["/"]);
    expect(await operation.metadataOf(PERSON)).toEqual(COMPLETE);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(`Hello, ${PERSON}`);
    await page.setViewportSize({ width: 480, height: 270 });
    await takePicture(page, "logged-in");
  });

  test("the tenant's page of the user shows the answers, reached from the application", async () => {
    await page.setViewportSize({ width: 1000, height: 720 });
    await page.getByRole("link", { name: "what the tenant knows about you" }).click();

    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(PERSON);
    const metadata = page.getByRole("region", { name: "user_metadata" });
    for (const [key, value] of Object.entries(COMPLETE)) {
      expect(await metadata.textContent()).toMatch(new RegExp(`${key}.*${value.replace("+", "\\+")}`));
    }
    await takePicture(metadata, "metadata");
  });

  test("the tenant's page of the form shows its graph", async () => {
    const { body: forms } = await operation.tenant.request("GET", "/api/v2/forms");
    await page.setViewportSize({ width: 1400, height: 900 });
    await page.goto(`${operation.tenant.env.ISSUER_BASE_URL}/_tenant/forms/${forms[0].id}`);

    const graph = page.locator("svg.graph:visible");
    for (const name of ["Missing Profile Data", "Missing Company Data", "Update user_metadata"]) {
      expect(await graph.textContent()).toContain(name);
    }
    await takePicture(graph, "form-graph");
  });

  test.each([
    ["job_title", "Tell us about your work", answerProfile],
    ["company_name", "And about your company", answerCompany],
  ])("when %s is deleted, its form comes back at the next login, and only it", async (key, heading, answer) => {
    await operation.changeMetadata(PERSON, { [key]: null });
    expect(await operation.metadataOf(PERSON)).not.toHaveProperty(key);

    await logIn();
    await page.waitForURL(/\/u\/custom-prompt\/ap_/);
    expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe(heading);
    await answer(page);

    await operation.isLoggedIn(page);
    expect(await operation.metadataOf(PERSON)).toEqual(COMPLETE);
  });

  test("all of it went without a complaint of the browser, and asked nobody elsewhere", () => {
    expect(complaints.flat()).toEqual([]);
    expect([...hosts]).toEqual(["localhost"]);
  });
});

describe("the README's pictures", () => {
  const names = PICTURES.map((name) => `${name}.png`).sort();

  test("are those that the example takes, each below 70 kB", () => {
    expect(
      readdirSync(DOCS)
        .filter((name) => name.endsWith(".png"))
        .sort(),
    ).toEqual(names);
    const sizes = names.map((name) => [name, statSync(join(DOCS, name)).size] as const);
    expect(sizes.filter(([, size]) => size > 70_000)).toEqual([]);
  });

  test.each(["README.md", "tenant/README.md"])("%s shows none that is not there", (file) => {
    const root = join(DOCS, "..");
    const text = readFileSync(join(root, file), "utf8");
    const shown = [...text.matchAll(/[("]((?:\.\.\/)?docs\/[^)"#\s]+)/g)].map(([, path = ""]) => path);

    expect(shown.filter((path) => !existsSync(join(root, file, "..", path)))).toEqual([]);
  });
});
