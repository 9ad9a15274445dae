import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { ProfilingAction } from "../../lib";
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

describe("fails when", () => {
  test("there is no key to look for", () => {
    const define = () => new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: [] });

    expect(define).toThrow("[dev/action] there is no key to look for; give at least one");
  });

  test("the file is not there", () => {
    const define = () =>
      new ProfilingAction(devStack(), "action", { formId: "ap_1", metadataKeys: ["a"], sourceFile: "/none.js" });

    expect(define).toThrow('Action source "/none.js" can not be read: ENOENT');
  });
});
