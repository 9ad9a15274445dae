import type { Action } from "../plan/plan";
import type { ResourceReview } from "../resources/resources";
import { countsOf, type StackReview } from "../stack-review";
import { type Block, block, ESSENTIAL } from "./markdown";
import { codeSpan, escapeMarkdown } from "./markdown-text";
import { TAKING_BACK } from "./wording";

export const GROUPS: readonly (readonly [Action, string])[] = [
  ["destroy", "Destroyed"],
  ["replace", "Replaced"],
  ["update", "Changed"],
  ["create", "Added"],
  ["import", "Imported"],
  ["forget", "Forgotten"],
];

export function resourceBlocks(stack: StackReview, level: string, name: string): Block[] {
  const own = stack.resources.filter(({ isForeign }) => !isForeign);
  const groups = GROUPS.flatMap(([action, title]) => {
    const lines = own.filter((resource) => resource.action === action).map(resourceLine);
    return lines.length === 0 ? [] : [`**${title}**`, "", ...lines, ""];
  });
  const moved = own
    .filter(({ previousAddress }) => previousAddress !== undefined)
    .map(({ address, previousAddress }) => `- ${codeSpan(previousAddress ?? "")} → ${codeSpan(address)}`);
  if (moved.length > 0) {
    groups.push("**Moved**", "", ...moved, "");
  }
  const rest = restOf(own);
  if (groups.length === 0) {
    return rest === "" ? [] : [block(`${name}resources`, [rest], ESSENTIAL)];
  }
  if (rest !== "") {
    groups.push(rest);
  }
  const lines = [`${level} Resources`, "", ...groups];
  return [{ title: `${name}resources`, lines: withoutLastEmpty(lines), importance: ESSENTIAL, isList: true }];
}

/** What nothing happens to is counted. */
function restOf(resources: readonly ResourceReview[]): string {
  const { "no-op": kept, read } = countsOf(resources);
  const sentences = [
    kept === 1 && "1 resource stays as it is.",
    kept > 1 && `${kept} resources stay as they are.`,
    read === 1 && "1 data source is read at the apply.",
    read > 1 && `${read} data sources are read at the apply.`,
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}

export function resourceLine(resource: ResourceReview): string {
  const { address, name, action, attributes, isImported, insteadOf, isTakingBack } = resource;
  const named = name === undefined ? "" : ` ${escapeMarkdown(name)}`;
  const changed = attributes.map(codeSpan).join(", ");
  const isWhy = action === "replace" && insteadOf === undefined;
  const why = changed === "" ? "" : isWhy ? `: because of ${changed}` : `: ${changed}`;
  const instead = insteadOf === undefined ? "" : `, instead of ${codeSpan(insteadOf)}`;
  const imported = isImported && action !== "import" ? " (imported)" : "";
  return `- ${codeSpan(address)}${named}${imported}${instead}${why}${isTakingBack ? ` (${TAKING_BACK})` : ""}`;
}

function withoutLastEmpty(lines: readonly string[]): string[] {
  return lines.at(-1) === "" ? lines.slice(0, -1) : [...lines];
}
