import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");
const PACKAGE = "auth0-progressive-profiling";
const PROVIDER = `${PACKAGE}/provider-auth0/`;

/**
 * What a TypeScript block of a document exports, checked against this library as it is here.
 *
 * @param beside texts of the files that the block imports, by what it calls them, `./profiling`; other files are those of this repository
 * @throws with all that the compiler says
 */
export function runBlock(
  block: string,
  beside: Readonly<Record<string, string>> = {},
): Readonly<Record<string, unknown>> {
  // Not there on the disk: packages are looked for from the place where they would be.
  const file = join(ROOT, "block-of-a-document.ts");
  const texts = new Map([
    [file, block],
    ...Object.entries(beside).map(([name, text]) => [join(ROOT, `${name}.ts`), text] as const),
  ]);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    types: ["node", "jest"],
    paths: {
      [PACKAGE]: [join(ROOT, "lib", "index.ts")],
      [`${PROVIDER}*`]: [join(ROOT, "provider-auth0", "lib", "*")],
    },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  host.getSourceFile = (name, target) => {
    const text = texts.get(name);
    return text === undefined ? getSourceFile(name, target) : ts.createSourceFile(name, text, target);
  };
  const javaScript = new Map<string, string>();
  host.writeFile = (name, text) => {
    javaScript.set(name.replace(/js$/, "ts"), text);
  };

  const program = ts.createProgram([file], options, host);
  const sources = [...texts.keys()].map((name) => program.getSourceFile(name));
  const problems = sources.flatMap((source) => [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ]);
  if (problems.length > 0) {
    throw new Error(ts.formatDiagnostics(problems, host));
  }
  for (const source of sources) {
    program.emit(source);
  }
  return run(file, javaScript);
}

/** What a file exports that was compiled, and is not on the disk. */
function run(file: string, javaScript: ReadonlyMap<string, string>): Readonly<Record<string, unknown>> {
  const exported = {};
  const load = (name: string) => {
    const beside = join(ROOT, `${name}.ts`);
    if (javaScript.has(beside)) {
      return run(beside, javaScript);
    }
    if (name.startsWith("./")) {
      return require(join(ROOT, name));
    }
    return require(
      name === PACKAGE ? "../../lib" : name.replace(new RegExp(`^${PROVIDER}`), "@cdktf/provider-auth0/lib/"),
    );
  };
  new Function("require", "exports", javaScript.get(file) ?? "")(load, exported);
  return exported;
}
