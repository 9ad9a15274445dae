/** A part of the review that is left out or cut as a whole line, never in the middle. */
export interface Block {
  /** What the reader is told is left out. */
  readonly title: string;
  /** Each of them stands alone: a paragraph, an item of a list, a table, a folded block. */
  readonly lines: readonly string[];
  /** The least important is left out first. */
  readonly importance: number;
  /** Whether some of its lines may be left out, the last first. */
  readonly isList?: boolean;
}

export function block(title: string, lines: readonly string[], importance: number): Block {
  return { title, lines, importance };
}

/** Nothing of the review is left out for its length. */
export const UNLIMITED = 0;

/** Fewer characters than this hold no review. */
export const SHORTEST_REVIEW = 1000;

/**
 * The blocks in their order, in at most so many characters.
 *
 * @param length {@link UNLIMITED}, or {@link SHORTEST_REVIEW} and more
 * @param advice how to see what is left out
 */
export function layout(blocks: readonly Block[], length: number, advice: string): string {
  const whole = rendered(blocks);
  if (length === UNLIMITED || whole.length <= length) {
    return whole;
  }
  const kept = [...blocks];
  const leftOut: string[] = [];
  const text = () => rendered([...kept, omission(leftOut, advice)]);
  while (text().length > length) {
    const least = leastImportant(kept);
    if (least === undefined) {
      break;
    }
    leftOut.push(least.title);
    kept.splice(kept.indexOf(least), 1);
  }
  while (text().length > length) {
    const longest = cuttable(kept)[0];
    if (longest === undefined) {
      break;
    }
    const lines = longest.isList ? longest.lines.slice(0, Math.floor(longest.lines.length / 2)) : [];
    if (!leftOut.includes(longest.title)) {
      leftOut.push(longest.title);
    }
    kept[kept.indexOf(longest)] = { ...longest, lines };
  }
  return text();
}

/** From this importance on nothing is left out but items of lists. */
const NEVER_CUT = 100;
const FEWEST_ITEMS = 4;

/** What can be made shorter, the longest first: lists while there is much in them, then what is no list. */
function cuttable(blocks: readonly Block[]): Block[] {
  const bySize = blocks
    .filter(({ lines, importance, isList }) => lines.length > 0 && (isList || importance < NEVER_CUT))
    .sort((one, other) => sizeOf(other) - sizeOf(one));
  const lists = bySize.filter(({ isList, lines }) => isList && lines.length > FEWEST_ITEMS);
  return lists.length > 0 ? lists : bySize;
}

/** From this importance on a block is cut, and left out only where nothing else is left. */
export const ESSENTIAL = 90;

/** Of equals the last: what is left in is read from the first on. */
function leastImportant(blocks: readonly Block[]): Block | undefined {
  return blocks
    .filter(({ importance }) => importance < ESSENTIAL)
    .reduce<Block | undefined>(
      (least, block) => (least === undefined || block.importance <= least.importance ? block : least),
      undefined,
    );
}

function omission(titles: readonly string[], advice: string): Block {
  const counts = new Map<string, number>();
  for (const title of titles) {
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  const named = [...counts].map(([title, count]) => (count === 1 ? title : `${title} (${count})`));
  const shown = named.slice(0, 10).join("; ");
  const more = named.length > 10 ? `; and ${named.length - 10} more` : "";
  return {
    title: "",
    lines: [`_Left out or cut, to fit into one comment: ${shown}${more}. ${advice}_`],
    importance: 100,
  };
}

function rendered(blocks: readonly Block[]): string {
  return `${blocks
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, isList }) => lines.join(isList ? "\n" : "\n\n"))
    .join("\n\n")}\n`;
}

function sizeOf({ lines }: Block): number {
  return lines.reduce((size, line) => size + line.length + 2, 0);
}
