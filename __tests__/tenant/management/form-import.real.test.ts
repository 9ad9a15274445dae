import { type LocalTenant, startLocalTenant } from "../../support/local-tenant";
import emailCode from "../forms/real/email-code.json";

let tenant: LocalTenant;

beforeAll(async () => {
  tenant = await startLocalTenant();
});

afterAll(async () => {
  await tenant.stop();
});

const IMPORT = "/api/v2/forms/import";
const VAULT_ID = "ac_driHxZHbTWt3zCyXRqsDFo";
const ENVELOPE = {
  version: "4.0.0",
  form: emailCode.form,
  flows: emailCode.flows,
  connections: { "#CONN-1#": { id: VAULT_ID, app_id: "AUTH0", name: "Flows" } },
};

async function counts(): Promise<readonly number[]> {
  const [forms, flows] = await Promise.all([
    tenant.request("GET", "/api/v2/forms"),
    tenant.request("GET", "/api/v2/flows"),
  ]);
  return [forms.body.length, flows.body.length];
}

test("what the dashboard exports becomes a form and its flows, with ids in place of the placeholders", async () => {
  const { status, body } = await tenant.request("POST", IMPORT, ENVELOPE);
  const { body: form } = await tenant.request("GET", `/api/v2/forms/${body.form.id}`);
  const [, verify, generate] = form.nodes;
  const { body: flow } = await tenant.request("GET", `/api/v2/flows/${verify.config.flow_id}`);

  expect(status).toBe(201);
  expect(body).toEqual({ form });
  expect(JSON.stringify(form)).not.toContain("#FLOW");
  expect(form.nodes[0].config.components[3].config.flow_id).toBe(generate.config.flow_id);
  expect(flow.name).toBe("Verify the code");
  expect(flow.actions[1].params.then[0].params.connection_id).toBe(VAULT_ID);
});

test.each<[string, object, string]>([
  ["another version", { ...ENVELOPE, version: "3.0.0" }, "on property version"],
  [
    "a form without a name",
    { ...ENVELOPE, form: { ...ENVELOPE.form, name: undefined } },
    "Missing required property: name",
  ],
  [
    "a node that leads nowhere",
    { ...ENVELOPE, form: { name: "x", start: { next_node: "gone" } } },
    "Some nodes point to unknown node IDs",
  ],
  [
    "an action that there is not",
    { ...ENVELOPE, flows: { "#FLOW-1#": { name: "x", actions: [{ id: "a", type: "NO", action: "NO" }] } } },
    "Payload validation error",
  ],
])("an envelope with %s is refused, and leaves nothing behind", async (_, envelope, said) => {
  const before = await counts();
  expect(before).toEqual([expect.any(Number), expect.any(Number)]);
  const { status, body } = await tenant.request("POST", IMPORT, envelope);

  expect([status, body.message]).toEqual([400, expect.stringContaining(said)]);
  expect(await counts()).toEqual(before);
});
