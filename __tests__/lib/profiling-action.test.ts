import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ProfilingAction } from "../../lib";
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

test("the Action is the file in actions/, byte for byte but for its values, deployed on the post-login trigger", () => {
  const file = readFileSync(join(__dirname, "..", "..", "actions", "progressive-profiling.js"), "utf8");
  const { code, ...attributes } = Template.of(define()).one("auth0_action");
  const lines = file.split("\n");

  const deployed = String(code).split("\n");
  expect(deployed.filter((line, index) => line !== lines[index])).toEqual([
    'const FORM_ID = "ap_1";',
    'const METADATA_KEYS = ["job_title"];',
  ]);
  expect(deployed).toHaveLength(lines.length);
  expect(attributes).toMatchObject({
    deploy: true,
    runtime: "node22",
    supported_triggers: { id: "post-login", version: "v3" },
  });
  expect(attributes).not.toHaveProperty("secrets");
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

describe("a source of one's own", () => {
  test("is taken as it is, and finds form and keys in event.secrets", () => {
    const source = `${HANDLERS}const f = ({ secrets }) => [secrets.FORM_ID, secrets.METADATA_KEYS];\n`;

    expect(Template.of(define(source)).one("auth0_action")).toMatchObject({
      code: source,
      secrets: [
        { name: "FORM_ID", value: "ap_1" },
        { name: "METADATA_KEYS", value: "job_title" },
      ],
    });
  });

  test("that has constants for them at its top is given them there", () => {
    const { code, secrets } = Template.of(
      define(`const FORM_ID = "";\n${HANDLERS}const f = ({ secrets }) => secrets.METADATA_KEYS.split(",");\n`),
    ).one("auth0_action");

    expect(code).toMatch(/^const FORM_ID = "ap_1";\n/);
    expect(secrets).toEqual([{ name: "METADATA_KEYS", value: "job_title" }]);
  });
});

describe("fails when", () => {
  test("there is no key to look for", () => {
    const define = () => new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: [] });

    expect(define).toThrow("[dev/action] there is no key to look for; give at least one");
  });

  test("a secret would be longer than Auth0 takes", () => {
    const metadataKeys = ["a".repeat(4097)];
    const define = () =>
      new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys, sourceFile: sourceFile(HANDLERS) });

    expect(define).toThrow(
      "[dev/action] the secret METADATA_KEYS has 4097 characters, but Auth0 takes at most 4096; " +
        "let the Action's source have it as a constant: const METADATA_KEYS = …;",
    );
  });

  test("the file is not there", () => {
    const define = () =>
      new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: ["a"], sourceFile: "/none.js" });

    expect(define).toThrow('Action source "/none.js" can not be read: ENOENT');
  });
});
