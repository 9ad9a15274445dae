import { join } from "node:path";
import ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/**
 * What a TypeScript block of a document exports, checked against this library as it is here.
 *
 * @throws with all that the compiler says
 */
export function runBlock(block: string): Readonly<Record<string, unknown>> {
  // Not there on the disk: packages are looked for from the place where it would be.
  const file = join(ROOT, "block-of-a-document.ts");
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    strict: true,
    skipLibCheck: true,
    types: ["node"],
    paths: { "auth0-progressive-profiling": [join(ROOT, "lib", "index.ts")] },
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? block : readFile(name));
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, block, target) : getSourceFile(name, target);
  let javaScript = "";
  host.writeFile = (name, text) => {
    if (name === file.replace(/ts$/, "js")) {
      javaScript = text;
    }
  };

  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  const problems = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  if (problems.length > 0) {
    throw new Error(ts.formatDiagnostics(problems, host));
  }
  program.emit(source);
  const exported = {};
  const load = (name: string) => require(name === "auth0-progressive-profiling" ? "../../lib" : name);
  new Function("require", "exports", javaScript)(load, exported);
  return exported;
}
