import { notBuilt } from "./management-error";

const TERM =
  /(?<not>NOT\s+|-)?(?<field>[\w.]+|_exists_):(?:"(?<phrase>(?:[^"\\]|\\.)*)"|(?<word>[^\s()[\]{}"]+))(?:\s+(?<and>AND)\s+|\s*$)/y;

/**
 * What tells whether a user matches a query of user search v3; the query is read once for all of them.
 *
 * Terms `field:value`, `field:"a phrase"`, `field:begin*` and `_exists_:field`, joined by AND, with NOT. Ranges, parentheses and OR: 501.
 *
 * @see https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 */
export function searchFor(query: string): (user: object) => boolean {
  const terms = parse(query.trim());
  return (user) =>
    terms.every(({ field, text, isPrefix, isNegated }) => {
      const values =
        field === "_exists_" ? valuesAt(user, text) : valuesAt(user, field).map((value) => value.toLowerCase());
      const wanted = text.toLowerCase();
      const found =
        field === "_exists_"
          ? values.length > 0
          : values.some((value) => (isPrefix ? value.startsWith(wanted) : value === wanted));
      return found !== isNegated;
    });
}

interface Term {
  readonly field: string;
  readonly text: string;
  readonly isPrefix: boolean;
  readonly isNegated: boolean;
}

function parse(query: string): Term[] {
  const terms: Term[] = [];
  const term = new RegExp(TERM);
  while (term.lastIndex < query.length) {
    const groups = term.exec(query)?.groups;
    const text = (groups?.phrase ?? groups?.word)?.replace(/\\(.)/g, "$1");
    const isPrefix = groups?.word?.endsWith("*") ?? false;
    if (groups?.field === undefined || text === undefined || (isPrefix && text.indexOf("*") < text.length - 1)) {
      throw notBuilt(`get_users with q=${query}`);
    }
    terms.push({
      field: groups.field,
      text: isPrefix ? text.slice(0, -1) : text,
      isPrefix,
      isNegated: groups.not !== undefined,
    });
  }
  return terms;
}

/** The values at a path such as `identities.connection` or `user_metadata.job_title`, as text. */
function valuesAt(value: unknown, path: string): string[] {
  const found = path.split(".").reduce<unknown[]>(
    (values, key) =>
      values
        // Its own only: a path may name what JavaScript gives to every object.
        .flatMap((each) =>
          typeof each === "object" && each !== null && Object.hasOwn(each, key)
            ? [(each as Record<string, unknown>)[key]]
            : [],
        )
        .flat()
        .filter((each) => each !== undefined),
    [value],
  );
  return found.map(String);
}
