import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Jest's global set-up: what the tests and their processes leave in the temporary folder lies in one of their own. */
export = function useTemporaryFolder(): void {
  const folder = mkdtempSync(join(tmpdir(), "tests-"));
  // PostgreSQL runs as a user of its own, who has to get in.
  chmodSync(folder, 0o755);
  Object.assign(process.env, { TMPDIR: folder, FOLDER_OF_TESTS: folder });
};
