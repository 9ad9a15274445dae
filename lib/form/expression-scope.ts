import type { ComponentType } from "auth0-forms";
import { isKnown } from "../checks";
import type { IdentifiedComponent } from "./stage";

/** What a value holds, by name, and what each of that holds; nothing, if it is no object; `"any"` where it is not known. */
export type Shape = "any" | { readonly [name: string]: Shape };

/** What the expressions of a place can refer to. */
export interface ExpressionScope {
  /** What they can read, by the first name of a path: `context`, `fields`, `vars`, in flows `actions` as well. */
  readonly roots: { readonly [name: string]: Shape };
  /** Keys of the custom messages that `t` shows. */
  readonly messages: ReadonlySet<string> | "any";
  /** What to do about a name that a root does not have, by the root; or by the whole path, of one that is there elsewhere. */
  readonly advice?: { readonly [root: string]: string };
}

const NOTHING: Shape = {};

/**
 * What Auth0 tells of the login.
 *
 * @see https://auth0.com/docs/customize/forms/variables#context-variables
 */
const CONTEXT: Shape = {
  user: {
    ...shapeOf(
      ...["user_id", "username", "name", "given_name", "family_name", "nickname", "email", "email_verified"],
      ...["phone_number", "phone_verified", "picture", "created_at", "updated_at", "last_password_reset"],
    ),
    user_metadata: "any",
    app_metadata: "any",
    identities: "any",
  },
  organization: { ...shapeOf("id", "name", "display_name"), metadata: "any" },
  client: shapeOf("client_id", "name"),
  tenant: shapeOf("name"),
  transaction: shapeOf("state", "correlation_id"),
  custom_domain: { ...shapeOf("domain"), domain_metadata: "any" },
};

/**
 * `functions.*`.
 *
 * @see https://auth0.com/docs/customize/forms/variables#helper-functions
 */
export const FUNCTIONS: readonly string[] = [
  ...["toArray", "toBoolean", "length", "mask", "toNumber", "random", "slice", "toString", "substring", "toTimestamp"],
  ...["toLowerCase", "toUpperCase", "replaceAll", "replace", "split", "now", "includes", "indexOf", "merge"],
  ...["md5", "sha1", "sha256", "sha512", "uuid", "encodeURIComponent"],
];

/** What the answers hold that are objects, or may be, or of which Auth0 does not say. */
const ANSWERS: { readonly [Type in ComponentType]?: Shape } = {
  CUSTOM: "any",
  FILE: "any",
  PAYMENT: "any",
  SOCIAL: "any",
  GMAPS_ADDRESS: { ...shapeOf("type"), geometry: "any", properties: "any" },
  RECAPTCHA: shapeOf("success", "challenge_ts", "hostname", "score"),
  AUTH0_VERIFIABLE_CREDENTIALS: { ...shapeOf("state", "reason"), presentation: "any" },
};

const PHONE_NUMBER = shapeOf(
  ...["national_number", "national_format", "international_number", "international_format"],
  ...["country_code_iso", "country_code_number"],
);

/**
 * The scope of a form, or of a flow.
 *
 * @param fields the form's fields and hidden fields, by id: {@link answerShapes} has them of components
 * @param others what there is besides in that place, e.g. `actions` in a flow, `custom_vars` in an e-mail
 */
export function expressionScope(
  fields: Shape,
  others: { readonly [name: string]: Shape } = {},
  messages: ReadonlySet<string> | "any" = "any",
): ExpressionScope {
  return { roots: { context: CONTEXT, fields, vars: "any", ...others }, messages };
}

/** What the answers of components hold, by the ids of the components. */
export function answerShapes(components: readonly IdentifiedComponent[]): { readonly [id: string]: Shape } {
  const asked = components.filter(({ category }) => category !== "BLOCK");
  return Object.fromEntries(asked.map((component) => [component.id, answerShape(component)]));
}

function answerShape({ type, config: given }: IdentifiedComponent): Shape {
  const config = given ?? {};
  if (!isKnown(config) || !isKnown(config.multiple) || !isKnown(config.country_picker)) {
    return "any";
  }
  if (type === "TEL" && config.country_picker === true) {
    return PHONE_NUMBER;
  }
  return config.multiple === true ? "any" : (ANSWERS[type as ComponentType] ?? NOTHING);
}

function shapeOf(...names: readonly string[]): { readonly [name: string]: Shape } {
  return Object.fromEntries(names.map((name) => [name, NOTHING]));
}
