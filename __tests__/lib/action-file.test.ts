import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readActionFile } from "../../lib/action-file";
import { ActionSource } from "../../lib/action-source";
import { shown } from "../../lib/shown";
import { Problems } from "../../lib/validation-error";
import { processorTime } from "../support/processor-time";

const HANDLERS = "exports.onExecutePostLogin = async () => {};\nexports.onContinuePostLogin = async () => {};\n";

const folder = mkdtempSync(join(tmpdir(), "action-source-"));
afterAll(() => rmSync(folder, { recursive: true }));

const VALUES = { FORM_ID: "ap_1", METADATA_KEYS: ["a", "b"] };

function sourceOf(code: string): ActionSource {
  const file = join(folder, "mine.js");
  writeFileSync(file, code);
  return readActionFile(file);
}

function problemsOf(code: string): readonly string[] {
  const problems = new Problems();
  sourceOf(code).check(VALUES, problems);
  return problems.all;
}

const noHandler = (name: string) =>
  `Action source mine.js does not export ${name}; add exports.${name} = async (event, api) => { … }`;
const noSecret = (name: string) =>
  `Action source mine.js uses event.secrets.${name}, which it is not given; its secrets are FORM_ID, METADATA_KEYS`;

describe("handlers are found in", () => {
  test.each([
    HANDLERS,
    `#!/usr/bin/env node\n${HANDLERS}`,
    `${HANDLERS}if (true) return;`,
    'exports["onExecutePostLogin"] = exports[`onContinuePostLogin`] = async () => {};',
    "module.exports.onExecutePostLogin = module.exports.onContinuePostLogin = async () => {};",
    "const onExecutePostLogin = async () => {};\nmodule.exports = { onExecutePostLogin, async onContinuePostLogin() {} };",
    "module.exports = exports = { onExecutePostLogin: async () => {} };\nexports.onContinuePostLogin = async () => {};",
    "exports = module.exports = { async 'onExecutePostLogin'() {} };\nexports.onContinuePostLogin = async () => {};",
    "module.exports = exports.other = { onExecutePostLogin() {}, onContinuePostLogin() {} };",
    "module.exports = { onExecutePostLogin() {} };\nmodule.exports.onContinuePostLogin = async () => {};",
    `exports.onExecutePostLogin = void 0;\nObject.defineProperty(exports, "__esModule", { value: true });\n${HANDLERS}`,
    `${HANDLERS}exports.helper = { exports: 1 };\nconsole.log(exports.helper, module.id);`,
    `${HANDLERS}class Mine extends require("events").EventEmitter { static #secret = 1; exports() { return this.exports; } }`,
  ])("%s", (source) => {
    expect(problemsOf(source)).toEqual([]);
  });
});

describe("where reading can not tell what is exported, nothing is said of it:", () => {
  test.each([
    "module.exports = require('./bundle').handlers;",
    "module.exports = { ...handlers };",
    "module.exports = { [name]: async () => {} };",
    "exports[name] = async () => {};",
    "Object.assign(exports, handlers);",
    "Object.defineProperty(exports, name, { get });",
    "const target = exports;",
    "define(module);",
    "module.exports = exports.other = require('./handlers');",
    "module[name] = {};",
    "Object.defineProperty(exports, ...given);",
    "target = exports;",
    "module.exports.handlers[name] = exports;",
    "exports.list.push(exports);",
    "const { onExecutePostLogin } = exports;",
  ])("%s", (source) => {
    expect(problemsOf(source)).toEqual([]);
  });
});

