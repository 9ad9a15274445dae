import { Turns } from "../management/turns";
import { normalized } from "./users";

interface Failures {
  readonly count: number;
  readonly at: number;
}

/** Wrong passwords in a row after which an account has to wait, as at Auth0. */
const FREE_FOR_ACCOUNT = 10;
/** The same for an address, whatever the accounts. */
const FREE_FOR_ADDRESS = 100;
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 60 * 60;
const FORGOTTEN_SECONDS = 24 * 60 * 60;
const REMEMBERED = 10_000;
/** How many attempts are let through before the first of them can have failed. */
const AT_ONCE = 3;

/**
 * Slows down who tries passwords: after 10 wrong ones in a row for an account from one address, and after 100 from one address, the next has to
 * wait a minute, then twice as long each time, an hour at most.
 *
 * Kept in memory: it ends with the tenant, and with the right password.
 */
export class PasswordAttempts {
  private readonly failures = new Map<string, Failures>();
  private readonly turns = new Turns(AT_ONCE);

  constructor(private readonly clock: () => Date) {}

  /** Waits for a turn, of which there are few: so many who try at once are not let through before the first has failed. */
  inTurn<T>(attempt: () => Promise<T>): Promise<T> {
    return this.turns.take(attempt);
  }

  /** 0 when a password may be tried now; to be asked in turn. */
  secondsToWait(name: string, address: string): number {
    return Math.max(this.wait(accountKey(name, address), FREE_FOR_ACCOUNT), this.wait(address, FREE_FOR_ADDRESS));
  }

  failed(name: string, address: string): void {
    for (const key of [accountKey(name, address), address]) {
      const count = (this.recent(key)?.count ?? 0) + 1;
      this.failures.delete(key);
      this.failures.set(key, { count, at: this.now() });
    }
    // the longest ago first
    for (const key of this.failures.keys()) {
      if (this.failures.size <= REMEMBERED) {
        break;
      }
      this.failures.delete(key);
    }
  }

  succeeded(name: string, address: string): void {
    this.failures.delete(accountKey(name, address));
  }

  private wait(key: string, free: number): number {
    const failures = this.recent(key);
    if (failures === undefined || failures.count < free) {
      return 0;
    }
    const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(10, failures.count - free));
    return Math.max(0, Math.ceil(failures.at + wait - this.now()));
  }

  private recent(key: string): Failures | undefined {
    const failures = this.failures.get(key);
    return failures !== undefined && failures.at + FORGOTTEN_SECONDS > this.now() ? failures : undefined;
  }

  private now(): number {
    return this.clock().getTime() / 1000;
  }
}

function accountKey(name: string, address: string): string {
  return `${normalized(name)} ${address}`;
}
