import { readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCE = join(__dirname, "..", "..", "actions", "progressive-profiling.js");

/** Values that this library writes into the code: which form is shown, and for which keys. */
const FORM_ID = /^(\s*(?:const|let|var)\s+FORM_ID\s*=\s*)(["'`])([^"'`]*)\2/m;
const METADATA_KEYS = /^(\s*(?:const|let|var)\s+METADATA_KEYS\s*=\s*)(\[[^\]]*\]|"[^"\n]*"|'[^'\n]*')/m;

/** The id of the form that stands in an Action's code, where it does. */
export function formIdIn(code: string): string | undefined {
  return FORM_ID.exec(code)?.[3];
}

/** The keys of `user_metadata` that stand in an Action's code, where they do. */
export function metadataKeysIn(code: string): readonly string[] | undefined {
  const [, , list] = METADATA_KEYS.exec(code) ?? [];
  if (list === undefined) {
    return undefined;
  }
  const texts = [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, one, other]) => one ?? other ?? "");
  return list.startsWith("[") ? texts : texts.flatMap((text) => text.split(","));
}

/** Whether the code is this library's own, whatever values stand in it. */
export function isLibraryCode(code: string): boolean {
  const own = libraryCode();
  return own !== undefined && withoutValues(own) === withoutValues(code);
}

function withoutValues(code: string): string {
  return code.replace(FORM_ID, "$1").replace(METADATA_KEYS, "$1");
}

/** The code of the Action that this library ships: what it does is known, and it needs no second look. */
function libraryCode(): string | undefined {
  try {
    return readFileSync(SOURCE, "utf8");
  } catch {
    return undefined;
  }
}
