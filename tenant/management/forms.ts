import { CREATE_FORM, UPDATE_FORM } from "auth0-forms";
import { formsIn } from "../documents/collections";
import { type Form, flowsOf, leadsSomewhere } from "../documents/form";
import type { Store } from "../documents/store";
import type { Family, OperationRequest, Reply, Services } from "./family";
import { existing, ManagementError } from "./management-error";
import { hydrateQuery, hydrates, namedList, namedListQuery } from "./named-list";
import { querySchema } from "./page";

// In lists `flow_count` is there without being asked for, as the recordings of auth0-deploy-cli show.
const HYDRATE = hydrateQuery("flow_count", "links");
const UNDOCUMENTED = ["links"];

/** Forms: what a person is shown and asked during a login. @see https://auth0.com/docs/api/management/v2/forms/get-forms */
export const forms: Family = [
  {
    method: "GET",
    path: "/forms",
    name: "get_forms",
    scopes: ["read:forms"],
    query: namedListQuery(HYDRATE),
    handle: listForms,
  },
  {
    method: "POST",
    path: "/forms",
    name: "create_form",
    scopes: ["create:forms"],
    body: CREATE_FORM,
    handle: createForm,
  },
  {
    method: "GET",
    path: "/forms/:id",
    name: "get_form",
    scopes: ["read:forms"],
    query: querySchema(HYDRATE),
    handle: readForm,
  },
  {
    method: "PATCH",
    path: "/forms/:id",
    name: "patch_form",
    scopes: ["update:forms"],
    body: UPDATE_FORM,
    handle: updateForm,
  },
  { method: "DELETE", path: "/forms/:id", name: "delete_form", scopes: ["delete:forms"], handle: deleteForm },
];

function listForms({ query }: OperationRequest, { store }: Services): Reply {
  hydrates(query, "flow_count", UNDOCUMENTED);
  const summaries = formsIn(store)
    .list()
    .map((form) => ({
      id: form.id,
      name: form.name,
      flow_count: flowsOf(form).size,
      created_at: form.created_at,
      updated_at: form.updated_at,
    }));
  return { status: 200, body: namedList("forms", summaries, query) };
}

export function createForm({ body }: OperationRequest, { store, ids, clock }: Services): Reply {
  const now = clock().toISOString();
  // Auth0 gives this ending to a form that comes without one.
  const sent = { ending: { resume_flow: true }, ...(body as object) } as Form;
  return { status: 201, body: keep(store, { ...sent, id: ids.form(), created_at: now, updated_at: now }) };
}

function readForm({ params, query }: OperationRequest, { store }: Services): Reply {
  const form = existingForm(store, params.id);
  const counted = hydrates(query, "flow_count", UNDOCUMENTED) && { flow_count: flowsOf(form).size };
  return { status: 200, body: { ...form, ...counted } };
}

function updateForm({ params, body }: OperationRequest, { store, clock }: Services): Reply {
  const form = existingForm(store, params.id);
  const changed = { ...form, ...(body as Partial<Form>), updated_at: clock().toISOString() };
  return { status: 200, body: keep(store, changed) };
}

function deleteForm({ params }: OperationRequest, { store }: Services): Reply {
  formsIn(store).delete(existingForm(store, params.id).id);
  return { status: 204 };
}

function existingForm(store: Store, id = ""): Form {
  return existing(formsIn(store).get(id), "Form not found");
}

function keep(store: Store, form: Form): Form {
  const kept = withoutEmpty(form);
  checkNodes(kept);
  return formsIn(store).put(kept.id, kept);
}

/** In Auth0's order, without what is null or empty: Auth0 leaves that out of its answers. */
function withoutEmpty(form: Form): Form {
  return {
    id: form.id,
    name: form.name,
    messages: pruned(form.messages),
    languages: pruned(form.languages),
    // What is inside these two comes back exactly as it was sent.
    translations: isEmpty(form.translations) ? undefined : form.translations,
    nodes: isEmpty(form.nodes) ? undefined : form.nodes,
    start: pruned(form.start),
    ending: pruned(form.ending),
    style: pruned(form.style),
    created_at: form.created_at,
    updated_at: form.updated_at,
  };
}

function pruned<T>(value: T): T | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return isEmpty(value) ? undefined : value;
  }
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, pruned(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as T);
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

/** @throws ManagementError when a node's id is taken twice, or a pointer leads nowhere */
function checkNodes(form: Form): void {
  const nodeIds = new Set<string>();
  for (const { id } of form.nodes ?? []) {
    if (nodeIds.has(id)) {
      throw new ManagementError(
        400,
        `Payload validation error: 'Node ID is not unique: ${id}' on property nodes.`,
        "invalid_body",
      );
    }
    nodeIds.add(id);
  }
  if (!leadsSomewhere(form)) {
    throw new ManagementError(400, "Some nodes point to unknown node IDs");
  }
}
