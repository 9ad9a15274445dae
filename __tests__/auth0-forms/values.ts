/** What values there may be: in one form for a JSON Schema and for a type of TypeScript. */
export interface Values {
  /** `string`, `number`, `boolean`, `null`, `any`, a text in quotes, or the name of what is told elsewhere. */
  readonly kinds?: readonly string[];
  /** What is in a list, for each list that it may be. */
  readonly lists?: readonly Values[];
  /** What has an object, for each object that it may be. */
  readonly objects?: readonly Properties[];
}

/** By name; `*` stands for all other names. */
export type Properties = ReadonlyMap<string, Property>;

export interface Property {
  readonly isOptional: boolean;
  readonly values: Values;
}

export function union(all: readonly Values[]): Values {
  return {
    kinds: all.flatMap(({ kinds = [] }) => kinds),
    lists: all.flatMap(({ lists = [] }) => lists),
    objects: all.flatMap(({ objects = [] }) => objects),
  };
}

/** A line for the values and each that is within them, e.g. `nodes?[]{type="STEP"}.alias?: string`. */
export function lines(path: string, { kinds = [], lists = [], objects = [] }: Values): string[] {
  const all = [...kinds, ...(lists.length > 0 ? ["list"] : []), ...(objects.length > 0 ? ["object"] : [])];
  const labels = [...new Set(objects.map(label))];
  return [
    `${path}: ${[...new Set(all)].sort().join(" | ")}`,
    ...(lists.length > 0 ? lines(`${path}[]`, union(lists)) : []),
    ...labels.flatMap((name) => {
      const alike = objects.filter((properties) => label(properties) === name);
      return propertyLines(`${path}${name}`, alike);
    }),
  ];
}

/** Of objects with the same label: what one of them has not may be left out. */
function propertyLines(path: string, alike: readonly Properties[]): string[] {
  const names = new Set(alike.flatMap((properties) => [...properties.keys()]));
  return [...names].flatMap((name) => {
    const found = alike.flatMap((properties) => properties.get(name) ?? []);
    const isOptional = found.length < alike.length || found.some((property) => property.isOptional);
    return lines(`${path}.${name}${isOptional ? "?" : ""}`, union(found.map(({ values }) => values)));
  });
}

/** Tells the objects of a union apart, by all that is always the same text: `{category="BLOCK",type="HTML"}`. */
function label(properties: Properties): string {
  const fixed = [...properties].flatMap(([name, { values }]) => {
    const [only, ...others] = values.kinds ?? [];
    return only?.startsWith('"') && others.length === 0 ? [`${name}=${only}`] : [];
  });
  return fixed.length > 0 ? `{${fixed.sort().join(",")}}` : "";
}
