import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devCommand } from "../../dev/command";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dev-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MISSING = "run this in the folder of a CDKTF project, or give it with --project";
const APP = "give the command that runs your main.ts, as cdktf init writes it";

test.each<[string, (project: string) => void, string]>([
  ["is no folder", (project) => writeFileSync(project, ""), `lies in a file, not in a folder; ${MISSING}`],
  ["has no cdktf.json", (project) => mkdirSync(project), `does not exist; ${MISSING}`],
  [
    "has a folder in its place",
    (project) => mkdirSync(join(project, "cdktf.json"), { recursive: true }),
    `is a folder; ${MISSING}`,
  ],
  ["has one that is no JSON", written("{"), "is no JSON; mend it"],
  ["has one with nothing in it", written("null"), "is no object; mend it"],
  ["has one that is empty", written(""), "is empty; mend it"],
  ["has one that is a list", written("[]"), "is no object; mend it"],
  ["has one without an app", written("{}"), `has no app; ${APP}`],
  ["has a number for an app", written('{"app":5}'), `app must be a text, got 5; ${APP}`],
])("a project that %s is refused before anything is started", async (_, make, problem) => {
  const [project, said] = [join(folder, "project"), jest.spyOn(process.stdout, "write")];
  make(project);

  await expect(devCommand(["--project", project, "--port", "0", "--preview-port", "0"])).rejects.toThrow(
    `[${join(project, "cdktf.json")}] ${problem}`,
  );
  expect(said).not.toHaveBeenCalled();
});

test("a port of the preview that is taken is told in words, and nothing runs any more", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  written('{"app":"node main.js"}')(join(folder, "project"));

  await expect(
    devCommand(["--project", join(folder, "project"), "--port", "0", "--preview-port", String(port)]),
  ).rejects.toThrow(`[--preview-port] ${port} is in use; stop what uses it, or give another one (0 takes a free one)`);
  other.close();
});

function written(text: string): (project: string) => void {
  return (project) => {
    mkdirSync(project);
    writeFileSync(join(project, "cdktf.json"), text);
  };
}
