import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What the source of an Action can do to who synthesises it: nothing. It is text, and reading it runs none of it.

const HANDLERS = "exports.onExecutePostLogin = async () => {};\nexports.onContinuePostLogin = async () => {};\n";
const PLANTED = "planted-deployer-secret";

let folder: string;
/** What an attack would write. */
let witness: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synth-"));
  witness = join(folder, "witness");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Synthesises a stack with an Action of this source, in a process as that of `cdktf synth`. */
function synthesise(source: string): SpawnSyncReturns<string> {
  const sourceFile = join(folder, "action.js");
  writeFileSync(sourceFile, source.replaceAll("WITNESS", JSON.stringify(witness)));
  const root = join(__dirname, "..", "..");
  const program = `
    const { Testing, TerraformStack } = require("cdktf");
    const { ProfilingAction } = require("./lib/profiling-action");
    const stack = new TerraformStack(Testing.app(), "stack");
    try {
      new ProfilingAction(stack, "action", { formId: "ap_1", metadataKeys: ["a"], sourceFile: ${JSON.stringify(sourceFile)} });
      process.stdout.write("read");
    } catch (error) {
      process.stdout.write("refused");
      process.stderr.write(error.message);
    }`;
  return spawnSync(process.execPath, ["--require", require.resolve("tsx/cjs"), "--eval", program], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, SECRET_OF_DEPLOYER: PLANTED },
    timeout: 10_000,
    killSignal: "SIGKILL",
  });
}

function expectUntouched({ status, signal, stdout, stderr }: SpawnSyncReturns<string>, said: string): void {
  expect([status, signal, stdout, existsSync(witness)]).toEqual([0, null, said, false]);
  expect(stderr).not.toContain(PLANTED);
}

const RUNS: readonly (readonly [string, string])[] = [
  ["ends the process", `require("node:process").exit(0);`],
  ["ends it by another way", `require("node:process").reallyExit(0);`],
  ["ends it with a failure", `require("node:process").exitCode = 7;`],
  ["kills it", `const p = require("node:process"); p.kill(p.pid, "SIGKILL");`],
  ["aborts it", `require("node:process").abort();`],
  ["starts a process", `require("node:child_process").execFileSync("touch", [WITNESS]);`],
  ["starts one that stays", `require("child_process").spawn("touch", [WITNESS], { detached: true }).unref();`],
  ["writes a file", `require("node:fs").writeFileSync(WITNESS, "");`],
  ["writes one later", `require("node:timers").setTimeout(() => require("node:fs").writeFileSync(WITNESS, ""), 10);`],
  ["writes one after all else", `Promise.resolve().then(() => require("fs").writeFileSync(WITNESS, ""));`],
  ["writes one at the end", `require("node:process").on("exit", () => require("node:fs").writeFileSync(WITNESS, ""));`],
  [
    "starts a thread",
    `const t = require("worker_threads"); new t.Worker("require('fs').writeFileSync(" + JSON.stringify(WITNESS) + ", '')", { eval: true });`,
  ],
  [
    "prints the deployer's secrets",
    `require("node:process").stdout.write(require("node:process").env.SECRET_OF_DEPLOYER);`,
  ],
  ["throws the deployer's secrets", `throw new Error(require("node:process").env.SECRET_OF_DEPLOYER);`],
  ["waits for ever", `require("node:timers").setInterval(() => {}, 1000);`],
  ["listens for ever", `require("node:http").createServer().listen(0, "127.0.0.1");`],
  ["loops for ever", `for (;;) {}`],
  ["loops for ever, out of turn", `Promise.resolve().then(() => { for (;;) {} });`],
  ["leaves its context", `this.constructor.constructor("return process")().exit(0);`],
  ["leaves its context by a function", `require.constructor("return process")().exit(0);`],
  ["leaves its context by the console", `console.constructor.constructor("return process")().exit(0);`],
  [
    "exports what does something when it is looked at",
    `Object.defineProperty(exports, "x", { enumerable: true, get() { require("fs").writeFileSync(WITNESS, ""); } }); JSON.stringify(exports);`,
  ],
  [
    "loads another file",
    `require("module").createRequire(__filename)(require("path").resolve("package.json")); require("fs").writeFileSync(WITNESS, "");`,
  ],
];

test.each(RUNS)(
  "a source that %s is read, and does nothing",
  (_, statement) => {
    expectUntouched(synthesise(`${HANDLERS}${statement}\n`), "read");
  },
  20_000,
);

const MANY = 90 * 1024;

/** Reading it takes less than a second, and starting a process some. */
function expectAtOnce(source: string, said: string): void {
  const begun = performance.now();

  expectUntouched(synthesise(`${HANDLERS}${source}`), said);
  expect(performance.now() - begun).toBeLessThan(6000);
}

test.each([
  ["comments that begin", "refused", "/*", MANY / 2],
  ["brackets that open", "refused", "(", MANY],
  ["braces that open", "refused", "{", MANY],
  ["templates that begin", "refused", "`${", MANY / 3],
  ["quotes", "refused", '"', MANY],
  ["brackets before slashes", "refused", "(/", MANY / 2],
  ["lines of comment", "read", "//\n", MANY / 3],
  ["numbers", "read", "0;", MANY / 2],
])("a source of many %s is %s at once", (_, said, part, count) => expectAtOnce(part.repeat(count), said), 20_000);

test(
  "a source of many spaces behind secrets is read at once",
  () => expectAtOnce(`async (event) => event.secrets${" ".repeat(MANY)};`, "read"),
  20_000,
);
