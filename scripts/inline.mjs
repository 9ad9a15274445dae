// Makes a compiled package stand alone: an import of a package of this repository becomes the path of its copy in the
// output folder, in code and declarations alike, so that no package manager asks a registry for what is on none.
// Whatever else package.json does not declare is refused. A bundler would do too much: modules of the bindings shall
// stay modules, which users import as well. Run by `npm run build`, after tsc: node scripts/inline.mjs TSCONFIG
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";

const [, , tsconfig = "tsconfig.json"] = process.argv;
const { config } = ts.readConfigFile(tsconfig, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(resolve(tsconfig)));
const { rootDir = ".", outDir = "dist" } = options;
const { dependencies, peerDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
const declared = Object.keys({ ...dependencies, ...peerDependencies });
/** @type {string[]} */
const problems = [];

for (const file of readdirSync(outDir, { recursive: true, encoding: "utf8" })) {
  if (/\.(js|d\.ts)$/.test(file)) {
    const path = join(outDir, file);
    const text = readFileSync(path, "utf8");
    const inlined = inline(text, file);
    if (inlined !== text) {
      writeFileSync(path, inlined);
    }
  }
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exitCode = 1;
}

/**
 * @param {string} text
 * @param {string} file path below the output folder, which is its source's below the root
 */
function inline(text, file) {
  const imports = ts.preProcessFile(text, true, true).importedFiles;
  // from the last to the first, so that the positions of the others stay true
  return imports.reduceRight((result, { fileName: name, pos, end }) => {
    if (name.startsWith(".") || isBuiltin(name) || declared.some((other) => `${name}/`.startsWith(`${other}/`))) {
      return result;
    }
    const { resolvedModule } = ts.resolveModuleName(name, join(rootDir, file), options, ts.sys);
    const source = relative(rootDir, resolvedModule?.resolvedFileName ?? "");
    const copy = source.replace(/(\.d)?\.ts$/, ".js");
    if (resolvedModule === undefined || source.split(sep).some((part) => part === ".." || part === "node_modules")) {
      problems.push(`[${file}] imports "${name}", which package.json does not declare; add it to its dependencies`);
      return result;
    }
    if (!existsSync(join(outDir, copy))) {
      const missing = relative("", join(outDir, copy));
      problems.push(
        `[${file}] imports "${name}", but ${missing} is missing; add its source to ${tsconfig}, or copy it there`,
      );
      return result;
    }
    const path = relative(dirname(file), copy);
    // the position is that of the quotation mark
    return result.slice(0, pos + 1) + (path.startsWith(".") ? path : `./${path}`) + result.slice(end + 1);
  }, text);
}
