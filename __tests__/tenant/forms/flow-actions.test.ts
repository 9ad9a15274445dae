import type { FlowAction } from "auth0-forms";
import type { Json } from "../../../tenant/documents/json";
import { action, CONNECTION, FLOW_ID, ran, updateUser } from "../../support/flow-run";
import { NOW } from "../../support/run-actions";

function condition(
  test: Json,
  actions: { readonly yes?: readonly FlowAction[]; readonly no?: readonly FlowAction[] },
): FlowAction {
  // An object with a `then` of its own is taken for a promise.
  const branches = [
    ["then", actions.yes ?? []],
    ["else", actions.no ?? []],
  ];
  return action("FLOW", "BOOLEAN_CONDITION", { if: test, ...Object.fromEntries(branches) });
}

describe("AUTH0/UPDATE_USER", () => {
  test("patches the user through the Vault connection, without what was not answered", async () => {
    const { requests, execution, error } = await ran(
      [updateUser({ user_metadata: { job_title: "{{fields.job_title}}", company_name: "{{fields.company_name}}" } })],
      { fields: { job_title: "CTO" } },
    );

    expect(requests).toEqual([
      [CONNECTION, "PATCH", "/api/v2/users/auth0%7C1", { user_metadata: { job_title: "CTO" } }],
    ]);
    expect(error).toBeUndefined();
    expect(execution).toMatchObject({ flow_id: FLOW_ID, journey_id: "j1", status: "COMPLETED", started_at: NOW });
  });

  test("fails with the answer of the API, and what comes behind it is not run", async () => {
    const { error, executed, execution, requests } = await ran([updateUser({ blocked: false }), updateUser({})], {
      answer: { status: 403, body: { statusCode: 403, message: "Insufficient scope, expected any of: update:users" } },
    });

    expect(error).toBe(
      `flow "Save" (${FLOW_ID}), action "update_user" (AUTH0/UPDATE_USER): PATCH /api/v2/users/auth0%7C1 answered 403: Insufficient scope, expected any of: update:users`,
    );
    expect(execution.status).toBe("FAILED");
    expect(executed).toHaveLength(1);
    expect(executed[0]).toMatchObject({ status: "FAILED", input: { changes: { blocked: false } } });
    expect(requests).toHaveLength(1);
  });

  test("fails when the API can not be reached, or the connection gets no token", async () => {
    const { error } = await ran([updateUser({})], { answer: new Error("access_denied: Unauthorized") });

    expect(error).toMatch(/PATCH \/api\/v2\/users\/auth0%7C1 failed: access_denied: Unauthorized$/);
  });

  test("fails when the user's id resolves to nothing, without a request", async () => {
    const unresolved = { connection_id: CONNECTION, user_id: "{{user.user_id}}", changes: {} };
    const { error, requests } = await ran([action("AUTH0", "UPDATE_USER", unresolved)]);

    expect(error).toMatch(/params.user_id must be a string that is not empty, got undefined$/);
    expect(requests).toEqual([]);
  });

  test("asks for a user whose id ends in half an emoji, as for any other", async () => {
    const halved = { connection_id: CONNECTION, user_id: "{{functions.slice('a😀', 0, 2)}}", changes: {} };
    const { requests } = await ran([action("AUTH0", "UPDATE_USER", halved)]);

    expect(requests).toEqual([[CONNECTION, "PATCH", "/api/v2/users/a%EF%BF%BD", {}]]);
  });

  test("warns when metadata resolves to an empty object, which deletes it", async () => {
    const { requests, executed, execution } = await ran([
      updateUser({ user_metadata: { job_title: "{{fields.job_title}}" }, app_metadata: {} }),
    ]);

    expect(requests[0]?.[3]).toEqual({ user_metadata: {}, app_metadata: {} });
    expect(execution.status).toBe("COMPLETED");
    expect(executed[0]?.warning).toBe(
      "user_metadata resolved to an empty object: that deletes all that the user has there, as at Auth0",
    );
  });

  test("does not warn when something is left, or the flow itself empties it", async () => {
    const { executed } = await ran(
      [
        updateUser({ user_metadata: { job_title: "{{fields.job_title}}", company: "{{fields.company}}" } }),
        updateUser({ user_metadata: {} }),
      ],
      { fields: { company: "Example Ltd" } },
    );

    expect(executed.map(({ warning }) => warning)).toEqual([undefined, undefined]);
  });

  test("may fail where it is allowed to", async () => {
    const { error, memory, executed } = await ran(
      [
        updateUser({}, { allow_failure: true }),
        action("FLOW", "STORE_VARS", { vars: { why: "{{actions.update_user.error.message}}" } }),
      ],
      { answer: { status: 404, body: { message: "The user does not exist." } } },
    );

    expect(error).toBeUndefined();
    expect(executed.map(({ status }) => status)).toEqual(["FAILED", "COMPLETED"]);
    expect(memory.vars.why).toMatch(/answered 404: The user does not exist\.$/);
  });
});

