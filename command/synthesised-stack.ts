import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "./command-error";

export const SYNTHESISED = "cdk.tf.json";

/** What `cdktf synth` wrote of a stack into its folder. @throws {@link CommandError} where it is nothing of the kind */
export function readSynthesised(folder: string): Readonly<Record<string, unknown>> {
  const file = join(folder, SYNTHESISED);
  const wrong = (what: string) =>
    new CommandError([`[${file}] ${what}; run \`npx cdktf synth\`, and give the stack's folder`]);
  let configuration: unknown;
  try {
    configuration = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const { code = "is no JSON" } = error as NodeJS.ErrnoException;
    throw wrong(`can not be read (${code})`);
  }
  if (typeof configuration !== "object" || configuration === null || Array.isArray(configuration)) {
    throw wrong("is no synthesised configuration");
  }
  return configuration as Readonly<Record<string, unknown>>;
}
