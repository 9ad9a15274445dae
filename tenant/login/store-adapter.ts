import type { Adapter, AdapterPayload } from "oidc-provider";
import { clientsIn } from "../documents/collections";
import { isKeptOnDisk, type Kept, keptIn } from "../documents/sessions";
import { type Collection, Store } from "../documents/store";
import { clientMetadata } from "./client-metadata";

/** oidc-provider's view of the store, one for each of its models. */
export function storeAdapters(store: Store, clock: () => Date): (model: string) => Adapter {
  const memory = new Store();
  return (model) =>
    model === "Client"
      ? new ClientAdapter(store)
      : new StoreAdapter(keptIn(isKeptOnDisk(model) ? store : memory, model), clock, () =>
          model === "Grant" ? grantsInUse(store) : new Set(),
        );
}

/** Of each model. Whose session would be the first of more to expire has to log in again. */
const MOST_KEPT = 5000;
/** What is left of too many: to look for the oldest among all at each login would be most of its work. */
const LEFT_OF_TOO_MANY = 4500;

/**
 * Documents that expire; the expired are removed when another is kept, and where there are too many, those that would be next: use
 * puts it off for a session.
 */
class StoreAdapter implements Adapter {
  /** In milliseconds; before it, none expires. */
  private nextExpiry = Number.NEGATIVE_INFINITY;
  /** More is too many: those in use can not be forgotten, and are not to be looked at each time. */
  private most = MOST_KEPT;

  constructor(
    private readonly documents: Collection<Kept>,
    private readonly clock: () => Date,
    /** The ids of those that stay, however many there are. */
    private readonly inUse: () => ReadonlySet<unknown>,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const now = this.clock().getTime();
    if (now >= this.nextExpiry) {
      this.documents.deleteWhere(({ expires }) => expires <= now);
      this.nextExpiry = this.documents
        .list()
        .reduce((next, { expires }) => Math.min(next, expires), Number.POSITIVE_INFINITY);
    }
    const expires = now + expiresIn * 1000;
    this.documents.put(id, { id, payload, expires });
    this.nextExpiry = Math.min(this.nextExpiry, expires);
    if (this.documents.size > this.most) {
      this.forgetNext(this.documents.size - LEFT_OF_TOO_MANY, id);
      this.most = Math.max(MOST_KEPT, Math.ceil((this.documents.size / LEFT_OF_TOO_MANY) * MOST_KEPT));
    }
  }

  /** Forgets so many of those that would expire next. */
  private forgetNext(count: number, newest: string): void {
    const inUse = this.inUse();
    const others = this.documents.list().filter(({ id }) => id !== newest && !inUse.has(id));
    for (const { id } of others.toSorted((one, other) => one.expires - other.expires).slice(0, count)) {
      this.documents.delete(id);
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return copy(this.documents.get(id)?.payload);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return copy(this.documents.find(({ payload }) => payload.uid === uid)?.payload);
  }

  async findByUserCode(): Promise<undefined> {}

  async consume(id: string): Promise<void> {
    const kept = this.documents.get(id);
    if (kept !== undefined) {
      const consumed = Math.floor(this.clock().getTime() / 1000);
      this.documents.put(id, { ...kept, payload: { ...kept.payload, consumed } });
    }
  }

  async destroy(id: string): Promise<void> {
    this.documents.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.documents.deleteWhere(({ payload }) => payload.grantId === grantId);
  }
}

/** Those that a session or a token names, which is worth nothing without. */
function grantsInUse(store: Store): ReadonlySet<unknown> {
  const tokens = ["RefreshToken", "AccessToken"].flatMap((model) => keptIn(store, model).list());
  const sessions = keptIn(store, "Session").list();
  return new Set([
    ...tokens.map(({ payload }) => payload.grantId),
    ...sessions.flatMap(({ payload }) => Object.values(payload.authorizations ?? {}).map(({ grantId }) => grantId)),
  ]);
}

/** It looks clients up at every request, so that a rotated secret counts at once. */
class ClientAdapter implements Adapter {
  constructor(private readonly store: Store) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    const client = clientsIn(this.store).get(id);
    return client && clientMetadata(client);
  }

  async upsert(): Promise<void> {}
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}

// What the store gives is frozen, and oidc-provider changes what it finds.
function copy<T>(value: T | undefined): T | undefined {
  return value === undefined ? undefined : structuredClone(value);
}
