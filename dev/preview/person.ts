import { CommandError } from "../../command/command-error";
import type { LocalTenant } from "../local-tenant";

/** Who the page is looked at as. */
export interface Person {
  readonly as: "new" | "answered" | "typed";
  /** The text that was typed. */
  readonly metadata: string;
}

/** What a person is known by before a login. */
export interface Metadata {
  readonly user_metadata: object;
  readonly app_metadata?: object;
}

export const NEW_PERSON: Person = { as: "new", metadata: "{}" };

/** What the page's form gives. */
export function readPerson(given: URLSearchParams): Person {
  const as = given.get("as");
  return {
    as: as === "answered" || as === "typed" ? as : "new",
    metadata: given.get("metadata") ?? NEW_PERSON.metadata,
  };
}

/** @throws {@link CommandError} where what was typed is no JSON object */
export async function metadataOf({ as, metadata }: Person, tenant: LocalTenant): Promise<Metadata> {
  if (as === "answered") {
    return (await lastAnswered(tenant)) ?? { user_metadata: {} };
  }
  return { user_metadata: as === "typed" ? parsed(metadata) : {} };
}

/** What the one who answered last is known by; undefined where nobody has. */
export async function lastAnswered(tenant: LocalTenant): Promise<Metadata | undefined> {
  const { body } = await tenant.request("GET", "/api/v2/users?per_page=100&sort=updated_at:-1");
  const users = body as { readonly user_metadata?: object; readonly app_metadata?: object }[];
  const { user_metadata, app_metadata } = users.find((one) => Object.keys(one.user_metadata ?? {}).length > 0) ?? {};
  return user_metadata && { user_metadata, ...(app_metadata && { app_metadata }) };
}

function parsed(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new CommandError(['[metadata] must be a JSON object, as in {"job_title": "Engineer"}; mend it']);
  }
  return value;
}
