import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { BrowserType } from "playwright-core";
import { CommandError } from "../../command/command-error";
import type { PageFiles } from "./screen";
import type { ShownForm } from "./shots";

/** What only pictures need: who reads only the Markdown does not install it. */
export interface PicturePackages {
  readonly chromium: BrowserType;
  readonly executablePath: string;
  readonly stepPage: (form: ShownForm, stepId: string) => PageFiles;
}

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @throws {@link CommandError} with all that is missing on this machine, and what to do */
export function picturesPackages(environment: NodeJS.ProcessEnv = process.env): PicturePackages {
  const missing: string[] = [];
  const playwright = optional<{ chromium: BrowserType }>("playwright-core");
  if (playwright === undefined) {
    missing.push("the package playwright-core is not installed; npm install --save-dev playwright-core");
  }
  const tenant = optional<Pick<PicturePackages, "stepPage">>("auth0-local-tenant/step-page");
  if (tenant === undefined) {
    missing.push(
      "the package auth0-local-tenant is not installed; npm install --save-dev ./auth0-local-tenant-0.1.0.tgz, " +
        "which `npm pack --workspace tenant` makes in the repository of this package",
    );
  }
  const executablePath = browser(environment, missing);
  if (playwright === undefined || tenant === undefined || executablePath === undefined) {
    throw new CommandError(missing.map((text) => `[--pictures] can not be taken: ${text}`));
  }
  return { chromium: playwright.chromium, executablePath, stepPage: tenant.stepPage };
}

/** @returns undefined where the package is not installed */
function optional<Module>(name: string): Module | undefined {
  try {
    return require(name) as Module;
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND";
    if (isMissing && error.message.includes(`'${name}'`)) {
      return undefined;
    }
    throw error;
  }
}

function browser({ CHROME_PATH, PATH = "" }: NodeJS.ProcessEnv, missing: string[]): string | undefined {
  if (CHROME_PATH !== undefined && CHROME_PATH !== "") {
    if (existsSync(CHROME_PATH)) {
      return CHROME_PATH;
    }
    missing.push(`CHROME_PATH names no file, got ${JSON.stringify(CHROME_PATH)}; give the path of Chromium or Chrome`);
    return undefined;
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== "");
  const found = BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
  if (found === undefined) {
    missing.push(`no ${BROWSERS.join(", ")} is on PATH; install Chromium or Chrome, or give its path as CHROME_PATH`);
  }
  return found;
}
