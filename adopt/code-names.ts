/** Kinds of what stands in a stack, as they end names in the code. */
export type Kind = "form" | "flow" | "vault-connection" | "action" | "binding" | "client" | "grant" | "stages";

/** What something is called in the code. */
export interface CodeNames {
  /** Of the construct: `update-user-metadata-flow`. */
  readonly id: string;
  /** Of the variable: `updateUserMetadataFlow`. */
  readonly variable: string;
}

/** Gives names in the code for names in the tenant: readable, no two the same, and none that something imported has. */
export class Names {
  private readonly taken = new Set<string>();

  /** @param imported names of variables that are taken */
  constructor(private readonly imported: ReadonlySet<string>) {}

  of(name: string, kind: Kind): CodeNames {
    const words = wordsOf(name);
    const own = words.at(-1) === kind ? words.slice(0, -1) : words;
    const wanted = [...own, kind].join("-");
    // A kind by itself is a word of the language: `flow`.
    let id = own.length === 0 ? `${kind}-1` : wanted;
    for (let number = 2; this.taken.has(id) || this.imported.has(variableOf(id)); number++) {
      id = `${wanted}-${number}`;
    }
    this.taken.add(id);
    return { id, variable: variableOf(id) };
  }
}

function variableOf(id: string): string {
  const variable = id.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return /^\d/.test(variable) ? `_${variable}` : variable;
}

/** The words of a name in plain letters and digits; none where it is in another script. */
function wordsOf(name: string): readonly string[] {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "");
  return plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}