test("GET_USER, CREATE_USER and SEND_REQUEST reach the Management API, and their outputs can be used", async () => {
  const { requests, memory } = await ran([
    action("AUTH0", "GET_USER", { connection_id: CONNECTION, user_id: "{{context.user.user_id}}" }),
    action("AUTH0", "CREATE_USER", { connection_id: CONNECTION, payload: { email: "a@b.co" } }),
    action("AUTH0", "SEND_REQUEST", {
      connection_id: CONNECTION,
      pathname: "/api/v2/users/{{functions.encodeURIComponent(actions.get_user.user_id)}}/roles",
      method: "POST",
      params: { page: 1, name: "a b" },
      payload: { roles: ["r1"] },
    }),
    action("FLOW", "STORE_VARS", {
      vars: { ok: "{{actions.send_request.success}}", id: "{{actions.send_request.body.user_id}}" },
    }),
  ]);

  expect(requests).toEqual([
    [CONNECTION, "GET", "/api/v2/users/auth0%7C1", undefined],
    [CONNECTION, "POST", "/api/v2/users", { email: "a@b.co" }],
    [CONNECTION, "POST", "/api/v2/users/auth0%7C1/roles?page=1&name=a+b", { roles: ["r1"] }],
  ]);
  expect(memory.vars).toEqual({ ok: true, id: "auth0|1" });
});

test("SEND_REQUEST tells a refusal in its output and goes on", async () => {
  const { error, memory } = await ran(
    [
      action("AUTH0", "SEND_REQUEST", { connection_id: CONNECTION, pathname: "/api/v2/roles" }),
      action("FLOW", "STORE_VARS", {
        vars: { status: "{{actions.send_request.status}}", ok: "{{actions.send_request.success}}" },
      }),
    ],
    { answer: { status: 403, body: {} } },
  );

  expect(error).toBeUndefined();
  expect(memory.vars).toEqual({ status: 403, ok: false });
});

test.each([
  ["@example.com/", "a path that starts with"],
  ["//example.com/", "a path that starts with"],
  ["https://example.com/", "a path that starts with"],
])("SEND_REQUEST fails when its path is %s, and sends no credentials anywhere", async (pathname, message) => {
  const { error, requests } = await ran([action("AUTH0", "SEND_REQUEST", { connection_id: CONNECTION, pathname })]);

  expect(error).toContain(message);
  expect(requests).toEqual([]);
});

describe("the actions of FLOW", () => {
  const isPro = { operator: "AND", operands: [{ operator: "EQ", operands: ["{{fields.plan}}", "pro"] }] };
  const branches = condition(isPro, {
    yes: [action("FLOW", "STORE_VARS", { vars: { way: "then" } })],
    no: [action("FLOW", "STORE_VARS", { vars: { way: "else" } })],
  });
  const seen = action("FLOW", "STORE_VARS", { vars: { seen: "{{actions.boolean_condition.result}}" } });

  test.each([
    ["pro", { way: "then", seen: true }],
    ["free", { way: "else", seen: false }],
  ])("BOOLEAN_CONDITION goes one of two ways: %s", async (plan, vars) => {
    const { memory, executed } = await ran([branches, seen], { fields: { plan } });

    expect(memory.vars).toEqual(vars);
    expect(executed.map(({ action }) => action)).toEqual(["BOOLEAN_CONDITION", "STORE_VARS", "STORE_VARS"]);
  });

  test("BOOLEAN_CONDITION fails when its operator is unknown, and names it", async () => {
    const unknown = action("FLOW", "BOOLEAN_CONDITION", { if: { operator: "MATCHES", operands: ["a"] } });
    const { error } = await ran([unknown]);

    expect(error).toContain(
      'action "boolean_condition" (FLOW/BOOLEAN_CONDITION): action "boolean_condition": unknown operator "MATCHES"',
    );
  });

  test("ERROR_MESSAGE ends the flow with a word to the person, which is no failure of the flow", async () => {
    const stop = action("FLOW", "ERROR_MESSAGE", { message: "{{t('taken')}} ({{fields.name}})" });
    const { message, error, execution, requests } = await ran([stop, updateUser({})], { fields: { name: "Ana" } });

    expect(message).toBe("That name is taken. (Ana)");
    expect(error).toBeUndefined();
    expect(execution.status).toBe("COMPLETED");
    expect(requests).toEqual([]);
  });

  test("ERROR_MESSAGE in a branch ends the whole flow", async () => {
    const inside = condition(isPro, { yes: [action("FLOW", "ERROR_MESSAGE", { message: "No." })] });
    const { message, requests } = await ran([inside, updateUser({})], { fields: { plan: "pro" } });

    expect(message).toBe("No.");
    expect(requests).toEqual([]);
  });

  test("MAP_VALUE looks its input up, or falls back", async () => {
    const map = (id: string, input: Json) =>
      action("FLOW", "MAP_VALUE", { input, cases: { "1": "one", a: "{{fields.plan}}" }, fallback: "none" }, { id });
    const store = action("FLOW", "STORE_VARS", {
      vars: { one: "{{actions.m1.result}}", a: "{{actions.m2.result}}", b: "{{actions.m3.result}}" },
    });
    const { memory } = await ran([map("m1", 1), map("m2", "a"), map("m3", "toString"), store], {
      fields: { plan: "pro" },
    });

    expect(memory.vars).toEqual({ one: "one", a: "pro", b: "none" });
  });

  test("RETURN_JSON ends the flow, DO_NOTHING does nothing", async () => {
    const { executed, error, message, requests } = await ran([
      action("FLOW", "DO_NOTHING"),
      action("FLOW", "RETURN_JSON", { payload: { ok: true } }),
      updateUser({}),
    ]);

    expect(executed.map(({ output }) => output)).toEqual([{}, { ok: true }]);
    expect([error, message, requests]).toEqual([undefined, undefined, []]);
  });
});

