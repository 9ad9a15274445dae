import type { JsonSchema, OperationRequest } from "./family";

type Query = OperationRequest["query"];

/** Query parameters of a list by pages. */
export const PAGE_QUERY = {
  page: { type: "integer", minimum: 0, description: "Page index of the results to return. First page is 0." },
  per_page: { type: "integer", minimum: 0, maximum: 100, description: "Number of results per page." },
  include_totals: { type: "boolean", description: "Whether to return the results in an object with the totals." },
} as const;

/** Query parameters of a list by checkpoints. */
export const CHECKPOINT_QUERY = {
  from: { type: "string", description: "Id from which to start the selection." },
  take: { type: "integer", minimum: 1, maximum: 100, description: "Number of results per page." },
} as const;

/** Query parameters that choose the fields of what is returned. */
export const FIELDS_QUERY = {
  fields: { type: "string", description: "Comma-separated list of fields to include or exclude." },
  include_fields: { type: "boolean", description: "Whether the fields are to be included or excluded." },
} as const;

/** The schema of a query string with these parameters, all optional, and no other. */
export function querySchema(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: "object", properties, additionalProperties: false };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly start: number;
  readonly limit: number;
  readonly total: number;
}

/** The page of the items that `page` and `per_page` name. */
export function pageOf<T>(items: readonly T[], query: Query, defaultPerPage = 50): Page<T> {
  const limit = (query.per_page as number | undefined) ?? defaultPerPage;
  const start = ((query.page as number | undefined) ?? 0) * limit;
  return { items: items.slice(start, start + limit), start, limit, total: items.length };
}

/** A list as most families return it: the bare page, or with `include_totals` the page under its key beside the totals. */
export function listBody<T extends object>(
  key: string,
  items: readonly T[],
  query: Query,
  defaultPerPage = 50,
): unknown {
  const page = pageOf(items, query, defaultPerPage);
  const shown = page.items.map((item) => selectFields(item, query));
  return query.include_totals === true
    ? { total: page.total, start: page.start, limit: page.limit, [key]: shown }
    : shown;
}

/** A list by checkpoints: `take` items from the one named by `from`; `next` where more follow. */
export function checkpointBody<T extends object>(
  key: string,
  items: readonly T[],
  idOf: (item: T) => string,
  query: Query,
  defaultTake = 50,
): unknown {
  const start = query.from === undefined ? 0 : items.findIndex((item) => idOf(item) === query.from);
  const end = start + ((query.take as number | undefined) ?? defaultTake);
  const next = items[end];
  return {
    [key]: start < 0 ? [] : items.slice(start, end).map((item) => selectFields(item, query)),
    ...(start >= 0 && next !== undefined && { next: idOf(next) }),
  };
}

/** A list by checkpoints where `from` or `take` asks for it, else as most families return it. */
export function pagedBody<T extends object>(
  key: string,
  items: readonly T[],
  idOf: (item: T) => string,
  query: Query,
): unknown {
  return query.take === undefined && query.from === undefined
    ? listBody(key, items, query)
    : checkpointBody(key, items, idOf, query);
}

/** The fields that `fields` names, or with `include_fields=false` all others; all without `fields`. */
export function selectFields<T extends object>(item: T, query: Query): Partial<T> {
  if (typeof query.fields !== "string" || query.fields === "") {
    return item;
  }
  const named = new Set(query.fields.split(",").map((field) => field.trim()));
  const included = query.include_fields !== false;
  return Object.fromEntries(Object.entries(item).filter(([key]) => named.has(key) === included)) as Partial<T>;
}
