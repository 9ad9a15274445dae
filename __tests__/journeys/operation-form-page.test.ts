import type { BrowserContextOptions, Page } from "playwright-core";
import { ProgressiveProfiling } from "../../lib";
import { expectGood } from "../support/axe";
import { describeInBrowser } from "../support/browser";
import { answerProfile, next, Operation } from "../support/operation";

const JAPANESE = {
  components: {
    job_title: { label: "役職" },
    phone_number: { label: "電話番号（任意）" },
    job_title_next_button: { config: { text: "続ける" } },
  },
};

describeInBrowser("the pages of the operation example", () => {
  let operation: Operation;

  beforeAll(async () => {
    operation = await Operation.start((stack) => {
      const { form } = new ProgressiveProfiling(stack, "profiling");
      form.form.translations = JSON.stringify({ ja: JAPANESE });
    });
    const settings = { enabled_locales: ["en", "ja"] };
    await operation.tenant.request("PATCH", "/api/v2/tenants/settings", settings);
  }, 90_000);

  afterAll(() => operation?.stop());

  describe.each([
    ["with JavaScript", true],
    ["without JavaScript", false],
  ])("%s", (_how, javaScriptEnabled) => {
    test("wrong answers are told of beside their fields, and nothing is written", async () => {
      const { page, email } = await operation.signedUp({ javaScriptEnabled });

      await next(page);
      expect(await saidOf(page, "job_title")).toBe("Please fill in this field.");
      expect(await saidOf(page, "phone_number")).toBe("");
      await answerProfile(page, "12");
      expect(await saidOf(page, "phone_number")).toBe("This phone number is not valid in the chosen country.");
      expect(await operation.metadataOf(email)).toBeUndefined();

      await answerProfile(page);
      await operation.isLoggedIn(page);
      await operation.toLogInAgain(page);
      await next(page);
      expect(await saidOf(page, "company_name")).toBe("Please fill in this field.");
      expect(await saidOf(page, "company_size")).toBe("Please choose an option.");
      expect(await operation.metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+12015550123" });
    });
  });

  test.each([
    ["United States", "(201) 555-0123", "+12015550123"],
    ["Japan", "03-1234-5678", "+81312345678"],
    ["United Kingdom", "020 7946 0018", "+442079460018"],
  ])("a number of %s is written in international form", async (country, typed, written) => {
    const { page, email } = await operation.signedUp();

    await page.getByRole("button", { name: /^Country:/ }).click();
    await page.getByRole("combobox", { name: "Search for a country" }).fill(country);
    await page.getByRole("option", { name: new RegExp(`^${country}\\s*\\+`) }).click();
    await answerProfile(page, typed);

    await operation.isLoggedIn(page);
    expect(await operation.metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: written });
  });

  test("a Japanese browser gets the pages, the form and its messages in Japanese, and Japan's numbers", async () => {
    const page = await operation.newBrowser({ locale: "ja-JP" });
    const email = operation.newEmail();
    await operation.toSignUp(page);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("サインアップ");
    await operation.giveCredentials(page, email);
    await page.waitForURL(/\/u\/custom-prompt\//);

    expect(await page.locator("html").getAttribute("lang")).toBe("ja");
    expect(await page.getByLabel("役職").count()).toBe(1);
    expect(await page.getByRole("button", { name: /日本/ }).textContent()).toBe("JP +81");
    await page.getByRole("button", { name: "続ける" }).click();
    expect(await saidOf(page, "job_title")).toBe("この項目は必須です。");

    await answerProfile(page, "03-1234-5678");
    await operation.isLoggedIn(page);
    expect(await operation.metadataOf(email)).toEqual({ job_title: "Engineer", phone_number: "+81312345678" });
  });

  test.each<[string, BrowserContextOptions]>([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["360 pixels wide", { viewport: { width: 360, height: 640 } }],
  ])("every page is accessible and fits: %s", async (_what, options) => {
    const page = await operation.newBrowser(options);
    const isDark = options.colorScheme === "dark";
    await operation.toSignUp(page);
    await expectGood(page, isDark);
    await operation.giveCredentials(page, operation.newEmail());
    await page.waitForURL(/\/u\/custom-prompt\//);
    await expectGood(page, isDark);
    await next(page);
    await expectGood(page, isDark);
    await page.getByRole("button", { name: /^Country:/ }).click();
    await expectGood(page, isDark);
    await page.keyboard.press("Escape");
    await answerProfile(page);
    await operation.isLoggedIn(page);
    await expectGood(page, isDark);
    await operation.toLogInAgain(page);
    await expectGood(page, isDark);
  });
});

function saidOf(page: Page, field: string): Promise<string> {
  return page.locator(`#af-${field}-error`).innerText();
}
