import type { CodeContext, Secret } from "./code";
import type { ConnectionOfFile } from "./form-file";
import { camelCase, kebabCase, Names } from "./module-names";
import type { WrittenFile } from "./written-folder";

/** What whoever defines a form has to give. */
export interface Input {
  readonly prop: string;
  readonly what: string;
}

/** What the folder that is written belongs to. */
export type ModuleKind = "commonjs" | "module";

/** What the code of one module refers to: what has to be given to its class, and texts that lie in files beside it. */
export class ModuleScope {
  private readonly given = new Map<string, Input>();
  private readonly inputNames = new Names();
  private readonly files = new Map<string, string>();
  private readonly fileNames = new Names();

  /** @param name of the module's file, without its ending */
  constructor(
    private readonly name: string,
    private readonly connections: Readonly<Record<string, ConnectionOfFile>>,
    private readonly kind: ModuleKind,
  ) {}

  get inputs(): readonly Input[] {
    return [...this.given.values()];
  }

  get hasFiles(): boolean {
    return this.files.size > 0;
  }

  /** Asks for something, once for each key; gives the expression of it. */
  input(key: string, wanted: string, suffix: string, what: string): string {
    const known = this.given.get(key) ?? { prop: this.inputNames.of(wanted, suffix), what };
    this.given.set(key, known);
    return `props.${known.prop}`;
  }

  context(id: string): Omit<CodeContext, "flowId"> {
    return {
      id,
      connectionId: (connection) => this.connectionId(connection),
      secret: ({ name, what }: Secret) => this.input(what, name, "secret", `${what}, which no file should hold`),
      file: (name, content) => this.file(name, content),
    };
  }

  /** The module with this text, and the files beside it. */
  filesWith(text: string): readonly WrittenFile[] {
    const others = [...this.files].map(([file, content]) => ({ path: `${this.name}/${file}`, text: content }));
    return [{ path: `${this.name}.ts`, text }, ...others];
  }

  private connectionId(id: string): string {
    const { name = "", app = "" } = this.connections[id] ?? {};
    const wanted = camelCase(`${name === "" ? app : name} ${/connection$/i.test(name) ? "" : "connection"} id`);
    const described =
      name === "" ? JSON.stringify(id) : `${JSON.stringify(name)}${app === "" ? "" : ` of the type ${app}`}`;
    return this.input(
      id,
      this.connections[id] === undefined ? "connectionId" : wanted,
      "id",
      `id of the Vault connection ${described}, \`ac_…\``,
    );
  }

  private file(name: string, content: string): string {
    const known = [...this.files].find(([, text]) => text === content)?.[0];
    const [, stem = name, ending = ""] = /^(.*?)(\.[a-z]+)$/.exec(name) ?? [];
    const own = known ?? `${this.fileNames.of(kebabCase(stem), "file")}${ending}`;
    this.files.set(own, content);
    const folder = this.kind === "module" ? "import.meta.dirname" : "__dirname";
    return `join(${folder}, ${JSON.stringify(this.name)}, ${JSON.stringify(own)})`;
  }
}
