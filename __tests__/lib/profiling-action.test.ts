import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ProfilingAction, ValidationError } from "../../lib";
import { literal } from "../../lib/terraform-text";
import { devStack } from "../support/stack";
import { Template } from "../support/template";

const HANDLERS = "exports.onExecutePostLogin = async () => {};\nexports.onContinuePostLogin = async () => {};\n";

function define(source?: string): TerraformStack {
  const stack = devStack();
  new ProfilingAction(stack, "action", {
    formId: "ap_1",
    metadataKeys: ["job_title"],
    sourceFile: source === undefined ? undefined : sourceFile(source),
  });
  return stack;
}

function sourceFile(source: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "action-")), "mine.js");
  writeFileSync(file, source);
  return file;
}

function problemsOf(source: string): readonly string[] {
  try {
    define(source);
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

test("the Action is the file in actions/, byte for byte, deployed on the post-login trigger", () => {
  const file = readFileSync(join(__dirname, "..", "..", "actions", "progressive-profiling.js"), "utf8");

  expect(Template.of(define()).one("auth0_action")).toMatchObject({
    code: literal(file),
    deploy: true,
    runtime: "node22",
    supported_triggers: { id: "post-login", version: "v3" },
  });
});

test("the binding refers to the Action, so that destroy unbinds first, and says the Action's name", () => {
  const template = Template.of(define());
  const [actionId] = template.logicalIds("auth0_action");

  expect(template.one("auth0_trigger_action")).toEqual(
    expect.objectContaining({
      trigger: "post-login",
      action_id: `\${auth0_action.${actionId}.id}`,
      display_name: "Progressive Profiling",
    }),
  );
});

test("a source of one's own is taken as it is", () => {
  const source = `${HANDLERS}// event.secrets.NOT_USED\nconst text = "event.secrets.NEITHER";\n`;

  expect(Template.of(define(source)).one("auth0_action").code).toBe(source);
});

test.each<[string, string]>([
  [
    "exports by module.exports",
    `const onExecutePostLogin = async () => {};
module.exports = { onExecutePostLogin, onContinuePostLogin: async () => {} };`,
  ],
  [
    "uses what Node has",
    `${HANDLERS}new URL("https://a.b"); Buffer.from("a"); process.env.X; setTimeout(() => {}, 1); console.log(1);`,
  ],
  [
    "uses packages",
    `${HANDLERS}const { ManagementClient } = require("auth0"); new ManagementClient({}).users.get();
class Mine extends require("events").EventEmitter {}\nclass Other extends require("other").Thing {}`,
  ],
  ["returns early", `${HANDLERS}if (true) return;`],
  [
    "uses the secrets that it is given",
    `${HANDLERS}const f = ({ secrets }) => [secrets.FORM_ID, secrets["METADATA_KEYS"], secrets?.FORM_ID];`,
  ],
  ["asks whether a secret is there", `${HANDLERS}const f = (event) => event.secrets.hasOwnProperty("X");`],
])("a source that %s is good", (_, source) => {
  expect(problemsOf(source)).toEqual([]);
});

describe("fails when", () => {
  test.each([
    "const f = (event) => event.secrets.API_KEY;",
    "const f = (e) => e.secrets?.API_KEY;",
    'const f = (event) => event.secrets["API_KEY"];',
    "const f = (event) => { const { FORM_ID, API_KEY: key } = event.secrets; };",
    "const f = (event) => `https://x/${event.secrets.API_KEY}`;",
    'const f = (event, x) => x.replace(/"/g, event.secrets.API_KEY + "");',
  ])("the source uses a secret that it is not given: %s", (use) => {
    expect(problemsOf(HANDLERS + use)).toEqual([
      "Action source mine.js uses event.secrets.API_KEY, which it is not given; its secrets are FORM_ID, METADATA_KEYS",
    ]);
  });

  test.each([
    ["null", "it throws null"],
    ['"x"', 'it throws "x"'],
  ])("the source throws %s", (thrown, said) => {
    expect(problemsOf(`${HANDLERS}throw ${thrown};`)).toEqual([`Action source mine.js can not be loaded: ${said}`]);
  });

  test("the source has a syntax error: it names file and line", () => {
    expect(problemsOf(`${HANDLERS}\nconst = 1;`)).toEqual([
      "Action source mine.js can not be loaded: SyntaxError: Unexpected token '=' at line 4",
    ]);
  });

  test("the source throws while it is loaded", () => {
    expect(problemsOf(`${HANDLERS}\nnull.x;`)).toEqual([
      "Action source mine.js can not be loaded: TypeError: Cannot read properties of null (reading 'x') at line 4",
    ]);
  });

  test("the source does not come to an end while it is loaded", () => {
    expect(problemsOf("for (;;);")).toEqual([expect.stringContaining("Script execution timed out after 1000ms")]);
  });

  test("a handler is missing", () => {
    expect(problemsOf("exports.onExecutePostLogin = async () => {};")).toEqual([
      "Action source mine.js does not export onContinuePostLogin; add exports.onContinuePostLogin = async (event, api) => { … }",
    ]);
  });

  test("the source is longer than Auth0 takes", () => {
    expect(problemsOf(HANDLERS + " ".repeat(100 * 1024))).toEqual([
      "Action source mine.js has 102491 bytes, but Auth0 takes at most 102400; shorten it",
    ]);
  });

  test("the source is not there", () => {
    const define = () =>
      new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: ["a"], sourceFile: "/none.js" });

    expect(define).toThrow('Action source "/none.js" can not be read: ENOENT');
  });

  test("there is no key to look for", () => {
    const define = () => new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: [] });

    expect(define).toThrow("[dev/action] there is no key to look for; give at least one");
  });
});
