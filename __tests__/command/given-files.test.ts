import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printedBy, readGivenFile, writeGivenFile } from "../../command/given-file";
import { readSynthesised } from "../../command/synthesised-stack";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "given-"));
  file = join(folder, "cdk.tf.json");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function read(): { readonly text: string | undefined; readonly problems: readonly string[] } {
  const problems: string[] = [];
  return { text: readGivenFile(file, printedBy("make it"), (problem) => problems.push(problem)), problems };
}

const UTF_16 = "is UTF-16, as `>` of Windows PowerShell writes; give UTF-8: `make it | Out-File -Encoding utf8 FILE`";

test.each<[string, () => void, string]>([
  ["does not exist", () => undefined, "does not exist; give a file that `make it > FILE` wrote"],
  ["is a folder", () => mkdirSync(file), "is a folder; give a file that `make it > FILE` wrote"],
  ["is empty", () => writeFileSync(file, "\n"), "is empty; give a file that `make it > FILE` wrote"],
  ["is in UTF-16", () => writeFileSync(file, Buffer.from("\ufeff{}", "utf16le")), UTF_16],
])("a given file that %s is told with the way to one", (_, make, problem) => {
  make();

  expect(read()).toEqual({ text: undefined, problems: [`[${file}] ${problem}`] });
});

test("of a given file the mark that Windows PowerShell puts before UTF-8 is no text", () => {
  writeFileSync(file, '\ufeff{"a":"ä"}');

  expect(read()).toEqual({ text: '{"a":"ä"}', problems: [] });
});

test.each<[string, () => string, (path: string) => string]>([
  ["is a folder", () => folder, () => "is a folder"],
  ["is in no folder", () => join(folder, "none", "x.md"), () => `is in ${join(folder, "none")}, which does not exist`],
  ["is below a file", () => join(file, "x.md"), () => "lies in a file, not in a folder"],
])("a file that %s can not be written, which is told in words", (_, path, what) => {
  writeFileSync(file, "mine");
  const problems: string[] = [];

  writeGivenFile("--out", path(), "text", (problem) => problems.push(problem));

  expect(problems).toEqual([`[--out] ${path()} ${what(path())}; give a file in a folder that exists`]);
});

const SYNTH = "run `npx cdktf synth`, and give the stack's folder";

test.each<[string, string | undefined, string]>([
  ["is missing", undefined, "does not exist"],
  ["is no JSON", "{", "is no JSON"],
  ["is empty", " \n", "is empty"],
  ["has nothing in it", "{}", "is no synthesised configuration"],
  ["is nothing", "null", "is no synthesised configuration"],
  ["is a list", "[]", "is no synthesised configuration"],
  ["is a text", '"x"', "is no synthesised configuration"],
])("a stack whose configuration %s is refused", (_, text, problem) => {
  if (text !== undefined) {
    writeFileSync(file, text);
  }

  expect(() => readSynthesised(folder)).toThrow(`[${file}] ${problem}; ${SYNTH}`);
});

test("a stack's configuration is what its folder holds", () => {
  writeFileSync(file, '{"resource":{}}');

  expect(readSynthesised(folder)).toEqual({ resource: {} });
});
