import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { basename } from "node:path";
import { createContext, Script } from "node:vm";
import { type Problems, shown } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_BYTES = 100 * 1024;
const MAX_LOAD_MILLISECONDS = 1000;
const HANDLERS = ["onExecutePostLogin", "onContinuePostLogin"];

const STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/;
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/;
/** After a bracket or an operator a slash begins one; elsewhere it divides. */
const REGULAR_EXPRESSION = /(?<=[(,=:[!&|?{};]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n])+\/[a-z]*/;
const TEMPLATE = /`(?:\\.|[^`\\])*`/;
const SECRETS = /\bsecrets\s*/;
const NAME = /([A-Za-z_$][\w$]*)/;

/**
 * Reads the source of a post-login Action, and adds what would fail in Auth0: a syntax error (with file and line), a
 * missing handler, a secret that is used but not given, more than 100 kB of code.
 *
 * The source is loaded to see what it exports, with packages that do nothing. Its secrets are looked for as
 * `secrets.NAME`, `secrets["NAME"]` and `{ NAME } = event.secrets`; a name that is computed can not be seen.
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
  const given = secretNames.length === 0 ? "none" : secretNames.join(", ");
  for (const secret of usedSecrets(code)) {
    if (secretNames.includes(secret)) {
      continue;
    }
    problems.add(`Action source ${name} uses event.secrets.${secret}, which it is not given; its secrets are ${given}`);
  }
  return code;
}

function checkHandlers(name: string, code: string, problems: Problems): void {
  let exports: Record<string, unknown>;
  try {
    exports = load(name, code);
  } catch (error) {
    problems.add(`Action source ${name} can not be loaded: ${errorWithPlace(error)}`);
    return;
  }
  for (const handler of HANDLERS) {
    if (typeof exports[handler] === "function") {
      continue;
    }
    problems.add(
      `Action source ${name} does not export ${handler}; add exports.${handler} = async (event, api) => { … }`,
    );
  }
}

/** Loads the source as Auth0 does: as a CommonJS module, with what Node has but without effect on this process. */
function load(filename: string, code: string): Record<string, unknown> {
  const module = { exports: {} as Record<string, unknown> };
  const console = new Proxy({}, { get: () => () => undefined });
  const globals = { Buffer, TextDecoder, TextEncoder, URL, URLSearchParams, atob, btoa, console, fetch: nothing };
  const timers = { clearTimeout: nothing, setTimeout: nothing, clearInterval: nothing, setInterval: nothing };
  const context = createContext({ ...globals, ...timers, process: { env: {} } });
  // On one line with its first, so that the lines of an error are those of the file.
  const wrapped = `(function (exports, require, module, __filename, __dirname) {${code}\n})`;
  context.load = new Script(wrapped, { filename }).runInContext(context);
  context.call = [module.exports, requireForSynth, module, filename, "."];
  new Script("load.apply(module.exports, call)").runInContext(Object.assign(context, { module }), {
    timeout: MAX_LOAD_MILLISECONDS,
  });
  return module.exports;
}

/** Node's own modules are what they are; a package may be called, constructed and taken apart, and does nothing. */
function requireForSynth(id: string): unknown {
  return isBuiltin(id) ? require(id) : packageThatDoesNothing;
}

function nothing(): void {}

const packageThatDoesNothing: unknown = new Proxy(function anything() {}, {
  get: (target, key) => (key in target ? Reflect.get(target, key) : packageThatDoesNothing),
  apply: () => packageThatDoesNothing,
  construct: () => packageThatDoesNothing as object,
});

function usedSecrets(code: string): Set<string> {
  const withoutComments = replaceAll(code, [REGULAR_EXPRESSION, STRING, TEMPLATE, COMMENT], (found) =>
    found.startsWith("/") ? " " : found,
  );
  const bare = replaceAll(withoutComments, [STRING], () => '""');
  const byDot = matchAll(bare, [SECRETS, /\??\.\s*/, NAME]);
  const byBracket = matchAll(withoutComments, [SECRETS, /(?:\?\.)?\s*\[\s*["']/, NAME, /["']/]);
  const taken = [...bare.matchAll(/\{([^{}]*)\}\s*=\s*\w+\s*\??\.\s*secrets\b/g)].flatMap(([, names = ""]) =>
    names.split(",").flatMap((name) => NAME.exec(name)?.[1] ?? []),
  );
  return new Set([...byDot, ...byBracket, ...taken].filter((name) => !(name in Object.prototype)));
}

function matchAll(code: string, parts: readonly RegExp[]): string[] {
  const pattern = new RegExp(parts.map(({ source }) => source).join(""), "g");
  return [...code.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

function replaceAll(code: string, patterns: readonly RegExp[], change: (found: string) => string): string {
  return code.replace(new RegExp(patterns.map(({ source }) => source).join("|"), "g"), change);
}

/** Node writes `<file>:<line>` into the stack of an error that a script threw or could not be parsed with. */
function errorWithPlace(error: unknown): string {
  if (typeof (error as Error | undefined)?.message !== "string") {
    return `it throws ${shown(error)}`;
  }
  const { name, message, stack = "" } = error as Error;
  const line = /^[^\n]*?:(\d+)(?::\d+)?\n/.exec(stack)?.[1] ?? /\.js:(\d+):\d+/.exec(stack)?.[1];
  return `${name}: ${message}${line === undefined ? "" : ` at line ${line}`}`;
}
