import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { DevProcess } from "../support/dev-process";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { blocks } from "../support/markdown";
import { packed } from "../support/packed";

const CLI = join(__dirname, "..", "..", "cli", "main.ts");
const folder = mkdtempSync(join(tmpdir(), "init-"));
const tarballs = join(folder, "tarballs");
let tenant: LocalTenant;

function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CI: "true", npm_config_loglevel: "error", npm_config_audit: "false", ...env },
  });
  if (error !== undefined) {
    throw error;
  }
  return { status, said: stripVTControlCharacters(`${stdout}${stderr}`) };
}

beforeAll(async () => {
  mkdirSync(tarballs);
  for (const tarball of [packed("auth0-progressive-profiling"), packed("auth0-local-tenant")]) {
    copyFileSync(tarball, join(tarballs, basename(tarball)));
  }
  tenant = await startLocalTenant();
}, 300_000);

afterAll(async () => {
  await tenant.stop();
  rmSync(folder, { recursive: true, force: true });
});

const UNPUBLISHED =
  "auth0-progressive-profiling and auth0-local-tenant are on no registry yet: `npm pack` and `npm pack --workspace tenant`" +
  " in a clone of the repository make their tarballs; install those, or init with --from.\n";

describe.each([
  ["CommonJS, with the tarballs", "commonjs", ["--from", tarballs], ""],
  ["ECMAScript modules, without the tarballs", "esm", ["--esm"], UNPUBLISHED],
])("in an empty folder outside of the repository, with %s", (_, name, options, unpublished) => {
  const project = join(folder, name);

  test("the two commands of the README install and test what init writes", () => {
    const written = run(
      process.execPath,
      ["--require", require.resolve("tsx/cjs"), CLI, "init", project, ...options],
      folder,
    );
    expect(written.status).toBe(0);
    expect(written.said.replace(/^Written to .*\. Its README\.md says how to go on\.\n/, "")).toBe(unpublished);

    const [, commands = ""] = /```sh\n([^`]*)```/.exec(readFileSync(join(project, "README.md"), "utf8")) ?? [];
    expect(commands.trim().split("\n")).toHaveLength(2);
    const { status, said } = run("sh", ["-e", "-c", commands], project, {
      TARBALLS: tarballs,
      npm_config_loglevel: "warn",
    });

    expect(said).toContain("Tests:       1 passed, 1 total");
    expect(said).not.toContain("npm warn install-scripts");
    expect(status).toBe(0);
  }, 300_000);

  test("its npm script dev deploys it, shows its step, and ends", async () => {
    expect(JSON.parse(readFileSync(join(project, "package.json"), "utf8")).scripts.dev).toBe(
      "auth0-progressive-profiling dev",
    );
    const dev = await DevProcess.startInstalled(project);
    try {
      const page = await (await fetch(dev.url)).text();
      expect(page).toContain('title="Missing job title, en, phone, light"');
      expect(page).toContain("This is what was saved last.");
      expect(await dev.interrupt()).toBe(0);
    } finally {
      dev.kill();
    }
  }, 120_000);

  const cdktf = (...args: string[]) => run("npx", ["--no-install", "cdktf", ...args], project, tenant.env);

  test("it deploys to a local tenant, and plans nothing more", async () => {
    expect(cdktf("deploy", "--auto-approve")).toMatchObject({ status: 0 });

    expect((await tenant.request("GET", "/api/v2/forms")).body).toHaveLength(1);
    expect(cdktf("diff")).toMatchObject({ status: 0, said: expect.stringContaining("No changes.") });
  }, 120_000);

  if (name === "commonjs") {
    test("with CDK Terrain, and back with CDKTF, it plans nothing either", () => {
      const [toCdkTerrain = ""] = blocks("docs/to-cdk-terrain.md", "sh");
      const [wayBack = ""] = blocks("docs/to-cdk-terrain.md", "sh", "The way back");
      // The guide's commands, which end with a diff.
      for (const commands of [toCdkTerrain, wayBack]) {
        const moved = run("sh", ["-e", "-c", commands], project, tenant.env);
        expect(moved).toMatchObject({ status: 0, said: expect.stringContaining("No changes.") });
      }
      expect(JSON.parse(readFileSync(join(project, "node_modules", "cdktf", "package.json"), "utf8")).name).toBe(
        "cdktf",
      );
    }, 180_000);
  }

  test("it is destroyed, and its commands are there", async () => {
    expect(cdktf("destroy", "--auto-approve")).toMatchObject({ status: 0 });

    expect((await tenant.request("GET", "/api/v2/forms")).body).toEqual([]);
    expect(run("npm", ["run", "tenant", "--", "--help"], project)).toMatchObject({ status: 0 });
    expect(run("npx", ["--no-install", "auth0-progressive-profiling", "--version"], project)).toMatchObject({
      status: 0,
    });
  }, 120_000);
});
