import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as ts from "typescript";

const ROOT = join(__dirname, "..", "..");

/** A row of the table in AGENTS.md: the files and folders that it is about, and what they may import. */
interface Layer {
  readonly places: readonly string[];
  /** As written: names of files, folders and packages, and the words that stand for more. */
  readonly allowed: string;
}

/** An own file's imports: files by their paths, all others by the name of the package, or as `Node`. */
interface Source {
  readonly path: string;
  readonly imports: readonly string[];
  readonly text: string;
}

const layers = layersOf(readFileSync(join(ROOT, "AGENTS.md"), "utf8"));
const sources = readSources();

test("no file imports what the table of AGENTS.md does not allow it", () => {
  const arrows = sources.flatMap(({ path, imports }) => imports.map((imported) => ({ path, imported })));

  expect(arrows.length).toBeGreaterThan(1000);
  expect(
    arrows
      .filter(({ path, imported }) => !mayImport(path, imported))
      .map(({ path, imported }) => `${path} imports ${imported}`),
  ).toEqual([]);
});

test("every place in the table of AGENTS.md holds sources", () => {
  const places = layers.flatMap((layer) => layer.places);

  expect(places.length).toBeGreaterThan(15);
  expect(places.filter((place) => !sources.some(({ path }) => isIn(path, place)))).toEqual([]);
});

test.each([
  ["a folder below", "tenant/documents/store.ts", "tenant/management/clients.ts", false],
  ["a folder above", "tenant/management/clients.ts", "tenant/documents/store.ts", true],
  ["its own folder", "tenant/management/clients.ts", "tenant/management/page.ts", true],
  ["a file that is named", "tenant/management/access-token.ts", "tenant/signing-key.ts", true],
  ["a file beside it", "tenant/management/access-token.ts", "tenant/seed.ts", false],
  ["another package", "tenant/tenant.ts", "lib/index.ts", false],
  ["a package that is named", "lib/vault-connection.ts", "constructs", true],
  ["a package that is not named", "lib/vault-connection.ts", "diff", false],
  ["one of its own dependencies", "tenant/management/validation.ts", "ajv", true],
  ["what only another package depends on", "tenant/management/validation.ts", "express", false],
  ["Node", "review/cli.ts", "Node", true],
  ["Node, where it is not named", "lib/form/stage.ts", "Node", false],
  ["anything, where nothing is allowed", "actions/profiling.js", "Node", false],
  ["anything, from a test", "__tests__/docs/architecture.test.ts", "typescript", true],
  ["anything, from a place that no row names", "nowhere/nothing.ts", "lib/index.ts", false],
])("the table is read as it is meant: %s", (_, path, imported, expected) => {
  expect(mayImport(path, imported)).toBe(expected);
});

test("TypeScript keeps things to itself by private, and plain JavaScript by #", () => {
  const typed = sources.filter(({ path }) => path.endsWith(".ts"));

  expect(typed.length).toBeGreaterThan(300);
  expect(typed.filter(hasPrivateName).map(({ path }) => path)).toEqual([]);
  expect(hasPrivateName({ path: "counter.ts", text: "class Counter { #count = 0; }" })).toBe(true);
});

function layersOf(document: string): readonly Layer[] {
  const table = /^\| folder .*\n\| --- .*\n((?:\|.*\n)+)/m.exec(document)?.[1] ?? "";
  return table
    .trimEnd()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()))
    .map(([, folder = "", , allowed = ""]) => ({ places: namesIn(folder), allowed }));
}

function namesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
}

function isIn(path: string, place: string): boolean {
  return place.endsWith("/") ? path.startsWith(place) : path === place;
}

/** A file belongs to the row that names it most narrowly, and may import what belongs to the same row. */
function layerOf(path: string): Layer | undefined {
  const places = layers.flatMap((layer) => layer.places.map((place) => ({ place, layer })));
  return places
    .filter(({ place }) => isIn(path, place))
    .toSorted((one, other) => other.place.length - one.place.length)[0]?.layer;
}

function mayImport(path: string, imported: string): boolean {
  const layer = layerOf(path);
  if (layer === undefined) {
    return false;
  }
  const { allowed } = layer;
  return (
    allowed === "everything" ||
    layerOf(imported) === layer ||
    namesIn(allowed).some((name) => isIn(imported, name)) ||
    (imported === "Node" && /\bNode\b/.test(allowed)) ||
    (allowed.includes("its own dependencies") && dependenciesOf(path).includes(imported))
  );
}

function dependenciesOf(path: string): readonly string[] {
  const manifest = join(ROOT, dirname(path), "package.json");
  return existsSync(manifest)
    ? Object.keys(JSON.parse(readFileSync(manifest, "utf8")).dependencies)
    : dependenciesOf(dirname(path));
}

/** Every source that `tsconfig.json` names. Imports of types are imports too. */
function readSources(): readonly Source[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const cache = ts.createModuleResolutionCache(ROOT, (name) => name, options);
  return fileNames.map((file) => {
    const text = readFileSync(file, "utf8");
    const { importedFiles } = ts.preProcessFile(text, true, true);
    const imports = importedFiles.map(({ fileName }) => {
      const { resolvedModule } = ts.resolveModuleName(fileName, file, options, ts.sys, cache);
      return nameOf(fileName, resolvedModule?.resolvedFileName);
    });
    return { path: relative(ROOT, file), imports: [...new Set(imports)], text };
  });
}

function nameOf(specifier: string, resolved: string | undefined): string {
  if (specifier.startsWith("node:")) {
    return "Node";
  }
  const path = resolved && relative(ROOT, resolved);
  if (path !== undefined && !path.startsWith("..") && !path.includes("node_modules")) {
    return path;
  }
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function hasPrivateName({ path, text }: Pick<Source, "path" | "text">): boolean {
  if (!/[\s.(!]#[\w$]/.test(text)) {
    return false; // most files need not be parsed
  }
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const isOrHolds = (node: ts.Node): boolean =>
    ts.isPrivateIdentifier(node) || ts.forEachChild(node, isOrHolds) === true;
  return isOrHolds(file);
}
