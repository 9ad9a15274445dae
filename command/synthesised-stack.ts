import { join } from "node:path";
import { CommandError } from "./command-error";
import { readGivenObject } from "./given-file";

export const SYNTHESISED = "cdk.tf.json";

const WHAT = "is no synthesised configuration";
const REMEDY = "run `npx cdktf synth`, and give the stack's folder";

/** What `cdktf synth` wrote of a stack into its folder. @throws {@link CommandError} where it is nothing of the kind */
export function readSynthesised(folder: string): Readonly<Record<string, unknown>> {
  const file = join(folder, SYNTHESISED);
  const configuration = readGivenObject(file, { remedy: REMEDY }, WHAT);
  if (Object.keys(configuration).length === 0) {
    throw new CommandError([`[${file}] ${WHAT}; ${REMEDY}`]);
  }
  return configuration;
}
