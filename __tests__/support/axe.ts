import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** No scrolling to the side, the background that was asked for, and nothing that axe finds. */
export async function expectGood(page: Page, isDark: boolean): Promise<void> {
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  const background: string = await page.evaluate(
    "[document.body, document.documentElement].map((e) => getComputedStyle(e).backgroundColor).find((c) => c !== 'rgba(0, 0, 0, 0)')",
  );
  const light = Number(/\d+/.exec(background ?? "rgb(255")?.[0]);
  expect([page.url(), light < 128]).toEqual([page.url(), isDark]);
  await page.evaluate(AXE);
  const found: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] =
    await page.evaluate("axe.run().then(({ violations }) => violations)");
  expect([page.url(), found.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])]).toEqual([page.url(), []]);
}
