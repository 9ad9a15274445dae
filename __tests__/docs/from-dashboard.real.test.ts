import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { documentShell } from "../support/document-project";
import { blocks } from "../support/markdown";

const DOCUMENT = "docs/from-dashboard.md";

test("the command of the document makes of its small file the code that it shows", () => {
  const folder = mkdtempSync(join(tmpdir(), "from-dashboard-"));
  const [command = ""] = blocks(DOCUMENT, "sh");
  const [file = ""] = blocks(DOCUMENT, "json");
  const [code = ""] = blocks(DOCUMENT, "ts");
  writeFileSync(join(folder, "form.json"), file);

  expect(documentShell(folder, command)).toEqual({
    status: 0,
    said: 'src/forms/badge.ts: the class Badge, of the form "Badge" with 0 flows\n  made of stages: ask\n',
  });
  expect(readFileSync(join(folder, "src", "forms", "badge.ts"), "utf8").trimEnd()).toBe(code);
  rmSync(folder, { recursive: true });
});
