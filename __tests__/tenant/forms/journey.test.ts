import type { FlowAction, FormComponent, FormNode, RouterRule } from "auth0-forms";
import type { Form } from "../../../tenant/documents/form";
import type { Json } from "../../../tenant/documents/json";
import { promptOf, resumeJourney, startJourney, submitStep } from "../../../tenant/forms/entrances";
import type { Journey, JourneyRecord, JourneyServices } from "../../../tenant/forms/journey";

const NOW = "2026-01-01T00:00:00.000Z";
const FORM_ID = "ap_0000000000000000000001";
const SAVE = "af_0000000000000000000001";

type Metadata = Record<string, Json>;

/** A tenant with one user, one form and some flows, and what it has recorded. */
class Tenant implements JourneyServices {
  readonly records: JourneyRecord[] = [];
  readonly requests: Json[] = [];
  readonly flows = new Map<string, readonly FlowAction[]>([[SAVE, [updateUser(EVERY_ANSWER)]]]);
  metadata: Metadata = {};
  refusal: { status: number; body: Json } | undefined;
  now = new Date(NOW);
  private published: Form | undefined;
  private id = 0;

  constructor(form: Partial<Form>) {
    this.publish(form, NOW);
  }

  readonly ids = { uuid: () => `id-${++this.id}` };
  readonly clock = () => this.now;
  readonly form = (id: string) => (id === FORM_ID ? this.published : undefined);
  readonly record = (entry: JourneyRecord) => void this.records.push(entry);
  readonly context = () => ({
    user: { user_id: "auth0|1", name: "Ana", user_metadata: this.metadata },
    transaction: { state: "hKFo2SBI" },
  });
  readonly flow = (id: string) => {
    const actions = this.flows.get(id);
    return actions && { id, name: "Save", actions, created_at: NOW, updated_at: NOW };
  };
  readonly managementRequest: JourneyServices["managementRequest"] = async (_connection, _method, _path, body) => {
    this.requests.push(body ?? null);
    if (this.refusal !== undefined) {
      return this.refusal;
    }
    Object.assign(this.metadata, (body as { user_metadata?: Metadata }).user_metadata);
    return { status: 200, body: { user_id: "auth0|1", user_metadata: this.metadata } };
  };

  publish(form: Partial<Form> | undefined, at: string): void {
    const ending = { resume_flow: true } as const;
    this.published = form && { id: FORM_ID, name: "Profile", ending, created_at: NOW, ...form, updated_at: at };
  }

  start(options: Partial<Parameters<typeof startJourney>[1]> = {}): Promise<Journey> {
    return startJourney(this, { formId: FORM_ID, ...options });
  }

  submit(journey: Journey, stepId: string, posted: Record<string, string> = {}): Promise<Journey> {
    // The login keeps it as JSON between two requests.
    const kept: Journey = JSON.parse(JSON.stringify(journey));
    return submitStep(this, kept, stepId, new URLSearchParams(posted));
  }

  recorded(type: JourneyRecord["type"]): JourneyRecord[] {
    return this.records.filter((entry) => entry.type === type);
  }
}

const EVERY_ANSWER = {
  job_title: "{{fields.job_title}}",
  company_name: "{{fields.company_name}}",
  company_size: "{{fields.company_size}}",
  phone_number: "{{fields.phone_number.international_number}}",
};

function updateUser(userMetadata: Record<string, Json>): FlowAction {
  const changes = { user_metadata: userMetadata };
  const params = { connection_id: "ac_1", user_id: "{{context.user.user_id}}", changes };
  return { id: "update_user", type: "AUTH0", action: "UPDATE_USER", params };
}

function missing(key: string, nextNode: string): RouterRule {
  const operands: Json = [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }];
  return {
    id: `missing_${key}`,
    alias: `Missing ${key}`,
    condition: { operator: "AND", operands },
    next_node: nextNode,
  };
}

function field(id: string, type = "TEXT", more: Partial<FormComponent> = {}): FormComponent {
  return { id, category: "FIELD", type, label: id, ...more };
}

