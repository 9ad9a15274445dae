import type { FormNode } from "auth0-forms";
import { resumeJourney, startJourney } from "../../../tenant/forms/entrances";
import { ARTICLE, FORM_ID, field, flowNode, missing, SAVE, step, Tenant, THREE } from "../../support/journey-tenant";

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
      message: `form "Profile" (${FORM_ID}): step "one", TEXT "a": in "{{a b}}": expected "}}" before "b}}"`,
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
      'step "router", TEXT "x": in "{{ a b }}": expected "}}" before "b }}"',
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
