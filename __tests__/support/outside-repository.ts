import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { packed } from "./packed";

const VENDOR = "vendor";

/** The parts of the project that a branch changes. */
export interface OutsideParts {
  /** JavaScript of the stages, in a workspace; `company` is from a file: package, `hintOfPatch` from a patched one. */
  readonly stages: string;
  /** What the file: package exports as `company`. */
  readonly company: string;
  /** What the patch makes of the registry's package. */
  readonly hint: string;
}

const MAIN = `
const { App, TerraformStack } = require("cdktf");
const { Auth0Provider, ProgressiveProfiling } = require("auth0-progressive-profiling");
const { defineStateBackend, selectEnvironments } = require("auth0-progressive-profiling/environments");
const environments = require("./environments.json");
const { stages } = require("stages");

const app = new App();
for (const { stackName, domain, backend } of selectEnvironments(environments)) {
  const stack = new TerraformStack(app, stackName);
  defineStateBackend(stack, backend);
  new Auth0Provider(stack, "auth0", { domain });
  new ProgressiveProfiling(stack, "profiling", { stages });
}
app.synth();
`;

/**
 * A repository that is not this one, with this package as npm packs it: its stages lie in a workspace, one text in a file:
 * package, one in a patch of a package from the registry.
 */
export class OutsideRepository {
  readonly folder = mkdtempSync(join(tmpdir(), "outside-"));

  /**
   * @param environments as `environments.json`
   * @param workflow the text of `.github/workflows/plan.yml`
   */
  constructor(environments: object, workflow: string, parts: OutsideParts) {
    mkdirSync(join(this.folder, VENDOR));
    const tarball = packed("auth0-progressive-profiling");
    copyFileSync(tarball, join(this.folder, VENDOR, basename(tarball)));
    this.write(".gitignore", "node_modules/\ncdktf.out/\n");
    this.write(".github/workflows/plan.yml", workflow);
    this.write("environments.json", JSON.stringify(environments));
    this.write("main.js", MAIN);
    this.writeJson("package.json", {
      name: "login",
      private: true,
      workspaces: ["packages/*"],
      scripts: { synth: "node main.js", postinstall: "patch-package" },
      dependencies: {
        "auth0-progressive-profiling": `file:${VENDOR}/${basename(tarball)}`,
        cdktf: "0.21.0",
        constructs: "10.7.2",
        ms: "2.1.3",
        "patch-package": "8.0.1",
        wording: "file:wording",
      },
    });
    this.writeJson("packages/stages/package.json", { name: "stages", version: "1.0.0" });
    this.writeJson("wording/package.json", { name: "wording", version: "1.0.0" });
    this.set(parts);
    this.run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"]);
    this.git("init", "--quiet", "--initial-branch", "main");
    this.commit("The project");
  }

  /** Changes what is given. */
  set({ stages, company, hint }: Partial<OutsideParts>): void {
    if (stages !== undefined) {
      this.write("packages/stages/index.js", stages);
    }
    if (company !== undefined) {
      this.write("wording/index.js", `exports.company = ${JSON.stringify(company)};\n`);
    }
    if (hint !== undefined) {
      const file = "node_modules/ms/index.js";
      this.write(
        "patches/ms+2.1.3.patch",
        `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -1,3 +1,4 @@\n` +
          `+globalThis.hintOfPatch = ${JSON.stringify(hint)};\n /**\n  * Helpers.\n  */\n`,
      );
    }
  }

  commit(message: string): string {
    this.git("add", "--all");
    this.git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "-m", message);
    return this.git("rev-parse", "HEAD");
  }

  git(...args: readonly string[]): string {
    return this.run("git", args).trim();
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  private writeJson(file: string, content: object): void {
    this.write(file, `${JSON.stringify(content, undefined, 2)}\n`);
  }

  private run(command: string, args: readonly string[], cwd = this.folder): string {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  }
}
