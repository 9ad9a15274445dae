import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Deployment } from "./deployment";
import { type Change, Engine } from "./engine";
import { LocalTenant } from "./local-tenant";
import { PreviewServer } from "./preview/server";
import { readGoodState } from "./preview/shown-state";
import { tenantPages } from "./preview/tenant-pages";
import { type Problem, problemText } from "./problem";
import type { Progress } from "./progress";
import { readApp, Synth } from "./synth";
import { WatchedFiles } from "./watched-files";

/** Editors save in several steps, and people several files at once. */
const PAUSE_MILLISECONDS = 20;

/** Not read by the app, and what it is run by. */
const SETTINGS = ["cdktf.json", "tsconfig.json"];

const SIGNS: Readonly<Record<Change["action"], string>> = { create: "+", update: "~", delete: "-" };

export interface DevelopOptions {
  /** Folder of `cdktf.json`. */
  readonly project: string;
  /** Of the tenant; 0 takes a free one. */
  readonly port: number;
  readonly previewPort: number;
  /** Names of the stacks that are deployed; all where there are none. */
  readonly stacks: readonly string[];
  readonly progress: Progress;
  /** Resolves when it is to end. */
  readonly stopped: Promise<unknown>;
}

/**
 * Deploys the project's stacks to a local tenant of its own whenever a file is saved that they are made of, and shows the
 * forms of the last state that was good. Nothing of it runs any more when this resolves.
 *
 * @throws CommandError where it can not begin
 */
export async function develop(options: DevelopOptions): Promise<void> {
  const { project, port, previewPort, progress } = options;
  // What is missing is said before anything is started.
  tenantPages();
  readApp(project);
  const folder = mkdtempSync(join(tmpdir(), "auth0-dev-"));
  progress.wait("starting the local tenant");
  const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const args = ["--memory", "--port", String(port)];
    const tenant = await LocalTenant.start(args, join(folder, "env"));
    closing.unshift(() => tenant.stop());
    const preview = await PreviewServer.start(previewPort, tenant);
    closing.unshift(() => preview.close());
    progress.done();
    progress.step(`Local tenant at https://${tenant.domain}, its pages at ${tenant.env.ISSUER_BASE_URL}/_tenant/`);
    const out = join(project, "cdktf.out", "dev", tenant.domain.replace(/\D/g, ""));
    emptyStates(out);
    const loop = new Loop({ ...options, out, tenant, preview });
    closing.unshift(() => loop.close());
    await Promise.race([options.stopped, tenant.ended, loop.run()]);
  } finally {
    progress.done();
    await closeAll(closing);
  }
}

/** Each of them, also where one before it fails: what is left open would keep this process alive. */
async function closeAll([close, ...others]: readonly (() => unknown)[]): Promise<void> {
  try {
    await close?.();
  } finally {
    if (others.length > 0) {
      await closeAll(others);
    }
  }
}

interface Saved {
  readonly file: string;
  readonly at: number;
}

interface LoopOptions extends DevelopOptions {
  readonly out: string;
  readonly tenant: LocalTenant;
  readonly preview: PreviewServer;
}

/** Saving, synthesising, applying, showing: one after the other, and of several savings the last. */
class Loop {
  private readonly synth: Synth;
  private readonly engine: Engine;
  private readonly deployment: Deployment;
  private readonly watched = new WatchedFiles((file) => this.save(file));
  private readonly settings: readonly string[];
  private isClosed = false;
  /** What was saved since the last run began. */
  private saved: Saved | undefined;
  private wake: () => void = () => undefined;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly options: LoopOptions) {
    const { project, out, tenant, stacks } = options;
    this.settings = SETTINGS.map((name) => join(project, name));
    this.synth = new Synth({ project, out, environment: tenant.env });
    this.engine = new Engine(tenant.env);
    this.deployment = new Deployment(this.engine, out, tenant.domain, stacks);
  }

  /** Never resolves before {@link close}. */
  async run(): Promise<void> {
    const { progress, preview } = this.options;
    progress.step(`Preview at ${preview.url}/`);
    await this.next();
    progress.say("    saving a file that main.ts is made of brings it there; Ctrl-C ends all of it");
    while (!this.isClosed) {
      if (this.saved === undefined) {
        this.synth.prepare();
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
      await sleep(PAUSE_MILLISECONDS);
      const { saved } = this;
      if (saved !== undefined && !this.isClosed) {
        await this.next(saved);
      }
    }
  }

  /** Ends what runs. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.watched.close();
    this.synth.close();
    await this.engine.close();
    this.wake();
    await this.turn;
    this.synth.close();
  }

  private save(file: string): void {
    if (this.settings.includes(file)) {
      this.synth.unprepare();
    }
    this.saved ??= { file, at: performance.now() };
    this.synth.cancel();
    this.wake();
  }

  /** Until nothing newer was saved while the stacks were synthesised. */
  private next(saved?: Saved): Promise<void> {
    this.turn = this.bring(saved);
    return this.turn;
  }

  private async bring(saved: Saved | undefined): Promise<void> {
    const { progress, preview, tenant } = this.options;
    this.saved = undefined;
    progress.wait("synthesising");
    const [began, started] = [Date.now(), performance.now()];
    const synthesis = await this.synth.run();
    if (synthesis === undefined || this.isClosed) {
      return;
    }
    const { problems, files } = synthesis;
    if (saved !== undefined) {
      progress.step(`${relative(this.options.project, saved.file)} saved`);
    }
    this.watched.set([...this.settings, ...files], problems.length > 0, began);
    if (problems.length > 0) {
      this.fail(problems);
      return;
    }
    progress.wait("applying");
    const applied = await this.deployment.apply();
    if (this.isClosed) {
      return;
    }
    for (const { address, action } of applied.changes) {
      progress.say(`  ${SIGNS[action]} ${address}`);
    }
    if (applied.problems.length > 0) {
      this.fail(applied.problems);
      return;
    }
    preview.show(await readGoodState(tenant));
    progress.done();
    progress.say(`    on the page after ${((performance.now() - (saved?.at ?? started)) / 1000).toFixed(2)} s`);
  }

  private fail(problems: readonly Problem[]): void {
    const { progress, preview } = this.options;
    preview.fail(problems);
    progress.done();
    for (const problem of problems) {
      progress.say(`  ! ${problemText(problem).replaceAll("\n", "\n    ")}`);
    }
  }
}

/** The tenant of a new start holds nothing: what a former one held is forgotten, what the engine has installed stays. */
function emptyStates(out: string): void {
  mkdirSync(out, { recursive: true });
  const stacks = join(out, "stacks");
  for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
    for (const name of readdirSync(join(stacks, stack)).filter((one) => one.includes("tfstate"))) {
      rmSync(join(stacks, stack, name));
    }
  }
}
