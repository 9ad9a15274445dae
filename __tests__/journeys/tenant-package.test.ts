import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProgressiveProfiling } from "../../lib";
import { describeInBrowser } from "../support/browser";
import { packed } from "../support/packed";
import { checkPublished, wouldPublish } from "../support/published-package";
import { readEnvFile } from "../support/tenant-process";
import { Workspace } from "../support/terraform";

const folder = mkdtempSync(join(tmpdir(), "tenant-package-"));
const project = join(folder, "project");
const plan = join(folder, "plan.json");
const environment = { ...process.env, npm_config_loglevel: "error" };
let tenant: ChildProcess | undefined;

function install(...packages: string[]): void {
  execFileSync("npm", ["install", "--no-audit", "--no-fund", ...packages], {
    cwd: project,
    env: environment,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/** Runs a command of an installed package to its end. */
function command(name: string, ...args: string[]) {
  return spawnSync(join(project, "node_modules", ".bin", name), args, { cwd: project, encoding: "utf8" });
}

beforeAll(() => {
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "portal", private: true }));
});

afterAll(() => {
  tenant?.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

test("the local tenant packs with what it needs at run time, and nothing else", () => {
  const tarball = packed("auth0-local-tenant");
  expect(wouldPublish(tarball)).toBe("auth0-local-tenant@0.1.0");
  install(tarball);

  const list = execFileSync("tar", ["--list", "--file", tarball], { encoding: "utf8" }).trim().split("\n");
  expect(list).toEqual(
    expect.arrayContaining([
      "package/dist/tenant/cli.js",
      "package/dist/tenant/step-page.js",
      "package/dist/tenant/step-page.d.ts",
      "package/dist/tenant/forms/assets/form.css",
      "package/dist/tenant/admin/assets/admin.css",
      "package/dist/tenant/admin/assets/graph.css",
      "package/dist/tenant/actions/confined/main.cjs",
      "package/dist/LICENSE",
    ]),
  );
  expect(list.filter((path) => !/^package\/(dist\/|package\.json$|README\.md$)/.test(path))).toEqual([]);
  expect(checkPublished(tarball)).toEqual({
    publint: ["All good!"],
    problems: {},
    resolved: {
      "./package.json": new Set(["package.json"]),
      "./step-page": new Set(["dist/tenant/step-page.d.ts"]),
    },
  });
}, 180_000);

test("auth0-local-tenant takes a deploy in an empty project, shows its pages, and ends", async () => {
  expect(command("auth0-local-tenant", "--help")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("npx auth0-local-tenant [options]"),
  });

  const envFile = join(folder, "env");
  tenant = spawn(
    join(project, "node_modules", ".bin", "auth0-local-tenant"),
    ["--memory", "--port", "0", "--env", envFile],
    {
      cwd: project,
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await once(tenant.stdout ?? tenant, "data");
  const variables = readEnvFile(envFile);
  const workspace = new Workspace(variables);
  workspace.synth((stack) => void new ProgressiveProfiling(stack, "profiling"));
  writeFileSync(plan, JSON.stringify(workspace.plan().json));
  copyFileSync(join(workspace.directory, "cdk.tf.json"), join(folder, "cdk.tf.json"));
  workspace.apply();
  expect(workspace.plan().changes).toEqual({});
  workspace.remove();
  for (const path of ["", "assets/admin.css", "assets/form.js"]) {
    expect((await fetch(`${variables.ISSUER_BASE_URL}/_tenant/${path}`)).status).toBe(200);
  }

  tenant.kill("SIGTERM");
  const [code] = await once(tenant, "close");
  expect(code).toBe(0);
}, 120_000);

describeInBrowser("pictures of the packed review", () => {
  const review = (...args: string[]) => command("auth0-progressive-profiling", "review", plan, ...args);

  test("are refused in words where their packages are not installed, and the review is not", () => {
    execFileSync("npm", ["uninstall", "--no-audit", "--no-fund", "auth0-local-tenant"], {
      cwd: project,
      stdio: "ignore",
    });
    install(packed("auth0-progressive-profiling"), "cdktf@0.21.0", "constructs@10.7.2");

    expect(review()).toMatchObject({ status: 0, stdout: expect.stringContaining("Missing Profile Data") });
    expect(review("--pictures", "pictures")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /2 problems\n {2}\[--pictures\] can not be taken: the package playwright-core is not installed; .*\n {2}\[--pictures\] can not be taken: the package auth0-local-tenant is not installed; /,
      ),
    });
  }, 180_000);

  test("are taken where they are", () => {
    const version = JSON.parse(readFileSync(require.resolve("playwright-core/package.json"), "utf8")).version;
    install(`playwright-core@${version}`, packed("auth0-local-tenant"));

    const reviewed = review("--pictures", "pictures");
    expect(reviewed).toMatchObject({ status: 0, stderr: "" });
    expect(reviewed.stdout).toMatch(/\(<?pictures\/[^)]+\.png>?\)/);
    expect(readdirSync(join(project, "pictures"))).toEqual([
      "index.html",
      "journey-progressive-profiling-step-company-name-after.png",
      "journey-progressive-profiling-step-job-title-after.png",
    ]);
  }, 180_000);
});