describe("handlers are missed in", () => {
  test.each<[string, readonly string[]]>([
    ["", ["onExecutePostLogin", "onContinuePostLogin"]],
    ["exports.onExecutePostLogin = async () => {};", ["onContinuePostLogin"]],
    ["exports = { onExecutePostLogin() {}, onContinuePostLogin() {} };", ["onExecutePostLogin", "onContinuePostLogin"]],
    [`${HANDLERS}module.exports = { onExecutePostLogin() {} };`, ["onContinuePostLogin"]],
    ["module.exports = async (event, api) => {};", ["onExecutePostLogin", "onContinuePostLogin"]],
    ["module.exports = exports;\nexports.onExecutePostLogin = () => {};", ["onContinuePostLogin"]],
    [`${HANDLERS.split("\n")[0]}\nexports.onContinuePostLogin = "text";`, ["onContinuePostLogin"]],
    [
      "module.exports = { onExecutePostLogin: {}, onContinuePostLogin: `text` };",
      ["onExecutePostLogin", "onContinuePostLogin"],
    ],
    [`// ${HANDLERS.replaceAll("\n", " ")}`, ["onExecutePostLogin", "onContinuePostLogin"]],
    [`const text = ${JSON.stringify(HANDLERS)};`, ["onExecutePostLogin", "onContinuePostLogin"]],
    ["const onExecutePostLogin = exports.onContinuePostLogin;", ["onExecutePostLogin", "onContinuePostLogin"]],
    ["let handler; handler = exports.onContinuePostLogin;", ["onExecutePostLogin", "onContinuePostLogin"]],
    [
      'Object.defineProperty(exports, "__esModule", { value: true });\nexports.onExecutePostLogin = () => {};',
      ["onContinuePostLogin"],
    ],
    ["module.exports = 5;", ["onExecutePostLogin", "onContinuePostLogin"]],
    [
      'Object.defineProperty(exports, "onExecutePostLogin", { value: () => {} });\nexports.onContinuePostLogin = [];',
      ["onContinuePostLogin"],
    ],
    ["exports.onExecutePostLogin;\nexports.onContinuePostLogin();", ["onExecutePostLogin", "onContinuePostLogin"]],
    [
      "exports.onExecutePostLogin = () => {};\nmodule.exports = exports.other = { onContinuePostLogin() {} };",
      ["onExecutePostLogin"],
    ],
    ["console.log(module.id);\nexports.onExecutePostLogin = () => {};", ["onContinuePostLogin"]],
  ])("%s", (source, missing) => {
    expect(problemsOf(source)).toEqual(missing.map(noHandler));
  });
});

describe("no secret is missed in", () => {
  test.each([
    'const f = ({ secrets }) => [secrets.FORM_ID, secrets["METADATA_KEYS"], secrets?.FORM_ID];',
    'const f = (event) => event.secrets.hasOwnProperty("X");',
    "const f = (event, name) => event.secrets[name];",
    '// event.secrets.API_KEY\nconst text = "event.secrets.API_KEY", pattern = /event.secrets.API_KEY/, t = `event.secrets.API_KEY`;',
    "const secrets = new Map(); secrets.get('API_KEY');",
    "function f(secrets) { return secrets.API_KEY; }",
    "const settings = { vault: { secrets: {} } }; settings.vault.secrets.API_KEY;",
    "const f = (event) => { const { FORM_ID, ...rest } = event.secrets; };",
    "const f = ({ secrets }) => secrets.FORM_ID; const [secrets] = [{}]; secrets.API_KEY;",
    "const f = ({ secrets }) => { try {} catch (secrets) { secrets.API_KEY; } };",
    "const f = ({ secrets }) => { try {} catch { secrets.FORM_ID; } };",
    "const f = ({ secrets }) => secrets.FORM_ID; const g = ([secrets]) => secrets.API_KEY;",
    "const f = ({ secrets }) => secrets.FORM_ID; const g = (secrets = {}) => secrets.API_KEY;",
    "const f = ({ secrets }) => secrets.FORM_ID; const g = (...secrets) => secrets.API_KEY;",
    "const f = ({ secrets }) => secrets.FORM_ID; const { vault: secrets } = {}; secrets.API_KEY;",
    "const f = ({ secrets }) => secrets.FORM_ID; let secrets; secrets.API_KEY;",
    "let mine; const f = (event) => { mine = event.secrets; }; mine = {}; mine.API_KEY;",
    "let mine = {}; const f = (event) => { mine = event.secrets; mine.API_KEY; };",
    "const [first, , third] = []; first.API_KEY;",
    "const f = ({ secrets: { [name]: key } }) => key;",
    "const { secrets: [secrets] } = {}; secrets.API_KEY;",
    "settings().secrets.API_KEY; this.secrets.API_KEY; settings.other.secrets.API_KEY;",
    "class Vault { #secrets; read() { return this.#secrets.API_KEY; } }",
  ])("%s", (use) => {
    expect(problemsOf(HANDLERS + use)).toEqual([]);
  });
});

