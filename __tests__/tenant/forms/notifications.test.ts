import type { Json } from "../../../tenant/documents/json";
import { action } from "../../support/flow-run";
import { NOW, runActions } from "../../support/run-actions";

const GENERATE = action("OTP", "GENERATE_CODE", { reference: "{{context.user.email}}", length: 6 });
const MAIL = {
  to: "{{context.user.email}}",
  subject: "Your code is {{custom_vars.code}}",
  body: "<p>Hello {{ user.name }}, {{custom_vars.code}} is your code for {{ application.name }}.</p>",
  custom_vars: { code: "{{actions.generate_code.code}}" },
};

test("an email goes to the outbox as the person would get it, with the code in it", async () => {
  const { messages, memory, executed, error } = await runActions([GENERATE, action("AUTH0", "SEND_EMAIL", MAIL)]);

  const code = memory.codes["ana@example.com"]?.code;
  expect(error).toBeUndefined();
  expect(messages).toEqual([
    {
      id: "id-1",
      kind: "email",
      to: "ana@example.com",
      subject: `Your code is ${code}`,
      body: `<p>Hello Ana, ${code} is your code for Shop.</p>`,
      code,
      flow_id: "af_1",
      form_id: "ap_1",
      journey_id: "journey",
      created_at: NOW,
    },
  ]);
  expect(executed.send_email).toEqual({
    id: "send_email",
    type: "AUTH0",
    action: "SEND_EMAIL",
    status: "COMPLETED",
    input: { ...MAIL, to: "ana@example.com", custom_vars: { code: "███" } },
    output: { success: true },
  });
});

test.each([
  ["SEND_SMS", "sms"],
  ["MAKE_CALL", "call"],
])("AUTH0/%s sends what Liquid makes of its message", async (name, kind) => {
  const { messages } = await runActions(
    [
      action("AUTH0", name, {
        from: "+12015550100",
        to: "+12015550123",
        message: "{% if custom_vars.code %}Code: {{ custom_vars.code | split: '' | join: ' ' }}{% endif %}",
        custom_vars: { code: "{{fields.code}}" },
      }),
    ],
    { fields: { code: "123" } },
  );

  expect(messages).toMatchObject([{ kind, from: "+12015550100", to: "+12015550123", body: "Code: 1 2 3" }]);
});

test("a sender of one's own is named", async () => {
  const { messages } = await runActions([
    action("AUTH0", "SEND_EMAIL", { ...MAIL, from: { name: "Shop", email: "shop@example.com" } }),
  ]);

  expect(messages).toMatchObject([{ from: "Shop <shop@example.com>" }]);
});

test("warns of what the flow knows and a message does not", async () => {
  const { messages, executed } = await runActions(
    [
      action("AUTH0", "SEND_EMAIL", {
        ...MAIL,
        subject: "{{fields.a}}",
        body: "To {{ context.user.email }}, {{fields.b}}",
      }),
    ],
    { fields: { a: "A", b: "B" } },
  );

  expect(messages).toMatchObject([{ subject: "", body: "To , " }]);
  expect(executed.send_email?.warning).toBe("a message knows no fields, context: custom_vars can give it such a value");
});

test.each<[string, Record<string, Json>, string]>([
  [
    "nobody to send to",
    { ...MAIL, to: "{{fields.none}}" },
    "params.to must be a string that is not empty, got undefined",
  ],
  ["a template that is none", { ...MAIL, body: "{% if %}" }, "params.body is no Liquid: "],
  ["a template of another file", { ...MAIL, body: "{% include 'package.json' %}" }, "params.body is no Liquid: ENOENT"],
])("fails where there is %s, and sends nothing", async (_, params, said) => {
  const { error, messages, execution } = await runActions([action("AUTH0", "SEND_EMAIL", params)]);

  expect(error).toContain(said);
  expect([execution.status, messages]).toEqual(["FAILED", []]);
});

describe("a one-time password", () => {
  const verify = (code: Json) => action("OTP", "VERIFY_CODE", { reference: "a", code });
  const memory = { vars: {}, codes: { a: { code: "012345", expires_at: NOW } } };

  test.each<[string, Json, string]>([
    ["as it was sent", "012345", "VALID"],
    ["as a NUMBER field gives it, without its zero", 12345, "VALID"],
    ["as text without its zero", "12345", "UNEQUAL"],
    ["as another number", 12346, "UNEQUAL"],
  ])("with a zero at its beginning, %s", async (_, code, result) => {
    const { executed } = await runActions([verify(code)], { memory });

    expect(executed.verify_code?.output).toEqual({ valid: result === "VALID", result });
  });

  test("is good for five minutes, however often it is tried", async () => {
    const late = (milliseconds: number) => () => new Date(Date.parse(NOW) + milliseconds);
    const { memory: made } = await runActions([action("OTP", "GENERATE_CODE", { reference: "a", length: 6 })]);
    const { code } = made.codes.a ?? { code: "" };

    const tries = await runActions([...Array(20).fill(verify("x")), verify(code)], {
      memory: made,
      clock: late(5 * 60_000),
    });
    const tooLate = await runActions([verify(code)], { memory: made, clock: late(5 * 60_000 + 1) });

    expect(tries.executed.verify_code?.output).toEqual({ valid: true, result: "VALID" });
    expect(tooLate.executed.verify_code?.output).toEqual({ valid: false, result: "EXPIRED" });
  });
});
