import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Project, type Ran } from "./project";

const ROOT = join(__dirname, "..", "..");
const OWN_COMMAND = `"${process.execPath}" --require "${require.resolve("tsx/cjs")}" "${join(ROOT, "cli", "main.ts")}"`;
/** What a clone does not have, and what only this repository's own runs write. */
const NOT_IN_A_CLONE = /^(\.|cdktf\.out|dist|terraform\.)/;

/** Runs a shell block of a document as it stands there: `npx` finds this library's command from source. */
export function documentShell(folder: string, block: string, environment: Readonly<Record<string, string>> = {}): Ran {
  const script = block.replaceAll("npx auth0-progressive-profiling", OWN_COMMAND);
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("AUTH0_"));
  const { status, stdout, stderr, error } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...Object.fromEntries(inherited), CI: "true", npm_config_loglevel: "error", ...environment },
  });
  if (error !== undefined) {
    throw error;
  }
  return { status, said: stripVTControlCharacters(`${stdout}${stderr}`) };
}

/** A clone in which the shell blocks of a document run. */
export class DocumentProject extends Project {
  constructor(environments: string) {
    super(environments);
    for (const name of readdirSync(ROOT).filter((entry) => !NOT_IN_A_CLONE.test(entry))) {
      if (!existsSync(join(this.folder, name))) {
        symlinkSync(join(ROOT, name), join(this.folder, name));
      }
    }
  }

  /** Writes variables as a file that a shell reads, at a path in this project. */
  writeVariables(path: string, variables: Readonly<Record<string, string>>): void {
    mkdirSync(join(this.folder, dirname(path)), { recursive: true });
    const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
    writeFileSync(join(this.folder, path), lines.join(""));
  }

  /** Has as its app the one stack that a block of a document exports. */
  writeStack(block: string): void {
    const [, name = ""] = /export class (\w+)/.exec(block) ?? [];
    writeFileSync(join(this.folder, "stack.ts"), block.replace('"auth0-progressive-profiling"', '"./lib"'));
    writeFileSync(
      join(this.folder, "main.ts"),
      `import { App } from "cdktf";\nimport { ${name} } from "./stack";\n\nconst app = new App();\nnew ${name}(app, "login");\napp.synth();\n`,
    );
  }

  shell(block: string, environment?: Readonly<Record<string, string>>): Ran {
    return documentShell(this.folder, block, environment);
  }
}
