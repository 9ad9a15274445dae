/**
 * What a plan changes and a review does not show: a line for each. Written without a look at how the review finds it.
 *
 * A value is shown where the folded difference of its own resource has a line with the way that leads to it and with the
 * value, or with `‹redacted›` in its place. A line shows one value, or all of a list of single ones.
 */
export function lostValues(plan: string, markdown: string): string[] {
  const { resource_changes: changes = [], output_changes: outputs = {} } = JSON.parse(plan);
  const blocks = blocksIn(markdown);
  const ofResources = changes.flatMap(({ address, deposed, change }: ResourceChange) =>
    lostIn(deposed === undefined ? address : `${address} (deposed)`, change, blocks),
  );
  const ofOutputs = Object.entries(outputs as Record<string, Change>).flatMap(([name, { before, after }]) =>
    lostIn("the outputs", { before: { [name]: before }, after: { [name]: after } }, blocks),
  );
  return [...ofResources, ...ofOutputs];
}

interface ResourceChange {
  readonly address: string;
  readonly deposed?: string;
  readonly change: Change;
}

interface Change {
  readonly actions?: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
}

type Sign = "-" | "+";

interface Leaf {
  readonly sign: Sign;
  readonly place: readonly string[];
  readonly value: string;
  /** What stood, or will stand, in the same place. */
  readonly other: string;
  /** Whether it is one of a list of single values. */
  readonly isListed: boolean;
}

/** The lines of each folded difference, by the resource. */
function blocksIn(markdown: string): ReadonlyMap<string, readonly string[]> {
  const pattern = /<summary>Every value that changes in (.*?)<\/summary>\n\n(`{3,})diff\n(.*?)\n\2\n/gs;
  return new Map(
    [...markdown.matchAll(pattern)].map(([, address = "", , lines = ""]) => [plain(address), lines.split("\n")]),
  );
}

function plain(html: string): string {
  return html.replace(/&#8203;|<\/?span>/g, "").replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

function lostIn(address: string, change: Change, blocks: ReadonlyMap<string, readonly string[]>): string[] {
  const left = [...(blocks.get(address) ?? [])];
  // The longest first: the line of a short value may hold a longer one as well.
  const leaves = [...leavesOf(change)].sort((one, other) => other.value.length - one.value.length);
  return leaves
    .filter(({ place, sign }) => !(sign === "-" && isTakenFromConfiguration(change, place[0] ?? "", left)))
    .filter((leaf) => !isShown(leaf, left))
    .map(({ sign, place, value }) => `${address} ${sign} ${place.join(".")}: ${value}`);
}

/** What is known only after the apply is read from the configuration, and may be what it was. */
function isTakenFromConfiguration({ after_unknown: unknown }: Change, name: string, lines: readonly string[]): boolean {
  const isUnknown = (unknown as Record<string, unknown> | undefined)?.[name] === true;
  return (
    isUnknown && lines.some((line) => line.startsWith(`+ ${name}`) && line !== `+ ${name}: (known after the apply)`)
  );
}

/** Takes what shows it off the lines, but where that shows others too. */
function isShown({ sign, place, value, other, isListed }: Leaf, lines: string[]): boolean {
  const ways = place.map((_, index) => place.slice(0, index + 1).join("."));
  if (ways.some((way) => lines.includes(`${sign} ${way}: ‹redacted›`))) {
    return true;
  }
  const start = `${sign} ${place.join(".")}: `;
  const own = lines.findIndex(
    (line) => line.startsWith(start) && isSameText(line.slice(start.length), value, isListed),
  );
  if (own !== -1) {
    if (!isListed) {
      lines.splice(own, 1);
    }
    return true;
  }
  const known = new Set(other.split("\n"));
  const isHeaded = [`  ${place.join(".")}:`, `${sign} ${place.join(".")}:`].some((line) => lines.includes(line));
  return (
    isHeaded &&
    value.split("\n").every((line) => known.has(line) || lines.some((shown) => isSameLine(shown, sign, line)))
  );
}

function isSameText(shown: string, value: string, isListed: boolean): boolean {
  if (isListed) {
    return JSON.parse(shown).map(String).includes(value);
  }
  return shown === value || shown === JSON.stringify(value) || matches(shown, value);
}

function isSameLine(shown: string, sign: Sign, line: string): boolean {
  return [sign, `${sign} `].some((start) => shown.startsWith(start) && matches(shown.slice(start.length), line));
}

/** Whether it is the same text but for the secrets that are taken out of it. */
function matches(shown: string, value: string): boolean {
  const parts = shown.split("‹redacted›").map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(value.replaceAll("\r", "␍"));
}

/** What is forgotten stays as it is. */
function leavesOf({ actions = [], before, after }: Change): readonly Leaf[] {
  return actions.includes("forget") ? [] : differences(before, after, []);
}

/** Single values that differ, by the way that leads to them; items of lists by their ids, as people know them. */
function differences(before: unknown, after: unknown, place: readonly string[]): readonly Leaf[] {
  const [then, now] = [opened(before), opened(after)];
  if (JSON.stringify(then) === JSON.stringify(now)) {
    return [];
  }
  if (isTree(then) || isTree(now)) {
    const [old, next] = named(then, now);
    const names = new Set([...Object.keys(old), ...Object.keys(next)]);
    const below = [...names].flatMap((name) => differences(old[name], next[name], [...place, name]));
    const others = [then, now].map((side) => (isTree(side) ? undefined : side));
    return [...below, ...leaves(others[0], others[1], place)];
  }
  return leaves(then, now, place);
}

function leaves(before: unknown, after: unknown, place: readonly string[]): readonly Leaf[] {
  const side = (sign: Sign, own: unknown, other: unknown): readonly Leaf[] => {
    if (own === null || own === undefined) {
      return [];
    }
    return [own].flat().map((value) => ({
      sign,
      place,
      value: String(value),
      other: typeof other === "string" ? other : "",
      isListed: Array.isArray(own),
    }));
  };
  return [...side("-", before, after), ...side("+", after, before)];
}

/** A list or an object that has values with ways of their own. */
function isTree(value: unknown): value is object {
  return Array.isArray(value)
    ? value.some((item) => typeof item === "object" && item !== null)
    : typeof value === "object" && value !== null;
}

/** Both sides by the names of what is in them. */
function named(before: unknown, after: unknown): readonly [Record<string, unknown>, Record<string, unknown>] {
  const sides = [before, after].map((side) => (isTree(side) ? side : {}));
  const lists = sides.filter(Array.isArray);
  const key = ["id", "key", "name", "value"].find((one) =>
    lists.every((list) => {
      const names = list.map((item) => item?.[one]);
      return names.every((name) => typeof name === "string") && new Set(names).size === names.length;
    }),
  );
  const [then = {}, now = {}] = sides.map((side) =>
    Array.isArray(side)
      ? Object.fromEntries(side.map((item, index) => [key === undefined ? `[${index}]` : item[key], item]))
      : (side as Record<string, unknown>),
  );
  return [then, now];
}

/** What a text of JSON holds. */
function opened(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
