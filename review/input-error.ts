import { visible } from "./markdown/markdown-text";

/** What is wrong with the command or its files: all of it, a line each, `[where] what, got value; what to do`. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(readonly problems: readonly string[]) {
    const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
    super([count, ...problems.map((problem) => `  ${visible(problem)}`)].join("\n"));
  }
}
