import { type Finding, finding, type ResourceName } from "../finding";
import { isRemade } from "../form/remade-forms";
import type { Resource, Snapshots } from "../plan/snapshot";
import type { Profiling, ProfilingChange } from "../profiling";
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
  const withForms = new Set<string>();
  const findings = profilings.flatMap(({ before, after }): Finding[] => {
    if (before === undefined || after !== undefined) {
      return [];
    }
    const { address, name: form } = before.form;
    const parts = partsOf(before, destroyed, snapshots).filter((part) => !withForms.has(part));
    for (const part of parts) {
      withForms.add(part);
    }
    return [finding("form-destroyed", { address, form }, { form, others: parts.length })];
  });
  const remade = profilings.filter(isRemade);
  const remadeParts = remade.length === 0 ? [] : partsMadeAnew(resources);
  findings.push(...remade.map((change) => remadeFinding(change, remadeParts.length)));
  for (const resource of destroyed) {
    if (resource.type === "auth0_form" || withForms.has(resource.address) || remadeParts.includes(resource)) {
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

/** Addresses of what is destroyed with a form and only of it: what shows it, what saves its answers, and what that uses. */
function partsOf({ form, action }: Profiling, destroyed: readonly ResourceReview[], snapshots: Snapshots): string[] {
  const { tenant, planned } = snapshots;
  const resources = destroyed.flatMap(({ type, address }) => (PARTS.has(type) ? (tenant.get(address) ?? []) : []));
  const isUsedBy = (users: readonly Resource[], gone: Resource) => users.some((user) => uses(user, gone));
  const parts = new Set(resources.filter(({ address }) => address === action?.address || address === action?.binding));
  for (let users = [...tenant.values()].filter(({ address }) => address === form.address); users.length > 0; ) {
    users = resources.filter((one) => !parts.has(one) && isUsedBy(users, one));
    for (const one of users) {
      parts.add(one);
    }
  }
  return [...parts].filter((one) => !isUsedBy([...planned.values()], one)).map(({ address }) => address);
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
    case "auth0_flow_vault_connection auth0_client_credentials":
      return resource.openSetUp.get("client_id") === gone.text("client_id");
    default:
      return false;
  }
}

function mentions(resource: Resource, attribute: string, id: string): boolean {
  return resource.text(attribute)?.includes(JSON.stringify(id)) ?? false;
}
