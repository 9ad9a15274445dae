import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { LocalTenant } from "../dev/local-tenant";
import { picturesPackages } from "../review/pictures/picture-packages";
import { toolchainEnv } from "../scripts/toolchain";
import type { Section } from "./figure";

const ROOT = join(__dirname, "..");
/** Before it is measured: the first run loads what the next ones have. */
const WARM_UPS = 2;

/** From saving a file to the page that shows it: `dev` with an open preview, against `cdktf deploy` of the same change. */
export const dev: Section = {
  title: "From saving to the page",
  about: `\`auth0-progressive-profiling dev\` on \`main.ts\` with its preview open in Chromium: from saving another title of the form to
the page that shows it, against \`cdktf deploy\` of the same change, in turn.`,
  rounds: [9, 2],
  measure: async ({ rounds, isQuick, progress }) => {
    const folder = mkdtempSync(join(tmpdir(), "bench-dev-"));
    const stopping: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
    try {
      progress("opening the preview");
      const [watched, deployed] = [projectIn(folder, "watched"), projectIn(folder, "deployed")];
      const page = await openPreview(watched, stopping);
      const tenant = await LocalTenant.start(["--memory", "--port", "0"], join(folder, "env"));
      stopping.unshift(() => tenant.stop());
      deploy(deployed, tenant);
      const [values, deploys]: [number[], number[]] = [[], []];
      const warmUps = isQuick ? 1 : WARM_UPS;
      for (let pair = 1 - warmUps; pair <= rounds; pair++) {
        progress(pair < 1 ? "warming up" : `pair ${pair} of ${rounds}`);
        const title = `Pair ${pair + warmUps}`;
        const [saved, peer] = [await timeToPage(watched, title, page), timedDeploy(deployed, title, tenant)];
        if (pair >= 1) {
          values.push(saved);
          deploys.push(peer);
        }
      }
      const peer = { name: "cdktf deploy", values: deploys };
      const goal = { of: "value", is: "at most", limit: 2 } as const;
      return [
        { name: "saving to page", unit: "s", values, peer, goal },
        { name: "saving to page, the slowest", unit: "s", values: [Math.max(...values)], goal },
      ];
    } finally {
      for (const stop of stopping) {
        await stop();
      }
    }
  },
};

/** This repository as a project whose `main.ts` may be written. */
function projectIn(folder: string, name: string): string {
  const project = join(folder, name);
  cpSync(join(ROOT, "main.ts"), join(project, "main.ts"));
  cpSync(join(ROOT, "environments.ts"), join(project, "environments.ts"));
  for (const shared of ["lib", "actions", "node_modules", "provider-auth0", "tsconfig.json", "cdktf.json"]) {
    symlinkSync(join(ROOT, shared), join(project, shared));
  }
  return project;
}

function save(project: string, title: string): void {
  const main = readFileSync(join(ROOT, "main.ts"), "utf8");
  const changed = main.replace(
    "ProgressiveProfilingProps = {}",
    `ProgressiveProfilingProps = { names: { form: "${title}" } }`,
  );
  if (changed === main) {
    throw new Error("main.ts has no empty PROFILING to change");
  }
  writeFileSync(join(project, "main.ts"), changed);
}

async function openPreview(project: string, stopping: (() => unknown)[]): Promise<Page> {
  const program = ["--require", require.resolve("tsx/cjs"), join(ROOT, "cli", "main.ts")];
  const args = ["dev", "--project", project, "--port", "0", "--preview-port", "0"];
  const child = spawn(process.execPath, [...program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...toolchainEnv() },
  });
  stopping.unshift(() => {
    child.kill("SIGINT");
    return once(child, "close");
  });
  const url = await said(child, /Preview at (\S+)[\s\S]*Ctrl-C ends all of it/);
  const browser = await chromium.launch({ executablePath: picturesPackages().executablePath, args: ["--no-sandbox"] });
  stopping.unshift(() => browser.close());
  const page = await browser.newPage();
  await page.goto(url);
  return page;
}

function said(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (part) => {
      text += part;
      const [, found] = pattern.exec(text) ?? [];
      if (found !== undefined) {
        resolve(found);
      }
    });
    child.on("close", () => reject(new Error(`dev has ended, and said: ${text}`)));
  });
}

async function timeToPage(project: string, title: string, page: Page): Promise<number> {
  const begin = performance.now();
  save(project, title);
  await page.getByRole("heading", { level: 2, name: title, exact: true }).waitFor();
  return (performance.now() - begin) / 1000;
}

function timedDeploy(project: string, title: string, tenant: LocalTenant): number {
  save(project, title);
  const begin = performance.now();
  deploy(project, tenant);
  return (performance.now() - begin) / 1000;
}

function deploy(project: string, tenant: LocalTenant): void {
  const cdktf = join(ROOT, "node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
  const { status, stdout, stderr } = spawnSync(process.execPath, [cdktf, "deploy", "--auto-approve"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...toolchainEnv(), ...tenant.env, CI: "true" },
  });
  if (status !== 0) {
    throw new Error(`cdktf deploy ended with ${status}:\n${stdout}${stderr}`);
  }
}
