import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ActionProcess, type Job } from "../../../tenant/actions/action-process";

// What an Action could say if it got hold of the channel, which it cannot: another script speaks in its place.

const JOB: Job = {
  handler: "onExecutePostLogin",
  code: "",
  event: "{}",
  secretTexts: [],
  timeoutMilliseconds: 10_000,
  clockAheadMilliseconds: 0,
  maximumLines: 200,
  maximumLineLength: 256,
  maximumErrorLength: 1000,
};

const UNREADABLE = "the Action's process ended without a result that can be read";
const DONE = '{"type":"done","commands":[]}';
const IDLE = '{"type":"idle","cpuSeconds":0,"bytes":0}';

let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "action-process-")));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A process that says these lines when it has read a job, and goes on or ends. */
function speaking(name: string, lines: readonly string[], then: "end" | "go on" = "go on"): ActionProcess {
  const script = join(folder, `${name.replaceAll(/\W/g, "-")}.cjs`);
  writeFileSync(
    script,
    `process.stdin.on("data", () => {
       process.stdout.write(${JSON.stringify(lines.map((line) => `${line}\n`).join(""))});
       ${then === "end" ? 'process.stdout.write("", () => process.exit(0));' : ""}
     });`,
  );
  return new ActionProcess(script);
}

describe("what a process forges", () => {
  const done = (command: string) => `{"type":"done","commands":[${command}]}`;
  const FORGED: Readonly<Record<string, readonly string[]>> = {
    "a command that there is not": [done('{"type":"sudo"}')],
    "a command by the name of a constructor": [done('{"type":"constructor"}')],
    "a form of another type": [done('{"type":"render","formId":5}')],
    "a form with more": [done('{"type":"render","formId":"a","extra":1}')],
    "two forms": [done('{"type":"render","formId":"a"},{"type":"render","formId":"b"}')],
    "a key that is a prototype": [done('{"type":"setUserMetadata","key":"__proto__","value":{"admin":true}}')],
    "a value with a prototype": [done('{"type":"setUserMetadata","key":"a","value":{"__proto__":{"admin":true}}}')],
    "a value that is too deep": [
      done(`{"type":"setUserMetadata","key":"a","value":${"[".repeat(500)}${"]".repeat(500)}}`),
    ],
    "a list that is none": ['{"type":"done","commands":{"length":1}}'],
    "a line at no time": ['{"type":"console","level":"log","time":"soon","text":""}', DONE],
    "a line of no level": ['{"type":"console","level":"fatal","time":"2026-01-01","text":""}', DONE],
    "an error that is no text": ['{"type":"failed","error":{}}'],
    "a message that there is not": ['{"type":"granted"}', DONE],
    "no message": ["granted", DONE],
    "rest before the end": [IDLE, DONE],
    "two beginnings": ['{"type":"begun"}', DONE],
  };

  test.each(Object.entries(FORGED))("%s fails the run and ends the process", async (name, lines) => {
    const process = speaking(name, ['{"type":"begun"}', ...lines]);

    const { outcome, rest } = process.start(JOB);

    expect(await outcome).toEqual({ console: expect.any(Array), end: { type: "failed", error: UNREADABLE } });
    await rest;
    expect(process.isFree).toBe(false);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  const LATE: Readonly<Record<string, readonly string[]>> = {
    "another end": [DONE, '{"type":"done","commands":[{"type":"addScope","scope":"admin"}]}'],
    "a line": [DONE, '{"type":"console","level":"log","time":"2026-01-01","text":"late"}'],
    nothing: [DONE],
  };

  test.each(Object.entries(LATE))("%s behind the end changes nothing, and ends the process", async (name, lines) => {
    const process = speaking(`late ${name}`, ['{"type":"begun"}', ...lines]);

    const { outcome, rest } = process.start(JOB);

    expect(await outcome).toEqual({ console: [], end: { type: "done", commands: [] } });
    await rest;
    expect(process.isFree).toBe(false);
  });

  test("the end of the next run, said between the two, is not taken for it", async () => {
    const process = speaking("ahead", ['{"type":"begun"}', DONE, IDLE, '{"type":"begun"}', DONE]);

    const { outcome, rest } = process.start(JOB);
    await Promise.all([outcome, rest]);

    expect(process.isFree).toBe(false);
  });

  test("a flood is stopped", async () => {
    const process = speaking("flood", ['{"type":"begun"}', `"${"x".repeat(3 * 1024 * 1024)}"`]);

    const { outcome, rest } = process.start(JOB);

    expect(await outcome).toMatchObject({ end: { type: "failed", error: "the Action tells more than 2097152 bytes" } });
    await rest;
    expect(process.isFree).toBe(false);
  });
});

describe("a process that ends", () => {
  test("before it has read its first job is told as what it is", async () => {
    const script = join(folder, "dead.cjs");
    writeFileSync(script, "process.exit(3);");

    const { outcome } = new ActionProcess(script).start(JOB);

    expect(await outcome).toEqual({
      console: [],
      end: { type: "failed", error: "the Action's process ended by code 3" },
    });
  });

  test("between two jobs leaves the second to another process", async () => {
    const process = speaking("gone", ['{"type":"begun"}', DONE, IDLE]);
    const first = process.start(JOB);
    expect(await first.outcome).toMatchObject({ end: { type: "done" } });
    await first.rest;
    expect(process.isFree).toBe(true);

    process.stop();
    const second = process.start(JOB);

    expect(await second.outcome).toBeUndefined();
    await second.rest;
    expect(process.isFree).toBe(false);
  });

  test("in the middle of a job does not have it run again", async () => {
    const process = speaking("middle", ['{"type":"begun"}'], "end");

    const { outcome } = process.start(JOB);

    expect(await outcome).toEqual({ console: [], end: { type: "failed", error: UNREADABLE } });
  });

  test.each([
    ["half of its time", '{"type":"idle","cpuSeconds":81,"bytes":0}'],
    ["as much memory as its heap may have", '{"type":"idle","cpuSeconds":0,"bytes":140000000}'],
  ])("because it has used %s is not free any more", async (name, idle) => {
    const process = speaking(`used ${name}`, ['{"type":"begun"}', DONE, idle]);

    const { outcome, rest } = process.start(JOB);
    await Promise.all([outcome, rest]);

    expect(process.isFree).toBe(false);
  });
});
