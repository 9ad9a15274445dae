/** A part of the review, as Markdown. */
export interface Section {
  /** What the reader is told is left out, where it is; Markdown on one line. */
  readonly title: string;
  /** Markdown on one line, without `#`; absent where the body says it. */
  readonly heading?: string;
  readonly body: string;
  /** Where the review gets too long, the least important sections are left out first. */
  readonly importance: number;
  /** Id of the step that it is about, where it is about one. */
  readonly step?: string;
}

export function section(heading: string, body: string, importance: number, step?: string): Section {
  return { title: heading, heading, body, importance, step };
}
