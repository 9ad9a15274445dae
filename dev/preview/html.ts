/** Markup that is shown as it is. */
export class Html {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

type Part = string | number | Html | undefined | readonly (string | Html)[];

/** A template whose parts are shown as texts, unless they are {@link Html}; undefined is nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(literals.map((literal, index) => `${literal}${shown(parts[index])}`).join(""));
}

function shown(part: Part): string {
  if (Array.isArray(part)) {
    return part.map(shown).join("");
  }
  return part instanceof Html ? part.text : escaped(String(part ?? ""));
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? "");
}
