import { join } from "node:path";
import { type Command, isCommandList } from "./command";
import { startConfined } from "./confinement";

const LEVELS = ["log", "info", "warn", "error", "debug"] as const;

/** What an Action logged by one call, or what the tenant has to say about a call of `api`. */
export interface ConsoleLine {
  readonly level: (typeof LEVELS)[number];
  /** ISO 8601 */
  readonly time: string;
  readonly text: string;
}

/** What the process is told. */
export interface Job {
  readonly handler: string;
  readonly code: string;
  /** With its secrets, as JSON, to be read in the Action's own realm. */
  readonly event: string;
  /** What `***` is to stand for in all that is told. */
  readonly secretTexts: readonly string[];
  readonly timeoutMilliseconds: number;
  /** How far the Action's clock is ahead of the machine's. */
  readonly clockAheadMilliseconds: number;
  readonly maximumLines: number;
  readonly maximumLineLength: number;
  readonly maximumErrorLength: number;
}

/** What the process tells: lines while it runs, and one of the others at the end. */
export type Message =
  | ({ readonly type: "console" } & ConsoleLine)
  | { readonly type: "done"; readonly commands: readonly Command[] }
  | { readonly type: "failed"; readonly error: string };

/** What came of a process. */
export interface Outcome {
  /** What it told before the end; well-formed, but no more is known of it. */
  readonly console: readonly ConsoleLine[];
  readonly end: Exclude<Message, { readonly type: "console" }>;
}

const FOLDER = join(__dirname, "confined");
const HEAP_MEGABYTES = 128;
const DATA_MEGABYTES = 384;
/** Node uses several threads, whose times add up: this only ends a process whose host is gone. */
const CPU_SECONDS_PER_SECOND = 4;
const MAXIMUM_OUTPUT_BYTES = 2 * 1024 * 1024;

/** Runs one job in a confined process. Whatever happens there, there is an outcome, and the process is gone. */
export function runActionProcess(job: Job): Promise<Outcome> {
  const seconds = job.timeoutMilliseconds / 1000;
  const child = startConfined(join(FOLDER, "main.cjs"), FOLDER, {
    cpuSeconds: Math.ceil(seconds * CPU_SECONDS_PER_SECOND) + 1,
    heapMegabytes: HEAP_MEGABYTES,
    dataMegabytes: DATA_MEGABYTES,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let bytes = 0;
  let stopped: string | undefined;

  const stop = (why: string) => {
    stopped ??= why;
    child.kill("SIGKILL");
  };
  const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAXIMUM_OUTPUT_BYTES) {
      stop(`the Action tells more than ${MAXIMUM_OUTPUT_BYTES} bytes`);
    } else {
      chunks.push(chunk);
    }
  };
  const timer = setTimeout(() => stop(`the Action did not end within ${seconds} seconds`), job.timeoutMilliseconds);
  child.stdout?.on("data", collect(stdout));
  child.stderr?.on("data", collect(stderr));
  // a process that ended early does not read its job; how it ended is told below
  child.stdin?.on("error", () => {});
  child.stdin?.end(JSON.stringify(job));

  return new Promise((resolve) => {
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ console: [], end: failed(`the Action's process did not start: ${error.message}`) });
    });
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      const { console, end } = readOutput(Buffer.concat(stdout).toString());
      const why = stopped ?? (code === 0 ? undefined : whyEnded(Buffer.concat(stderr).toString(), signal ?? code));
      resolve({ console, end: why === undefined ? end : failed(why) });
    });
  });
}

function whyEnded(stderr: string, how: NodeJS.Signals | number | null): string {
  if (/out of memory|allocation failed/i.test(stderr)) {
    return `the Action used more memory than its ${HEAP_MEGABYTES} MB`;
  }
  const said = stderr.split("\n").find((line) => line.trim() !== "" && !line.startsWith("Warning:"));
  return `the Action's process ended by ${typeof how === "number" ? `code ${how}` : how}${said ? `: ${said}` : ""}`;
}

function readOutput(output: string): Outcome {
  // after the last line break there is nothing, or what was cut off when the process was stopped
  const messages = output.split("\n").slice(0, -1).map(readMessage);
  const console = messages.filter((message) => message?.type === "console");
  const end = messages.at(-1);
  const readable = end !== undefined && end.type !== "console" && console.length === messages.length - 1;
  return { console, end: readable ? end : failed("the Action's process ended without a result that can be read") };
}

function readMessage(line: string): Message | undefined {
  try {
    const message: unknown = JSON.parse(line);
    return isMessage(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

function isMessage(message: unknown): message is Message {
  if (typeof message !== "object" || message === null) {
    return false;
  }
  const { type, level, time, text, error, commands } = message as Record<string, unknown>;
  switch (type) {
    case "console":
      return LEVELS.some((known) => known === level) && isTime(time) && typeof text === "string";
    case "failed":
      return typeof error === "string";
    case "done":
      return isCommandList(commands);
    default:
      return false;
  }
}

function isTime(time: unknown): boolean {
  return typeof time === "string" && !Number.isNaN(Date.parse(time));
}

function failed(error: string): Outcome["end"] {
  return { type: "failed", error };
}
