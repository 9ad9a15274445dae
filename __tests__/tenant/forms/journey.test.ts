import type { FormNode } from "auth0-forms";
import type { Form } from "../../../tenant/documents/form";
import { promptOf, resumeJourney, startJourney } from "../../../tenant/forms/entrances";
import type { Journey } from "../../../tenant/forms/journey";
import {
  ARTICLE,
  button,
  FORM_ID,
  field,
  flowNode,
  missing,
  NOW,
  SAVE,
  step,
  Tenant,
  THREE,
} from "../../support/journey-tenant";

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
