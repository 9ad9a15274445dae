import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { devCommand } from "../../dev/command";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dev-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MISSING = "run this in the folder of a CDKTF project, or give it with --project";
const NO_APP = "has no app; give the command that runs your main.ts, as cdktf init writes it";

test.each<[string, (project: string) => void, string]>([
  ["is no folder", (project) => writeFileSync(project, ""), `can not be read (ENOTDIR); ${MISSING}`],
  ["has no cdktf.json", (project) => mkdirSync(project), `is missing; ${MISSING}`],
  [
    "has a folder in its place",
    (project) => mkdirSync(join(project, "cdktf.json"), { recursive: true }),
    `can not be read (EISDIR); ${MISSING}`,
  ],
  ["has one that is no JSON", written("{"), "is no JSON; mend it"],
  ["has one with nothing in it", written("null"), NO_APP],
  ["has one without an app", written("[]"), NO_APP],
])("a project that %s is refused before anything is started", async (_, make, problem) => {
  const [project, said] = [join(folder, "project"), jest.spyOn(process.stdout, "write")];
  make(project);

  await expect(devCommand(["--project", project, "--port", "0", "--preview-port", "0"])).rejects.toThrow(
    `[${join(project, "cdktf.json")}] ${problem}`,
  );
  expect(said).not.toHaveBeenCalled();
});

function written(text: string): (project: string) => void {
  return (project) => {
    mkdirSync(project);
    writeFileSync(join(project, "cdktf.json"), text);
  };
}
