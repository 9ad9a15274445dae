import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

/** Where the README's pictures are. */
export const DOCS = join(__dirname, "..", "..", "docs");

/** What the README may show; each is `docs/<name>.png`. */
export const PICTURES = [
  "sign-up",
  "profile-form",
  "profile-form-dark",
  "company-form",
  "logged-in",
  "metadata",
  "form-graph",
] as const;

const isUpdate = process.env.UPDATE_PICTURES === "1";

/** A test run changes no file of the repository, unless it is to: pictures differ a little from machine to machine. */
const folder = isUpdate ? DOCS : mkdtempSync(join(tmpdir(), "pictures-"));

/**
 * Takes a picture of a page as it is seen, or of a part of it; with `UPDATE_PICTURES=1` in the environment for the README.
 *
 * @returns the file
 */
export async function takePicture(of: Page | Locator, name: (typeof PICTURES)[number]): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await of.screenshot({ path, animations: "disabled", caret: "hide" });
  return path;
}
