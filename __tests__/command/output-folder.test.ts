import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeModule } from "../../adopt/hcl/module";
import { importForms } from "../../adopt/import-form";
import { adoptCommand } from "../../cli/adopt";
import { outputProblem } from "../../command/output-folder";
import { writeProject } from "../../init/project";
import { takePictures } from "../../review/pictures/pictures";

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "output-"));
  writeFileSync(join(parent, "file"), "mine");
  mkdirSync(join(parent, "folder"));
  symlinkSync("folder", join(parent, "link"));
  writeFileSync(join(parent, "cdk.tf.json"), '{"resource":{}}');
});

afterEach(() => rmSync(parent, { recursive: true, force: true }));

test.each(["folder", "link", "new", "folder/new/below", "link/new"])("a folder %s can be written to", (path) => {
  expect(outputProblem("--out", join(parent, path))).toBeUndefined();
  expect(readdirSync(parent).sort()).toEqual(["cdk.tf.json", "file", "folder", "link"]);
  expect(readdirSync(join(parent, "folder"))).toEqual([]);
});

test("a folder that is not there is looked for from where the command runs", () => {
  expect(outputProblem("--out", "folder-that-is-not-there")).toBeUndefined();
  expect(outputProblem("--out", "package.json/out")).toBe(
    `[--out] package.json/out is below ${join(process.cwd(), "package.json")}, which is a file; give a folder`,
  );
});

/** A folder that takes none is there on Linux. */
const TAKES_NONE: readonly [string, () => string, (folder: string) => string][] =
  process.platform === "linux"
    ? [
        [
          "is where none can be made",
          () => "/proc/x/y",
          () => "can not be made: /proc takes no folder; give a folder of yours",
        ],
      ]
    : [];

/** What a command says of a folder: its option, and how it is given one. */
const COMMANDS: readonly (readonly [string, string, (folder: string) => unknown])[] = [
  ["hcl", "--out", (folder) => writeModule(parent, folder)],
  ["import-form", "--out", (folder) => importForms([], folder)],
  ["adopt", "--out", (folder) => adoptCommand(["--form", "Welcome", "--out", folder])],
  ["init", "DIR", (folder) => writeProject(folder, { isEsm: false, version: "1.2.3" })],
  ["review", "--pictures", (folder) => takePictures([], [], folder, (text) => text)],
];

describe.each(COMMANDS)("%s", (_, place, run) => {
  test.each<[string, () => string, (folder: string) => string]>([
    ["is a file", () => join(parent, "file"), () => "is a file; give a folder"],
    [
      "is below a file",
      () => join(parent, "file", "x", "y"),
      () => `is below ${join(parent, "file")}, which is a file; give a folder`,
    ],
    ...TAKES_NONE,
  ])("says of a folder that %s what is wrong, before it does anything", async (_, path, said) => {
    const folder = path();

    await expect((async () => run(folder))()).rejects.toThrow(`[${place}] ${folder} ${said(folder)}`);
    expect(readdirSync(parent).sort()).toEqual(["cdk.tf.json", "file", "folder", "link"]);
    expect(existsSync(folder)).toBe(folder === join(parent, "file"));
  });
});
