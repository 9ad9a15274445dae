import { camelCase, kebabCase, Names } from "./module-names";

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
export class StackNames {
  private readonly variables: Names;

  /** @param imported names of variables that are taken */
  constructor(imported: Iterable<string>) {
    this.variables = new Names(imported);
  }

  of(name: string, kind: Kind): CodeNames {
    const [own, whole] = [camelCase(name), camelCase(`${name} ${kind}`)];
    const end = camelCase(kind);
    const variable = this.variables.of(own.toLowerCase().endsWith(end.toLowerCase()) ? own : whole, end);
    return { id: kebabCase(variable), variable };
  }
}
