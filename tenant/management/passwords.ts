import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { Turns } from "./turns";

const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const KEY_LENGTH = 32;

/** A slow hash with its salt, as `scrypt$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("base64url")}$${(await derive(password, salt)).toString("base64url")}`;
}

export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, salt = "", key = ""] = hash.split("$");
  return timingSafeEqual(await derive(password, Buffer.from(salt, "base64url")), Buffer.from(key, "base64url"));
}

// In a thread of Node's pool: it takes some 70 ms of a processor, in which others are answered.
const derived = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
// Fewer than the pool has threads: files and names are looked up there too.
const turns = new Turns(3);

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return turns.take(() => derived(password.normalize("NFKC"), salt, KEY_LENGTH, COST));
}

const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/** What a policy demands of a password. */
export interface PasswordRules {
  readonly minimumLength: number;
  /** Lower case, upper case and numbers, or any three of these and special characters. */
  readonly classes?: "first three" | "any three";
  /** The same character may not stand three times in a row. */
  readonly refusesRepeats?: true;
}

const NO_POLICY: PasswordRules = { minimumLength: 1 };

const POLICIES: Readonly<Record<string, PasswordRules>> = {
  low: { minimumLength: 6 },
  fair: { minimumLength: 8, classes: "first three" },
  good: { minimumLength: 8, classes: "any three" },
  excellent: { minimumLength: 10, classes: "any three", refusesRepeats: true },
};

/** @see https://auth0.com/docs/authenticate/database-connections/password-strength */
export function passwordRules(policy: string): PasswordRules {
  return POLICIES[policy] ?? NO_POLICY;
}

/** Whether a password is as strong as the policy of its connection demands. */
export function isStrongEnough(password: string, policy: string): boolean {
  const { minimumLength, classes, refusesRepeats = false } = passwordRules(policy);
  const candidates = classes === "first three" ? CLASSES.slice(0, 3) : CLASSES;
  const found = candidates.filter((characters) => characters.test(password)).length;
  return (
    password.length >= minimumLength &&
    (classes === undefined || found >= 3) &&
    !(refusesRepeats && /(.)\1\1/.test(password))
  );
}
