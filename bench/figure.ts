/** What a benchmark has measured: values, of which `results.ts` and `plot.ts` make lines, tables and plots. */
export interface Figure {
  /** What was measured, in words that need no other line, as in `article as published, peak memory`. */
  readonly name: string;
  readonly unit: string;
  /** One of each round. */
  readonly values: readonly number[];
  /** What it is compared with: the value of the same round stands at the same place. */
  readonly peer?: Peer | undefined;
  readonly goal?: Goal | undefined;
  /** Where on an axis it was measured: figures of one axis are drawn as curves. */
  readonly point?: { readonly axis: string; readonly at: number; readonly curve: string };
}

export interface Peer {
  readonly name: string;
  readonly values: readonly number[];
}

/** What the median of the values is to be, or of what they are divided by the peer's. */
export interface Goal {
  readonly of: "value" | "ratio";
  readonly is: "at most" | "at least";
  readonly limit: number;
}

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** Without what takes long and tells little that is new. */
  readonly isQuick: boolean;
  /** Tells who waits what is measured next. */
  readonly progress: (text: string) => void;
}

/** What stands over the figures of a section. */
export interface SectionHead {
  readonly title: string;
  /** What is measured and how, in Markdown. */
  readonly about: string;
}

/** A benchmark. */
export interface Section extends SectionHead {
  /** Rounds, all of them and with `--quick`. */
  readonly rounds: readonly [all: number, quick: number];
  readonly measure: (effort: Effort) => Promise<readonly Figure[]>;
}

export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export function quartiles(values: readonly number[]): Quartiles {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below = Number.NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

/** The values divided by the peer's of the same round. */
export function ratiosTo(peer: Peer, values: readonly number[]): Quartiles {
  return quartiles(values.map((value, round) => value / (peer.values[round] ?? Number.NaN)));
}
