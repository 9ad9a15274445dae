import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Schedule, scheduleOf } from "../form/schedule";

/** What this library ships: the Action that looks for keys, and the one that chooses from stages. */
const SOURCES = ["progressive-profiling.js", "scheduled-profiling.js"].map((name) =>
  join(__dirname, "..", "..", "actions", name),
);

/** Values that this library writes into the code: which form is shown, and for which keys, or which stages when. */
const FORM_ID = /^(\s*(?:const|let|var)\s+FORM_ID\s*=\s*)(["'`])([^"'`$\\\n]*)\2/m;
const METADATA_KEYS =
  /^(\s*(?:const|let|var)\s+METADATA_KEYS\s*=\s*)(\[(?:[\s,]|"[^"\\\n]*"|'[^'\\\n]*')*\]|"[^"\\\n]*"|'[^'\\\n]*')/m;
const OF_STAGES = /^(const (STAGES|ASK|SAVES|TELLS_STAGE|STAGES_PER_LOGIN) = )(.*);$/gm;

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

/** What an Action goes by that chooses from stages: its values stand in its code, or in its secrets under the same names. */
export function scheduleIn(code: string, secrets: ReadonlyMap<string, string | undefined>): Schedule | undefined {
  const constants = new Map([...code.matchAll(OF_STAGES)].map(([, , name, value]) => [name, value]));
  const value = (name: string) => parsed(constants.get(name) ?? secrets.get(name));
  return scheduleOf({
    stages: value("STAGES"),
    moment: value("ASK"),
    saves: value("SAVES"),
    tellsStage: value("TELLS_STAGE"),
    stagesPerLogin: value("STAGES_PER_LOGIN"),
  });
}

function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? "null");
  } catch {
    return undefined;
  }
}

/** Whether the code is this library's own, whatever values stand in it. */
export function isLibraryCode(code: string): boolean {
  return libraryCodes().some((own) => withoutValues(own) === withoutValues(code));
}

function withoutValues(code: string): string {
  return code.replace(FORM_ID, "$1").replace(METADATA_KEYS, "$1").replace(OF_STAGES, withoutValue);
}

/** What is no JSON runs in the login, and is no value. */
function withoutValue(line: string, start: string, _name: string, value: string): string {
  return parsed(value) === undefined ? line : start;
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
