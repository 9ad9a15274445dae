import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runAction } from "auth0-local-tenant/actions/run-action";
import { readActionFile } from "../../lib/action-file";
import { Problems } from "../../lib/validation-error";

const HANDLERS = "exports.onExecutePostLogin = async () => {};\nexports.onContinuePostLogin = async () => {};\n";

const folder = mkdtempSync(join(tmpdir(), "action-source-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("what only running could show is told by the local tenant", () => {
  test.each<[string, string]>([
    ["null.x;", "TypeError: Cannot read properties of null (reading 'x') (line 1)"],
    ["throw null;", "the Action threw null"],
    ["process.exit(0);", "the Action called process.exit(0)"],
    ["for (;;);", "the Action did not end within 1 seconds"],
  ])("%s", async (does, said) => {
    const code = `${does}\n${HANDLERS}`;
    const file = join(folder, "mine.js");
    writeFileSync(file, code);
    const problems = new Problems();
    readActionFile(file).check({}, problems);

    const ran = await runAction({
      handler: "onExecutePostLogin",
      code,
      secrets: {},
      event: {} as Parameters<typeof runAction>[0]["event"],
      timeoutMilliseconds: 1000,
    });

    expect(problems.all).toEqual([]);
    expect(ran).toMatchObject({ ok: false, error: said });
  });
});
