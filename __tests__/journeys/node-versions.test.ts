import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { TOOLCHAIN_FOLDER, toolchainEnv } from "../../scripts/toolchain";
import { type LocalTenant, startLocalTenant } from "../support/local-tenant";
import { packed } from "../support/packed";
import { readmeBlocks } from "../support/readme";
import { RepositoryCopy } from "../support/repository-copy";

/** The oldest and the newest that package.json's engines name, and the one in between that most machines have. */
const VERSIONS = [
  ["20.19.0", "10"],
  ["24", "11"],
  ["26", "12"],
] as const;
const [ownMajor] = process.versions.node.split(".");

// All the other tests run on this machine's own.
describe.each(VERSIONS.filter(([node]) => node.split(".")[0] !== ownMajor))("on Node %s with npm %s", (node, npm) => {
  let programs: string;
  let clone: RepositoryCopy;
  let project: string;
  let tenant: LocalTenant;

  beforeAll(async () => {
    const packages = ["--package", `node@${node}`, "--package", `npm@${npm}`];
    const found = execFileSync("npx", ["--yes", "--loglevel=error", ...packages, "--call", "command -v npm"], {
      encoding: "utf8",
    });
    programs = dirname(found.trim());
    clone = new RepositoryCopy();
    // as the set-up left it here, so that it need not build the provider again
    cpSync(TOOLCHAIN_FOLDER, join(clone.folder, ".toolchain"), { recursive: true });
    rmSync(join(clone.folder, ".toolchain", "lock"), { force: true });
    project = mkdtempSync(join(tmpdir(), "project-"));
    tenant = await startLocalTenant();
  }, 180_000);

  afterAll(async () => {
    await tenant.stop();
    clone.remove();
    rmSync(project, { recursive: true, force: true });
  });

  /** Runs a line of a shell that finds this `node` and this `npm` first; returns what it printed, without colours. */
  function shell(folder: string, line: string, env: NodeJS.ProcessEnv = {}): string {
    const { status, stdout, stderr } = spawnSync("sh", ["-c", line], {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        ...toolchainEnv(),
        PATH: `${programs}${delimiter}${process.env.PATH}`,
        CI: "true",
        ...env,
      },
    });
    const said = stripVTControlCharacters(stdout);
    if (status !== 0) {
      throw new Error(`${line} ended with ${status}:\n${said}\n${stderr}`);
    }
    return said;
  }

  /** The whole life of a stack in the tenant, by the command line as people type it. */
  async function goesRound(folder: string, resources: number): Promise<void> {
    const forms = async () => (await tenant.request("GET", "/api/v2/forms")).body;
    expect(shell(folder, "npx cdktf diff", tenant.env)).toContain(
      `Plan: ${resources} to add, 0 to change, 0 to destroy.`,
    );

    // Asked of the tenant: on a busy machine the terminal may lose the engine's last lines, as CDKTF's own did.
    shell(folder, "npx cdktf deploy --auto-approve", tenant.env);
    expect(await forms()).toHaveLength(1);
    shell(folder, "npx cdktf destroy --auto-approve", tenant.env);
    expect(await forms()).toEqual([]);
  }

  test("these are the versions that run", () => {
    expect(shell(clone.folder, "node --version && npm --version").split("\n")).toEqual([
      expect.stringMatching(`^v${node.replaceAll(".", "\\.")}(\\.|$)`),
      expect.stringMatching(`^${npm}\\.`),
      "",
    ]);
  });

  test("npm run demo -- --once makes the whole round on a fresh clone", () => {
    const said = shell(clone.folder, "npm run demo -- --once");

    expect(said).toContain("==> Second plan\n    nothing to change\n");
    expect(said.trimEnd().split("\n").at(-1)).toBe(
      "==> The round is complete: the tenant holds nothing of it any more.",
    );
  }, 400_000);

  test("people log in to what is deployed", () => {
    shell(clone.folder, "npx jest __tests__/journeys/login.test.ts");
  }, 300_000);

  // `main.ts` goes the same round in the demo above
  test("in another project, what the README says to install and to write does", async () => {
    const [recipe = ""] = readmeBlocks("sh", "In another project");
    const [stack = ""] = readmeBlocks("ts");
    const tarball = packed("auth0-progressive-profiling");
    copyFileSync(tarball, join(project, basename(tarball)));
    writeFileSync(join(project, "package.json"), JSON.stringify({ name: "portal", private: true }));
    writeFileSync(join(project, "recipe.sh"), recipe);
    writeFileSync(join(project, "main.ts"), stack);

    shell(project, "sh -e recipe.sh");

    await goesRound(project, 8);
  }, 400_000);
});
