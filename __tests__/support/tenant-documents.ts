import type { Documents } from "./faulty-tenant";

type Document = Documents[string][number];

/** What logins leave, and no deployment. */
const OF_LOGINS = /^(users|passwords|logins|flow-executions|oidc-.*)$/;
/** What differs from one deployment to the other. */
const PASSING = new Set(["created_at", "updated_at", "built_at", "number", "fingerprint"]);

/**
 * What a tenant keeps, so that two of them can be compared: without times, and with names in place of ids and secrets.
 * Of an Action's versions only the one that is deployed.
 */
export function comparableDocuments(documents: Documents): Documents {
  const deployed = new Set((documents.actions ?? []).map(({ deployed_version_id }) => deployed_version_id));
  const kept = Object.entries(documents).filter(([collection]) => !OF_LOGINS.test(collection));
  const all = kept.map(
    ([collection, items]) =>
      [collection, items.filter(({ id }) => collection !== "action-versions" || deployed.has(id))] as const,
  );
  const names = all.flatMap(([collection, items]) => items.flatMap((item) => namesOf(collection, item)));
  return Object.fromEntries(all.map(([collection, items]) => [collection, items.map((item) => named(item, names))]));
}

/** What one has and the other has not, a line for each. */
export function differences(found: Documents, wanted: Documents): readonly string[] {
  const collections = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
  return collections.flatMap((collection) => [
    ...without(found[collection], wanted[collection]).map((text) => `in ${collection} there is ${text}`),
    ...without(wanted[collection], found[collection]).map((text) => `in ${collection} there is no ${text}`),
  ]);
}

/** The items that are not among the others, one for one. */
function without(items: readonly Document[] = [], others: readonly Document[] = []): readonly string[] {
  const left = others.map((other) => JSON.stringify(other));
  return items
    .map((item) => JSON.stringify(item))
    .filter((text) => {
      const place = left.indexOf(text);
      left.splice(place, place < 0 ? 0 : 1);
      return place < 0;
    });
}

function namesOf(collection: string, item: Document): readonly (readonly [string, string])[] {
  const { id, client_id, client_secret, name, bindings } = item as Readonly<Record<string, string | undefined>>;
  if (collection === "clients") {
    return [
      [client_id ?? "", `client ${name}`],
      [client_secret ?? "", `secret of client ${name}`],
    ];
  }
  const inner = (bindings ?? []) as readonly { readonly id: string }[];
  return [
    ...(id === undefined ? [] : [[id, `${collection} ${name ?? ""}`] as const]),
    ...inner.map((binding) => [binding.id, "binding"] as const),
  ];
}

function named(item: Document, names: readonly (readonly [string, string])[]): Document {
  let text = JSON.stringify(item, (key, value) => (PASSING.has(key) ? undefined : value));
  for (const [id, name] of names) {
    text = text.replaceAll(id, name);
  }
  return JSON.parse(text);
}