function button(type: string, id: string, config: Record<string, Json> = {}): FormComponent {
  return { id, category: "BLOCK", type, config: { text: id, ...config } };
}

function step(id: string, nextNode: string, ...components: FormComponent[]): FormNode {
  return { id, type: "STEP", alias: id, config: { components, next_node: nextNode } };
}

const flowNode = (id: string, flowId: string, nextNode: string): FormNode => ({
  id,
  type: "FLOW",
  config: { flow_id: flowId, next_node: nextNode },
});

function options(...values: string[]): Json {
  return values.map((value) => ({ value, label: value }));
}

/** The article's form, as the dashboard's own template has it. */
const ARTICLE: Partial<Form> = {
  start: { next_node: "router" },
  nodes: [
    {
      id: "router",
      type: "ROUTER",
      alias: "Check missing data",
      config: { rules: [missing("job_title", "profile"), missing("company_name", "company")], fallback: "$ending" },
    },
    step(
      "profile",
      "save",
      field("job_title", "TEXT", { required: true }),
      field("phone_number", "TEL", { config: { country_picker: true } }),
      button("NEXT_BUTTON", "next"),
    ),
    step(
      "company",
      "save",
      field("company_name", "TEXT", { required: true }),
      field("company_size", "DROPDOWN", { required: true, config: { options: options("1", "2-5") } }),
      button("NEXT_BUTTON", "next2"),
    ),
    flowNode("save", SAVE, "$ending"),
  ],
};

describe("the form of the article", () => {
  test("asks at the first login for the profile, at the second for the company, at the third for nothing", async () => {
    const tenant = new Tenant(ARTICLE);

    const first = await tenant.start();
    expect(first.position).toEqual({ at: "step", id: "profile" });
    const answered = await tenant.submit(first, "profile", {
      "field.job_title": "CTO",
      "field.phone_number": "090-1234-5678",
      "field.phone_number.country": "JP",
      action: "next",
    });
    expect(answered.position).toEqual({ at: "ended", resumes: true });
    expect(tenant.metadata).toEqual({ job_title: "CTO", phone_number: "+819012345678" });

    const second = await tenant.start();
    expect(second.position).toEqual({ at: "step", id: "company" });
    const complete = await tenant.submit(second, "company", {
      "field.company_name": "Travel0",
      "field.company_size": "2-5",
    });
    expect(complete.position).toEqual({ at: "ended", resumes: true });
    expect(tenant.requests[1]).toEqual({ user_metadata: { company_name: "Travel0", company_size: "2-5" } });

    const third = await tenant.start();
    expect(third.position).toEqual({ at: "ended", resumes: true });
    expect(tenant.metadata).toEqual({
      job_title: "CTO",
      phone_number: "+819012345678",
      company_name: "Travel0",
      company_size: "2-5",
    });
    expect(tenant.requests).toHaveLength(2);
    expect(tenant.recorded("forms_submission_succeeded")).toHaveLength(3);
    expect(tenant.recorded("flows_execution_completed")).toHaveLength(2);
  });

  test("asks again for what was deleted from the metadata", async () => {
    const tenant = new Tenant(ARTICLE);
    tenant.metadata = { company_name: "Travel0" };

    expect((await tenant.start()).position).toEqual({ at: "step", id: "profile" });
  });

  test("writes no key for the phone number that was left out", async () => {
    const tenant = new Tenant(ARTICLE);
    await tenant.submit(await tenant.start(), "profile", {
      "field.job_title": "CTO",
      "field.phone_number": "",
      "field.phone_number.country": "JP",
    });

    expect(tenant.requests).toEqual([{ user_metadata: { job_title: "CTO" } }]);
  });

  test("gives the Action what was answered", async () => {
    const tenant = new Tenant(ARTICLE);
    const ended = await tenant.submit(await tenant.start({ vars: { crm: 7 } }), "profile", {
      "field.job_title": "CTO",
    });

    expect(promptOf(tenant.form(FORM_ID), ended)).toEqual({
      id: FORM_ID,
      fields: { job_title: "CTO" },
      vars: { crm: 7 },
    });
  });
});

