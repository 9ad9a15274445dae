/** A part of a template: text, or an interpolation or directive with its marks. */
export interface TemplatePart {
  /** As it stands in the template: in a text, `$${` and `%%{` are still escaped. */
  readonly text: string;
  /** What stands between `${` and `}`; undefined for text and directives. */
  readonly expression?: string;
  readonly isText: boolean;
}

/** The parts of a text that Terraform reads as a template. */
export function templateParts(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  const addText = (end: number) => {
    if (end > from) {
      parts.push({ text: template.slice(from, end), isText: true });
    }
  };
  let at = 0;
  while (at < template.length) {
    if (/^(\$\$|%%)\{/.test(template.slice(at, at + 3))) {
      at += 3;
    } else if (/^[$%]\{/.test(template.slice(at, at + 2))) {
      addText(at);
      const end = endOfExpression(template, at + 2);
      const text = template.slice(at, end);
      const isInterpolation = text.startsWith("$") && !/^\$\{~|~\}$/.test(text);
      parts.push({ text, isText: false, ...(isInterpolation && { expression: text.slice(2, -1).trim() }) });
      at = end;
      from = end;
    } else {
      at += 1;
    }
  }
  addText(template.length);
  return parts;
}

/** The expression of a template that is nothing but one: `${…}` gives the value, whatever its type. */
export function soleExpression(template: string): string | undefined {
  const [part, ...others] = templateParts(template);
  return others.length === 0 ? part?.expression : undefined;
}

/** Text as a template that says it. */
export function escapeTemplate(text: string): string {
  return text.replace(/[$%]\{/g, (mark) => `${mark[0]}${mark}`);
}

/** What a template without interpolations says. */
export function unescapeTemplate(template: string): string {
  return template.replace(/([$%])\1\{/g, (_, mark) => `${mark}{`);
}

/** @returns the place behind the brace that closes what was opened before `start` */
function endOfExpression(template: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < template.length) {
    const character = template[at];
    if (character === '"') {
      at = endOfString(template, at + 1);
      continue;
    }
    if (character === "{") {
      depth += 1;
    } else if (character === "}") {
      depth -= 1;
    }
    at += 1;
    if (depth === 0) {
      return at;
    }
  }
  return at;
}

function endOfString(template: string, start: number): number {
  let at = start;
  while (at < template.length) {
    if (template[at] === "\\") {
      at += 2;
    } else if (template[at] === '"') {
      return at + 1;
    } else if (/^(\$\$|%%)\{/.test(template.slice(at, at + 3))) {
      at += 3;
    } else if (/^[$%]\{/.test(template.slice(at, at + 2))) {
      at = endOfExpression(template, at + 2);
    } else {
      at += 1;
    }
  }
  return at;
}
