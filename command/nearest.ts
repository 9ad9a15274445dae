/** The candidate that someone who wrote the word may have meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => [candidate, distance(word, candidate)] as const);
  const [best] = distances.sort(([, left], [, right]) => left - right);
  return best !== undefined && best[1] <= Math.max(1, Math.floor(word.length / 3)) ? best[0] : undefined;
}

/** Levenshtein's: how many characters to add, drop or replace. */
function distance(from: string, to: string): number {
  let row = [...Array(to.length + 1).keys()];
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [place, other] of [...to].entries()) {
      const replaced = (row[place] ?? 0) + (character === other ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
