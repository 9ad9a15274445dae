import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  await tenant.stop();
});

const FLOWS = "/api/v2/flows";
const CONNECTION_ID = "ac_driHxZHbTWt3zCyXRqsDFo";

const UPDATE_USER = {
  id: "updateUser_j0M1",
  type: "AUTH0",
  action: "UPDATE_USER",
  allow_failure: false,
  mask_output: false,
  params: {
    connection_id: CONNECTION_ID,
    user_id: "{{context.user.user_id}}",
    changes: { user_metadata: { job_title: "{{fields.job_title}}" } },
  },
};

/** A condition that runs the given actions. */
function condition(then: object[]): object {
  return {
    id: "condition",
    type: "FLOW",
    action: "BOOLEAN_CONDITION",
    params: { if: { operator: "AND" }, then, else: [] },
  };
}

describe("a flow", () => {
  test("comes back exactly as it was sent", async () => {
    const actions = [
      UPDATE_USER,
      condition([{ id: "stop", type: "FLOW", action: "ERROR_MESSAGE", params: { message: "No" } }]),
    ];

    const created = await tenant.request("POST", FLOWS, { name: "Update user_metadata", actions });
    const read = await tenant.request("GET", `${FLOWS}/${created.body.id}`);

    expect(created.status).toBe(201);
    expect(created.body.id).toMatch(/^af_[0-9A-Za-z]{22}$/);
    expect(read).toMatchObject({ status: 200, body: created.body });
    expect(Object.keys(read.body)).toEqual(["id", "name", "actions", "created_at", "updated_at"]);
    expect(JSON.stringify(read.body.actions)).toBe(JSON.stringify(actions));
  });

  test("without actions does not show any", async () => {
    const { body: flow } = await tenant.request("POST", FLOWS, { name: "Empty", actions: [] });

    expect(Object.keys(flow)).toEqual(["id", "name", "created_at", "updated_at"]);
  });

  test("changes in what an update names", async () => {
    const { body: flow } = await tenant.request("POST", FLOWS, { name: "Before", actions: [UPDATE_USER] });

    const renamed = await tenant.request("PATCH", `${FLOWS}/${flow.id}`, { name: "After" });
    const emptied = await tenant.request("PATCH", `${FLOWS}/${flow.id}`, { actions: null });

    expect(renamed.body).toEqual({ ...flow, name: "After", updated_at: expect.any(String) });
    expect(emptied.body).toEqual({ ...flow, name: "After", actions: undefined, updated_at: expect.any(String) });
  });

  test("is gone once it was deleted", async () => {
    const { body: flow } = await tenant.request("POST", FLOWS, { name: "Short-lived" });

    expect(await tenant.request("DELETE", `${FLOWS}/${flow.id}`)).toMatchObject({ status: 204 });

    const missing = { status: 404, body: { statusCode: 404, error: "Not Found", message: "Flow not found" } };
    expect(await tenant.request("GET", `${FLOWS}/${flow.id}`)).toMatchObject(missing);
    expect(await tenant.request("PATCH", `${FLOWS}/${flow.id}`, { name: "x" })).toMatchObject(missing);
    expect(await tenant.request("DELETE", `${FLOWS}/${flow.id}`)).toMatchObject(missing);
    expect(await tenant.request("GET", `${FLOWS}/${flow.id}/executions`)).toMatchObject(missing);
  });

  test("is listed without its actions, and with the count of its forms where that is asked for", async () => {
    const { body: flow } = await tenant.request("POST", FLOWS, { name: "Used", actions: [UPDATE_USER] });
    const nodes = [{ id: "save", type: "FLOW", config: { flow_id: flow.id } }];
    await tenant.request("POST", "/api/v2/forms", { name: "User of the flow", nodes });

    const { body: list } = await tenant.request("GET", `${FLOWS}?hydrate=form_count&include_totals=true`);

    const { actions, ...summary } = flow;
    expect(list).toMatchObject({ start: 0, limit: 50, total: list.flows.length });
    expect(list.flows).toContainEqual({ ...summary, form_count: 1 });
    expect((await tenant.request("GET", FLOWS)).body).toContainEqual(summary);
    expect((await tenant.request("GET", `${FLOWS}?synchronous=false`)).body).toEqual([]);
  });

  test("has no executions before it ran", async () => {
    const { body: flow } = await tenant.request("POST", FLOWS, { name: "Never run" });
    const executions = `${FLOWS}/${flow.id}/executions`;

    expect((await tenant.request("GET", executions)).body).toEqual([]);
    expect((await tenant.request("GET", `${executions}?include_totals=true`)).body).toEqual({
      start: 0,
      limit: 50,
      total: 0,
      executions: [],
    });
    expect((await tenant.request("GET", `${executions}?take=10`)).body).toEqual({ executions: [] });
    expect((await tenant.request("GET", `${executions}/ex_1`)).status).toBe(404);
    expect((await tenant.request("DELETE", `${executions}/ex_1`)).status).toBe(404);
  });
});

