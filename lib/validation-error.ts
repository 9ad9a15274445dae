import { Annotations } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * What a construct was given that Auth0 would refuse, or that would never work.
 *
 * The message names every problem at once, one line each, in CDKTF's own shape: `[<construct path>] <problem>`. Its stack
 * is one line: where the caller's own code is.
 *
 * @example
 * ```ts
 * expect(() => new ProgressiveProfiling(stack, "profiling", { stages: [] })).toThrow(ValidationError);
 * ```
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
    // Node prints an error that nobody catches with its stack, and the stack would bury the problems.
    this.stack = [`${this.name}: ${this.message}`, ...callersFrame(this.stack)].join("\n");
    // Node prints its enumerable properties too, and the message has them all already.
    for (const property of Object.keys(this)) {
      Object.defineProperty(this, property, { enumerable: false });
    }
  }
}

/** The innermost line of a stack that is neither of this library nor of a package nor of Node. */
function callersFrame(stack = ""): string[] {
  const frames = stack.split("\n").filter((line) => /^ {4}at /.test(line));
  const isOthers = (frame: string) => frame.includes(__dirname) || /\bnode_modules\b|\bnode:/.test(frame);
  return frames.filter((frame) => !isOthers(frame)).slice(0, 1);
}

/** Collects the problems of one input, so that they are reported together. */
export class Problems {
  private readonly texts: string[] = [];

  /** The problems so far, each once, in the order in which they were found. */
  get all(): readonly string[] {
    return this.texts;
  }

  add(problem: string): void {
    if (!this.texts.includes(problem)) {
      this.texts.push(problem);
    }
  }

  /** Adds what the check finds, each problem with the prefix before it. */
  addOf(prefix: string, check: (problems: Problems) => void): void {
    const found = new Problems();
    check(found);
    for (const problem of found.all) {
      this.add(`${prefix}${problem}`);
    }
  }

  /**
   * As {@link throwIfAny}, or a warning for each problem where the caller wants no more.
   *
   * @throws {@link ValidationError}
   */
  throwOrWarn(scope: IConstruct, isChecked: boolean): void {
    if (isChecked) {
      this.throwIfAny(scope);
    }
    for (const problem of this.texts) {
      Annotations.of(scope).addWarning(problem);
    }
  }

  /** @throws {@link ValidationError} with all problems found so far, if there is any. */
  throwIfAny(scope: IConstruct): void {
    if (this.texts.length > 0) {
      throw new ValidationError(scope.node.path, this.texts);
    }
  }
}