describe("a secret that is not given is found in", () => {
  test.each([
    "const f = (event) => event.secrets.API_KEY;",
    "const f = (e) => e.secrets?.API_KEY;",
    "const f = (e) => e?.secrets?.API_KEY;",
    'const f = (event) => event.secrets["API_KEY"];',
    "const f = (event) => event.secrets[`API_KEY`];",
    'const f = (event) => event["secrets"].API_KEY;',
    "const f = (event) => { const { FORM_ID, API_KEY: key } = event.secrets; };",
    "const f = (event) => { const { API_KEY } = event?.secrets; };",
    "const f = (event) => { let key; ({ API_KEY: key = 1 } = event.secrets); };",
    "const f = (event) => { const { secrets: { API_KEY } } = event; };",
    "const f = ({ secrets: { API_KEY = 1 } }) => API_KEY;",
    "const f = ({ secrets }) => secrets.API_KEY;",
    "const f = ({ secrets: mine = {} }) => mine.API_KEY;",
    "const f = (event) => { const mine = event.secrets; return mine.API_KEY; };",
    "const f = (event) => { const { FORM_ID, ...rest } = event.secrets; return rest.API_KEY; };",
    "const f = (context) => context.event.secrets.API_KEY;",
    'const f = (context) => context["event"].secrets.API_KEY;',
    "var mine = event.secrets; mine = event?.secrets; mine?.API_KEY;",
    "const f = ({ ...event }) => event.secrets.API_KEY;",
    "const f = ({ secrets: { ...mine } = {} }) => mine.API_KEY;",
    "function f({ secrets }) { return secrets.API_KEY; }",
    "const f = function ({ secrets }) { return secrets.API_KEY; };",
    "const [f = ({ secrets }) => secrets.API_KEY] = [];",
    "const f = (event) => `https://x/${event.secrets.API_KEY}`;",
    'const f = (event, x) => x.replace(/"/g, event.secrets.API_KEY + "");',
  ])("%s", (use) => {
    expect(problemsOf(HANDLERS + use)).toEqual([noSecret("API_KEY")]);
  });
});

test("a file that is not there is named with what the system says", () => {
  const file = join(folder, "none.js");

  expect(() => readActionFile(file)).toThrow(
    new Error(`Action source ${shown(file)} can not be read: ENOENT: no such file or directory, open '${file}'`),
  );
});

describe("a syntax error is named with its line:", () => {
  test.each<[string, string]>([
    [`${HANDLERS}\nconst = 1;`, "at line 4: Unexpected token"],
    [`${HANDLERS}await 1;`, "at line 3: Unexpected token"],
    [`${HANDLERS}let a; let a;`, "at line 3: Identifier 'a' has already been declared"],
    ["import { handler } from 'handler';", "at line 1: an Action is a CommonJS module: use require and exports"],
    ["export const onExecutePostLogin = 1;", "at line 1: an Action is a CommonJS module: use require and exports"],
    ["(".repeat(50_000), "at line 1: Not enough stack space to parse input"],
  ])("%s", (source, said) => {
    expect(() => sourceOf(source)).toThrow(new Error(`Action source mine.js has a syntax error ${said}`));
  });
});

test("nothing of the source runs", () => {
  const ran = join(folder, "ran");
  const does = [
    `require("node:fs").writeFileSync(${JSON.stringify(ran)}, "");`,
    "process.exit(0);",
    "for (;;);",
    "setInterval(() => {}, 1);",
    "throw null;",
  ];

  expect(problemsOf(does.join("\n") + HANDLERS)).toEqual([]);
  expect(existsSync(ran)).toBe(false);
});

test("what reading takes grows with the source and no faster", () => {
  const took = processorTime(() => {
    // Each of these took seconds to minutes by regular expressions.
    for (const part of ["`", "/*", "{", "secrets;", "x = {};\n", "(/", '"\\']) {
      try {
        problemsOf(part.repeat((100 * 1024) / part.length));
      } catch (error) {
        expect((error as Error).message).toContain("has a syntax error");
      }
    }
  });
  expect(took).toBeLessThan(5_000);
});

