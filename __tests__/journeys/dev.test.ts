import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { expectGood } from "../support/axe";
import { complaintsOf, describeInBrowser, newPerson, startBrowser } from "../support/browser";
import { DevProcess, running } from "../support/dev-process";
import { Project } from "../support/project";

const MAIN = readFileSync(join(__dirname, "..", "..", "main.ts"), "utf8");
const NO_PROPS = "const PROFILING: ProgressiveProfilingProps = {};";

/** `main.ts` whose only step asks for this. */
function asking(label: string): string {
  const stages = `stages: [Stage.untilAnswered("team", { alias: "Team", components: [
    text("team", { label: ${JSON.stringify(label)}, required: true }), nextButton()] })]`;
  return MAIN.replace(NO_PROPS, `const PROFILING: ProgressiveProfilingProps = { ${stages} };`).replace(
    'from "./lib";',
    'from "./lib";\nimport { nextButton, Stage, text } from "./lib";',
  );
}

describeInBrowser("while main.ts is written", () => {
  let project: Project;
  let dev: DevProcess;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    project = new Project("export const environments = {};");
    save(asking("Your team"));
    [dev, browser] = await Promise.all([DevProcess.start(project.folder), startBrowser()]);
    page = await newPerson(browser);
    await page.goto(`${dev.url}?size=phone&scheme=light`);
  }, 120_000);

  afterAll(async () => {
    dev?.kill();
    await browser?.close();
    project?.remove();
  });

  function save(text: string): void {
    writeFileSync(join(project.folder, "main.ts"), text);
  }

  const labelIn = (title: string, label: string) =>
    page.frameLocator(`iframe[title="${title}"]`).getByLabel(label).waitFor({ timeout: 20_000 });

  /** In both schemes and at three widths, whatever the page shows now. */
  async function expectGoodPage(): Promise<void> {
    const all = await newPerson(browser);
    const complaints = complaintsOf(all);
    await all.goto(dev.url);
    for (const colorScheme of ["light", "dark"] as const) {
      await all.emulateMedia({ colorScheme });
      for (const width of [390, 768, 1280]) {
        await all.setViewportSize({ width, height: 800 });
        await expectGood(all, colorScheme === "dark");
      }
    }
    expect(complaints).toEqual([]);
    await all.close();
  }

  test("the page shows the step and the graph of what is deployed", async () => {
    await labelIn("Team, en, phone, light", "Your team");
    await page.getByRole("img", { name: "Graph of the form Progressive Profiling" }).waitFor();
    expect(await page.getByRole("status").textContent()).toBe("This is what was saved last.");
  }, 60_000);

  test("the page has each step in light and dark, on phone and desktop, where no other view is chosen", async () => {
    const all = await newPerson(browser);
    await all.goto(dev.url);

    const titles = await all
      .locator("iframe")
      .evaluateAll((frames) => frames.map((frame) => frame.getAttribute("title")));
    expect(titles).toEqual([
      "Team, en, phone, light",
      "Team, en, phone, dark",
      "Team, en, desktop, light",
      "Team, en, desktop, dark",
    ]);
    const colour = (scheme: string) =>
      all
        .frameLocator(`iframe[title="Team, en, phone, ${scheme}"]`)
        .locator("body")
        .evaluate("getComputedStyle(document.body).backgroundColor");
    expect(await colour("light")).not.toBe(await colour("dark"));
    await all.close();
  }, 60_000);

  test("the page is good to use, light and dark, at each size", expectGoodPage, 60_000);

  test("a phone shows the whole graph", async () => {
    const phone = await newPerson(browser, { viewport: { width: 390, height: 800 } });
    await phone.goto(dev.url);

    const graphs = phone.locator(".scroll:visible");
    expect(
      await graphs.evaluateAll((all) => all.map((one) => [one.className, one.scrollWidth - one.clientWidth])),
    ).toEqual([["scroll narrow", 0]]);
    await phone.close();
  }, 60_000);

  test("the keyboard suffices to look as somebody else", async () => {
    const person = await newPerson(browser);
    await person.goto(dev.url);
    const focused = () =>
      person
        .locator(":focus")
        .evaluate((one) => one.getAttribute("aria-label") ?? one.getAttribute("name") ?? one.textContent);
    const reached: (string | null)[] = [];
    for (let stop = 1; stop <= 9; stop++) {
      await person.keyboard.press("Tab");
      reached.push(await focused());
    }
    expect(reached).toEqual([
      "Pages of the tenant",
      "locale",
      "scheme",
      "size",
      "as",
      "metadata",
      "Show the steps",
      "Log in, in a new tab",
      "Graph of the form Progressive Profiling",
    ]);

    await person.getByLabel("a new person").focus();
    await person.keyboard.press("ArrowDown");
    await person.keyboard.press("Tab");
    await person.keyboard.press("Control+A");
    await person.keyboard.type('{"team": "Typed"}');
    await person.keyboard.press("Tab");
    await person.keyboard.press("Enter");
    await person.waitForURL(/as=typed&metadata=%7B%22team%22%3A\+%22Typed%22%7D/);
    await person.close();
  }, 60_000);

  test("what is saved comes onto the open page, beside what was there before", async () => {
    save(asking("Your department"));

    await labelIn("Team, en, phone, light", "Your department");
    await labelIn("Team, en, before, phone, light", "Your team");
    expect(await page.getByRole("heading", { level: 3 }).textContent()).toBe("Team en changed");
  }, 60_000);

  test("the page of before and after is good to use", expectGoodPage, 60_000);

  test("a mistake is on the page with its path, its line and its remedy, above the last good state", async () => {
    save(asking("Your department").replace("required: true", "requird: true"));
    await page.getByRole("heading", { name: "Problems" }).waitFor();

    expect((await page.locator(".problems li").innerText()).split("\n").filter((line) => line !== "")).toEqual([
      expect.stringMatching(/^progressive-profiling-localhost-\d+\/profiling$/),
      'stage "team": TEXT "team" has no option "requird"',
      'What to do: did you mean "required"?',
      expect.stringMatching(/^In main\.ts:\d+$/),
    ]);
    await labelIn("Team, en, phone, light", "Your department");
  }, 60_000);

  test("the page of the problems is good to use", expectGoodPage, 60_000);

  test.each([
    ["a file that no parser understands", "const {", /Unexpected token[\s\S]*In main\.ts:1$/],
    ["an app that ends itself", "process.exit(3);", /the app ended with 3/],
    ["an app that says much and throws", 'console.log("x".repeat(1e6)); throw new TypeError("lost");', /lost/],
  ])(
    "%s keeps the last good state, and says why",
    async (_, text, problem) => {
      save(text);

      await page.locator(".problems", { hasText: problem }).waitFor();
      await labelIn("Team, en, phone, light", "Your department");
    },
    60_000,
  );

  test("an app that never ends is ended by the next saving", async () => {
    const before = dev.descendants().length;
    save("for (;;) {}");
    await sleep(1000);
    expect(dev.descendants().length).toBeGreaterThanOrEqual(before);

    save(asking("Your squad"));
    await labelIn("Team, en, phone, light", "Your squad");
    expect(await page.getByRole("heading", { name: "Problems" }).count()).toBe(0);
  }, 60_000);

  test("of ten savings in two seconds the last one stays", async () => {
    const said = dev.said;
    for (let saving = 1; saving <= 10; saving++) {
      save(asking(`Saving ${saving}`));
      await sleep(180);
    }

    await labelIn("Team, en, phone, light", "Saving 10");
    await sleep(3000);
    await labelIn("Team, en, phone, light", "Saving 10");
    const savings = dev.said.slice(said.length).match(/main\.ts saved/g)?.length ?? 0;
    expect(savings).toBeGreaterThan(0);
    expect(savings).toBeLessThan(10);
  }, 60_000);

  test("somebody new is asked in a real login, and whoever has answered so far is not", async () => {
    const person = await newPerson(browser);
    await person.goto(dev.url);
    const logIn = async () => {
      const [tab] = await Promise.all([
        person.waitForEvent("popup"),
        person.getByRole("button", { name: "Log in, in a new tab" }).click(),
      ]);
      return tab;
    };
    const asked = await logIn();
    await asked.getByLabel("Saving 10").fill("Login");
    await asked.getByRole("button", { name: "Continue" }).click();
    await asked.getByRole("heading", { name: "Logged in" }).waitFor();
    expect(JSON.parse((await asked.locator("pre").textContent()) ?? "")).toEqual({ team: "Login" });

    await person.reload();
    await person.getByLabel("who has answered so far").check();
    const known = await logIn();
    await known.getByRole("heading", { name: "Logged in" }).waitFor();
    expect(JSON.parse((await known.locator("pre").textContent()) ?? "")).toEqual({ team: "Login" });
  }, 60_000);

  test("what is typed as metadata must be an object, and is who the login knows", async () => {
    const person = await newPerson(browser);
    await person.goto(dev.url);
    await person.getByLabel("one with this user_metadata").check();
    await person.getByLabel("user_metadata, as JSON").fill("[1]");
    await person.getByRole("button", { name: "Show the steps" }).click();
    expect(await person.locator("#typed-problem").textContent()).toBe(
      '[metadata] must be a JSON object, as in {"job_title": "Engineer"}; mend it',
    );

    await person.getByLabel("user_metadata, as JSON").fill('{"team": "Typed"}');
    const [tab] = await Promise.all([
      person.waitForEvent("popup"),
      person.getByRole("button", { name: "Log in, in a new tab" }).click(),
    ]);
    await tab.getByRole("heading", { name: "Logged in" }).waitFor();
  }, 60_000);

  test("Ctrl-C, in the middle of an apply too, leaves nothing running and no lock", async () => {
    const said = dev.said;
    save(asking("The end"));
    await dev.says(/saved/, said);
    const started = dev.descendants();
    expect(started.length).toBeGreaterThan(1);

    expect(await dev.interrupt()).toBe(0);

    await sleep(200);
    expect(running(started)).toEqual([]);
    await expect(fetch(dev.url)).rejects.toThrow();
    await expect(fetch(`${dev.pages}/_tenant/clock`)).rejects.toThrow();
    const left = readdirSync(join(project.folder, "cdktf.out", "dev"), { recursive: true, encoding: "utf8" });
    expect(left.filter((name) => name.endsWith(".lock.info"))).toEqual([]);
  }, 60_000);

  test("where the tenant dies, it says so, and ends with what is left", async () => {
    const second = await DevProcess.start(project.folder);
    const started = second.descendants();
    const [tenant = ""] = running(started).filter((line) => line.includes("tenant/cli.ts"));
    process.kill(Number(started.find((pid) => running([pid])[0] === tenant)), "SIGKILL");

    expect(await second.ended).toEqual([1, null]);
    expect(second.said.split("\n").at(-2)).toBe(
      "[the local tenant] must serve until it is stopped here, but was ended by SIGKILL; start this command again",
    );
    expect(running(started)).toEqual([]);
  }, 60_000);
});
