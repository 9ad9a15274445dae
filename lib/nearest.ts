/** The candidate that someone who wrote the word may have meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => [candidate, distance(bare(word), bare(candidate))] as const);
  const [best] = distances.sort(([, left], [, right]) => left - right);
  return best !== undefined && best[1] <= Math.max(1, Math.floor(word.length / 3)) ? best[0] : undefined;
}

/** `use_lockfile` and `useLockfile` are one word, `clientSecret` and `AUTH0_CLIENT_SECRET` too. */
export function bare(name: string): string {
  return name
    .replace(/^AUTH0_/i, "")
    .replace(/[_-]/g, "")
    .toLowerCase();
}

/** How many characters to add, drop, replace, or swap with the one before. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = [...Array(to.length + 1).keys()];
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [place, other] of [...to].entries()) {
      const replaced = (row[place] ?? 0) + (character === other ? 0 : 1);
      const isSwap = place > 0 && character === to[place - 1] && other === from[index - 1];
      const swapped = isSwap ? (before[place - 1] ?? index) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
