import { join, relative } from "node:path";

/** What keeps a change from the preview. */
export interface Problem {
  /** Path of the construct, or what else it is about. */
  readonly path: string;
  readonly what: string;
  /** What to do; where the error says it. */
  readonly remedy?: string;
  /** Where it was written, as in `main.ts:12`. */
  readonly place?: string;
}

/** What an app said at its end. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Runs before the app, and where this package is developed in the app's own folder. */
export const PREPARE = join(__dirname, "prepare.cjs");

/** What a name that is misspelt comes to where TypeScript runs unchecked. */
const UNTYPED = new Set(["TypeError", "ReferenceError"]);
const TYPECHECK = "let `npx tsc --noEmit` say what is misspelt or of another type";

/**
 * The problems that an error names, each `[path] what; remedy` as the constructs and CDKTF write them; an error of another
 * kind is one problem.
 *
 * @param folder what places are relative to
 */
export function problemsOf({ name, message, stack }: Failure, folder: string): readonly Problem[] {
  const place = placeOf(`${message}\n${stack}`, folder);
  const lines = [...message.matchAll(/^\s*\[([^\]]+)\] (.+)$/gm)];
  if (lines.length === 0) {
    // A parser written in another language adds its own stack.
    const what = message.replace(/\n\s*(?:Caused by|Stack backtrace):[\s\S]*/, "").trim();
    const path = place?.replace(/:\d+$/, "") ?? name;
    return [{ path, what, ...(UNTYPED.has(name) && { remedy: TYPECHECK }), ...(place && { place }) }];
  }
  return lines.map(([, path = "", text = ""]) => {
    const at = text.lastIndexOf("; ");
    const parts = at < 0 ? { what: text } : { what: text.slice(0, at), remedy: text.slice(at + 2) };
    return { path, ...parts, ...(place && { place }) };
  });
}

/** In one line, as this project's errors are. */
export function problemText({ path, what, remedy, place }: Problem): string {
  return `[${path}] ${what}${remedy === undefined ? "" : `; ${remedy}`}${place === undefined ? "" : ` (${place})`}`;
}

/** The innermost line of the user's own: of a stack, of the drawing of a parser, or of what could not be found. */
function placeOf(text: string, folder: string): string | undefined {
  const places = [
    ...text.matchAll(/(?:\(|at |file:\/\/)(\/[^\s():]+):(\d+)/g),
    ...text.matchAll(/(?:\[|^)(\/[^\s[\]:]+\.\w+):(\d+)/gm),
    ...text.matchAll(/^- (\/[^\s:]+)()$/gm),
    ...text.matchAll(/Cannot find module '(\/[^'\n]+)'()/g),
  ];
  const own = places.find(
    ([, file = ""]) => file.startsWith(`${folder}/`) && !file.includes("/node_modules/") && file !== PREPARE,
  );
  const [, file = "", line = ""] = own ?? [];
  return file === "" ? undefined : `${relative(folder, file)}${line === "" ? "" : `:${line}`}`;
}
