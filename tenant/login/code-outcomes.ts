import type { PostLoginState } from "./post-login";

/** Longer than a code is good for. */
const KEPT_SECONDS = 120;

/** What the Actions of a login made of it, from the code to its exchange. */
export class CodeOutcomes {
  private readonly outcomes = new Map<string, { readonly state: PostLoginState; readonly expires: number }>();

  constructor(private readonly clock: () => Date) {}

  keep(code: string, state: PostLoginState): void {
    const now = this.clock().getTime();
    // the oldest first
    for (const [old, { expires }] of this.outcomes) {
      if (expires > now) {
        break;
      }
      this.outcomes.delete(old);
    }
    this.outcomes.set(code, { state, expires: now + KEPT_SECONDS * 1000 });
  }

  of(code: string): PostLoginState | undefined {
    return this.outcomes.get(code)?.state;
  }
}
