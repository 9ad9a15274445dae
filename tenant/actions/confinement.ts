import { type ChildProcess, spawn } from "node:child_process";

/** What a confined process may use before the system stops it. */
export interface ConfinementLimits {
  readonly cpuSeconds: number;
  readonly heapMegabytes: number;
  /** Heap, stacks and buffers together. */
  readonly dataMegabytes: number;
}

/** Room for what Node opens by itself; `seal.cjs` takes what is left. */
const FILE_DESCRIPTORS = 64;

/**
 * What a system does not know of this, as macOS, is skipped; but without the limit on file descriptors nothing starts.
 */
const LIMIT_AND_EXECUTE = [
  "ulimit -c 0 2>/dev/null",
  "ulimit -f 0 2>/dev/null",
  'ulimit -t "$1" 2>/dev/null',
  'ulimit -d "$2" 2>/dev/null',
  'ulimit -n "$3" || exit 1',
  "shift 3",
  // the shell's own
  "unset OLDPWD PWD SHLVL",
  'exec "$@"',
].join("; ");

/**
 * Starts a script in a Node process of its own that can reach nothing of the host.
 *
 * What confines it:
 * - Node's permission model: no files but the script's own folder, no processes, no threads, no native code;
 * - the system's limits: CPU time, memory (all of it on Linux; elsewhere V8's heap only), core dumps, written files;
 * - no environment; standard input, output and errors are pipes to the caller;
 * - V8 without its compiler, where most of its holes are, which makes long computations about five times slower;
 * - V8 makes no code of text but in a `node:vm` context that allows it: an object of Node's own realm leads to no
 *   `Function` that works;
 * - `seal.cjs`, which the script has to call before it runs foreign code: it takes all file descriptors, so that no
 *   socket can be opened, and strips `process` and the globals.
 *
 * What it is not: a virtual machine or another user. The process has the host's user and kernel, so a hole in V8, in
 * Node or in the kernel is a way out, and Node itself does not promise that its permission model stops malicious code.
 * It is for Actions of people who could run code on this machine anyway. It needs `/bin/sh`.
 *
 * @param entry the script, an absolute path in `folder`; CommonJS
 * @param folder what it may read: itself and what it requires
 * @see https://nodejs.org/docs/latest-v20.x/api/permissions.html#permission-model
 */
export function startConfined(entry: string, folder: string, limits: ConfinementLimits): ChildProcess {
  // stable, and under this name, since Node 22.13 and 23.5
  const permission = process.allowedNodeEnvironmentFlags.has("--permission") ? "permission" : "experimental-permission";
  const node = [
    process.execPath,
    `--${permission}`,
    `--allow-fs-read=${folder}/*`,
    "--allow-fs-read=/dev/null",
    "--disallow-code-generation-from-strings",
    // says on standard error that it switches off WebAssembly too
    "--jitless",
    `--max-old-space-size=${limits.heapMegabytes}`,
    // no code is shown what bytes held before
    "--zero-fill-buffers",
    "--no-warnings",
    entry,
  ];
  const system = [limits.cpuSeconds, limits.dataMegabytes * 1024, FILE_DESCRIPTORS].map(String);
  return spawn("/bin/sh", ["-c", LIMIT_AND_EXECUTE, "sh", ...system, ...node], {
    cwd: "/",
    // Auth0's clocks show UTC; without a word Node would look for the host's zone
    env: { TZ: "UTC" },
    stdio: "pipe",
  });
}
