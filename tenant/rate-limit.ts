import { ManagementError } from "./management/management-error";

const SHOWN_WITHOUT_LIMIT = 1000;

/**
 * Counts requests by the second and tells clients where they stand, in Auth0's headers.
 *
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy
 */
export class RateLimit {
  private second = 0;
  private count = 0;

  /** @param perSecond requests that are answered in one second; without it all are, and the headers show 1000 */
  constructor(
    private readonly clock: () => Date,
    private readonly perSecond?: number,
  ) {}

  /** @throws ManagementError 429 */
  admit(setHeader: (name: string, value: string) => void): void {
    const second = Math.floor(this.clock().getTime() / 1000);
    if (second !== this.second) {
      this.second = second;
      this.count = 0;
    }
    this.count += 1;
    const limit = this.perSecond ?? SHOWN_WITHOUT_LIMIT;
    setHeader("x-ratelimit-limit", String(limit));
    setHeader("x-ratelimit-remaining", String(Math.max(0, limit - this.count)));
    setHeader("x-ratelimit-reset", String(second + 1));
    if (this.perSecond !== undefined && this.count > this.perSecond) {
      throw new ManagementError(429, "Global limit has been reached", "too_many_requests");
    }
  }
}
