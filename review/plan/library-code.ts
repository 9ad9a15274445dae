import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What this library ships: the Action that looks for keys, and the one that chooses from stages. */
const SOURCES = ["progressive-profiling.js", "scheduled-profiling.js"].map((name) =>
  join(__dirname, "..", "..", "actions", name),
);

/** Values that this library writes into the code: which form is shown, and for which keys, or which stages when. */
const FORM_ID = /^(\s*(?:const|let|var)\s+FORM_ID\s*=\s*)(["'`])([^"'`]*)\2/m;
const METADATA_KEYS = /^(\s*(?:const|let|var)\s+METADATA_KEYS\s*=\s*)(\[[^\]]*\]|"[^"\n]*"|'[^'\n]*')/m;
const STAGES = /^const STAGES = (\[.*\]);$/m;
const OF_STAGES = /^(const (?:STAGES|ASK|SAVES|TELLS_STAGE) = ).*;$/gm;
const METADATA_KEY = /\{\{\s*context\.user\.user_metadata\.([\p{L}\p{N}_$-]+)/gu;

/** The id of the form that stands in an Action's code, where it does. */
export function formIdIn(code: string): string | undefined {
  return FORM_ID.exec(code)?.[3];
}

/** The keys of `user_metadata` that stand in an Action's code, where they do: as such, or in the conditions of stages. */
export function metadataKeysIn(code: string): readonly string[] | undefined {
  const [, , list] = METADATA_KEYS.exec(code) ?? [];
  if (list === undefined) {
    return keysOfStagesIn(code);
  }
  const texts = [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, one, other]) => one ?? other ?? "");
  return list.startsWith("[") ? texts : texts.flatMap((text) => text.split(","));
}

/** Of a stage that waits for something else than an answer nobody can say by keys whom it is shown to. */
function keysOfStagesIn(code: string): readonly string[] | undefined {
  const conditions = conditionsIn(STAGES.exec(code)?.[1] ?? "[]");
  const keys = conditions.map((condition) => [...condition.matchAll(METADATA_KEY)].map(([, key]) => key ?? ""));
  return keys.length === 0 || keys.some(({ length }) => length === 0) ? undefined : [...new Set(keys.flat())];
}

function conditionsIn(stages: string): string[] {
  try {
    const parsed: readonly { readonly condition?: unknown }[] = JSON.parse(stages);
    return parsed.map(({ condition }) => JSON.stringify(condition) ?? "");
  } catch {
    return [];
  }
}

/** Whether the code is this library's own, whatever values stand in it. */
export function isLibraryCode(code: string): boolean {
  return libraryCodes().some((own) => withoutValues(own) === withoutValues(code));
}

function withoutValues(code: string): string {
  return code.replace(FORM_ID, "$1").replace(METADATA_KEYS, "$1").replace(OF_STAGES, "$1");
}

/** The code of the Actions that this library ships: what they do is known, and they need no second look. */
function libraryCodes(): string[] {
  return SOURCES.flatMap((source) => {
    try {
      return [readFileSync(source, "utf8")];
    } catch {
      return [];
    }
  });
}