describe("a step with wrong answers", () => {
  test("stays, says what is wrong, keeps what was typed and runs nothing", async () => {
    const tenant = new Tenant(ARTICLE);
    const wrong = await tenant.submit(await tenant.start(), "profile", {
      "field.job_title": " ",
      "field.phone_number": "12",
      "field.phone_number.country": "JP",
    });

    expect(wrong.position).toEqual({ at: "step", id: "profile" });
    expect(wrong.error).toEqual({
      said: { key: "ERR_INVALID_INPUT" },
      problems: { job_title: { key: "ERR_REQUIRED_PROPERTY" }, phone_number: { key: "ERR_PHONE_EXPECTED" } },
    });
    expect(wrong.entered.phone_number).toEqual({ "": ["12"], country: ["JP"] });
    expect(wrong.fields).toEqual({});
    expect(tenant.requests).toEqual([]);

    const right = await tenant.submit(wrong, "profile", { "field.job_title": "CTO" });
    expect(right).toMatchObject({ position: { at: "ended" }, entered: {}, fields: { job_title: "CTO" } });
    expect(right.error).toBeUndefined();
  });

  test("does not keep a password that was typed", async () => {
    const passwords = step("one", "$ending", field("pass", "PASSWORD"), field("name", "TEXT", { required: true }));
    const tenant = new Tenant({ start: { next_node: "one" }, nodes: [passwords] });
    const wrong = await tenant.submit(await tenant.start(), "one", { "field.pass": "hunter2", "field.name": "" });

    expect(wrong.error?.problems).toEqual({ name: { key: "ERR_REQUIRED_PROPERTY" } });
    expect(JSON.stringify(wrong)).not.toContain("hunter2");

    const back = await tenant.submit(wrong, "one", { "field.pass": "hunter2", "field.name": "", action: "previous" });
    expect(JSON.stringify(back)).not.toContain("hunter2");

    const ended = await tenant.submit(wrong, "one", { "field.pass": "hunter2", "field.name": "Ana" });
    expect(promptOf(tenant.form(FORM_ID), ended).fields).toEqual({ pass: "███", name: "Ana" });
  });

  test("takes no answer for a field that it does not have", async () => {
    const tenant = new Tenant(ARTICLE);
    const ended = await tenant.submit(await tenant.start(), "profile", {
      "field.job_title": "CTO",
      "field.company_name": "Evil",
      company_name: "Evil",
    });

    expect(ended.fields).toEqual({ job_title: "CTO" });
  });
});