test("the source is longer than Auth0 takes", () => {
  expect(problemsOf(HANDLERS + " ".repeat(100 * 1024))).toEqual([
    "Action source mine.js has 102491 bytes, but Auth0 takes at most 102400; shorten it",
  ]);
});

test("all that is wrong is said at once", () => {
  expect(problemsOf(`exports.onExecutePostLogin = (event) => event.secrets.B + event.secrets.A;`)).toEqual([
    noHandler("onContinuePostLogin"),
    noSecret("B"),
    noSecret("A"),
  ]);
});

test.each([
  ["progressive-profiling.js", { FORM_ID: "ap_1", METADATA_KEYS: ["a"] }],
  ["scheduled-profiling.js", { FORM_ID: "ap_1", STAGES: [{ id: "a" }], ASK: {}, SAVES: [], TELLS_STAGE: true }],
] as const)("the library's own %s is right, and is filled without the parser as with it", (name, values) => {
  const [own, read] = [ActionSource.ofLibrary(name), readActionFile(join(__dirname, "..", "..", "actions", name))];
  const problems = new Problems();
  read.check(values, problems);

  expect(problems.all).toEqual([]);
  expect(own.secretsOf(values)).toEqual([]);
  expect(own.codeWith(values)).toBe(read.codeWith(values));
});

describe("the values of the stack", () => {
  test("go into the constants of their names at the top, and everything else stays as it is", () => {
    const code = `${HANDLERS}const other = 1,
  METADATA_KEYS = []; // kept
const text = \`\${other}\`;
const FORM_ID = process.env.FORM;
`;
    const source = sourceOf(code);

    expect(source.secretsOf(VALUES)).toEqual([]);
    expect(source.codeWith(VALUES)).toBe(`${HANDLERS}const other = 1,
  METADATA_KEYS = ["a","b"]; // kept
const text = \`$\${other}\`;
const FORM_ID = "ap_1";
`);
  });

  test("are JSON, whatever they hold", () => {
    const values = { FORM_ID: 'a"b\n${x}%{y}</script>\u2028', METADATA_KEYS: [] };

    expect(sourceOf("const FORM_ID = 0;").codeWith(values)).toBe(
      'const FORM_ID = "a\\"b\\n$${x}%%{y}\\u003c/script\\u003e\\u2028";',
    );
  });

  test.each([
    "let FORM_ID = 1;",
    "for (const FORM_ID of []) {}",
    "const [FORM_ID] = [1];",
    "{ const FORM_ID = 1; }",
    "const { FORM_ID } = {};",
    "const f = () => { const FORM_ID = 1; };",
    "",
  ])("are secrets where there is no such constant: %s", (code) => {
    const source = sourceOf(code);

    expect(source.secretsOf(VALUES)).toEqual(["FORM_ID", "METADATA_KEYS"]);
    expect(source.codeWith(VALUES)).toBe(code);
  });

  test("are no secrets where there is: the source that asks for them is told", () => {
    expect(problemsOf(`${HANDLERS}const FORM_ID = ""; const f = (event) => event.secrets.FORM_ID;`)).toEqual([
      "Action source mine.js uses event.secrets.FORM_ID, which it is not given; its secrets are METADATA_KEYS",
    ]);
    expect(
      problemsOf(`${HANDLERS}const FORM_ID = "", METADATA_KEYS = []; const f = (event) => event.secrets.API_KEY;`),
    ).toEqual(["Action source mine.js uses event.secrets.API_KEY, which it is not given; its secrets are none"]);
  });

  test("count among the bytes", () => {
    const keys = Array.from({ length: 10 }, (_, index) => `${"k".repeat(11_000)}${index}`);
    const problems = new Problems();
    sourceOf(`${HANDLERS}const METADATA_KEYS = [];`).check({ METADATA_KEYS: keys }, problems);

    expect(problems.all).toEqual([
      "Action source mine.js has 110155 bytes, but Auth0 takes at most 102400; shorten it",
    ]);
  });
});
