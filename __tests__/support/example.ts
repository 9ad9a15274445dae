import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const EXAMPLES = join(__dirname, "..", "..", "examples");

export const examples: readonly string[] = readdirSync(EXAMPLES);

/** The folder that the stack of an example is synthesised to, as `cdktf synth` does it. */
export function synthesised(name: string): string {
  const outdir = mkdtempSync(join(tmpdir(), "example-"));
  process.env.CDKTF_OUTDIR = outdir;
  try {
    jest.isolateModules(() => {
      require(join(EXAMPLES, name, "main.ts"));
    });
  } finally {
    delete process.env.CDKTF_OUTDIR;
  }
  return join(outdir, "stacks", name);
}

/** What an example's stack defines. */
export function configurationOf(name: string): { readonly resource: Record<string, Record<string, object>> } {
  return JSON.parse(readFileSync(join(synthesised(name), "cdk.tf.json"), "utf8"));
}