describe("a flow that fails", () => {
  test("is told of on the step, with the cause, and no answer is lost", async () => {
    const tenant = new Tenant(ARTICLE);
    tenant.refusal = { status: 403, body: { message: "Insufficient scope, expected any of: update:users" } };
    const failed = await tenant.submit(await tenant.start(), "profile", { "field.job_title": "CTO" });

    expect(failed.position).toEqual({ at: "step", id: "profile" });
    expect(failed.fields).toEqual({ job_title: "CTO" });
    expect(failed.error).toMatchObject({
      said: { key: "ERR_GENERIC_ERROR" },
      cause: expect.stringMatching(/^form "Profile" .*UPDATE_USER.*expected any of: update:users$/),
      execution: { flowId: SAVE, id: expect.any(String) },
    });
    expect(tenant.records.map(({ type }) => type)).toEqual(["flows_execution_failed", "forms_submission_failed"]);

    tenant.refusal = undefined;
    const saved = await tenant.submit(failed, "profile", { "field.job_title": "CTO" });
    expect(saved.position).toEqual({ at: "ended", resumes: true });
    expect(tenant.metadata).toEqual({ job_title: "CTO" });
  });

  test("says to the person what it has put for them, in their language", async () => {
    const tenant = new Tenant({
      ...ARTICLE,
      messages: { custom: { no: "Not today." } },
      translations: { ja: { messages: { custom: { no: "本日は受け付けていません。" } } } },
    });
    const params = { message: "{{t('no')}}" };
    tenant.flows.set(SAVE, [{ id: "stop", type: "FLOW", action: "ERROR_MESSAGE", params }]);
    const failed = await tenant.submit(await tenant.start({ locales: ["ja-JP"] }), "profile", {
      "field.job_title": "CTO",
    });

    expect(failed.error).toEqual({ said: { text: "本日は受け付けていません。" } });
    expect(failed.position).toEqual({ at: "step", id: "profile" });
  });

  test("keeps the vars that it had stored", async () => {
    const tenant = new Tenant(ARTICLE);
    tenant.flows.set(SAVE, [
      {
        id: "count",
        type: "FLOW",
        action: "STORE_VARS",
        params: { vars: { tries: "{{functions.merge(vars.tries ?? '', 'x')}}" } },
      },
      { id: "stop", type: "FLOW", action: "ERROR_MESSAGE", params: { message: "Again." } },
    ]);
    const once = await tenant.submit(await tenant.start(), "profile", { "field.job_title": "CTO" });
    const twice = await tenant.submit(once, "profile", { "field.job_title": "CTO" });

    expect(twice.vars).toEqual({ tries: "xx" });
  });

  test("fails the journey where no step was shown yet", async () => {
    const tenant = new Tenant({ start: { next_node: "save" }, nodes: [flowNode("save", "af_none", "$ending")] });
    const failed = await tenant.start();

    expect(failed.position).toEqual({
      at: "failed",
      message: `form "Profile" (${FORM_ID}): flow "save" runs flow "af_none", which does not exist`,
    });
    expect(tenant.recorded("forms_submission_failed")).toHaveLength(1);
  });

  test("behind the ending is told of on the last step", async () => {
    const tenant = new Tenant({ ...ARTICLE, ending: { resume_flow: true, after_submit: { flow_id: "af_after" } } });
    const params = { message: "Later." };
    tenant.flows.set("af_after", [{ id: "stop", type: "FLOW", action: "ERROR_MESSAGE", params }]);
    const failed = await tenant.submit(await tenant.start(), "profile", { "field.job_title": "CTO" });

    expect(failed).toMatchObject({ position: { at: "step", id: "profile" }, error: { said: { text: "Later." } } });
  });
});

/** Three steps in a row, each with a text field of its name. */
const THREE: Partial<Form> = {
  start: { next_node: "one" },
  nodes: [
    step("one", "two", field("a", "TEXT", { required: true }), button("JUMP_BUTTON", "skip", { next_node: "three" })),
    step("two", "three", field("b"), button("PREVIOUS_BUTTON", "back")),
    step("three", "$ending", field("c"), button("PREVIOUS_BUTTON", "back3")),
  ],
};

