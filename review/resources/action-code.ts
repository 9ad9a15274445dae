import type { Finding, Section } from "../finding";
import { isSame, listOf, objectOf } from "../json-value";
import { difference } from "../markdown/difference";
import { codeBlock, codeSpan, details, escapeMarkdown } from "../markdown/markdown-text";
import { libraryCode } from "../plan/library-code";
import { actionsOf, isBound } from "../plan/profilings";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

/** An Action before and after. */
export interface ActionChange {
  readonly address: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed" | "replaced";
  /** What of it changes: `code`, `runtime`, `dependencies`, `secrets`, `supported_triggers`, `deploy`, `binding`. */
  readonly changes: readonly string[];
  readonly before?: ActionState;
  readonly after?: ActionState;
}

export interface ActionState {
  /** `undefined` where it can not be known. */
  readonly code?: string;
  /** Whether the code is what this library ships: that needs no second look. */
  readonly isLibraryCode: boolean;
  readonly runtime?: string;
  readonly dependencies: readonly string[];
  /** Names of its secrets. */
  readonly secrets: readonly string[];
  readonly triggers: readonly string[];
  readonly isDeployed: boolean;
  /** Whether this stack binds it to the post-login trigger. */
  readonly isBound: boolean;
}

/** The Actions that change, by address. */
export function actionChanges({ tenant, planned }: Snapshots): ActionChange[] {
  const addresses = [...new Set([...actionsOf(tenant), ...actionsOf(planned)].map(({ address }) => address))].sort();
  return addresses.flatMap((address): ActionChange[] => {
    const [old, next] = [tenant.get(address), planned.get(address)];
    const before = old && stateOf(old, tenant);
    const after = next && stateOf(next, planned);
    const changes = before && after ? differences(before, after) : [];
    const isReplaced = old !== undefined && next !== undefined && old.id !== next.id;
    if (before && after && changes.length === 0 && !isReplaced) {
      return [];
    }
    const change =
      before === undefined ? "added" : after === undefined ? "removed" : isReplaced ? "replaced" : "changed";
    return [{ address, name: (next ?? old)?.name ?? address, change, changes, before, after }];
  });
}

/**
 * What to look at in them.
 *
 * @param shown addresses of the Actions that show a form: whether they are bound is said of the form
 */
export function actionFindings(changes: readonly ActionChange[], shown: ReadonlySet<string>): Finding[] {
  return changes.flatMap(({ address, name, change, changes: parts, before, after }): Finding[] => {
    const action = `The Action ${codeSpan(name)}`;
    const findings: Finding[] = [];
    const add = (kind: Finding["kind"], text: string) => findings.push({ kind, text, where: address });
    if (after !== undefined && after.code === undefined) {
      add("unknown", `${action}: its code can not be known before the apply.`);
    }
    if (change === "added" && after?.isBound === true) {
      add("action-code", `${action} is new, and logins run it; its code is ${originOf(after)}.`);
    }
    const run = parts.filter((part) => part !== "binding" && part !== "deploy");
    if (run.length > 0 && after !== undefined) {
      const what = run.map((part) => WORDS[part] ?? part).join(", ");
      const origin = run.includes("code") ? `; the code is ${originOf(after)}` : "";
      const isLost = shown.has(address) && run.includes("code") && before?.isLibraryCode === true;
      const lost = isLost ? ": who is asked, and when, can no longer be told" : "";
      add("action-code", `${action} changes: ${what}${origin}${lost}.`);
    }
    if (after?.isDeployed === false) {
      add("action-code", `${action} is not deployed (${codeSpan("deploy")}): logins go on with the version before.`);
    }
    if (!shown.has(address)) {
      if (before?.isBound === true && after?.isBound !== true) {
        add("unbound", `${action} is no longer run by logins.`);
      }
      if (change === "changed" && before?.isBound === false && after?.isBound === true) {
        add("action-code", `${action} is bound now: logins run it.`);
      }
    }
    return findings;
  });
}

const WORDS: Readonly<Record<string, string>> = { secrets: "names of secrets", supported_triggers: "trigger" };

/** The code that logins run, as a difference where there was some. */
export function actionSections(changes: readonly ActionChange[]): Section[] {
  return changes.flatMap(({ name, before, after }): Section[] => {
    if (after === undefined) {
      return [];
    }
    const heading = `Action ${escapeMarkdown(name)}`;
    const lines = before === undefined ? [] : differenceLines(before, after);
    if (after.code === undefined || before?.code === after.code) {
      return lines.length === 0 ? [] : [{ heading, body: lines.join("\n"), importance: 50 }];
    }
    if (before?.code === undefined) {
      const summary = `The code of the Action ${name}: ${count(linesOf(after.code), "line")}, ${originOf(after)}`;
      return [{ heading: "", body: details(summary, codeBlock(after.code, "js")), importance: 10 }];
    }
    const body = [...lines, ...(lines.length > 0 ? [""] : []), codeBlock(difference(before.code, after.code), "diff")];
    return [{ heading, body: body.join("\n"), importance: 45 }];
  });
}

function differenceLines(before: ActionState, after: ActionState): string[] {
  const listed = (values: readonly string[]) => (values.length === 0 ? "none" : values.map(codeSpan).join(", "));
  const lines: string[] = [];
  const add = (what: string, old: readonly string[], next: readonly string[]) => {
    if (!isSame(old, next)) {
      lines.push(`- ${what}: ${listed(old)} → ${listed(next)}`);
    }
  };
  add("runtime", [before.runtime ?? ""].filter(Boolean), [after.runtime ?? ""].filter(Boolean));
  add("dependencies", before.dependencies, after.dependencies);
  add("names of secrets", before.secrets, after.secrets);
  add("trigger", before.triggers, after.triggers);
  return lines;
}

function stateOf(action: Resource, snapshot: Snapshot): ActionState {
  const triggers = listOf(action.attribute("supported_triggers")).map(objectOf);
  const dependencies = listOf(action.attribute("dependencies")).map(objectOf);
  return {
    code: action.text("code"),
    isLibraryCode: action.is("code", libraryCode()),
    runtime: action.text("runtime"),
    dependencies: dependencies.map(({ name, version }) => `${name}@${version}`).sort(),
    secrets: [...action.secrets.keys()].sort(),
    triggers: triggers.map(({ id, version }) => `${id} ${version}`),
    isDeployed: action.attribute("deploy") !== false,
    isBound: isBound(action, snapshot),
  };
}

function differences(before: ActionState, after: ActionState): string[] {
  const parts = {
    code: isSame(before.code, after.code),
    runtime: isSame(before.runtime, after.runtime),
    dependencies: isSame(before.dependencies, after.dependencies),
    secrets: isSame(before.secrets, after.secrets),
    supported_triggers: isSame(before.triggers, after.triggers),
    deploy: before.isDeployed === after.isDeployed,
    binding: before.isBound === after.isBound,
  };
  return Object.entries(parts).flatMap(([part, same]) => (same ? [] : part));
}

function originOf({ code, isLibraryCode }: ActionState): string {
  if (code === undefined) {
    return "not known";
  }
  return isLibraryCode ? "this library's own, unchanged" : "not this library's own";
}

function linesOf(code: string): number {
  return code.replace(/\n$/, "").split("\n").length;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
