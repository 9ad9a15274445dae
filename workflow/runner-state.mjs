import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether a stack keeps its state in a file of the runner, which is gone with it: the next apply would make everything a
 * second time.
 *
 * @param {string} folder that it was synthesised into
 */
export function isStateOnRunner(folder) {
  const { terraform } = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
  if (terraform?.cloud !== undefined) {
    return false;
  }
  return Object.keys(terraform?.backend ?? {}).every((type) => type === "local");
}