describe("the way through several steps", () => {
  test("goes on, back and on again, with what was typed", async () => {
    const tenant = new Tenant(THREE);
    const two = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });
    expect(two).toMatchObject({ position: { at: "step", id: "two" }, history: ["one"], fields: { a: "A" } });

    const back = await tenant.submit(two, "two", { "field.b": "half", action: "previous" });
    expect(back).toMatchObject({ position: { at: "step", id: "one" }, history: [], entered: { b: { "": ["half"] } } });
    expect(back.fields).toEqual({ a: "A" });

    const again = await tenant.submit(back, "one", { "field.a": "" });
    expect(again.error?.problems).toEqual({ a: { key: "ERR_REQUIRED_PROPERTY" } });

    const three = await tenant.submit(await tenant.submit(again, "one", { "field.a": "A2" }), "two", {
      "field.b": "B",
    });
    expect(three).toMatchObject({ position: { at: "step", id: "three" }, history: ["one", "two"] });
    const ended = await tenant.submit(three, "three", { "field.c": "" });
    expect(ended).toMatchObject({ position: { at: "ended" }, fields: { a: "A2", b: "B" } });
  });

  test("stays on the first step when it is asked to go back", async () => {
    const tenant = new Tenant(THREE);
    const one = await tenant.start();

    const same = await tenant.submit(one, "one", { action: "previous" });
    expect(same.position).toEqual({ at: "step", id: "one" });
  });

  test("comes back to a step by another way, and stands there once", async () => {
    const again = step("two", "one", field("b"));
    const tenant = new Tenant({ start: { next_node: "one" }, nodes: [step("one", "two", field("a")), again] });
    const two = await tenant.submit(await tenant.start(), "one");
    const one = await tenant.submit(two, "two");

    expect(one).toMatchObject({ position: { at: "step", id: "one" }, history: [] });
  });

  test("jumps without a check and without the answers", async () => {
    const tenant = new Tenant(THREE);
    const jumped = await tenant.submit(await tenant.start(), "one", { "field.a": "A", action: "jump:skip" });

    expect(jumped).toMatchObject({ position: { at: "step", id: "three" }, history: ["one"], fields: {}, entered: {} });
  });

  test("does not jump from a button that is not in the step", async () => {
    const tenant = new Tenant(THREE);
    const two = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });
    const same = await tenant.submit(two, "two", { action: "jump:skip" });

    expect(same).toMatchObject({ position: { at: "step", id: "two" }, error: { said: { key: "ERR_GENERIC_ERROR" } } });
  });

  test("removes an answer that was emptied", async () => {
    const tenant = new Tenant(THREE);
    const two = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });
    const three = await tenant.submit(two, "two", { "field.b": "B" });
    const back = await tenant.submit(three, "three", { action: "previous" });
    const emptied = await tenant.submit(back, "two", { "field.b": "" });

    expect(emptied.fields).toEqual({ a: "A" });
  });
});

describe("two tabs and the browser's back button", () => {
  test("a step that was left behind is answered again, and the way goes on from there", async () => {
    const tenant = new Tenant(THREE);
    const two = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });
    const three = await tenant.submit(two, "two", { "field.b": "B" });
    const again = await tenant.submit(three, "one", { "field.a": "A2" });

    expect(again).toMatchObject({ position: { at: "step", id: "two" }, history: ["one"], fields: { a: "A2", b: "B" } });
  });

  test("a step that was not reached yet can not be answered", async () => {
    const tenant = new Tenant(THREE);
    const one = await tenant.start();
    const same = await tenant.submit(one, "three", { "field.c": "C" });

    expect(same).toEqual({ ...one, error: { said: { key: "out_of_date" } } });
  });

  test("what has ended stays as it is", async () => {
    const tenant = new Tenant(ARTICLE);
    const ended = await tenant.submit(await tenant.start(), "profile", { "field.job_title": "CTO" });

    expect(await tenant.submit(ended, "profile", { "field.job_title": "Thief" })).toEqual(ended);
    expect(await resumeJourney(tenant, ended)).toEqual(ended);
    expect(tenant.metadata).toEqual({ job_title: "CTO" });
  });
});

