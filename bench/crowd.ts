/**
 * People who log in over and over, in a process of their own: `crowd.ts <people at once> <seconds> <way>`, and the place as JSON on
 * standard input. Each login is one with a form of one step.
 *
 * Prints a line of JSON, a `CrowdResult`.
 */
import { readFileSync } from "node:fs";
import { Browser, Door, logIn, type Place } from "./person";

/** What half of the logins begin with, or all of them; the other half of the first is by password. */
export const WAYS = ["sign-up", "password", "session"] as const;
export type Way = (typeof WAYS)[number];

export interface CrowdResult {
  readonly logins: number;
  readonly seconds: number;
  /** Half of the logins took less. */
  readonly medianMilliseconds: number;
}

async function main(people: number, seconds: number, way: Way): Promise<void> {
  const place: Place = JSON.parse(readFileSync(0, "utf8"));
  const door = new Door(place);
  const run = `${process.pid}-${Date.now()}`;
  const durations: number[] = [];
  let count = 0;

  const timed = async (browser: Browser, email: string, how: "sign up" | "log in") => {
    const began = performance.now();
    const { steps, userId } = await logIn(browser, email, how);
    if (steps !== 1) {
      throw new Error(`${email} had ${steps} steps at a login, not one`);
    }
    durations.push(performance.now() - began);
    return userId;
  };
  const known = await Promise.all(
    Array.from({ length: way === "sign-up" ? 0 : people }, async (_, n) => {
      const browser = new Browser(door);
      const email = `known-${run}-${n}@example.com`;
      const { userId } = await logIn(browser, email, "sign up");
      await forget(door, userId);
      return { email, browser, userId };
    }),
  );
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const comeAndGo = async (n: number) => {
    while (performance.now() < end) {
      const person = known[n];
      const email = person?.email ?? `person-${run}-${count++}@example.com`;
      const browser = () => (person !== undefined && way === "session" ? person.browser : new Browser(door));
      // the article's two stages: a step at the first login, and another at the second
      const userId = await timed(browser(), email, way === "sign-up" ? "sign up" : "log in");
      await timed(browser(), email, "log in");
      if (way !== "sign-up") {
        await forget(door, userId);
      }
    }
  };
  await Promise.all(Array.from({ length: people }, (_, n) => comeAndGo(n)));
  const result: CrowdResult = {
    logins: durations.length,
    seconds: (performance.now() - begin) / 1000,
    medianMilliseconds: durations.toSorted((one, other) => one - other)[durations.length >> 1] ?? Number.NaN,
  };
  console.log(JSON.stringify(result));
  door.close();
}

/** What somebody has answered, so that it is asked again. */
async function forget(door: Door, userId: string): Promise<void> {
  await door.manage("PATCH", `/users/${encodeURIComponent(userId)}`, { user_metadata: {} });
}

if (require.main === module) {
  const [, , people, seconds, way] = process.argv;
  main(Number(people), Number(seconds), way as Way).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
