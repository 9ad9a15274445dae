import type { ChildProcess } from "node:child_process";
import { dirname, join } from "node:path";
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

/** How a run ended. */
export type End =
  | { readonly type: "done"; readonly commands: readonly Command[] }
  | { readonly type: "failed"; readonly error: string };

/** What the process tells, in this order: that it has read a job, lines, the end; and that nothing of the run is left. */
export type Message =
  | { readonly type: "begun" }
  | ({ readonly type: "console" } & ConsoleLine)
  | End
  | { readonly type: "idle"; readonly cpuSeconds: number; readonly bytes: number };

/** What came of a run. */
export interface Outcome {
  /** What it told before the end; well-formed, but no more is known of it. */
  readonly console: readonly ConsoleLine[];
  readonly end: End;
}

const MEGABYTE = 1024 * 1024;
const HEAP_MEGABYTES = 128;
const DATA_MEGABYTES = 384;
/** Twice what the longest run can use with Node's threads: this only ends a process whose host is gone. */
const CPU_SECONDS = 160;
const MAXIMUM_OUTPUT_BYTES = 2 * MEGABYTE;
/** In which a process has to say that nothing of its last run is left. */
const REST_MILLISECONDS = 500;
const IDLE_MILLISECONDS = 60_000;
const UNREADABLE = "the Action's process ended without a result that can be read";

/** A run under way. */
interface Run {
  readonly console: ConsoleLine[];
  readonly tell: (outcome: Outcome | undefined) => void;
  readonly rest: () => void;
  timer: NodeJS.Timeout;
  bytes: number;
  at: "sent" | "begun" | "ended";
}

/**
 * A confined process, for one run after the other of one and the same program.
 *
 * Each run has a context of its own. The process goes on only after a run that has succeeded and left nothing that would run on.
 * Whatever happens in it, each run has an outcome.
 */
export class ActionProcess {
  private readonly child: ChildProcess;
  private run: Run | undefined;
  private hasRun = false;
  private isOver = false;
  private whyStopped: string | undefined;
  private idle: NodeJS.Timeout | undefined;
  private unread = "";
  private errors = "";

