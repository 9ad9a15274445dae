import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ROOT } from "./folders.mjs";

/**
 * What `npm run` starts by `scripts/start.mjs`: its program, the file that has its usage, and how much of the set-up it
 * needs.
 *
 * @type {Record<string, { program: string, usage: string, setUp: string[] }>}
 */
export const COMMANDS = {
  demo: { program: "scripts/demo.ts", usage: "scripts/demo.ts", setUp: [] },
  dev: { program: "scripts/dev.ts", usage: "dev/command.ts", setUp: [] },
  tenant: { program: "tenant/cli.ts", usage: "tenant/arguments.ts", setUp: ["--packages"] },
};

/**
 * What a command prints for --help, read out of its source: it can not run before there are packages.
 *
 * @param {string} name of {@link COMMANDS}
 */
export function usageOf(name) {
  const file = COMMANDS[name]?.usage ?? "";
  const [, usage] = /^(?:export )?const USAGE = `([^`]*)`;$/m.exec(readFileSync(join(ROOT, file), "utf8")) ?? [];
  if (usage === undefined) {
    throw new Error(`${file} has no USAGE`);
  }
  return usage;
}

/**
 * What can be told of a command line by the usage alone: options that there are not, values that are missing or too many,
 * ports that are none. The command itself looks at it once more, and at the rest.
 *
 * @param {string} usage a line for each option, as in `  --port N   of the tenant; may be repeated`
 * @param {readonly string[]} args
 * @returns {string[] | "help"} problems
 */
export function checkCommandLine(usage, args) {
  const lines = usage.matchAll(/^ {2}--([a-z-]+)(?: ([A-Z]+))? {2,}(.*(?:\n {8,}.*)*)/gm);
  const options = new Map(
    [...lines].map(([, name = "", value, text = ""]) => [
      name,
      { takesValue: value !== undefined, isRepeatable: text.includes("may be repeated") },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      [...options].map(([name, { takesValue }]) => [
        name,
        { type: takesValue ? "string" : "boolean", ...(name === "help" && { short: "h" }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  /** @type {Set<string>} */
  const given = new Set();
  const problems = tokens.flatMap((token) => {
    if (token.kind === "positional") {
      return `[${JSON.stringify(token.value)}] belongs to no option; leave it out`;
    }
    const option = token.kind === "option" ? options.get(token.name) : undefined;
    if (token.kind !== "option" || option === undefined) {
      return token.kind === "option" ? `[${token.rawName}] is no option; see --help` : [];
    }
    const { name, rawName, value } = token;
    const isTwice = given.has(name) && !option.isRepeatable && option.takesValue;
    given.add(name);
    if (isTwice) {
      return `[${rawName}] is given twice; give it once`;
    }
    if (!option.takesValue) {
      return value === undefined ? [] : `[${rawName}] takes no value; leave ${JSON.stringify(value)} out`;
    }
    if (value === undefined || value === "" || value.startsWith("--")) {
      return `[${rawName}] has no value; give one, or leave it out`;
    }
    const isPort = /^\d{1,5}$/.test(value) && Number(value) <= 65535;
    return /(^|-)port$/.test(name) && !isPort
      ? `[${rawName}] must be a whole number from 0 to 65535, got ${JSON.stringify(value)}; give another one`
      : [];
  });
  return given.has("help") ? "help" : problems;
}
