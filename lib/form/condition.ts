import type { Json } from "auth0-forms/schema";

/**
 * A condition of a ROUTER's rule, or of FLOW/BOOLEAN_CONDITION: a comparison, or a group of them.
 *
 * `{"operator":"AND","operands":[{"operator":"HAS_NO_VALUE","operands":["{{context.user.user_metadata.job_title}}"]}]}`
 *
 * Auth0 documents the JSON of no operator. AND, OR, EQ and HAS_NO_VALUE stand in what its dashboard exports; anything else
 * is made by {@link rawCondition}.
 *
 * @see https://auth0.com/docs/customize/forms/routers#available-rule-operators
 */
export interface Condition {
  readonly operator: string;
  readonly operands: readonly (Json | Condition)[];
}

/**
 * What a condition looks at: a place in the profile (`user_metadata.job_title`, `app_metadata.plan`, `email_verified`), in the
 * login (`organization.id`, `client.client_id`), in the form (`fields.country`, `vars.reason`), or a whole expression in `{{…}}`.
 */
export type Subject = string;

/**
 * True while nothing is there: the dashboard's "has not value".
 *
 * @example hasNoValue("user_metadata.job_title")
 */
export function hasNoValue(subject: Subject): Condition {
  return { operator: "HAS_NO_VALUE", operands: [expressionOf(subject)] };
}

/**
 * True where the two are the same, of one type: the dashboard's "is equal to".
 *
 * @param value a text, a number, true, false, or an expression in `{{…}}`
 * @example isEqualTo("organization.id", "org_…")
 */
export function isEqualTo(subject: Subject, value: Json): Condition {
  return { operator: "EQ", operands: [expressionOf(subject), value] };
}

/**
 * True where all are.
 *
 * @example allOf(hasNoValue("given_name"), isEqualTo("email_verified", true))
 */
export function allOf(...conditions: readonly Condition[]): Condition {
  return { operator: "AND", operands: conditions };
}

/**
 * True where one is, or more.
 *
 * @example anyOf(isEqualTo("user_metadata.plan", "pro"), isEqualTo("user_metadata.plan", "team"))
 */
export function anyOf(...conditions: readonly Condition[]): Condition {
  return { operator: "OR", operands: conditions };
}

/**
 * A condition as the Forms API takes it, with an operator that Auth0 documents nowhere.
 *
 * Nobody but Auth0 knows whether it takes it: try it in a tenant, and look at an export of the dashboard.
 *
 * @param condition e.g. `{ operator: "STARTS_WITH", operands: ["{{context.user.email}}", "a"] }`
 * @example rawCondition({ operator: "STARTS_WITH", operands: ["{{context.user.email}}", "a"] })
 */
export function rawCondition(condition: { readonly operator: string; readonly operands: readonly Json[] }): Condition {
  return condition;
}

/** As the dashboard exports it: a comparison never stands alone. What is no condition is left as it is, to be reported. */
export function grouped(condition: Condition): Condition {
  const operator: unknown = condition?.operator;
  return typeof operator !== "string" || operator === "AND" || operator === "OR" ? condition : allOf(condition);
}

const OF_LOGIN = /^(organization|client|tenant|transaction|custom_domain)\./;
const OF_FORM = /^(fields|vars|actions|context|functions)\./;

function expressionOf(subject: Subject): string {
  if (typeof subject !== "string" || subject.includes("{{")) {
    return subject;
  }
  if (OF_FORM.test(subject)) {
    return `{{${subject}}}`;
  }
  return OF_LOGIN.test(subject) ? `{{context.${subject}}}` : `{{context.user.${subject}}}`;
}
