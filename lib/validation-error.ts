import type { IConstruct } from "constructs";

/**
 * What a construct was given that Auth0 would refuse, or that would never work.
 *
 * The message names every problem at once, one line each, in CDKTF's own shape: `[<construct path>] <problem>`.
 */
export class ValidationError extends Error {
  override readonly name = "ValidationError";

  constructor(
    /** Path of the construct, as in the logical ids of its resources. */
    readonly constructPath: string,
    /** The problems, in the order in which they were found. */
    readonly problems: readonly string[],
  ) {
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    super([count, ...problems.map((problem) => `  [${constructPath}] ${problem}`)].join("\n"));
  }
}

/** Collects the problems of one input, so that they are reported together. */
export class Problems {
  private readonly texts: string[] = [];

  add(problem: string): void {
    if (!this.texts.includes(problem)) this.texts.push(problem);
  }

  /** @throws {@link ValidationError} with all problems found so far, if there is any. */
  throwIfAny(scope: IConstruct): void {
    if (this.texts.length > 0) throw new ValidationError(scope.node.path, this.texts);
  }
}

/** The value as the problem's text shows it. */
export function shown(value: unknown): string {
  const isJson = typeof value === "string" || (typeof value === "object" && value !== null);
  const text = isJson
    ? JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}n` : part))
    : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
