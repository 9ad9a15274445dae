import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../command/command-error";
import { readGivenObject } from "../command/given-file";
import { AppProcess, type Ended } from "./app-process";
import { type Failure, PREPARE, type Problem, problemsOf } from "./problem";

/** Longer than any app needs: one that loops for ever is ended. */
const LONGEST_SECONDS = 60;

/** What a run of the app came to. */
export interface Synthesis {
  /** What keeps it from being applied. */
  readonly problems: readonly Problem[];
  /** All that it printed. */
  readonly said: string;
  /** The files that it read, packages left out; those of the run before where it did not come to its end. */
  readonly files: readonly string[];
}

export interface SynthOptions {
  /** Folder of `cdktf.json`. */
  readonly project: string;
  /** Folder that gets stacks and manifest. */
  readonly out: string;
  /** For the app, besides this process's own. */
  readonly environment: Readonly<Record<string, string>>;
  /** @default 60 */
  readonly longestSeconds?: number;
}

interface Report {
  readonly packages: readonly string[];
  readonly files: readonly string[];
  readonly failure?: Failure;
}

/**
 * Runs the app of `cdktf.json` again and again, each time in a process of its own, which has its packages loaded already.
 *
 * What the app does to its process, to the console or to its modules ends with it, and it can be ended at any moment.
 */
export class Synth {
  private readonly packages: string;
  private readonly report: string;
  private prepared: AppProcess | undefined;
  private running: AppProcess | undefined;
  private files: readonly string[] = [];

  constructor(private readonly options: SynthOptions) {
    this.packages = join(options.out, "packages.json");
    this.report = join(options.out, "report.json");
  }

  /** Starts the process of the next run, up to where it would run the app's own file. */
  prepare(): void {
    this.prepared ??= this.start();
  }

  /** Forgets what was prepared: what it was started by has changed. */
  unprepare(): void {
    this.prepared?.kill();
    this.prepared = undefined;
  }

  /**
   * Runs the app once.
   *
   * @returns undefined where {@link cancel} ended it
   * @throws {@link CommandError} where `cdktf.json` has no app
   */
  async run(): Promise<Synthesis | undefined> {
    for (const file of [this.report, this.manifest]) {
      rmSync(file, { force: true });
    }
    this.running = this.prepared?.isRunning === true ? this.prepared : this.start();
    this.prepared = undefined;
    const longest = this.options.longestSeconds ?? LONGEST_SECONDS;
    const ended = await this.running.run(longest * 1000);
    this.running = undefined;
    if (ended.by === "cancel") {
      return undefined;
    }
    const report = existsSync(this.report) ? (JSON.parse(readFileSync(this.report, "utf8")) as Report) : undefined;
    if (report !== undefined) {
      const { out } = this.options;
      this.files = report.files.filter((file) => !file.startsWith(`${out}/`));
      writeFileSync(this.packages, JSON.stringify(report.packages));
    }
    return { problems: this.problems(ended, report?.failure, longest), said: ended.said, files: this.files };
  }

  /** Ends the run that is under way. */
  cancel(): void {
    this.running?.kill();
  }

  close(): void {
    this.unprepare();
    this.cancel();
  }

  private get manifest(): string {
    return join(this.options.out, "manifest.json");
  }

  private problems({ by, code, signal, said }: Ended, failure: Failure | undefined, longest: number): Problem[] {
    if (by === "time") {
      const what = `the app did not end in ${longest} s`;
      return [{ path: "cdktf.json", what, remedy: "look for a loop, or for what it waits for" }];
    }
    if (code === 0) {
      const what = "the app ended well, and wrote no stacks where CDKTF_OUTDIR says";
      const remedy = "call app.synth(), and give new App() no outdir";
      return existsSync(this.manifest) ? [] : [{ path: "cdktf.json", what, remedy }];
    }
    if (failure !== undefined) {
      return [...problemsOf(failure, this.options.project)];
    }
    const what = `the app ended with ${code ?? signal}${said === "" ? "" : `:\n${said}`}`;
    return [{ path: "cdktf.json", what }];
  }

  private start(): AppProcess {
    const { project, out, environment } = this.options;
    const { app, context } = readApp(project);
    const inherited = process.env.NODE_OPTIONS ?? "";
    return new AppProcess(app, project, {
      ...process.env,
      ...environment,
      ...(context !== undefined && { CDKTF_CONTEXT_JSON: JSON.stringify(context) }),
      CDKTF_OUTDIR: out,
      NODE_OPTIONS: `${inherited} --require ${JSON.stringify(PREPARE)}`.trim(),
      AUTH0_DEV_PACKAGES: this.packages,
      AUTH0_DEV_REPORT: this.report,
    });
  }
}

const APP = "give the command that runs your main.ts, as cdktf init writes it";
const WANTED = {
  remedy: "run this in the folder of a CDKTF project, or give it with --project",
  remedyOfUtf16: "save it as UTF-8",
  remedyOfText: "mend it",
};

/** What a project's `cdktf.json` says. @throws {@link CommandError} where it has no app */
export function readApp(project: string): { readonly app: string; readonly context?: unknown } {
  const file = join(project, "cdktf.json");
  const { app, context } = readGivenObject(file, WANTED, "is no object");
  if (app !== undefined && typeof app !== "string") {
    throw new CommandError([`[${file}] app must be a text, got ${JSON.stringify(app)}; ${APP}`]);
  }
  if (app === undefined || app.trim() === "") {
    throw new CommandError([`[${file}] has no app; ${APP}`]);
  }
  return { app, ...(context !== undefined && { context }) };
}