describe("a form that changes under a journey", () => {
  const LATER = "2026-01-01T00:05:00.000Z";

  test("is gone: the journey fails and says so", async () => {
    const tenant = new Tenant(THREE);
    const one = await tenant.start();
    tenant.publish(undefined, LATER);
    const position = { at: "failed", message: `form "${FORM_ID}" does not exist` };

    expect((await tenant.submit(one, "one", { "field.a": "A" })).position).toEqual(position);
    expect((await resumeJourney(tenant, one)).position).toEqual(position);
  });

  test("has the step no more: it begins again with the answers, and says why", async () => {
    const tenant = new Tenant(THREE);
    const two = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });
    tenant.publish({ start: { next_node: "new" }, nodes: [step("new", "$ending", field("a"), field("d"))] }, LATER);
    const expected = {
      position: { at: "step", id: "new" },
      history: [],
      fields: { a: "A" },
      formVersion: LATER,
      error: { said: { key: "form_changed" } },
    };

    expect(await resumeJourney(tenant, two)).toMatchObject(expected);
    expect(await tenant.submit(two, "two", { "field.b": "B" })).toMatchObject(expected);
  });

  test("has an expression in the step that can not be read: the journey fails and says where", async () => {
    const tenant = new Tenant(THREE);
    const one = await tenant.start();
    tenant.publish(
      { start: { next_node: "one" }, nodes: [step("one", "$ending", field("a", "TEXT", { hint: "{{a b}}" }))] },
      LATER,
    );

    expect((await resumeJourney(tenant, one)).position).toEqual({
      at: "failed",
      message: `form "Profile" (${FORM_ID}): in "{{a b}}": expected "}}" before "b}}"`,
    });
  });

  test("can not be read when a step is answered: what was typed is kept, but for a password", async () => {
    const fields = (hint: string) => [field("a", "TEXT", { hint }), field("secret", "PASSWORD")];
    const form = (hint: string) => ({
      start: { next_node: "one" },
      nodes: [step("one", "$ending", ...fields(hint))],
    });
    const tenant = new Tenant(form("a hint"));
    const one = await tenant.start();
    tenant.publish(form("{{a b}}"), LATER);
    const failed = await tenant.submit(one, "one", { "field.a": "A", "field.secret": "hunter2" });
    expect(failed.error?.cause).toContain('in "{{a b}}"');

    tenant.publish(form("a better hint"), LATER);
    const mended = await resumeJourney(tenant, failed);
    expect(mended).toMatchObject({ position: { at: "step", id: "one" }, entered: { a: { "": ["A"] } } });
    expect(JSON.stringify(mended)).not.toContain("hunter2");
  });

  test("has a new required field in the step: it is asked for, and says why", async () => {
    const tenant = new Tenant(THREE);
    const one = await tenant.start();
    const nodes = [step("one", "$ending", field("a"), field("d", "TEXT", { required: true }))];
    tenant.publish({ start: { next_node: "one" }, nodes }, LATER);
    const asked = await tenant.submit(one, "one", { "field.a": "A" });

    expect(asked.error).toEqual({ said: { key: "form_changed" }, problems: { d: { key: "ERR_REQUIRED_PROPERTY" } } });
    const ended = await tenant.submit(asked, "one", { "field.a": "A", "field.d": "D" });
    expect(ended).toMatchObject({ position: { at: "ended" }, fields: { a: "A", d: "D" } });
  });
});

test("an expression that is nested too deep is told of on the step, with every answer", async () => {
  const hint = `{{${"(".repeat(20_000)}1${")".repeat(20_000)}}}`;
  const nodes = [step("one", "two", field("a")), step("two", "$ending", field("b", "TEXT", { hint }))];
  const tenant = new Tenant({ start: { next_node: "one" }, nodes });
  const failed = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });

  expect(failed).toMatchObject({ position: { at: "step", id: "one" }, fields: { a: "A" } });
  expect(failed.error?.cause).toMatch(/in "\{\{\(+…": Maximum call stack size exceeded$/);
});

