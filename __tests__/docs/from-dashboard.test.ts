import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blocks } from "../support/markdown";
import { runBlock } from "../support/run-block";

test("the form of the document compiles, and synthesises without a warning", () => {
  const [block = ""] = blocks("docs/from-dashboard.md", "ts", "What the code looks like");
  const outdir = mkdtempSync(join(tmpdir(), "from-dashboard-"));
  process.env.CDKTF_OUTDIR = outdir;
  try {
    runBlock(block);
  } finally {
    delete process.env.CDKTF_OUTDIR;
  }
  const { stacks } = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
  const { resource } = JSON.parse(readFileSync(join(outdir, "stacks", "login", "cdk.tf.json"), "utf8"));

  expect(stacks.login.annotations).toEqual([]);
  expect(Object.keys(resource)).toEqual(["auth0_flow", "auth0_form"]);
});
