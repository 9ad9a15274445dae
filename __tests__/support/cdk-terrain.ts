import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Which CDK a stack is built with: the one of this repository, or the package that takes its name. */
export interface Cdk {
  /** What the example's stack is synthesised to. */
  readonly configurationOf: (example: string) => object;
  readonly remove: () => void;
}

/** CDKTF as it is installed here. */
export function cdktf(): Cdk {
  return new Installed(mkdtempSync(join(tmpdir(), "cdktf-")), []);
}

/** CDK Terrain, installed in a folder of its own, wherever `cdktf` is asked for. */
export function cdkTerrain(version: string): Cdk {
  const folder = mkdtempSync(join(tmpdir(), "cdk-terrain-"));
  const hook = join(folder, "hook.js");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const packages = [`cdktf@npm:cdktn@${version}`, "constructs@10.7.2"];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], { cwd: folder });
  writeFileSync(
    hook,
    `const Module = require("node:module");
const { _resolveFilename } = Module;
Module._resolveFilename = function (name, parent, ...others) {
  return _resolveFilename.call(this, name, /^(cdktf|constructs)(\\/|$)/.test(name) ? module : parent, ...others);
};
`,
  );
  return new Installed(folder, ["--require", hook]);
}

class Installed implements Cdk {
  constructor(
    private readonly folder: string,
    private readonly options: readonly string[],
  ) {}

  configurationOf(example: string): object {
    const outdir = join(this.folder, "out");
    const args = ["--require", require.resolve("tsx/cjs"), ...this.options, join(ROOT, "examples", example, "main.ts")];
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    if (status !== 0) {
      throw new Error(`${example} ended with ${status}:\n${stderr}`);
    }
    return JSON.parse(readFileSync(join(outdir, "stacks", example, "cdk.tf.json"), "utf8"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
