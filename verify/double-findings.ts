import { deleting, type Finding, quoted } from "./finding";
import { ofType, type State } from "./state";
import { LISTS, type Listed, type ListedType, namesakes, type Tenant } from "./tenant";

/** What refers to what comes first: in this order it can be deleted. */
const TYPES: readonly ListedType[] = ["auth0_form", "auth0_flow", "auth0_flow_vault_connection", "auth0_client"];

/**
 * What the tenant has a second time, by the name of a resource, and no state knows of: the provider repeats a request
 * whose answer was lost. What something else uses is somebody's, and left alone.
 */
export function doubleFindings(states: readonly State[], tenant: Tenant): readonly Finding[] {
  let doubles = TYPES.flatMap((type) => namesakes(states, tenant.lists, type).map((listed) => ({ type, listed })));
  const isDouble = (id: string) => doubles.some(({ listed }) => listed.id === id);
  const isUsed = ({ type, listed }: (typeof doubles)[number]) =>
    tenant.referrers.some(({ type: of, id, text }) => of === type && text.includes(listed.id) && !isDouble(id));
  for (let used = doubles.filter(isUsed); used.length > 0; used = doubles.filter(isUsed)) {
    const kept = used;
    doubles = doubles.filter((double) => !kept.includes(double));
  }
  return doubles.map(({ type, listed }) => finding(states, tenant, type, listed));
}

function finding(states: readonly State[], tenant: Tenant, type: ListedType, { id, name }: Listed): Finding {
  const same = states.flatMap((state) => ofType(state, type)).filter(({ values }) => values.name === name);
  const remedy = `${deleting(`${LISTS[type].path}/${id}`)}, if no other stack made it and nobody needs it`;
  const what = `${id} has the name ${quoted(name)} too and is in no state; ${use(tenant, type, id)}`;
  return { kind: "double", address: same.map(({ address }) => address).join(", "), id, what, remedy };
}

function use({ grants }: Tenant, type: ListedType, id: string): string {
  if (type === "auth0_form") {
    return "no Action's code shows it, and of secrets Auth0 does not tell";
  }
  if (type === "auth0_client") {
    const isGranted = grants.some(({ client_id }) => client_id === id);
    return isGranted ? "it has a grant" : "it has no grant";
  }
  return type === "auth0_flow" ? "no form uses it" : "no flow uses it";
}
