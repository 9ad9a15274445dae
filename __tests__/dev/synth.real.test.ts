import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Synth } from "../../dev/synth";

let project: string;
let synth: Synth;

beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "app-")));
  writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: "node main.js", context: { colour: "green" } }));
  const out = join(project, "out");
  mkdirSync(out);
  synth = new Synth({ project, out, environment: { AUTH0_DOMAIN: "localhost:9443" }, longestSeconds: 2 });
});

afterEach(() => {
  synth.close();
  rmSync(project, { recursive: true, force: true });
});

const MANIFEST = 'require("fs").writeFileSync(process.env.CDKTF_OUTDIR + "/manifest.json", "{}");';

/** An app that does this, and then writes its stacks. */
function app(text: string): void {
  writeFileSync(join(project, "main.js"), `${text}\n${MANIFEST}`);
}

test("an app that was prepared runs the file that is saved after that, with its files known in the end", async () => {
  app("throw new Error('too early')");
  synth.prepare();
  await new Promise((resolve) => setTimeout(resolve, 500));
  writeFileSync(join(project, "words.json"), "{}");
  app('require("./words.json"); console.log(process.env.AUTH0_DOMAIN, process.env.CDKTF_CONTEXT_JSON);');

  const synthesis = await synth.run();

  expect(synthesis?.problems).toEqual([]);
  expect(synthesis?.said).toBe('localhost:9443 {"colour":"green"}');
  expect([...(synthesis?.files ?? [])].sort()).toEqual([join(project, "main.js"), join(project, "words.json")]);
});

test("an app that tsx runs is made of its own files, and not of what tsx keeps of them", async () => {
  const tsx = join(__dirname, "..", "..", "node_modules", "tsx", "dist", "cli.mjs");
  writeFileSync(join(project, "cdktf.json"), JSON.stringify({ app: `node ${JSON.stringify(tsx)} main.ts` }));
  writeFileSync(join(project, "main.ts"), `const now: number = ${Date.now()};\n${MANIFEST}`);
  synth = new Synth({ project, out: join(project, "out"), environment: {} });

  await synth.run();
  const again = await synth.run();

  expect(again?.problems).toEqual([]);
  expect(again?.files).toEqual([join(project, "main.ts")]);
});

test.each([
  ["process.exit(3)", [{ path: "cdktf.json", what: "the app ended with 3" }]],
  [
    "process.kill(process.pid, 'SIGKILL')",
    [{ path: "cdktf.json", what: expect.stringMatching(/^the app ended with (SIGKILL|137)/) }],
  ],
  [
    "throw new TypeError('lost')",
    [
      {
        path: "main.js",
        what: "lost",
        remedy: "let `npx tsc --noEmit` say what is misspelt or of another type",
        place: "main.js:1",
      },
    ],
  ],
  ["Promise.reject(new Error('late'))", [{ path: "main.js", what: "late", place: "main.js:1" }]],
  [
    "for (;;) {}",
    [{ path: "cdktf.json", what: "the app did not end in 2 s", remedy: "look for a loop, or for what it waits for" }],
  ],
  [
    "process.exit(0)",
    [
      {
        path: "cdktf.json",
        what: "the app ended well, and wrote no stacks where CDKTF_OUTDIR says",
        remedy: "call app.synth(), and give new App() no outdir",
      },
    ],
  ],
])("an app that does %s is a problem, and the next run is well", async (text, problems) => {
  app(text);
  expect((await synth.run())?.problems).toEqual(problems);

  app("");
  expect((await synth.run())?.problems).toEqual([]);
});

test("a run that is cancelled is none", async () => {
  app("for (;;) {}");
  const run = synth.run();
  setTimeout(() => synth.cancel(), 300);

  expect(await run).toBeUndefined();
});

test.each([
  ["is no JSON", "{", (file: string) => `[${file}] is no JSON; mend it`],
  [
    "has no app",
    "{}",
    (file: string) => `[${file}] has no app; give the command that runs your main.ts, as cdktf init writes it`,
  ],
])("a cdktf.json that %s is refused", async (_, text, message) => {
  const file = join(project, "cdktf.json");
  writeFileSync(file, text);

  await expect(synth.run()).rejects.toThrow(message(file));
});