describe("fails loudly, without losing an answer, when a form", () => {
  const goesRound: FormNode = {
    id: "router",
    type: "ROUTER",
    config: { rules: [missing("never", "save")], fallback: "$ending" },
  };
  test.each<[string, FormNode[], string, number]>([
    ["leads nowhere", [], 'step "one" leads to "router", which is not there', 0],
    [
      "has a router without a way on",
      [{ id: "router", type: "ROUTER", config: {} }],
      'router "router" leads nowhere',
      0,
    ],
    [
      "has a rule that can not be evaluated",
      [
        {
          id: "router",
          type: "ROUTER",
          alias: "Check",
          config: { rules: [{ id: "r1", alias: "Is pro", condition: { operator: "MATCHES", operands: [] } }] },
        },
      ],
      'router "Check", rule "Is pro": unknown operator "MATCHES"; known are AND, OR,',
      0,
    ],
    [
      "goes round in circles",
      [goesRound, flowNode("save", SAVE, "router")],
      "goes round in circles without a step, through router, save",
      25,
    ],
    [
      "has an expression that can not be read",
      [step("router", "$ending", field("x", "TEXT", { label: "{{ a b }}" }))],
      'in "{{ a b }}": expected "}}" before "b }}"',
      0,
    ],
  ])("%s", async (_, nodes, cause, requests) => {
    const form = { start: { next_node: "one" }, nodes: [step("one", "router", field("a")), ...nodes] };
    const tenant = new Tenant(form);
    const failed = await tenant.submit(await tenant.start(), "one", { "field.a": "A" });

    expect(failed).toMatchObject({ position: { at: "step", id: "one" }, fields: { a: "A" } });
    expect(failed.error?.cause).toContain(`form "Profile" (${FORM_ID}): ${cause}`);
    expect(failed.error?.said).toEqual({ key: "ERR_GENERIC_ERROR" });
    expect(tenant.requests).toHaveLength(requests);
    expect(tenant.recorded("forms_submission_failed")).toHaveLength(1);
  });

  test("has no beginning, or does not exist: there is no step to say it on", async () => {
    const tenant = new Tenant({ nodes: [] });

    expect((await tenant.start()).position).toEqual({
      at: "failed",
      message: `form "Profile" (${FORM_ID}): its start leads nowhere`,
    });
    expect((await tenant.start({ formId: "ap_none" })).position).toEqual({
      at: "failed",
      message: 'form "ap_none" does not exist',
    });
  });

  test("reports an error of the tenant itself as one", async () => {
    const tenant = new Tenant(ARTICLE);
    const broken = { ...tenant, form: tenant.form, context: () => Promise.reject(new Error("the store is closed")) };

    await expect(startJourney(broken, { formId: FORM_ID })).rejects.toThrow("the store is closed");
  });
});

test("a router behind a flow sees what the flow wrote", async () => {
  const rules = [missing("job_title", "profile")];
  const router: FormNode = { id: "router", type: "ROUTER", config: { rules, fallback: "thanks" } };
  const profile = step("profile", "save", field("job_title", "TEXT", { required: true }));
  const nodes = [router, profile, flowNode("save", SAVE, "router"), step("thanks", "$ending")];
  const tenant = new Tenant({ start: { next_node: "router" }, nodes });
  const thanks = await tenant.submit(await tenant.start(), "profile", { "field.job_title": "CTO" });

  expect(thanks.position).toEqual({ at: "step", id: "thanks" });
  expect(tenant.requests).toHaveLength(1);
});

describe("the fields at the start", () => {
  const form: Partial<Form> = {
    ...THREE,
    start: {
      hidden_fields: [{ key: "state" }, { key: "source", value: "app-{{context.user.name}}" }, { key: "empty" }],
      next_node: "one",
    },
  };

  test("are the hidden ones, and what render fills in", async () => {
    const tenant = new Tenant(form);
    const journey = await tenant.start({ fields: { a: "Jane", empty: 1 } });

    expect(journey.fields).toEqual({ state: "hKFo2SBI", source: "app-Ana", a: "Jane", empty: 1 });
    expect(tenant.records).toEqual([]);
  });

  test("see empty metadata of a user who has none", async () => {
    const value = "{{functions.length(context.user.user_metadata)}}";
    const tenant = new Tenant({ ...THREE, start: { hidden_fields: [{ key: "count", value }], next_node: "one" } });
    const withoutMetadata = { ...tenant, form: tenant.form, context: () => ({ user: { user_id: "auth0|1" } }) };

    expect((await startJourney(withoutMetadata, { formId: FORM_ID })).fields).toEqual({ count: 0 });
  });

  test("are none that the form does not have, and that is recorded", async () => {
    const tenant = new Tenant(form);
    const journey = await tenant.start({ fields: { first_name: "Jane" } });

    expect(journey.fields).not.toHaveProperty("first_name");
    expect(tenant.recorded("forms_warning")).toMatchObject([
      { error: "render fills first_name, which the form does not have" },
    ]);
  });
});

