import { isIdentifier } from "../checks";

/**
 * Attributes at the root of a user's profile that an answer can be written to.
 *
 * Auth0 takes them of people from a database connection; of others only where the connection does not set them at each login.
 *
 * @see https://auth0.com/docs/manage-users/user-accounts/user-profiles/root-attributes
 */
export const PROFILE_ATTRIBUTES = [
  "name",
  "given_name",
  "family_name",
  "nickname",
  "picture",
  "username",
  "email",
  "email_verified",
  "phone_number",
  "phone_verified",
] as const;

export type ProfileAttribute = (typeof PROFILE_ATTRIBUTES)[number];

/**
 * Where in a user's profile something is written: `user_metadata.job_title`, `app_metadata.consents.terms`, `given_name`.
 *
 * A `.` leads into an object. Auth0 merges metadata at its first level only, so what is written into an object takes the
 * whole of it along: what other stages write there is kept, what anybody else put there is lost where a flow saves.
 *
 * @see https://auth0.com/docs/manage-users/user-accounts/metadata/manage-metadata-api
 */
export type Destination = `user_metadata.${string}` | `app_metadata.${string}` | ProfileAttribute;

/** The part of a profile that is sent as one object, or the attributes at its root. */
export type ProfilePart = "user_metadata" | "app_metadata" | "profile";

export const METADATA = ["user_metadata", "app_metadata"] as const;

export function profilePart(to: Destination): ProfilePart {
  return METADATA.find((part) => to.startsWith(`${part}.`)) ?? "profile";
}

/** The keys on the way: `["user_metadata", "job_title"]`, `["given_name"]`. */
export function pathOf(to: Destination): readonly string[] {
  return to.split(".");
}

/** In words: `user_metadata key "job_title"`, `attribute "given_name"`. */
export function described(to: Destination): string {
  const part = profilePart(to);
  return part === "profile"
    ? `attribute ${JSON.stringify(to)}`
    : `${part} key ${JSON.stringify(to.slice(part.length + 1))}`;
}

/** Key of `app_metadata` under which the Action remembers whom it asked when. */
export const MEMORY_KEY = "progressive_profiling";

/**
 * Whether it is a place that can be written to. Auth0 refuses `$` in a key, JavaScript reads `__proto__` otherwise, and the keys
 * of an object stand in expressions, since it is written as a whole.
 */
export function isDestination(to: unknown): to is Destination {
  if (typeof to !== "string") {
    return false;
  }
  const [part = "", ...keys] = to.split(".");
  if (keys.length === 0) {
    return PROFILE_ATTRIBUTES.includes(part as ProfileAttribute);
  }
  const isOwn = part !== "app_metadata" || keys[0] !== MEMORY_KEY;
  return (
    isOwn && METADATA.includes(part as (typeof METADATA)[number]) && keys.every(keys.length > 1 ? isIdentifier : isKey)
  );
}

function isKey(key: string): boolean {
  return /^[^$\p{Cc}]*[^$\s\p{Cc}][^$\p{Cc}]*$/u.test(key) && key !== "__proto__";
}
