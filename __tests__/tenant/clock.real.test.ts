import { action } from "../support/flow-run";
import { FormTenant } from "../support/form-tenant";
import { bindActions } from "../support/login-set-up";

const DAY = 86_400;
/** A day, but for the token that the test deploys with: it is good for one. */
const NEXT_DAY = DAY - 3600;
let forms: FormTenant;

beforeAll(async () => {
  forms = await FormTenant.start();
}, 60_000);

afterAll(() => forms.stop());
afterEach(() => move(0));

async function move(
  ahead_seconds: unknown,
): Promise<{ readonly status: number; readonly body: { now?: string; message?: string } }> {
  const response = await fetch(`${forms.pages}/_tenant/clock`, {
    method: "POST",
    body: JSON.stringify({ ahead_seconds }),
  });
  return { status: response.status, body: (await response.json()) as { now?: string } };
}

/** How far a moment is ahead of this machine's clock, in days. */
function daysAhead(iso: unknown): number {
  return Math.round((Date.parse(String(iso)) - Date.now()) / (DAY * 1000));
}

test("Actions follow, in all ways to ask for the time", async () => {
  await bindActions(forms.tenant, {
    name: "times",
    code: `exports.onExecutePostLogin = async (event, api) => {
      const times = { now: new Date(Date.now()), made: new Date(), called: new Date(Date()), given: new Date(0) };
      for (const [name, time] of Object.entries(times)) {
        api.user.setUserMetadata(name, time.toISOString());
      }
      class Day extends Date {}
      api.user.setUserMetadata("kinds", [times.made instanceof Date, new Day() instanceof Day, Date.name, times.made.constructor === Date].join());
    };`,
  });
  await move(NEXT_DAY);
  const { id } = await forms.visitor();
  const user = await forms.user(id);

  expect([user.created_at, user.last_login].map(daysAhead)).toEqual([1, 1]);
  const { kinds, given, ...times } = user.user_metadata;
  expect(Object.values(times).map(daysAhead)).toEqual([1, 1, 1]);
  expect([given, kinds]).toEqual(["1970-01-01T00:00:00.000Z", "true,true,Date,true"]);
});

test("codes and messages follow", async () => {
  await forms.deploy({
    form: {
      name: "Code",
      start: { next_node: "send" },
      nodes: [
        { id: "send", type: "FLOW", config: { flow_id: "#FLOW-1#", next_node: "ask" } },
        {
          id: "ask",
          type: "STEP",
          config: {
            components: [{ id: "code", category: "FIELD", type: "TEXT", label: "Code" }],
            next_node: "check",
          },
        },
        { id: "check", type: "FLOW", config: { flow_id: "#FLOW-2#", next_node: "$ending" } },
      ],
      ending: { resume_flow: true },
    },
    flows: {
      "#FLOW-1#": {
        name: "Send",
        actions: [
          action("OTP", "GENERATE_CODE", { reference: "r", length: 6 }),
          action("AUTH0", "SEND_SMS", {
            to: "+12015550123",
            message: "{{custom_vars.code}}",
            custom_vars: { code: "{{actions.generate_code.code}}" },
          }),
        ],
      },
      "#FLOW-2#": {
        name: "Check",
        actions: [
          action("OTP", "VERIFY_CODE", { reference: "r", code: "{{fields.code}}" }),
          action("FLOW", "ERROR_MESSAGE", { message: "It is {{actions.verify_code.result}}" }),
        ],
      },
    },
  });
  await move(NEXT_DAY);
  const { visitor, page } = await forms.visitor();
  const [message] = await forms.messages();
  const entered = { "field.code": message?.code ?? "" };

  expect(daysAhead(message?.created_at)).toBe(1);
  expect((await visitor.submit(page, entered)).html).toContain("It is VALID");
  await move(NEXT_DAY + 301);
  expect((await visitor.submit(page, entered)).html).toContain("It is EXPIRED");
});

test("sessions end when their time has come", async () => {
  await bindActions(forms.tenant);
  const { visitor } = await forms.visitor();

  expect((await visitor.visit(forms.loginUrl())).url).toContain(`${forms.application.callback}?code=`);
  await move(DAY);
  expect((await visitor.visit(forms.loginUrl())).url).toContain(`${forms.application.callback}?code=`);
  await move(30 * DAY);
  expect((await visitor.visit(forms.loginUrl())).url).toContain(`${forms.pages}/u/login`);
});

test.each([
  [undefined, "got nothing"],
  ["1", 'got "1"'],
  [0.5, "got 0.5"],
  [1e12, "got 1000000000000"],
])("%j is no way to move the clock", async (seconds, said) => {
  const { status, body } = await move(seconds);

  expect(status).toBe(400);
  expect(body.message).toBe(`ahead_seconds must be an integer within ±3155760000, ${said}`);
});

test("the overview's buttons move it on, and back", async () => {
  const overview = async () => (await fetch(`${forms.pages}/_tenant/`)).text();
  const press = async (days: string) => {
    const csrf_token = /name="csrf_token" value="([^"]+)"/.exec(await overview())?.[1] ?? "";
    const body = new URLSearchParams({ csrf_token, days });
    await fetch(`${forms.pages}/_tenant/move-clock`, { method: "POST", body });
    return forms.control<{ ahead_seconds: number }>("clock");
  };

  expect(await press("1")).toMatchObject({ ahead_seconds: DAY });
  expect(await overview()).toContain(", 1 day ahead of the machine");
  expect(await press("30")).toMatchObject({ ahead_seconds: 31 * DAY });
  expect(await press("0")).toMatchObject({ ahead_seconds: 0 });
  const forged = await fetch(`${forms.pages}/_tenant/move-clock`, {
    method: "POST",
    body: new URLSearchParams({ days: "1" }),
  });
  expect(forged.status).toBe(403);
});
