import { type Finding, finding, type ResourceName } from "../finding";
import { isRemade } from "../form/remade-forms";
import type { Resource, Snapshots } from "../plan/snapshot";
import type { ProfilingChange } from "../profiling";
import { nameOf, type ResourceReview } from "./resources";

/** What of a progressive profiling stands in other resources than its form. */
const PARTS = new Set([
  "auth0_action",
  "auth0_client",
  "auth0_client_credentials",
  "auth0_client_grant",
  "auth0_flow",
  "auth0_flow_vault_connection",
  "auth0_trigger_action",
]);

/** Types whose resources are in the state only: no tenant has or loses them. */
const IN_THE_STATE_ONLY = /^(terraform_data$|null_resource$|random_|time_)/;

const OF_A_CLIENT = new Set(["auth0_client_credentials", "auth0_client_grant"]);

/** What something that the plan leaves can need to save answers. */
const NEEDED = new Set(["auth0_flow", "auth0_flow_vault_connection", "auth0_client", "auth0_client_grant"]);

/** What is destroyed or made anew, and what that means; what goes with its form is told of once. */
export function destroyedFindings(
  resources: readonly ResourceReview[],
  profilings: readonly ProfilingChange[],
  snapshots: Snapshots,
): Finding[] {
  const destroyed = resources.filter(({ action, type }) => action === "destroy" && !IN_THE_STATE_ONLY.test(type));
  const forms = profilings.filter(({ before, after }) => before !== undefined && after === undefined);
  const isLastForm = forms.length > 0 && profilings.every(({ after }) => after === undefined);
  const withForms = isLastForm ? destroyed.filter(({ type }) => PARTS.has(type)) : [];
  const findings = forms.map(({ before }): Finding => {
    const { address = "", name: form = "" } = before?.form ?? {};
    return finding("form-destroyed", { address, form }, { form, others: withForms.length });
  });
  const remade = profilings.filter(isRemade);
  const remadeParts = remade.length === 0 ? [] : partsMadeAnew(resources);
  findings.push(...remade.map((change) => remadeFinding(change, remadeParts.length)));
  for (const resource of destroyed) {
    if (resource.type === "auth0_form" || withForms.includes(resource) || remadeParts.includes(resource)) {
      continue;
    }
    const neededBy = usersOf(resource, snapshots);
    findings.push(finding("resource-destroyed", placeOf(resource), { resource: nameOf(resource), neededBy }));
  }
  const replaced = resources.filter(({ action }) => action === "replace");
  for (const resource of replaced) {
    // What a client's id stands in goes with it.
    const goesWithClient = replaced.some(
      ({ type, createsFirst }) => type === "auth0_client" && createsFirst === resource.createsFirst,
    );
    if (goesWithClient && OF_A_CLIENT.has(resource.type)) {
      continue;
    }
    const what = resource.createsFirst ? "resource-rotated" : "resource-replaced";
    findings.push(finding(what, placeOf(resource), { resource: nameOf(resource) }));
  }
  return [...findings, ...forgotten(resources.filter(({ action }) => action === "forget"))];
}

/** They are all listed among the resources. */
function forgotten(resources: readonly ResourceReview[]): Finding[] {
  const [first, ...others] = resources;
  if (first === undefined) {
    return [];
  }
  const place = others.length === 0 ? placeOf(first) : { address: "plan" };
  return [finding("resources-forgotten", place, { resources: resources.map(nameOf) })];
}

/** What is destroyed under one address and made under another. */
function partsMadeAnew(resources: readonly ResourceReview[]): readonly ResourceReview[] {
  const made = resources.filter(({ action }) => action === "create");
  return resources
    .filter(({ type, action }) => PARTS.has(type) && action === "destroy")
    .filter(({ type, name }) => {
      const index = made.findIndex((other) => other.type === type && other.name === name);
      return index !== -1 && made.splice(index, 1).length > 0;
    });
}

function remadeFinding({ before, after }: ProfilingChange, others: number): Finding {
  const [from, to] = [before?.form.address ?? "", after?.form.address ?? ""];
  const form = after?.form.name ?? "";
  return finding("form-remade", { address: to, form }, { form, from, to, others });
}

function placeOf({ address }: ResourceReview): { readonly address: string } {
  return { address };
}

/** What the plan leaves and still uses it to save answers; `undefined` where nothing can. */
function usersOf({ address, type }: ResourceReview, { tenant, planned }: Snapshots): ResourceName[] | undefined {
  const gone = tenant.get(address);
  if (gone === undefined || !NEEDED.has(type)) {
    return undefined;
  }
  return [...planned.values()].filter((resource) => uses(resource, gone)).map(nameOf);
}

function uses(resource: Resource, gone: Resource): boolean {
  switch (`${resource.type} ${gone.type}`) {
    case "auth0_form auth0_flow":
      return ["nodes", "ending"].some((name) => mentions(resource, name, gone.id));
    case "auth0_flow auth0_flow_vault_connection":
      return mentions(resource, "actions", gone.id);
    case "auth0_flow_vault_connection auth0_client":
      return resource.openSetUp.get("client_id") === gone.id;
    case "auth0_flow_vault_connection auth0_client_grant":
      return resource.openSetUp.get("client_id") === gone.text("client_id");
    default:
      return false;
  }
}

function mentions(resource: Resource, attribute: string, id: string): boolean {
  return resource.text(attribute)?.includes(JSON.stringify(id)) ?? false;
}
