import * as library from "../lib";
import type { Code, CodeContext, Import, Raw, Secret } from "./code";
import { flowCode, formCode, PACKAGE } from "./form-code";
import type { FormOfFile } from "./form-file";
import { camelCase, kebabCase, Names, pascalCase } from "./module-names";
import type { WrittenFile } from "./written-folder";

/** What whoever defines the form has to give. */
export interface Input {
  readonly prop: string;
  readonly what: string;
}

/** A form as a class of TypeScript. */
export interface FormModule {
  readonly className: string;
  readonly formName: string;
  readonly flows: readonly string[];
  readonly files: readonly WrittenFile[];
  readonly inputs: readonly Input[];
  readonly raw: readonly Raw[];
}

/** What the folder that is written belongs to. */
export type ModuleKind = "commonjs" | "module";

/** @param classNames of the forms before, which take names */
export function formModule(
  { form, flows, connections }: FormOfFile,
  classNames: Names,
  moduleKind: ModuleKind,
): FormModule {
  const className = classNames.of(pascalCase(form.name), "form");
  const fileName = kebabCase(className);
  const inputs = new Map<string, Input>();
  const inputNames = new Names();
  const input = (key: string, wanted: string, suffix: string, what: string): string => {
    const known = inputs.get(key) ?? { prop: inputNames.of(wanted, suffix), what };
    inputs.set(key, known);
    return `props.${known.prop}`;
  };
  const files = new Map<string, string>();
  const fileNames = new Names();
  const names = new Names([...Object.keys(library), className]);
  const constructIds = new Names(["Form"]);
  const flowNames = new Map(Object.entries(flows).map(([id, { name }]) => [id, names.of(camelCase(name), "flow")]));

  const context: Omit<CodeContext, "id"> = {
    flowId: (id) => `${flowNames.get(id) ?? "missing"}.flowId`,
    connectionId: (id) => {
      const { name = "", app = "" } = connections[id] ?? {};
      const wanted = camelCase(`${name === "" ? app : name} ${/connection$/i.test(name) ? "" : "connection"} id`);
      const described =
        name === "" ? JSON.stringify(id) : `${JSON.stringify(name)}${app === "" ? "" : ` of the type ${app}`}`;
      return input(
        id,
        connections[id] === undefined ? "connectionId" : wanted,
        "id",
        `id of the Vault connection ${described}, \`ac_…\``,
      );
    },
    secret: ({ name, what }: Secret) => input(what, name, "secret", `${what}, which no file should hold`),
    file: (name, content) => {
      const known = [...files].find(([, text]) => text === content)?.[0];
      const [, stem = name, ending = ""] = /^(.*?)(\.[a-z]+)$/.exec(name) ?? [];
      const own = known ?? `${fileNames.of(kebabCase(stem), "file")}${ending}`;
      files.set(own, content);
      const folder = moduleKind === "module" ? "import.meta.dirname" : "__dirname";
      return `join(${folder}, ${JSON.stringify(fileName)}, ${JSON.stringify(own)})`;
    },
  };

  const flowCodes = Object.entries(flows).map(([id, flow]) => {
    const constructId = constructIds.of(pascalCase(flow.name), "Flow");
    return { name: flowNames.get(id) ?? "", code: flowCode(flow, { ...context, id: constructId }) };
  });
  const ofForm = formCode(form, flows, { ...context, id: "Form" });
  const text = moduleText({
    className,
    formName: form.name,
    flowCodes,
    formCode: ofForm,
    inputs: [...inputs.values()],
    hasFiles: files.size > 0,
  });
  return {
    className,
    formName: form.name,
    flows: Object.values(flows).map(({ name }) => name),
    files: [
      { path: `${fileName}.ts`, text },
      ...[...files].map(([name, content]) => ({ path: `${fileName}/${name}`, text: content })),
    ],
    inputs: [...inputs.values()],
    raw: [...flowCodes.flatMap(({ code }) => code.raw), ...ofForm.raw],
  };
}

interface ModuleParts {
  readonly className: string;
  readonly formName: string;
  readonly flowCodes: readonly { readonly name: string; readonly code: Code }[];
  readonly formCode: Code;
  readonly inputs: readonly Input[];
  readonly hasFiles: boolean;
}

function moduleText({ className, formName, flowCodes, formCode: ofForm, inputs, hasFiles }: ModuleParts): string {
  const imports = [...flowCodes.flatMap(({ code }) => code.imports), ...ofForm.imports];
  const props = inputs.map(({ prop, what }) => `  /** ${comment(sentence(what))}. */\n  readonly ${prop}: string;`);
  const propsName = `${className}Props`;
  const given = inputs.length === 0 ? "" : `, props: ${propsName}`;
  const statements = [
    ...flowCodes.map(({ name, code }) => `    const ${name} = ${code.expression};`),
    `    this.form = ${ofForm.expression};`,
  ];
  return [
    ...(hasFiles ? ['import { join } from "node:path";'] : []),
    ...importLines([...imports, { name: "Form", from: PACKAGE }]),
    'import { Construct } from "constructs";',
    "",
    ...(inputs.length === 0 ? [] : [`export interface ${propsName} {`, props.join("\n"), "}", ""]),
    `/** The form ${comment(JSON.stringify(formName))}. */`,
    `export class ${className} extends Construct {`,
    "  readonly form: Form;",
    "",
    `  constructor(scope: Construct, id: string${given}) {`,
    "    super(scope, id);",
    "",
    statements.join("\n"),
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
