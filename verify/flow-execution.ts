const LONGEST_REASON = 200;
/** What people answered, and what services said, may hold anything. */
const DATA = new Set(["input", "output", "params", "context", "fields"]);

/** Auth0 documents a status as a text. */
export function isFailed(status: unknown): boolean {
  return /fail|error/i.test(String(status ?? ""));
}

/**
 * Why an action of an execution failed, also where it was allowed to: then the execution counts as a good one.
 *
 * Auth0 does not document what `hydrate=debug` shows, so that it is looked for at any depth: something with a status.
 *
 * @returns undefined where none has failed
 */
export function failureOf(debug: unknown): string | undefined {
  if (typeof debug !== "object" || debug === null) {
    return undefined;
  }
  const { status, error, id } = debug as Readonly<Record<string, unknown>>;
  if (typeof status === "string" && isFailed(status)) {
    const said =
      typeof error === "object" && error !== null ? (error as { readonly message?: unknown }).message : error;
    const reason =
      typeof said === "string" ? said.replace(/\s+/g, " ").trim().slice(0, LONGEST_REASON) : "no reason is told";
    return typeof id === "string" ? `action ${JSON.stringify(id)}: ${reason}` : reason;
  }
  for (const [key, part] of Object.entries(debug)) {
    const failure = DATA.has(key) ? undefined : failureOf(part);
    if (failure !== undefined) {
      return failure;
    }
  }
  return undefined;
}
