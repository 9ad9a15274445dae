/** People who log in with forms for a long time, and a tenant that is killed on the way. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, readCounts } from "../command/arguments";
import { CommandError } from "../command/command-error";
import { LocalTenant } from "../dev/local-tenant";
import { placeOf, startArticleTenant } from "./article-tenant";
import type { Figure, SectionHead } from "./figure";
import { Browser, Door, LeftError, logIn, type Place } from "./person";
import { writeResults } from "./results-file";

export interface SoakOptions {
  /** @default - as many as there are in the time */
  readonly logins?: number;
  /** @default - as long as the logins take */
  readonly seconds?: number;
  /** At once. */
  readonly people: number;
  /** Tells who waits how far it is, twenty times. @default - nobody */
  readonly progress?: (text: string) => void;
}

/** What came of it. */
export interface SoakResult {
  /** That have ended with tokens. */
  readonly logins: number;
  /** That their people left at the form. */
  readonly left: number;
  /** That the kill broke off. */
  readonly broken: number;
  readonly answers: number;
  /** What is not as the tenant had confirmed, a line each. */
  readonly lost: readonly string[];
  /** Where the tenant's count of a person's logins is another than theirs, a line each. */
  readonly unaccounted: readonly string[];
  /** What went wrong without the kill, a line each. */
  readonly failures: readonly string[];
  /** MB, behind the kill: the least in the second tenth of the time and in the last, which is what V8 left, and the most. */
  readonly memory: { readonly first: number; readonly last: number; readonly most: number };
  readonly seconds: number;
}

/** Of ten logins, one is left at its form. */
const LEFT_EACH = 10;
/** How often somebody logs in with a browser: at the first time by password, and then by the session. */
const LOGINS_OF_A_BROWSER = 20;
/** How much of the time is over when the tenant is killed; what is behind it is long enough to be compared. */
const KILLED_AT = 0.2;
const SAMPLE_MILLISECONDS = 500;
const TOLD_TIMES = 20;
const MOST_GROWTH = 1.25;
/** V8 collects as late as it may: with all the memory of a machine it says nothing of what is kept. */
const HEAP_MEGABYTES = 192;
const MOST = 999_999_999;
const MOST_PEOPLE = 1000;

