import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FLOW_ACTION_NAMES } from "auth0-forms";
import type { Json } from "../../../tenant/documents/json";
import { readAnswers } from "../../../tenant/forms/answers";
import { isRun } from "../../../tenant/forms/flow-actions";
import { NOTIFICATION_TEMPLATES } from "../../../tenant/forms/flow-actions/notifications";
import { Outside } from "../../../tenant/forms/outside";
import { action } from "../../support/flow-run";
import { runActions } from "../../support/run-actions";

async function outputOf(type: string, name: string, params: Record<string, Json>, given = {}): Promise<unknown> {
  const { executed, error } = await runActions([action(type, name, params)], given);
  return error ?? executed[name.toLowerCase()]?.output;
}

describe("XML", () => {
  test("is read, and written as Auth0's example is", async () => {
    expect(await outputOf("XML", "PARSE_XML", { xml: '<p id="1"><name>John Doe</name><a/><a>2</a></p>' })).toEqual({
      object: { p: { $: { id: "1" }, name: "John Doe", a: ["", "2"] } },
    });
    expect(await outputOf("XML", "SERIALIZE_XML", { object: { name: "John Doe" } })).toEqual({
      xml: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<name>John Doe</name>',
    });
    expect(await outputOf("XML", "SERIALIZE_XML", { object: '{"a":{"b":"<"}}' })).toEqual({
      xml: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<a>\n  <b>&lt;</b>\n</a>',
    });
  });

  test.each([
    ["PARSE_XML", { xml: "<a><b></a>" }, "params.xml is no XML: Unexpected close tag"],
    ["SERIALIZE_XML", { object: "{" }, "params.object is no JSON: "],
    ["SERIALIZE_XML", { object: { "a b": 1 } }, "params.object can not be XML: "],
  ])("%s fails for what is none", async (name, params, said) => {
    expect(await outputOf("XML", name, params)).toContain(said);
  });
});

describe("EMAIL/VERIFY_EMAIL", () => {
  const FREE = { block_free_emails: true };

  test.each<[string, Record<string, Json>, string | null]>([
    ["ana@example.com", {}, null],
    ["ana@gmail.com", FREE, "FREE_EMAIL"],
    ["ANA@GMAIL.COM", FREE, "FREE_EMAIL"],
    ["ana@example.com", FREE, null],
    ["ana@mailinator.com", { block_disposable_emails: true }, "DISPOSABLE_EMAIL"],
    ["ana+1@example.com", { block_aliases: true }, "ALIAS"],
    ["ana@example.com", { allowlist: ["example.org"] }, "NOT_ALLOWED"],
    ["ana@example.org", { allowlist: ["example.org"] }, null],
    ["ana@example.com", { blocklist: ["Example.com"] }, "BLOCKLISTED"],
    ["ana", {}, "INVALID_EMAIL"],
  ])("of %s by %j: %s", async (email, rules, cause) => {
    expect(await outputOf("EMAIL", "VERIFY_EMAIL", { email, rules })).toEqual({ valid: cause === null, cause });
  });

  test("says that it has looked up no MX record", async () => {
    const { executed } = await runActions([
      action("EMAIL", "VERIFY_EMAIL", { email: "a@b.co", rules: { require_mx_record: true } }),
    ]);

    expect(executed.verify_email).toMatchObject({
      output: { valid: true, cause: null },
      warning: "nobody was asked for the MX record: no request leaves the local tenant",
    });
  });
});

test("FLOW/DELAY_FLOW waits, but not for long", async () => {
  const began = performance.now();
  const { executed } = await runActions([action("FLOW", "DELAY_FLOW", { number: "{{fields.number}}" })], {
    fields: { number: 0.05 },
  });

  expect(performance.now() - began).toBeGreaterThanOrEqual(45);
  expect(executed.delay_flow).toMatchObject({ output: {} });
  expect(executed.delay_flow).not.toHaveProperty("warning");
  const long = await runActions([action("FLOW", "DELAY_FLOW", { number: 2, units: "DAYS" })]);
  expect(long.executed.delay_flow?.warning).toBe("the local tenant waited 3 s of 172800 s");
});

describe("an action of a third party", () => {
  const message = action("SLACK", "POST_MESSAGE", { connection_id: "ac_1", text: "{{fields.name}} is here" });
  const answered = (answer: Json) => {
    const answers = readAnswers([answer]);
    return { fields: { name: "Ana" }, ...("services" in answers && { outside: new Outside(answers) }) };
  };

  test("fails and says how a file can answer for it; what it was given is recorded", async () => {
    const { error, executed } = await runActions([message], { fields: { name: "Ana" } });

    expect(error).toBe(
      'flow "Flow" (af_1), action "post_message" (SLACK/POST_MESSAGE): the local tenant does not run SLACK/POST_MESSAGE; a file can answer for it, --answers FILE with {"action": "SLACK/POST_MESSAGE", "output": {…}}',
    );
    expect(executed.post_message).toMatchObject({ status: "FAILED", input: { text: "Ana is here" } });
  });

  test("is answered from the file", async () => {
    const { executed } = await runActions([message], answered({ action: "SLACK/POST_MESSAGE", output: { ok: true } }));

    expect(executed.post_message).toMatchObject({ input: { text: "Ana is here" }, output: { ok: true } });
  });

  test("fails as the file says", async () => {
    const { error } = await runActions(
      [message],
      answered({ action: "SLACK/POST_MESSAGE", error: "channel_not_found" }),
    );

    expect(error).toMatch(/: channel_not_found$/);
  });
});

const README = readFileSync(join(__dirname, "..", "..", "..", "tenant", "README.md"), "utf8");

test("the table of the README names each action, and what the tenant does with it", () => {
  const names = (cell = "") => [...cell.matchAll(/`([A-Z0-9_]+)`/g)].map(([, name]) => name);
  const rows = README.split("\n").map((line) => line.split("|").slice(1, -1).map(names));
  const expected = Object.entries(FLOW_ACTION_NAMES).map(([type, actions]) => {
    const recorded = actions.filter((name) => type === "AUTH0" && name in NOTIFICATION_TEMPLATES);
    const fromFile = actions.filter((name) => name !== "BOOLEAN_CONDITION" && !isRun(type, name));
    const run = actions.filter((name) => !recorded.includes(name) && !fromFile.includes(name));
    return [[type], run, recorded, fromFile];
  });

  expect(rows.filter(([type]) => type?.[0] !== undefined && type[0] in FLOW_ACTION_NAMES)).toEqual(expected);
});

test("the README's example of answers can be used", () => {
  const [, example = ""] = /```json\n(.*?)```/s.exec(README) ?? [];

  expect(readAnswers(JSON.parse(example))).toMatchObject({ services: { length: 2 }, actions: { size: 2 } });
});
