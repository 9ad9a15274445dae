import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import { ActionProcess, type Job, type Outcome } from "./action-process";

/** How many runs there are at once; the others wait, first come, first served. */
const MOST_RUNNING = Math.max(4, availableParallelism());
/** How many processes that have nothing to do are kept for their next run. */
const MOST_KEPT = 2 * MOST_RUNNING;
/** Nearly all processes are at rest at once; no login is held up for longer by what an Action has left. */
const REST_MILLISECONDS = 10;

interface Kept {
  readonly program: string;
  readonly process: ActionProcess;
}

/** The longest unused first. */
const kept: Kept[] = [];
const waiting: (() => void)[] = [];
let running = 0;

/**
 * Runs a job in a confined process of its program, kept from an earlier run where there is one.
 *
 * No process runs two programs, or two jobs at once.
 *
 * @param program all that the code can know before its event: two programs that differ in it share nothing
 * @param begins is told when the job has waited long enough
 */
export async function runInProcess(program: string, job: Job, begins?: () => void): Promise<Outcome> {
  if (running === MOST_RUNNING) {
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  const process = takeKept(program) ?? new ActionProcess();
  begins?.();
  const { outcome, rest } = process.start(job);
  void rest.then(() => {
    if (process.isFree) {
      keep({ program, process });
    }
    // who has waited the longest takes this one's place
    const next = waiting.shift();
    if (next === undefined) {
      running -= 1;
    } else {
      next();
    }
  });
  const told = await outcome;
  await Promise.race([rest, setTimeout(REST_MILLISECONDS)]);
  return told ?? runInProcess(program, job, begins);
}

function takeKept(program: string): ActionProcess | undefined {
  const index = kept.findLastIndex((one) => one.program === program && one.process.isFree);
  return index === -1 ? undefined : kept.splice(index, 1)[0]?.process;
}

function keep(one: Kept): void {
  const living = [...kept, one].filter(({ process }) => process.isFree);
  const tooMany = living.splice(0, Math.max(0, living.length - MOST_KEPT));
  kept.splice(0, kept.length, ...living);
  for (const { process } of tooMany) {
    process.stop();
  }
}
