import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { CommandError } from "../../command/command-error";
import { engine } from "../../command/engine";
import { outputProblem } from "../../command/output-folder";
import { readSynthesised, SYNTHESISED } from "../../command/synthesised-stack";
import { blocksOf } from "./configuration";
import { type JsonObject, objectOf } from "./json";
import { languageOf, type ProviderSchemas } from "./language";
import { withVariables } from "./variables";

const ASSETS = "assets";

/** Where blocks stand by convention; all others in `main.tf`. */
const FILES: Readonly<Record<string, string>> = {
  terraform: "terraform.tf",
  provider: "providers.tf",
  variable: "variables.tf",
  output: "outputs.tf",
};
const MAIN_ORDER = ["locals", "data", "ephemeral", "module", "resource", "check", "moved", "import", "removed"];
const LARGEST_SCHEMA = 256 * 1024 * 1024;

/**
 * Writes a synthesised stack as a Terraform module of the same addresses and the same state, checked by the engine before
 * anything is in its place.
 *
 * @param stack folder in which `cdk.tf.json` lies
 * @param out folder that is empty or is not there
 * @returns the names of what was written
 * @throws {@link CommandError}
 */
export function writeModule(stack: string, out: string): readonly string[] {
  const configuration = readSynthesised(stack) as JsonObject;
  const problem = outputProblem("--out", out);
  if (problem !== undefined) {
    throw new CommandError([problem]);
  }
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new CommandError([`[--out] ${out} is not empty; give a folder that is, or none that is there`]);
  }
  const work = mkdtempSync(join(tmpdir(), "hcl-"));
  try {
    const schemas = schemasOf(configuration, stack, work);
    const files = moduleFiles(withState(withVariables(configuration), stack, out), schemas);
    for (const [name, text] of files) {
      writeFileSync(join(work, name), text);
    }
    run(work, "fmt", "-list=false");
    run(work, "validate");
    mkdirSync(out, { recursive: true });
    const written = [...files.keys(), ASSETS].filter((name) => existsSync(join(work, name)));
    for (const name of written) {
      cpSync(join(work, name), join(out, name), { recursive: true });
    }
    return written;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The texts of the files, by name: right, but not aligned. */
export function moduleFiles(configuration: JsonObject, schemas: ProviderSchemas): ReadonlyMap<string, string> {
  const blocks = blocksOf(configuration, languageOf(schemas, sourcesOf(configuration)));
  const keywords = [...Object.keys(FILES), ...MAIN_ORDER];
  const files = new Map<string, string>();
  for (const keyword of keywords) {
    const texts = blocks.get(keyword) ?? [];
    const name = FILES[keyword] ?? "main.tf";
    if (texts.length > 0) {
      const before = files.has(name) ? `${files.get(name)}\n` : "";
      files.set(name, `${before}${texts.join("\n\n")}\n`);
    }
  }
  return files;
}

/** What the providers say is a block. Nothing is asked of a tenant, or of a backend. */
function schemasOf(configuration: JsonObject, stack: string, work: string): ProviderSchemas {
  const { backend: _, cloud: __, ...terraform } = objectOf(configuration.terraform);
  const file = join(work, SYNTHESISED);
  writeFileSync(file, JSON.stringify({ ...configuration, terraform }));
  if (existsSync(join(stack, ASSETS))) {
    cpSync(join(stack, ASSETS), join(work, ASSETS), { recursive: true });
  }
  run(work, "init", "-input=false");
  const schemas: ProviderSchemas = JSON.parse(run(work, "providers", "schema", "-json"));
  rmSync(file);
  return schemas;
}

/** With the path of a local state as it is seen from the module's folder. */
function withState(configuration: JsonObject, stack: string, out: string): JsonObject {
  const terraform = objectOf(configuration.terraform);
  const backend = objectOf(terraform.backend);
  const local = objectOf(backend.local);
  if (typeof local.path !== "string") {
    return configuration;
  }
  const path = relative(resolve(out), resolve(stack, local.path));
  return { ...configuration, terraform: { ...terraform, backend: { local: { ...local, path } } } };
}

/** What the names of the stack's providers stand for. */
function sourcesOf({ terraform }: JsonObject): Readonly<Record<string, string>> {
  const required = objectOf(objectOf(terraform).required_providers);
  return Object.fromEntries(
    Object.entries(required).map(([name, provider]) => {
      const { source } = objectOf(provider);
      return [name, typeof source === "string" ? source : `hashicorp/${name}`];
    }),
  );
}

function run(folder: string, ...args: readonly string[]): string {
  const { TF_DATA_DIR: _, TF_WORKSPACE: __, ...environment } = process.env;
  const { status, stdout, stderr, error } = spawnSync(engine(), args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: LARGEST_SCHEMA,
    env: { ...environment, TF_IN_AUTOMATION: "1", TF_CLI_ARGS: "-no-color" },
  });
  if (error !== undefined) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError([`${engine()} can not be run (${code}); install it, or set TERRAFORM_BINARY_NAME`]);
  }
  if (status !== 0) {
    const said = `${stdout}${stderr}`.trim().split("\n").slice(0, 30).join("\n  ");
    throw new CommandError([`${engine()} ${args[0]} ended with ${status}; nothing was written\n  ${said}`]);
  }
  return stdout;
}