test("the actions of JSON make, read and write JSON", async () => {
  const { memory, error } = await ran(
    [
      action("JSON", "CREATE_JSON", { object: { name: "{{fields.name}}" } }),
      action("JSON", "SERIALIZE_JSON", { object: "{{actions.create_json.result}}" }),
      action("JSON", "PARSE_JSON", { json: "{{actions.serialize_json.json}}" }),
      action("FLOW", "STORE_VARS", {
        vars: { json: "{{actions.serialize_json.json}}", name: "{{actions.parse_json.object.name}}" },
      }),
      action("JSON", "PARSE_JSON", { json: "{" }),
    ],
    { fields: { name: "Ana" } },
  );

  expect(memory.vars).toEqual({ json: '{"name":"Ana"}', name: "Ana" });
  expect(error).toContain("params.json is no JSON: ");
});

describe("one-time passwords", () => {
  const generate = action("OTP", "GENERATE_CODE", { reference: "a@b.co", length: 6 });
  const store = action("FLOW", "STORE_VARS", { vars: { code: "{{actions.generate_code.code}}" } });
  const verify = (code: Json, reference = "a@b.co") => [
    action("OTP", "VERIFY_CODE", { reference, code }),
    action("FLOW", "STORE_VARS", {
      vars: { result: "{{actions.verify_code.result}}", valid: "{{actions.verify_code.valid}}" },
    }),
  ];

  test.each<[string, FlowAction[], string]>([
    ["the right code", [generate, store, ...verify("{{vars.code}}")], "VALID"],
    ["another code", [generate, ...verify("abc")], "UNEQUAL"],
    ["a code for another reference", [generate, store, ...verify("{{vars.code}}", "c@d.co")], "MISSING"],
  ])("%s", async (_, actions, result) => {
    const { memory } = await ran(actions);

    expect(memory.vars).toMatchObject({ result, valid: result === "VALID" });
  });

  test("a code of five minutes ago", async () => {
    const times = [0, 0, 5 * 60_000 + 1];
    const clock = () => new Date(Date.parse(NOW) + (times.shift() ?? 5 * 60_000 + 1));
    const { memory } = await ran([generate, store, ...verify("{{vars.code}}")], { clock });

    expect(memory.vars).toMatchObject({ result: "EXPIRED", valid: false });
  });

  test("has as many digits as it is told, and is not seen in the execution", async () => {
    const { memory, executed } = await ran([generate, store]);

    expect(memory.vars.code).toMatch(/^[0-9]{6}$/);
    expect(JSON.stringify(executed)).not.toContain(memory.vars.code);
  });
});

test.each([
  ["SLACK", "POST_MESSAGE"],
  ["JSON", "constructor"],
])("fails when an action is %s/%s, and names it", async (type, name) => {
  const { error, execution } = await ran([action(type, name)]);

  expect(error).toContain(`the local tenant does not run ${type}/${name}`);
  expect(execution.status).toBe("FAILED");
});