  /** @param script CommonJS; it speaks as `main.cjs` does, and may read the folder that it lies in */
  constructor(script = join(__dirname, "confined", "main.cjs")) {
    this.child = startConfined(script, dirname(script), {
      cpuSeconds: CPU_SECONDS,
      heapMegabytes: HEAP_MEGABYTES,
      dataMegabytes: DATA_MEGABYTES,
    });
    const { stdin, stdout, stderr } = this.child;
    stdout?.setEncoding("utf8").on("data", (text: string) => this.count(text) && this.read(text));
    stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.errors += this.count(text) ? text : "";
    });
    // a process that ended early does not read its job; how it ended is told below
    stdin?.on("error", () => {});
    this.child.on("error", (error) => this.ended(`the Action's process did not start: ${error.message}`));
    this.child.on("close", (code, signal) =>
      this.ended(code === 0 ? UNREADABLE : whyEnded(this.errors, signal ?? code)),
    );
  }

  get isFree(): boolean {
    return !this.isOver && this.run === undefined;
  }

  /**
   * Begins a run; the process has to be free.
   *
   * @returns what came of it, undefined where a process that was kept had gone before it read the job; and when the process has
   * come to rest: it is free then, or gone
   */
  start(job: Job): { readonly outcome: Promise<Outcome | undefined>; readonly rest: Promise<void> } {
    const [outcome, tell] = settled<Outcome | undefined>();
    const [rest, rested] = settled<void>();
    const seconds = job.timeoutMilliseconds / 1000;
    const timer = setTimeout(() => this.stop(`the Action did not end within ${seconds} seconds`), seconds * 1000);
    this.run = { console: [], tell, rest: rested, timer, bytes: 0, at: "sent" };
    this.errors = "";
    this.keepHostAlive(true);
    this.child.stdin?.write(`${JSON.stringify(job)}\n`);
    return { outcome, rest };
  }

  /** @param why it is told as the reason for which the run has failed */
  stop(why?: string): void {
    this.whyStopped ??= why;
    this.isOver = true;
    this.child.kill("SIGKILL");
  }

  private count(text: string): boolean {
    if (this.run === undefined) {
      // a process that has nothing to do has nothing to say
      this.stop();
      return false;
    }
    this.run.bytes += Buffer.byteLength(text);
    if (this.run.bytes > MAXIMUM_OUTPUT_BYTES) {
      this.stop(`the Action tells more than ${MAXIMUM_OUTPUT_BYTES} bytes`);
      return false;
    }
    return true;
  }

  private read(text: string): void {
    // behind the last line break there is nothing, or what the process has yet to complete
    const lines = `${this.unread}${text}`.split("\n");
    this.unread = lines.pop() ?? "";
    for (const line of lines) {
      if (this.whyStopped === undefined && !this.take(readMessage(line))) {
        this.stop(UNREADABLE);
      }
    }
  }

  /** @returns whether it can be told at this time */
  private take(message: Message | undefined): boolean {
    const { run } = this;
    if (message === undefined || run === undefined) {
      return false;
    }
    switch (message.type) {
      case "begun": {
        const isFirst = run.at === "sent";
        run.at = "begun";
        return isFirst;
      }
      case "console":
        if (run.at !== "begun") {
          return false;
        }
        run.console.push(message);
        return true;
      case "idle":
        if (run.at !== "ended") {
          return false;
        }
        // bytes in memory at its most, Node's own some 45 MB among them
        this.freed(run, message.cpuSeconds < CPU_SECONDS / 2 && message.bytes < HEAP_MEGABYTES * MEGABYTE);
        return true;
      default:
        if (run.at !== "begun") {
          return false;
        }
        run.at = "ended";
        run.tell({ console: run.console, end: message });
        clearTimeout(run.timer);
        run.timer = setTimeout(() => this.stop(), REST_MILLISECONDS);
        return true;
    }
  }

  private freed(run: Run, canGoOn: boolean): void {
    clearTimeout(run.timer);
    if (!canGoOn) {
      this.stop();
      return;
    }
    this.run = undefined;
    this.hasRun = true;
    this.keepHostAlive(false);
    this.idle = setTimeout(() => this.stop(), IDLE_MILLISECONDS).unref();
    run.rest();
  }

  private ended(why: string): void {
    const { run } = this;
    this.isOver = true;
    clearTimeout(this.idle);
    if (run === undefined) {
      return;
    }
    clearTimeout(run.timer);
    if (run.at === "sent" && this.hasRun && this.whyStopped === undefined) {
      run.tell(undefined);
    } else if (run.at !== "ended") {
      run.tell({ console: run.console, end: { type: "failed", error: this.whyStopped ?? why } });
    }
    run.rest();
  }

  /** One that is idle ends when its host does. */
  private keepHostAlive(isKept: boolean): void {
    const { stdin, stdout, stderr } = this.child;
    clearTimeout(this.idle);
    for (const held of [this.child, stdin, stdout, stderr] as readonly (Holding | null)[]) {
      held?.[isKept ? "ref" : "unref"]();
    }
  }
}

/** A process, or a pipe to it. */
interface Holding {
  ref(): void;
  unref(): void;
}

function settled<T>(): [promise: Promise<T>, settle: (value: T) => void] {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return [promise, settle];
}

function whyEnded(stderr: string, how: NodeJS.Signals | number | null): string {
  if (/out of memory|allocation failed/i.test(stderr)) {
    return `the Action used more memory than its ${HEAP_MEGABYTES} MB`;
  }
  const said = stderr.split("\n").find((line) => line.trim() !== "" && !line.startsWith("Warning:"));
  return `the Action's process ended by ${typeof how === "number" ? `code ${how}` : how}${said ? `: ${said}` : ""}`;
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
  const { type, level, time, text, error, commands, cpuSeconds, bytes } = message as Record<string, unknown>;
  switch (type) {
    case "begun":
      return true;
    case "console":
      return LEVELS.some((known) => known === level) && isTime(time) && typeof text === "string";
    case "failed":
      return typeof error === "string";
    case "done":
      return isCommandList(commands);
    case "idle":
      return typeof cpuSeconds === "number" && typeof bytes === "number";
    default:
      return false;
  }
}

function isTime(time: unknown): boolean {
  return typeof time === "string" && !Number.isNaN(Date.parse(time));
}
