import { isObject, isSame, sortedJson } from "../json-value";
import { type ActionChange, type ActionState, originOf } from "../resources/action-code";
import type { FlowChange } from "../resources/flow-code";
import type { LimitUse } from "../resources/limits";
import { addedScopes, keptScopes, type ScopeChange } from "../resources/scopes";
import { difference } from "./difference";
import { originText } from "./finding-text";
import { codeBlock, codeSpan, details, escapeHtml, escapeMarkdown, table } from "./markdown-text";
import { type Section, section } from "./section";
import { codeSpans, count, figures, onApi, scopeNames } from "./wording";

/** Where a grant has other scopes than before, or goes to another client or API; of a new one the finding says all. */
export function scopeSections(changes: readonly ScopeChange[]): readonly Section[] {
  const isMoved = ({ address }: ScopeChange) => changes.filter((other) => other.address === address).length > 1;
  const shown = changes.filter(
    (change) =>
      isMoved(change) ||
      (change.before !== undefined && change.after !== undefined && !isSame(change.before, change.after)),
  );
  const listed = (scopes: "all" | readonly string[]) => scopeNames(scopes).map(codeSpan).join(" ");
  const rows = shown.map((change) => [
    `${escapeMarkdown(change.client)}${isMoved(change) && change.audience !== undefined ? ` on ${codeSpan(change.audience)}` : onApi(change.audience)}`,
    listed(addedScopes(change)),
    listed(addedScopes({ before: change.after, after: change.before })),
    listed(keptScopes(change)),
  ]);
  return rows.length === 0 ? [] : [section("Scopes", table(["client", "added", "removed", "kept"], rows), 60)];
}

/** The code that logins run, as a difference where there was some. */
export function actionSections(changes: readonly ActionChange[]): readonly Section[] {
  return changes.flatMap(({ name, before, after, changes: parts }): readonly Section[] => {
    if (after === undefined) {
      return [];
    }
    const heading = `Action ${escapeMarkdown(name)}`;
    const isOtherwiseSame = parts.includes("line endings");
    const lines = [
      ...(isOtherwiseSame ? [`- line endings of the code: ${lineEnds(before?.code)} → ${lineEnds(after.code)}`] : []),
      ...(before === undefined ? [] : differenceLines(before, after)),
    ];
    if (after.code === undefined || before?.code === after.code || isOtherwiseSame) {
      return lines.length === 0 ? [] : [section(heading, lines.join("\n"), 50)];
    }
    if (before?.code === undefined) {
      // It is among the values that change, and needs no second look.
      if (after.isLibraryCode) {
        return [];
      }
      const lineCount = count(after.code.replace(/\n$/, "").split("\n").length, "line");
      const summary = `The code of the Action ${name}: ${lineCount}, ${originText(originOf(after))}`;
      return [folded(summary, codeBlock(after.code, "js"), 10)];
    }
    const changed = codeBlock(difference(before.code, after.code), "diff");
    return [section(heading, [...lines, ...(lines.length > 0 ? [""] : []), changed].join("\n"), 45)];
  });
}

function lineEnds(code = ""): string {
  const [all, crlf] = [/\r\n?|\n/g, /\r\n/g].map((pattern) => code.match(pattern)?.length ?? 0);
  return crlf === 0 ? "LF" : crlf === all ? "CRLF" : "both";
}

function differenceLines(before: ActionState, after: ActionState): readonly string[] {
  const listed = (values: readonly string[]) => (values.length === 0 ? "none" : codeSpans(values));
  const line = (what: string, old: readonly string[], next: readonly string[]) =>
    isSame(old, next) ? [] : [`- ${what}: ${listed(old)} → ${listed(next)}`];
  const runtime = (state: ActionState) => [state.runtime ?? ""].filter(Boolean);
  return [
    ...line("runtime", runtime(before), runtime(after)),
    ...line("dependencies", before.dependencies, after.dependencies),
    ...line("modules", before.modules, after.modules),
    ...line("names of secrets", before.secrets, after.secrets),
    ...line("trigger", before.triggers, after.triggers),
  ];
}

/** Members of an action's `params` that may hold credentials under any name: that they change is said, not what is in them. */
const CREDENTIALS = new Set(["headers", "basic"]);
const NOT_SHOWN = "(not shown)";

export function flowSections(changes: readonly FlowChange[]): readonly Section[] {
  return changes.flatMap(({ name, before, after }): readonly Section[] => {
    if (after.actions === undefined || (before !== undefined && before.actions === undefined)) {
      return [];
    }
    const [then = "", now = ""] = [before?.actions ?? [], after.actions].map(
      (actions) => `${sortedJson(withoutCredentials(actions), 2)}\n`,
    );
    const changed = difference(then, now);
    const heading = `Flow ${escapeMarkdown(name)}, without the answers that it writes`;
    return changed === "" ? [] : [section(heading, codeBlock(changed, "diff"), 46)];
  });
}

function withoutCredentials(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutCredentials);
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, part]) => [
    key,
    CREDENTIALS.has(key) && !isSame(part, {}) ? NOT_SHOWN : withoutCredentials(part),
  ]);
  return Object.fromEntries(members);
}

/** One folded table: of each limit the use that is nearest to it. */
export function limitSections(uses: readonly LimitUse[]): readonly Section[] {
  const nearest = new Map<string, LimitUse>();
  for (const one of uses) {
    const other = nearest.get(one.what);
    if (other === undefined || one.used > other.used) {
      nearest.set(one.what, one);
    }
  }
  if (nearest.size === 0) {
    return [];
  }
  const rows = [...nearest.values()].map(({ what, used, limit, isTenantWide }) => [
    what,
    isTenantWide ? `${figures(used)} in this stack` : figures(used),
    figures(limit),
  ]);
  const note = "How many forms, flows and Actions other stacks and the dashboard have made, a plan can not know.";
  const body = `${table(["at most", "used", "limit"], rows)}\n\n${note}`;
  return [folded("How much of Auth0's limits is used", body, 5)];
}

/** @param summary plain text */
function folded(summary: string, body: string, importance: number): Section {
  return { title: escapeHtml(summary), body: details(summary, body), importance };
}
