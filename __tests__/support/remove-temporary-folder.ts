import { rmSync } from "node:fs";

/** Jest's global teardown of `temporary-folder.ts`. */
export = function removeTemporaryFolder(): void {
  const { FOLDER_OF_TESTS } = process.env;
  if (FOLDER_OF_TESTS !== undefined) {
    rmSync(FOLDER_OF_TESTS, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};
