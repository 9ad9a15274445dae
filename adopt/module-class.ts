import type { Import } from "./code";
import { PACKAGE } from "./form-code";
import type { Input } from "./module-scope";

/** A class of TypeScript that defines one thing. */
interface DefiningClass {
  readonly className: string;
  readonly comment: string;
  /** What it has of it: `form: ProfileForm`. */
  readonly member: { readonly name: string; readonly type: string };
  readonly statements: readonly string[];
  readonly imports: readonly Import[];
  readonly inputs: readonly Input[];
  readonly hasFiles: boolean;
}

export function classText({ className, comment: about, member, statements, imports, inputs, hasFiles }: DefiningClass) {
  const props = inputs.map(({ prop, what }) => `  /** ${comment(sentence(what))}. */\n  readonly ${prop}: string;`);
  const propsName = `${className}Props`;
  const given = inputs.length === 0 ? "" : `, props: ${propsName}`;
  return [
    ...(hasFiles ? ['import { join } from "node:path";'] : []),
    ...importLines([...imports, { name: member.type, from: PACKAGE }]),
    'import { Construct } from "constructs";',
    "",
    ...(inputs.length === 0 ? [] : [`export interface ${propsName} {`, props.join("\n"), "}", ""]),
    `/** ${comment(about)} */`,
    `export class ${className} extends Construct {`,
    `  readonly ${member.name}: ${member.type};`,
    "",
    `  constructor(scope: Construct, id: string${given}) {`,
    "    super(scope, id);",
    "",
    ...statements.map((statement) => `    ${statement}`),
    "  }",
    "}",
    "",
  ].join("\n");
}

/** Statements that import, in the order of the alphabet, none longer than a line. */
export function importLines(imports: readonly Import[]): readonly string[] {
  const modules = [...new Set(imports.map(({ from }) => from))].sort();
  return modules.map((from) => {
    const names = [...new Set(imports.filter((one) => one.from === from).map(({ name }) => name))];
    names.sort(compareNames);
    const line = `import { ${names.join(", ")} } from ${JSON.stringify(from)};`;
    return line.length <= 120
      ? line
      : `import {\n${names.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};`;
  });
}

/** As Biome sorts names: by their letters, of one letter the capital first. */
function compareNames(left: string, right: string): number {
  const at = [...left].findIndex((letter, index) => letter !== right[index]);
  const [one = "", other = ""] = at === -1 ? [] : [left[at], right[at]];
  const isSameLetter = one.toLowerCase() === other?.toLowerCase();
  return (isSameLetter ? one < (other ?? "") : one.toLowerCase() < (other ?? "").toLowerCase()) ? -1 : 1;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function comment(text: string): string {
  return text.replaceAll("*/", "* /").replace(/\s+/g, " ");
}