describe("the ending", () => {
  const nodes = [step("one", "$ending", field("a"))];

  test("does not go on with the login where it does not say so", async () => {
    const tenant = new Tenant({ start: { next_node: "one" }, nodes, ending: {} });
    const ended = await tenant.submit(await tenant.start(), "one");

    expect(ended.position).toEqual({ at: "ended", resumes: false });
  });

  test("leads to another page", async () => {
    const redirection = { target: "https://example.com/{{fields.a}}", delay: 3 };
    const tenant = new Tenant({ start: { next_node: "one" }, nodes, ending: { redirection } });
    const ended = await tenant.submit(await tenant.start(), "one", { "field.a": "x" });

    expect(ended.position).toEqual({
      at: "ended",
      resumes: false,
      redirection: { target: "https://example.com/x", delay: 3 },
    });
  });

  test("fails when that page is a script", async () => {
    const tenant = new Tenant({
      start: { next_node: "one" },
      nodes,
      ending: { redirection: { target: "{{fields.a}}" } },
    });
    const failed = await tenant.submit(await tenant.start(), "one", { "field.a": "javascript:alert(1)" });

    expect(failed.error?.cause).toContain('its ending leads to "javascript:alert(1)", which is no web address');
  });

  test("fails on the step when that page has no host, and goes on once it has one", async () => {
    const redirection = { target: "https://{{fields.a}}" };
    const tenant = new Tenant({ start: { next_node: "one" }, nodes, ending: { redirection } });
    const failed = await tenant.submit(await tenant.start(), "one");

    expect(failed.position).toEqual({ at: "step", id: "one" });
    expect(failed.error?.cause).toContain('its ending leads to "https://", which is no web address');
    const ended = await tenant.submit(failed, "one", { "field.a": "example.com" });
    expect(ended.position).toMatchObject({ at: "ended", redirection: { target: "https://example.com" } });
  });
});

describe("a button that sends again", () => {
  test("counts its uses whatever it is called", async () => {
    const again = button("RESEND_BUTTON", "constructor", { flow_id: SAVE, waiting_time: 30 });
    const tenant = new Tenant({ start: { next_node: "one" }, nodes: [step("one", "$ending", again)] });
    const pressed = await tenant.submit(await tenant.start(), "one", { action: "resend:constructor" });

    expect(pressed.resends).toEqual({ constructor: { count: 1, at: NOW } });
    expect(tenant.requests).toHaveLength(1);
  });

  const resend = button("RESEND_BUTTON", "again", {
    active_text: "No code?",
    button_text: "Send again",
    waiting_text: "{{remaining_seconds}} s",
    flow_id: SAVE,
    max_attempts: 2,
    waiting_time: 30,
  });
  const form = { start: { next_node: "one" }, nodes: [step("one", "$ending", field("a"), resend)] };

  test("runs its flow, keeps what was typed, and not before its time or more often than it may", async () => {
    const tenant = new Tenant(form);
    const press = (journey: Journey) => tenant.submit(journey, "one", { "field.a": "half", action: "resend:again" });
    const once = await press(await tenant.start());
    expect(once).toMatchObject({ position: { at: "step", id: "one" }, entered: { a: { "": ["half"] } } });
    expect(tenant.requests).toHaveLength(1);

    tenant.now = new Date(Date.parse(NOW) + 29_000);
    const early = await press(once);
    expect(tenant.requests).toHaveLength(1);

    tenant.now = new Date(Date.parse(NOW) + 30_000);
    const twice = await press(early);
    expect(tenant.requests).toHaveLength(2);

    tenant.now = new Date(Date.parse(NOW) + 90_000);
    await press(twice);
    expect(tenant.requests).toHaveLength(2);
  });
});
