/**
 * What a plan changes and a review does not show: a line for each. Written without a look at how the review finds it.
 *
 * A value is shown where a line of a difference ends with it, or where that line says that it is redacted.
 */
export function lostValues(plan: string, markdown: string): string[] {
  const { resource_changes: changes = [], output_changes: outputs = {} } = JSON.parse(plan);
  const lines = markdown.split("\n");
  const all = [
    ...changes.map(({ address, change }: { address: string; change: Change }) => ({ address, change })),
    ...Object.entries(outputs as Record<string, Change>).map(([name, change]) => ({
      address: `output ${name}`,
      change,
    })),
  ];
  return all.flatMap(({ address, change }) => {
    const [before, after] = [leavesOf(change.before), leavesOf(change.after)];
    const isGone = ([place, value]: readonly [string, string], other: ReadonlyMap<string, string>) =>
      other.get(place) !== value;
    const lost = [
      ...[...before].filter((one) => isGone(one, after)).map(([place, value]) => ({ sign: "-", place, value })),
      ...[...after].filter((one) => isGone(one, before)).map(([place, value]) => ({ sign: "+", place, value })),
    ]
      .filter(({ place }) => !isTakenFromConfiguration(change, place.split(" ")[0] ?? "", lines))
      .filter(
        ({ sign, place, value }) => !isShown(lines, sign, place, value, (sign === "+" ? before : after).get(place)),
      );
    return lost.map(({ sign, place, value }) => `${address} ${sign} ${place}: ${value}`);
  });
}

interface Change {
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
}

/** What is known only after the apply is read from the configuration, and may be what it was. */
function isTakenFromConfiguration({ after_unknown: unknown }: Change, name: string, lines: readonly string[]): boolean {
  const isUnknown = (unknown as Record<string, unknown> | undefined)?.[name] === true;
  return isUnknown && lines.some((line) => line.includes(name));
}

function isShown(lines: readonly string[], sign: string, place: string, value: string, other = ""): boolean {
  const name = place.split(" ").at(-1) ?? "";
  const own = lines.filter((line) => line.startsWith(sign));
  if (own.includes(`${sign} ${place.split(" ")[0]}: ‹redacted›`)) {
    return true;
  }
  if (own.some((line) => line.includes(name) && (line.includes(value) || line.includes("‹redacted›")))) {
    return true;
  }
  const known = new Set(other.split("\n"));
  // Of a text of several lines those that are new; of a list what is in it.
  return value.split("\n").length > 1
    ? value.split("\n").every((line) => known.has(line) || own.some((shown) => shown.includes(line)))
    : own.some((line) => line.includes(value) && line.includes(place.split(" ")[0] ?? ""));
}

/** Single values by the way that leads to them; items of lists by their ids, as people know them. */
function leavesOf(
  value: unknown,
  place: readonly string[] = [],
  found = new Map<string, string>(),
): Map<string, string> {
  const inner = typeof value === "string" ? (document(value) ?? value) : value;
  if (typeof inner !== "object" || inner === null) {
    if (inner !== null && inner !== undefined && place.length > 0) {
      found.set(place.join(" "), String(inner));
    }
    return found;
  }
  for (const [key, item] of Object.entries(inner)) {
    const { id, key: own, name } = (item ?? {}) as Record<string, unknown>;
    const isListed = Array.isArray(inner);
    if (isListed && typeof item !== "object") {
      leavesOf(item, [...place, `value ${String(item)}`], found);
    } else {
      leavesOf(item, [...place, isListed ? String(id ?? own ?? name ?? key) : key], found);
    }
  }
  return found;
}

function document(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}
