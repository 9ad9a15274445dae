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
  const resources = (sign: string) => stdout.match(new RegExp(`^ {2}\\${sign} auth0_\\w+\\..+`, "gm")) ?? [];
  expect([resources("+").length, resources("~").length]).toEqual([10, 0]);
  // On a busy machine CDKTF's command line may lose the engine's last lines. That nothing is left the demo asks of the tenant.
  const created = resources("+").map((line) => line.replace("+", "-"));
  expect(resources("-").filter((line) => !created.includes(line))).toEqual([]);
  const others = stdout.split("\n").filter((line) => !/^ {2}[+-] |10 to destroy$/.test(line));
  expect(others.map((line) => line.replace(/:\d+$/, ":PORT"))).toEqual([
    "==> Local tenant at https://localhost:PORT",
    "==> Plan",
    "    10 to add, 0 to change, 0 to destroy",
    "==> Apply",
    "    10 to add, 0 to change, 0 to destroy",
    "==> Second plan",
    "    nothing to change",
    "==> Destroy",
    "==> The round is complete: the tenant holds nothing of it any more.",
    "",
  ]);
}, 180_000);

test("without --once it stays with a port that is known, since its tenant is found again by it", () => {
  expect(demo("--port", "0")).toMatchObject({
    status: 1,
    stderr:
      "\n[--port] is part of the tenant, which is found again by it, got 0; give one from 1 to 65535, or --once\n",
  });
});