/** Lets people log in until the time is over or the logins are done, and tells what they met. */
export async function soak({
  logins: most,
  seconds = Number.POSITIVE_INFINITY,
  people,
  progress: tell = () => undefined,
}: SoakOptions): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  const data = ["--data", join(folder, "data")];
  const environment = { ...process.env, NODE_OPTIONS: `--max-old-space-size=${HEAP_MEGABYTES}` };
  let { tenant, place } = await startArticleTenant(["--port", "0", ...data], folder, environment);
  const crowd = Array.from({ length: people }, (_, n) => new SoakedPerson(`person-${n}@example.com`));
  const begin = performance.now();
  const memory: { readonly at: number; readonly megabytes: number }[] = [];
  let isKilled = false;

  const done = () => crowd.reduce((sum, { logins }) => sum + logins, 0);
  const progress = () =>
    Math.max(done() / (most ?? Number.POSITIVE_INFINITY), (performance.now() - begin) / (seconds * 1000));
  const restart = async () => {
    isKilled = true;
    const { AUTH0_DOMAIN, ISSUER_BASE_URL } = tenant.env;
    process.kill(tenant.pid, "SIGKILL");
    await tenant.ended.catch(() => undefined);
    const ports = ["--port", AUTH0_DOMAIN.split(":")[1] ?? "", "--http-port", new URL(ISSUER_BASE_URL).port];
    tenant = await LocalTenant.start([...ports, ...data], join(folder, "env"), environment);
    place = await placeOf(tenant);
  };
  let restarted: Promise<void> | undefined;
  let told = 0;
  const watch = setInterval(() => {
    if (progress() * TOLD_TIMES >= told + 1) {
      told = Math.floor(progress() * TOLD_TIMES);
      const rate = done() / ((performance.now() - begin) / 1000);
      tell(`${Math.round(progress() * 100)} %: ${done()} logins, ${rate.toFixed(0)} a second`);
    }
    if (restarted === undefined && progress() >= KILLED_AT) {
      restarted = restart().then(() => {
        isKilled = false;
      });
    } else if (restarted !== undefined && !isKilled) {
      memory.push({ at: progress(), megabytes: residentMegabytes(tenant.pid) });
    }
  }, SAMPLE_MILLISECONDS);
  try {
    await Promise.all(
      crowd.map((person) =>
        person.comeAndGo(
          () => place,
          () => progress() < 1,
          () => restarted,
          () => isKilled,
        ),
      ),
    );
    clearInterval(watch);
    await restarted;
    const door = new Door(place);
    const checked = await Promise.all(crowd.map((person) => person.check(door)));
    door.close();
    const tenth = (1 - KILLED_AT) / 10;
    const within = (from: number, to: number) =>
      memory.filter(({ at }) => at >= from && at <= to).map(({ megabytes }) => megabytes);
    const sum = (of: (person: SoakedPerson) => number) => crowd.reduce((total, person) => total + of(person), 0);
    return {
      logins: done(),
      left: sum(({ left }) => left),
      broken: sum(({ broken }) => broken),
      answers: sum(({ answers }) => answers),
      lost: checked.flatMap(({ lost }) => lost),
      unaccounted: checked.flatMap(({ unaccounted }) => unaccounted),
      failures: crowd.flatMap(({ failures }) => failures),
      memory: {
        first: Math.min(...within(KILLED_AT + tenth, KILLED_AT + 2 * tenth)),
        last: Math.min(...within(1 - tenth, 2)),
        most: Math.max(...within(KILLED_AT + tenth, 2)),
      },
      seconds: (performance.now() - begin) / 1000,
    };
  } finally {
    clearInterval(watch);
    await restarted?.catch(() => undefined);
    await tenant.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Somebody who signs up, and then logs in over and over: answers the article's two steps, has them forgotten, answers them again. */
class SoakedPerson {
  logins = 0;
  left = 0;
  broken = 0;
  /** Logins by password, which are those that a tenant counts. */
  private identified = 0;
  answers = 0;
  readonly failures: string[] = [];
  private userId: string | undefined;
  /** By key, what the tenant has confirmed last; undefined where it has confirmed that it is forgotten. */
  private readonly confirmed = new Map<string, string | undefined>();
  /** By key, what was sent behind that, and may have happened or not. */
  private readonly sent = new Map<string, (string | undefined)[]>();

  constructor(private readonly email: string) {}

  async comeAndGo(
    place: () => Place,
    goesOn: () => boolean,
    restarted: () => Promise<void> | undefined,
    isKilled: () => boolean,
  ): Promise<void> {
    let browser: Browser | undefined;
    for (let tries = 0; goesOn() && this.failures.length < 5; tries++) {
      if (tries % LOGINS_OF_A_BROWSER === 0) {
        browser?.door.close();
        browser = undefined;
      }
      browser ??= new Browser(new Door(place()));
      const before = restarted();
      try {
        await this.logIn(browser, tries % LEFT_EACH === LEFT_EACH - 1);
      } catch (error) {
        // a login that began before the kill, or in the time until the tenant serves again
        if (isKilled() || before !== restarted()) {
          this.broken++;
          await restarted();
          // There may be another token and another certificate now.
          browser.door.close();
          browser = undefined;
        } else {
          this.failures.push(`${this.email}: ${(error as Error).message}`);
        }
      }
    }
    browser?.door.close();
  }

  private async logIn(browser: Browser, leaves: boolean): Promise<void> {
    let identified = 0;
    try {
      const { userId } = await logIn(browser, this.email, this.userId === undefined ? "sign up" : "log in", {
        identified: () => identified++,
        gives: (answers) => {
          if (leaves) {
            return false;
          }
          for (const [key, value] of Object.entries(answers)) {
            this.sent.set(key, [...(this.sent.get(key) ?? []), value]);
          }
          return true;
        },
        confirmed: (answers) => {
          for (const [key, value] of Object.entries(answers)) {
            this.answers++;
            this.confirm(key, value);
          }
        },
      });
      this.userId = userId;
      this.logins++;
    } catch (error) {
      if (!(error instanceof LeftError)) {
        throw error;
      }
      this.left++;
    }
    this.identified += identified;
    const keys = [...this.confirmed.keys()].filter((key) => this.confirmed.get(key) !== undefined);
    // the article asks for two keys that are required, at the first login, and for two at the second
    if (this.userId !== undefined && keys.length >= KEYS) {
      for (const key of keys) {
        this.sent.set(key, [...(this.sent.get(key) ?? []), undefined]);
      }
      await browser.door.manage("PATCH", `/users/${encodeURIComponent(this.userId)}`, { user_metadata: {} });
      for (const key of keys) {
        this.confirm(key, undefined);
      }
    }
  }

  private confirm(key: string, value: string | undefined): void {
    this.confirmed.set(key, value);
    this.sent.delete(key);
  }

  /** Compares with what the tenant keeps. */
  async check(door: Door): Promise<{ readonly lost: readonly string[]; readonly unaccounted: readonly string[] }> {
    const path = `/users-by-email?email=${encodeURIComponent(this.email)}`;
    const [user] = (await door.manage("GET", path)) as readonly {
      readonly user_metadata?: Readonly<Record<string, string>>;
      readonly logins_count?: number;
    }[];
    const lost = [...this.confirmed]
      .filter(([key, value]) => ![value, ...(this.sent.get(key) ?? [])].includes(user?.user_metadata?.[key]))
      .map(([key, value]) => `${this.email} had ${key} confirmed as ${value}, and it is ${user?.user_metadata?.[key]}`);
    const counted = user?.logins_count ?? 0;
    const isAccounted = counted >= this.identified && counted <= this.identified + this.broken;
    return {
      lost,
      unaccounted: isAccounted
        ? []
        : [
            `${this.email} logged in by password ${this.identified} times, and ${this.broken} times to the kill;` +
              ` the tenant counts ${counted}`,
          ],
    };
  }
}

/** Of the article's keys, how many its required fields have. */
const KEYS = 3;

function residentMegabytes(pid: number): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1024;
}

