import type { Import } from "./code";
import { PACKAGE } from "./form-code";
import type { Input } from "./module-scope";

/** A class of TypeScript that defines one thing. */
interface DefiningClass {
  readonly className: string;
  readonly comment: string;
  /** What is to be known of it besides. */
  readonly remark?: string;
  /** What it has of it: `form: ProfileForm`. */
  readonly member: { readonly name: string; readonly type: string };
  readonly statements: readonly string[];
  readonly imports: readonly Import[];
  readonly inputs: readonly Input[];
  readonly hasFiles: boolean;
}

export function classText(defining: DefiningClass): string {
  const { className, comment: about, remark, member, statements, imports, inputs, hasFiles } = defining;
  const props = inputs.map(({ prop, what }) => `  /** ${comment(sentence(what))}. */\n  readonly ${prop}: string;`);
  const propsName = `${className}Props`;
  const given = inputs.length === 0 ? "" : `, props: ${propsName}`;
  return [
    ...importLines([
      ...imports,
      ...(hasFiles ? [{ name: "join", from: "node:path" }] : []),
      { name: member.type, from: PACKAGE },
      { name: "Construct", from: "constructs" },
    ]),
    "",
    ...(inputs.length === 0 ? [] : [`export interface ${propsName} {`, props.join("\n"), "}", ""]),
    ...(remark === undefined
      ? [`/** ${comment(about)} */`]
      : ["/**", ` * ${comment(about)}`, " *", ...wrapped(comment(remark)).map((line) => ` * ${line}`), " */"]),
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

/** Statements that import, Node's modules first, in the order of the alphabet, none longer than a line. */
export function importLines(imports: readonly Import[]): readonly string[] {
  const modules = sorted(
    imports.map(({ from }) => from),
    (from) => `${from.startsWith("node:") ? 0 : 1}${from}`,
  );
  return modules.map((from) => {
    const own = imports.filter((one) => one.from === from);
    const names = sorted(
      own.map(({ name }) => name),
      sortKey,
    );
    const start = own.every(({ isType }) => isType) ? "import type" : "import";
    const line = `${start} { ${names.join(", ")} } from ${JSON.stringify(from)};`;
    return line.length <= 120
      ? line
      : `${start} {\n${names.map((name) => `  ${name},\n`).join("")}} from ${JSON.stringify(from)};`;
  });
}

/** Each once. */
function sorted(names: readonly string[], keyOf: (name: string) => string): readonly string[] {
  return [...new Set(names)].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** By which Biome sorts names: letter by letter, of one letter the capital first. */
function sortKey(name: string): string {
  return name.replace(/./g, (letter) => `${letter.toLowerCase()}${letter === letter.toLowerCase() ? 1 : 0}`);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** In lines that are no longer than those of code, as far as words allow. */
function wrapped(text: string): readonly string[] {
  return (text.match(/.{1,116}(?: |$)|\S+/g) ?? []).map((line) => line.trimEnd());
}

/** A text on one line of a comment. */
export function comment(text: string): string {
  return text.replaceAll("*/", "* /").replace(/\s+/g, " ");
}
