/**
 * A condition of a ROUTER's rule: a group of comparisons, as the dashboard exports it.
 *
 * `{"operator":"AND","operands":[{"operator":"HAS_NO_VALUE","operands":["{{context.user.user_metadata.job_title}}"]}]}`
 *
 * Auth0 documents the JSON of no operator. These two are what its own Progressive Profiling template exports, and a
 * single comparison stands in an `AND` there as well.
 *
 * @see https://auth0.com/docs/customize/forms/nodes/routers
 */
export interface Condition {
  readonly operator: "AND";
  readonly operands: readonly Comparison[];
}

export interface Comparison {
  readonly operator: "HAS_NO_VALUE";
  readonly operands: readonly [string];
}

/** True while the user's `user_metadata` holds nothing under the key. */
export function missingFromMetadata(metadataKey: string): Condition {
  return {
    operator: "AND",
    operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${metadataKey}}}`] }],
  };
}
