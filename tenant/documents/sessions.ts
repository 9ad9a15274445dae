import type { AdapterPayload } from "oidc-provider";
import type { Collection, Store } from "./store";

/** A session, grant, token or login under way, as oidc-provider gives it to be kept. */
export interface Kept {
  readonly id: string;
  readonly payload: AdapterPayload;
  /** In milliseconds. */
  readonly expires: number;
}

/** What a restart must not lose. Codes live for a minute only, and access tokens as JWTs need no keeping. */
const KEPT_ON_DISK = ["Session", "Grant", "RefreshToken", "Interaction", "AccessToken"] as const;

export function isKeptOnDisk(model: string): boolean {
  return KEPT_ON_DISK.some((kept) => kept === model);
}

/** @param model oidc-provider's name of what is kept, as in `RefreshToken` */
export function keptIn(store: Store, model: string): Collection<Kept> {
  return store.collection(`oidc-${model}`);
}

/** Forgets the sessions, grants and tokens of a user, or those of all people and the logins under way. */
export function forgetLogins(store: Store, accountId?: string): void {
  for (const model of KEPT_ON_DISK) {
    const kept = keptIn(store, model);
    for (const { id, payload } of kept.list()) {
      if (accountId === undefined || payload.accountId === accountId) {
        kept.delete(id);
      }
    }
  }
}
