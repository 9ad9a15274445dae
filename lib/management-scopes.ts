import { isKnown, repeated } from "./checks";
import { kind, shown } from "./shown";
import type { Problems } from "./validation-error";

/** What the flow needs to write `user_metadata`. */
const UPDATE_USERS = "update:users";

/**
 * Scopes of the Management API for the client that the flow writes answers with.
 *
 * @example new ProgressiveProfiling(this, "profiling", { scopes: ManagementScopes.LEAST })
 * @see https://auth0.com/docs/customize/forms/vault#auth0
 */
export const ManagementScopes = {
  /** The six scopes of the article and of Auth0's tutorials. */
  ARTICLE: [
    "read:users",
    "update:users",
    "create:users",
    "read:users_app_metadata",
    "update:users_app_metadata",
    "create:users_app_metadata",
  ],
  /** The least that Auth0 documents for a flow with Update user. */
  LEAST: [UPDATE_USERS],
} as const satisfies Record<string, readonly string[]>;

/** Adds what Auth0 would refuse in a grant's scopes, and what would make the flow fail. */
export function checkScopes(scopes: unknown, problems: Problems): void {
  if (!Array.isArray(scopes)) {
    problems.add(`scopes must be a list of texts, got ${kind(scopes)}`);
    return;
  }
  if (!isKnown(scopes) || !scopes.every(isKnown)) {
    return;
  }
  for (const [index, scope] of scopes.entries()) {
    if (typeof scope !== "string" || !/^[a-z]+:[a-z_]+$/.test(scope)) {
      problems.add(`scopes[${index}] must be a Management API scope, e.g. "read:users", got ${shown(scope)}`);
    }
  }
  for (const scope of repeated(scopes)) {
    problems.add(`scope ${shown(scope)} is there more than once; leave one out`);
  }
  if (!scopes.includes(UPDATE_USERS)) {
    problems.add(
      `scopes must include "${UPDATE_USERS}", or the flow can not save any answer, got ${scopes.map(shown).join(", ") || "none"}`,
    );
  }
}