const SECTION: SectionHead = {
  title: "Soak",
  about: `\`npx tsx bench/soak.ts --logins N --write\`: so many logins with the article's form, on a tenant in a folder that \`kill -9\` ends after a
fifth of them and that is started again. Of ${LOGINS_OF_A_BROWSER} logins one is by password and the others have a session; one in ${LEFT_EACH} is left at its
form. Lost is an answer that had been confirmed and is not kept; unaccounted is who has another number of logins by password than the
tenant counts. The tenant's heap is at most ${HEAP_MEGABYTES} MB: what grows beyond would end it. Memory is what the process has: the least in
the second tenth of the time behind the kill and in the last, for what is more is what V8 has not collected yet; and the most.`,
};

function figuresOf({ logins, left, broken, answers, lost, unaccounted, memory, seconds }: SoakResult): Figure[] {
  const none = { of: "value", is: "at most", limit: 0 } as const;
  const figure = (name: string, unit: string, value: number, more: Partial<Figure> = {}): Figure => ({
    name,
    unit,
    values: [value],
    ...more,
  });
  return [
    figure("ended with tokens", "logins", logins),
    figure("left at the form", "logins", left),
    figure("broken off by the kill", "logins", broken),
    figure("confirmed", "answers", answers),
    figure("lost", "answers", lost.length, { goal: none }),
    figure("unaccounted", "people", unaccounted.length, { goal: none }),
    figure("rate", "logins/s", logins / seconds),
    figure("memory at the end", "MB", memory.last, {
      peer: { name: "memory behind the kill", values: [memory.first] },
      goal: { of: "ratio", is: "at most", limit: MOST_GROWTH },
    }),
    figure("memory at most", "MB", memory.most),
  ];
}

const HELP = `Usage: npx tsx bench/soak.ts [options]

Lets people log in with forms over and over, kills the tenant on the way and starts it again, and prints what came of it as
JSON.

  --logins N   until so many logins have ended
  --seconds N  for so long [60]
  --people N   so many at once [8]
  --write      writes what came of it to bench/RESULTS.md, in the place of the former one
  --help       print this

  npx tsx bench/soak.ts --logins 100000 --write

Ends with 0 when all went well, and 1 where an answer was lost, a login is not accounted for, or memory grew.
`;

/** @throws {@link CommandError} with all that is wrong */
function parseArguments(args: readonly string[]): (SoakOptions & { readonly isWritten: boolean }) | "help" {
  const problems: string[] = [];
  const problem = (text: string) => problems.push(text);
  const options = { logins: "value", seconds: "value", people: "value", write: "nothing" } as const;
  const { positionals, values } = readArguments(args, options, problem);
  if (values.has("help")) {
    return "help";
  }
  problems.push(...positionals.map((text) => `[${JSON.stringify(text)}] belongs to no option; leave it out`));
  const [logins] = readCounts("logins", MOST, values, problem);
  const [seconds = 60] = readCounts("seconds", MOST, values, problem);
  const [people = 8] = readCounts("people", MOST_PEOPLE, values, problem);
  if (values.has("logins") && values.has("seconds")) {
    problem("[--seconds] is for another soak than --logins; give one of them");
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  return { people, isWritten: values.has("write"), ...(logins === undefined ? { seconds } : { logins }) };
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseArguments(args);
  if (options === "help") {
    process.stdout.write(HELP);
    return;
  }
  const load = loadavg()[0] ?? 0;
  const result = await soak({ ...options, progress: (text) => process.stderr.write(`soak: ${text}\n`) });
  console.log(JSON.stringify({ ...result, load }, undefined, 2));
  if (options.isWritten) {
    writeResults("soak", SECTION, figuresOf(result), { rounds: 1, load });
  }
  const { lost, unaccounted, failures, memory } = result;
  const problems = [...lost, ...unaccounted, ...failures];
  if (problems.length > 0 || !(memory.last <= memory.first * MOST_GROWTH)) {
    process.exitCode = 1;
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
