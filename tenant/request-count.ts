import type { MiddlewareHandler } from "hono";

/** How many requests the tenant was sent, since its start or since the last reset. */
export class RequestCount {
  private total = 0;

  /** Counts what passes. */
  readonly count: MiddlewareHandler = async (_context, next) => {
    this.total++;
    await next();
  };

  reset(): void {
    this.total = 0;
  }

  toJSON(): { readonly total: number } {
    return { total: this.total };
  }
}
