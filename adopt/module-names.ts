/** Words of the language, and names that the code around has. */
const RESERVED: readonly string[] = [
  "await break case catch class const continue debugger default delete do else enum export extends false finally for function",
  "if implements import in instanceof interface let new null package private protected public return static super switch this",
  "throw true try typeof undefined var void while with yield arguments eval async of",
  "id props scope join Construct Object String Number Map Set Symbol Promise",
].flatMap((names) => names.split(" "));

/** `Send a code` as `sendACode`; nothing where no letter is left. */
export function camelCase(text: string): string {
  const pascal = pascalCase(text);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

/** `Send a code` as `SendACode`; nothing where no letter is left. */
export function pascalCase(text: string): string {
  const words = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "");
  return words
    .map((word) => {
      const rest = word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1);
      return word.charAt(0).toUpperCase() + rest;
    })
    .join("")
    .replace(/^[0-9]+/, "");
}

/** `SendACode2` as `send-a-code-2`. */
export function kebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replace(/([a-z])(\d+)$/, "$1-$2")
    .toLowerCase();
}

/** Gives each name once, with a number from the second on; names that differ in nothing but capitals are one, as they are for files. */
export class Names {
  private readonly taken: ReadonlySet<string>;
  private readonly given = new Set<string>();

  constructor(taken: Iterable<string> = []) {
    this.taken = new Set([...RESERVED, ...taken]);
  }

  /** @param suffix what is tried before a number */
  of(wanted: string, suffix: string): string {
    const base = wanted === "" ? suffix : wanted;
    const end = suffix.charAt(0).toUpperCase() + suffix.slice(1);
    const candidates = base.toLowerCase().endsWith(suffix.toLowerCase()) ? [base] : [base, `${base}${end}`];
    const isFree = (name: string) => !this.taken.has(name) && !this.given.has(name.toLowerCase());
    const name = candidates.find(isFree) ?? numbered(base, isFree);
    this.given.add(name.toLowerCase());
    return name;
  }
}

function numbered(base: string, isFree: (name: string) => boolean): string {
  let count = 2;
  while (!isFree(`${base}${count}`)) {
    count += 1;
  }
  return `${base}${count}`;
}
