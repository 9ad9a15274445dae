import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

const DEMO = join(__dirname, "..", "..", "scripts", "demo.ts");

function demo(...args: string[]) {
  return spawnSync(process.execPath, ["--require", require.resolve("tsx/cjs"), DEMO, ...args], {
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
}

test("--once makes the whole round with the CDKTF command line, and leaves nothing", () => {
  const { status, stdout: colored, stderr } = demo("--once");
  const stdout = stripVTControlCharacters(colored);

  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const steps = [...stdout.matchAll(/^==> (.*)$/gm)].map(([, step]) => step);
  expect(steps).toEqual([
    "Local tenant",
    "Plan",
    "Apply",
    "The tenant holds:",
    "Second plan: nothing to change",
    "Destroy",
    "The round is complete: the tenant holds nothing of it any more.",
  ]);
  expect(stdout).toContain("10 to add, 0 to change, 0 to destroy");
  expect(stdout).toContain("No changes. Your infrastructure matches the configuration.");
  expect(stdout).toContain("Destroy complete! Resources: 10 destroyed.");
}, 180_000);
