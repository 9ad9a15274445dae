import { CREATE_FLOW, CREATE_FORM } from "auth0-forms";
import { ANYTHING, map, OBJECT, oneOf, openShape, shape, text } from "auth0-forms/schema";
import type { Flow } from "../documents/flow";
import type { Json } from "../documents/json";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { keepFlow } from "./flows";
import { createForm } from "./forms";
import { ManagementError } from "./management-error";
import { validator } from "./validation";

/** What the dashboard exports: the form names its flows by placeholders, as in `#FLOW-1#`, and these their connections. */
const ENVELOPE = shape({
  version: oneOf(["4.0.0"]),
  form: OBJECT,
  "flows?": map(OBJECT),
  "connections?": map(openShape({ id: text(1), "app_id?": ANYTHING, "name?": ANYTHING })),
});

interface Envelope {
  readonly form: { readonly [key: string]: Json };
  readonly flows?: { readonly [placeholder: string]: { readonly [key: string]: Json } };
  readonly connections?: { readonly [placeholder: string]: { readonly id: string } };
}

const checkForm = validator("Payload", CREATE_FORM);
const checkFlow = validator("Payload", CREATE_FLOW);

/** Not in Auth0's reference: Auth0's CLI uses it. */
export const formImport: Family = [
  {
    method: "POST",
    path: "/forms/import",
    name: "import_form",
    scopes: ["create:forms"],
    body: ENVELOPE,
    handle: importForm,
  },
];

function importForm({ body, permits, ...request }: OperationRequest, services: Services): Reply {
  const { form, flows = {}, connections = {} } = body as Envelope;
  if (Object.keys(flows).length > 0 && !permits("create:flows")) {
    throw new ManagementError(403, "Insufficient scope, expected any of: create:flows", "insufficient_scope");
  }
  const { ids, clock, store } = services;
  const connectionIds = new Map(Object.entries(connections).map(([placeholder, { id }]) => [placeholder, id]));
  const flowIds = new Map(Object.keys(flows).map((placeholder) => [placeholder, ids.flow()]));
  const sentForm = replaced(form, flowIds);
  const sentFlows = Object.entries(flows).map(([placeholder, flow]) => ({
    id: flowIds.get(placeholder) ?? "",
    flow: replaced(flow, connectionIds) as unknown as Pick<Flow, "name" | "actions">,
  }));
  // All before any is kept: what is refused leaves nothing behind.
  checkForm(sentForm);
  for (const { flow } of sentFlows) {
    checkFlow(flow);
  }
  const created = createForm({ ...request, permits, body: sentForm }, services);
  const now = clock().toISOString();
  for (const { id, flow } of sentFlows) {
    keepFlow(store, { ...flow, id, created_at: now, updated_at: now });
  }
  return { status: 201, body: { form: created.body } };
}

/** A value with its placeholders replaced; within a longer text they stay. */
function replaced(value: Json, ids: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") {
    return ids.get(value) ?? value;
  }
  if (Array.isArray(value)) {
    return value.map((item) => replaced(item, ids));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner, ids)]));
}
