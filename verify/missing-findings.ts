import { apply, type Finding } from "./finding";
import type { State } from "./state";
import { LISTS, type ListedType, type Tenant } from "./tenant";

/** What somebody deleted: a plan shows it too, but all else that would be said of it makes no sense. */
export function missingFindings(state: State, tenant: Tenant): readonly Finding[] {
  return state.resources
    .filter(({ type, id }) => isCompared(type) && !isThere(tenant, type, id))
    .map(({ type, address, id }): Finding => {
      const what = type === "auth0_form" ? `the form is gone${shownBy(state, id)}` : "is gone from the tenant";
      return { kind: "missing", address, id, what, remedy: apply(state), isPlanned: true };
    });
}

/** Whether resources of this type are looked for. */
export function isCompared(type: string): boolean {
  return Object.hasOwn(LISTS, type) || type === "auth0_client_grant" || type === "auth0_action";
}

export function isThere({ lists, grants, actions }: Tenant, type: string, id: string): boolean {
  if (Object.hasOwn(LISTS, type)) {
    return lists[type as ListedType].some((listed) => listed.id === id);
  }
  if (type === "auth0_client_grant") {
    return grants.some((grant) => grant.id === id);
  }
  return actions.has(id);
}

function shownBy({ resources }: State, formId: string): string {
  const actions = resources.filter(({ type, values }) => type === "auth0_action" && formIds(values).has(formId));
  const addresses = actions.map(({ address }) => address).join(", ");
  return addresses === "" ? "" : `, and ${addresses} shows it at logins`;
}

/** Ids of forms that an Action shows, as far as they stand in its code or in secrets that the state knows. */
export function formIds({ code, secrets }: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const values = ((secrets ?? []) as readonly { readonly value?: string }[]).map(({ value }) => value ?? "");
  return new Set([String(code ?? ""), ...values].join("\n").match(/\bap_[A-Za-z0-9]{10,27}\b/g));
}