describe("of the actions of a flow", () => {
  test.each<[string, string, object]>([
    ["ACTIVECAMPAIGN", "UPSERT_CONTACT", { connection_id: CONNECTION_ID, email: "{{fields.email}}" }],
    ["AIRTABLE", "LIST_RECORDS", { connection_id: CONNECTION_ID, base_id: "b", table_name: "t" }],
    ["AUTH0", "SEND_EMAIL", { to: "{{context.user.email}}", subject: "Hello", body: "You" }],
    ["AUTH0", "SEND_REQUEST", { connection_id: CONNECTION_ID, pathname: "/users", params: { page: 1, q: null } }],
    ["BIGQUERY", "INSERT_ROWS", { connection_id: CONNECTION_ID, dataset_id: "d", table_id: "t" }],
    ["EMAIL", "VERIFY_EMAIL", { email: "a", rules: { blocklist: ["b"] } }],
    ["FLOW", "DELAY_FLOW", { number: "{{vars.wait}}", units: "DAYS" }],
    ["FLOW", "MAP_VALUE", { input: 1, cases: { one: 1 }, fallback: null }],
    [
      "GOOGLE_SHEETS",
      "ADD_ROW",
      { connection_id: CONNECTION_ID, spreadsheet_id: "s", sheet_id: 0, values: ["a", null] },
    ],
    ["HTTP", "SEND_REQUEST", { url: "https://example.com", payload: [1], basic: { username: "u" } }],
    ["HUBSPOT", "ENROLL_CONTACT", { connection_id: CONNECTION_ID, email: "a", workflow_id: 7 }],
    ["JSON", "PARSE_JSON", { json: "{}" }],
    ["JWT", "VERIFY_JWT", { connection_id: CONNECTION_ID, token: "t" }],
    ["MAILJET", "SEND_EMAIL", { template_id: 1, variables: {} }],
    ["OTP", "VERIFY_CODE", { reference: "r", code: 123456 }],
    ["SENDGRID", "SEND_EMAIL", { connection_id: CONNECTION_ID, from: { email: "a" }, personalizations: [{}] }],
    ["SLACK", "POST_MESSAGE", { connection_id: CONNECTION_ID, attachments: [{ color: "GOOD" }] }],
    ["STRIPE", "UPDATE_CUSTOMER", { connection_id: CONNECTION_ID, id: "c", metadata: { a: "b" } }],
    [
      "WHATSAPP",
      "SEND_MESSAGE",
      { connection_id: CONNECTION_ID, sender_id: "s", recipient_number: "1", type: "TEXT", payload: {} },
    ],
    ["ZAPIER", "TRIGGER_WEBHOOK", { connection_id: CONNECTION_ID, method: "PUT", extra: true }],
  ])("%s %s is taken", async (type, action, params) => {
    const actions = [{ id: "action", type, action, params }];

    const { status, body } = await tenant.request("POST", FLOWS, { name: `${type} ${action}`, actions });

    expect({ status, ...body }).toMatchObject({ status: 201, actions });
  });

  test("DO_NOTHING needs no params", async () => {
    const actions = [{ id: "nothing", type: "FLOW", action: "DO_NOTHING" }];

    expect(await tenant.request("POST", FLOWS, { name: "Nothing", actions })).toMatchObject({ status: 201 });
  });

  test.each<[string, object, string]>([
    ["an unknown type", { ...UPDATE_USER, type: "AUTH1" }, "'No enum match for: AUTH1' on property actions[0].type."],
    [
      "an action of another type",
      { ...UPDATE_USER, action: "PARSE_JSON" },
      "'No enum match for: PARSE_JSON' on property actions[0].action.",
    ],
    [
      "UPDATE_USER with a body instead of changes",
      { ...UPDATE_USER, params: { connection_id: CONNECTION_ID, user_id: "u", body: {} } },
      "'Missing required property: changes' on property actions[0].params.",
    ],
    [
      "a connection that is none",
      { ...UPDATE_USER, params: { ...UPDATE_USER.params, connection_id: "#CONN-1#" } },
      "'String does not match pattern ^ac_[A-Za-z0-9]{22}$: #CONN-1#' on property actions[0].params.connection_id.",
    ],
    [
      "a key of its own",
      { ...UPDATE_USER, name: "x" },
      "'Additional properties not allowed: name' on property actions[0].",
    ],
    [
      "a wrong action within a condition",
      condition([{ id: "a", type: "FLOW", action: "ERROR_MESSAGE", params: {} }]),
      "'Missing required property: message' on property actions[0].params.then[0].params.",
    ],
  ])("%s is refused", async (_reason, action, message) => {
    const { status, body } = await tenant.request("POST", FLOWS, { name: "Refused", actions: [action] });

    expect(status).toBe(400);
    expect(body).toMatchObject({ message: `Payload validation error: ${message}`, errorCode: "invalid_body" });
  });
});
