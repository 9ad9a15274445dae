import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import { ActionProcess, type Job, type Outcome } from "./action-process";

/** How many runs there are at once; the others wait, first come, first served. */
const MOST_RUNNING = Math.max(4, availableParallelism());
/** How many of one program: its logins are not to hold up all others. */
const MOST_OF_ONE = MOST_RUNNING - 1;
/** How many processes that have nothing to do are kept for their next run. */
const MOST_KEPT = 8;
/** Nearly all processes are at rest at once; no login is held up for longer by what an Action has left. */
const REST_MILLISECONDS = 10;

interface Kept {
  readonly program: string;
  readonly process: ActionProcess;
}

/** The longest unused first. */
const kept: Kept[] = [];
/** Their programs. */
const running: string[] = [];
const waiting: { readonly program: string; readonly enter: () => void }[] = [];

/**
 * Runs a job in a confined process of its program, kept from an earlier run where there is one.
 *
 * No process runs two programs, or two jobs at once.
 *
 * @param program code and secrets: runs in which they are the same may share a process, others never do
 * @param begins is told when the job has waited long enough
 */
export async function runInProcess(program: string, job: Job, begins?: () => void): Promise<Outcome> {
  await turn(program);
  let process: ActionProcess;
  try {
    begins?.();
    process = takeKept(program) ?? new ActionProcess();
  } catch (error) {
    leave(program);
    const why = error instanceof Error ? error.message : String(error);
    return { console: [], end: { type: "failed", error: `the Action's process did not start: ${why}` } };
  }
  const { outcome, rest } = process.start(job);
  void rest.then(() => {
    if (process.isFree) {
      keep({ program, process });
    }
    leave(program);
  });
  const told = await outcome;
  await Promise.race([rest, setTimeout(REST_MILLISECONDS)]);
  return told ?? runInProcess(program, job, begins);
}

async function turn(program: string): Promise<void> {
  if (mayRun(program)) {
    running.push(program);
  } else {
    await new Promise<void>((enter) => waiting.push({ program, enter }));
  }
}

/** Who has waited the longest, of those who may, takes this one's place. */
function leave(program: string): void {
  running.splice(running.indexOf(program), 1);
  const next = waiting.findIndex((one) => mayRun(one.program));
  for (const one of next === -1 ? [] : waiting.splice(next, 1)) {
    running.push(one.program);
    one.enter();
  }
}

function mayRun(program: string): boolean {
  return running.length < MOST_RUNNING && running.filter((other) => other === program).length < MOST_OF_ONE;
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
