import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { freePort } from "../support/free-port";
import { RepositoryCopy } from "../support/repository-copy";

const ROOT = join(__dirname, "..", "..");
const DEMO = join(ROOT, "scripts", "demo.ts");

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

describe("in a clone of its own", () => {
  let clone: RepositoryCopy;

  beforeAll(() => {
    clone = new RepositoryCopy();
    clone.installPackages();
    symlinkSync(join(ROOT, ".toolchain"), join(clone.folder, ".toolchain"));
  }, 60_000);

  afterAll(() => clone?.remove());

  test.each([
    ["the sample application", "sample-app/cli.ts"],
    ["the local tenant", "tenant/cli.ts"],
  ])(
    "where %s dies, it says so, and ends with what is left",
    async (name, program) => {
      const ports = await Promise.all(
        ["--port", "--http-port", "--application-port"].map(async (one) => [one, await freePort()]),
      );
      const child = spawn(
        process.execPath,
        [
          "--require",
          require.resolve("tsx/cjs"),
          join(clone.folder, "scripts", "demo.ts"),
          ...ports.flat().map(String),
        ],
        { env: { ...process.env, CI: "true" }, cwd: clone.folder },
      );
      const [said, complained]: [string[], string[]] = [[], []];
      child.stderr.on("data", (text) => complained.push(String(text)));
      const ended = once(child, "close");
      const ready = new Promise<void>((resolve) => {
        child.stdout.on("data", (text) => {
          said.push(String(text));
          if (said.join("").includes("All stays until Ctrl-C")) {
            resolve();
          }
        });
      });
      await Promise.race([ready, ended]);
      const processes = execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(child.pid)], { encoding: "utf8" })
        .split("\n")
        .filter((line) => /(sample-app|tenant)\/cli\.ts/.test(line));
      expect(processes).toHaveLength(2);

      process.kill(Number.parseInt(processes.find((line) => line.includes(program)) ?? "", 10), "SIGKILL");

      const [code] = await ended;
      expect({ code, complained: complained.join("") }).toEqual({
        code: 1,
        complained: `\n[${name}] must serve until it is stopped here, but was ended by SIGKILL; start this command again\n`,
      });
      for (const line of processes) {
        expect(() => process.kill(Number.parseInt(line, 10), 0)).toThrow("ESRCH");
      }
    },
    180_000,
  );
});
