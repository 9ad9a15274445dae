import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { createContext, Script } from "node:vm";
import { type Problems, shown } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_BYTES = 100 * 1024;
const HANDLERS = ["onExecutePostLogin", "onContinuePostLogin"];
/** Comments and texts, which may name a secret without using it. */
const NOT_CODE = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const USED_SECRET = /\bevent\s*\.\s*secrets\s*\.\s*([A-Za-z_$][\w$]*)/g;

/**
 * Reads the source of a post-login Action, and adds what would fail in Auth0: a syntax error (with file and line), a
 * missing handler, a secret that is used but not given, more than 100 kB of code.
 */
export function readActionSource(file: string, secretNames: readonly string[], problems: Problems): string {
  let code: string;
  try {
    code = readFileSync(file, "utf8");
  } catch (error) {
    problems.add(`Action source ${shown(file)} can not be read: ${(error as Error).message}`);
    return "";
  }
  const name = basename(file);
  const bytes = Buffer.byteLength(code);
  if (bytes > MAX_BYTES) {
    problems.add(`Action source ${name} has ${bytes} bytes, but Auth0 takes at most ${MAX_BYTES}; shorten it`);
  }
  checkHandlers(name, code, problems);
  const declared = secretNames.length === 0 ? "none" : secretNames.join(", ");
  for (const secret of usedSecrets(code)) {
    if (!secretNames.includes(secret)) {
      problems.add(
        `Action source ${name} uses event.secrets.${secret}, which it is not given; its secrets are ${declared}`,
      );
    }
  }
  return code;
}

function checkHandlers(name: string, code: string, problems: Problems): void {
  const exports: Record<string, unknown> = {};
  try {
    // As Auth0 does: a CommonJS module. It only gets what it needs to define its handlers, and no time to do more.
    const script = new Script(code, { filename: name });
    script.runInContext(createContext({ exports, module: { exports }, require: () => ({}), console }), {
      timeout: 1000,
    });
  } catch (error) {
    problems.add(`Action source ${name} can not be loaded: ${errorWithPlace(error)}`);
    return;
  }
  for (const handler of HANDLERS) {
    if (typeof exports[handler] !== "function") {
      problems.add(
        `Action source ${name} does not export ${handler}; add exports.${handler} = async (event, api) => { … }`,
      );
    }
  }
}

function usedSecrets(code: string): Set<string> {
  const bare = code.replace(NOT_CODE, " ");
  return new Set([...bare.matchAll(USED_SECRET)].flatMap(([, secret]) => secret ?? []));
}

/** Node writes `<file>:<line>` on the first line of the stack of an error that a script threw or could not be parsed with. */
function errorWithPlace(error: unknown): string {
  const { name, message, stack = "" } = error as Error;
  const line = /^[^\n]*?:(\d+)(?::\d+)?\n/.exec(stack)?.[1] ?? /\.js:(\d+):\d+/.exec(stack)?.[1];
  return `${name}: ${message}${line === undefined ? "" : ` at line ${line}`}`;
}
