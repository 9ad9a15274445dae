import { randomBytes, scryptSync, timingSafeEqual } from "node:crypto";

const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const KEY_LENGTH = 32;

/** A slow hash with its salt, as `scrypt$salt$key`. */
export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  return `scrypt$${salt.toString("base64url")}$${derive(password, salt).toString("base64url")}`;
}

export function isPassword(password: string, hash: string): boolean {
  const [, salt = "", key = ""] = hash.split("$");
  return timingSafeEqual(derive(password, Buffer.from(salt, "base64url")), Buffer.from(key, "base64url"));
}

function derive(password: string, salt: Buffer): Buffer {
  return scryptSync(password.normalize("NFKC"), salt, KEY_LENGTH, COST);
}

const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

function classes(password: string): number {
  return CLASSES.filter((characters) => characters.test(password)).length;
}

/**
 * Whether a password is as strong as the policy of its connection demands.
 *
 * @see https://auth0.com/docs/authenticate/database-connections/password-strength
 */
export function isStrongEnough(password: string, policy: string): boolean {
  switch (policy) {
    case "excellent":
      return password.length >= 10 && classes(password) >= 3 && !/(.)\1\1/.test(password);
    case "good":
      return password.length >= 8 && classes(password) >= 3;
    case "fair":
      return password.length >= 8 && CLASSES.slice(0, 3).every((characters) => characters.test(password));
    case "low":
      return password.length >= 6;
    default:
      return password.length >= 1;
  }
}
