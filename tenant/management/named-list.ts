import type { JsonSchema, OperationRequest } from "./family";
import { ManagementError } from "./management-error";
import { listBody, PAGE_QUERY, querySchema } from "./page";

type Query = OperationRequest["query"];

/** The parameter that asks for more than is shown by itself; several words are joined by commas. */
export function hydrateQuery(...words: string[]): { readonly hydrate: JsonSchema } {
  const word = `(${words.join("|")})`;
  const description = "Hydration param";
  return { hydrate: { type: "string", pattern: `^${word}(,${word})*$`, description } };
}

/** @param notBuilt words that Auth0 knows but does not document the answer of: 501 */
export function hydrates(query: Query, word: string, notBuilt: readonly string[] = []): boolean {
  const words = typeof query.hydrate === "string" ? query.hydrate.split(",") : [];
  const unknown = words.find((asked) => notBuilt.includes(asked));
  if (unknown !== undefined) {
    throw new ManagementError(501, `hydrate=${unknown} is not built in the local tenant`, "not_implemented");
  }
  return words.includes(word);
}

/** The query of a list of forms, flows or Vault connections: all three page alike. */
export function namedListQuery(properties: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  return querySchema({
    page: { ...PAGE_QUERY.page, maximum: 1000 },
    per_page: { ...PAGE_QUERY.per_page, minimum: 1 },
    include_totals: PAGE_QUERY.include_totals,
    ...properties,
  });
}

/** The list in the order of the names, as Auth0 has it. */
export function namedList<T extends { readonly name: string }>(
  key: string,
  items: readonly T[],
  query: Query,
): unknown {
  return listBody(key, items.toSorted(byName), query);
}

// One for all lists: to make one for each comparison takes longer than all the rest of the request.
const collator = new Intl.Collator("en", { sensitivity: "base" });

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return collator.compare(one.name, other.name);
}
