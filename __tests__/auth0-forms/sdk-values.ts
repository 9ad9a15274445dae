import { dirname, join } from "node:path";
import ts from "typescript";
import { type Properties, type Property, union, type Values } from "./values";

const FOLDER = join(dirname(require.resolve("auth0/package.json")), "dist", "cjs", "management", "api");
const FILES = ["requests", "types"].map((name) => join(FOLDER, name, `${name}.d.ts`));

/** What the types of Auth0's own SDK for its Management API let through. */
export class SdkTypes {
  private readonly checker: ts.TypeChecker;
  private readonly types: ReadonlyMap<string, ts.Type>;

  /** @param toldElsewhere the type that stands by its name where it is part of another, or of itself */
  constructor(private readonly toldElsewhere: string) {
    const module = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
    const program = ts.createProgram(FILES, { strict: true, lib: ["lib.es5.d.ts"], types: [], ...module });
    this.checker = program.getTypeChecker();
    const modules = FILES.flatMap((file) => {
      const source = program.getSourceFile(file);
      return (source && this.checker.getSymbolAtLocation(source)) ?? [];
    });
    const exported = modules.flatMap((symbol) => this.checker.getExportsOfModule(symbol));
    this.types = new Map(exported.map((symbol) => [symbol.name, this.checker.getDeclaredTypeOfSymbol(symbol)]));
  }

  values(name: string): Values {
    const type = this.types.get(name);
    if (type === undefined) {
      throw new Error(`the SDK has no type ${name}`);
    }
    return this.valuesOf(type);
  }

  private valuesOf(type: ts.Type): Values {
    if (type.isUnion()) {
      return union(type.types.map((one) => this.valuesOf(one)));
    }
    if (type.isStringLiteral()) {
      return { kinds: [JSON.stringify(type.value)] };
    }
    if ((type.flags & ts.TypeFlags.Object) === 0) {
      return this.ofKind(this.checker.typeToString(type));
    }
    if (this.checker.isArrayType(type)) {
      return { lists: this.checker.getTypeArguments(type as ts.TypeReference).map((item) => this.part(item)) };
    }
    return { objects: [this.properties(type)] };
  }

  private ofKind(name: string): Values {
    switch (name) {
      case "undefined":
        return {};
      case "true":
      case "false":
        return { kinds: ["boolean"] };
      case "unknown":
        return { kinds: ["any"] };
      default:
        return { kinds: [name] };
    }
  }

  private part(type: ts.Type): Values {
    const name = type.aliasSymbol?.name;
    return name === this.toldElsewhere ? { kinds: [name] } : this.valuesOf(type);
  }

  private properties(type: ts.Type): Properties {
    const found = new Map<string, Property>();
    for (const property of this.checker.getPropertiesOfType(type)) {
      const isOptional = (property.flags & ts.SymbolFlags.Optional) !== 0;
      found.set(property.name, { isOptional, values: this.part(this.checker.getTypeOfSymbol(property)) });
    }
    for (const { type: others } of this.checker.getIndexInfosOfType(type)) {
      found.set("*", { isOptional: false, values: this.part(others) });
    }
    return found;
  }
}
