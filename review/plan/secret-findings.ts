import { type Finding, finding } from "../finding";
import type { Plan } from "./plan";
import { NUMBERED, type Secrets } from "./secrets";
import type { Snapshots } from "./snapshot";

/** What of each resource people may read: in the tenant, in the plan's output, or in this review. */
const READ_BY_PEOPLE = new Map<string, readonly string[]>(
  Object.entries({
    auth0_action: ["name", "code"],
    auth0_client: ["name", "description"],
    auth0_client_grant: ["scopes", "audience"],
    auth0_flow: ["name", "actions"],
    auth0_flow_vault_connection: ["name"],
    auth0_form: ["name", "start", "nodes", "ending", "style", "translations", "messages"],
    auth0_trigger_action: ["display_name"],
  }),
);

/** Texts of the plan that hold a secret which is one elsewhere. */
export function redactedFindings({ changes }: Plan, { tenant, planned }: Snapshots, secrets: Secrets): Finding[] {
  return changes.flatMap(({ address, type, mode, deposed }): Finding[] => {
    // Of one that is left over it is said where the one stands that took its place.
    if (mode === "data" || deposed !== undefined) {
      return [];
    }
    const shown = secrets.mark(address);
    const resource = planned.get(shown) ?? tenant.get(shown);
    const attributes = (READ_BY_PEOPLE.get(type) ?? []).filter((name) => {
      const text = JSON.stringify(resource?.attribute(name)) ?? "";
      return text.search(NUMBERED) !== -1;
    });
    const isInAddress = shown !== address;
    return isInAddress || attributes.length > 0
      ? [finding("secret-readable", { address: shown }, { address: shown, isInAddress, attributes })]
      : [];
  });
}
