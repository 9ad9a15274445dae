import type { JsonSchema, OperationRequest } from "./family";
import { pageOf, querySchema } from "./page";

const DEFAULT_PER_PAGE = 20;

/** The query of a list of Actions, their versions or bindings, which page in a way of their own. */
export function actionPageQuery(properties: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  return querySchema({
    page: {
      type: "integer",
      minimum: 0,
      description: "Use this field to request a specific page of the list results.",
    },
    per_page: {
      type: "integer",
      minimum: 1,
      maximum: 100,
      description: "The maximum number of results to be returned by the server in single response. 20 by default",
    },
    ...properties,
  });
}

/**
 * One page. Its counts leave out zeros, and the total of a page without items is zero.
 *
 * Clients go on asking until `total` is missing, so a total on the page behind the last one would keep them asking for ever.
 */
export function actionPage<T>(key: string, items: readonly T[], query: OperationRequest["query"]): object {
  const { items: shown, start, limit, total } = pageOf(items, query, DEFAULT_PER_PAGE);
  return {
    [key]: shown,
    ...(shown.length > 0 && { total }),
    ...(start > 0 && { page: start / limit }),
    per_page: limit,
  };
}
