import { MAX_CONTENT_CHARACTERS, MAX_FLOWS, MAX_FORMS, MAX_ROUTER_RULES } from "auth0-forms";
import { type Finding, finding } from "../finding";
import { listOf, textOf } from "../json-value";
import { actionsOf, isBound } from "../plan/profilings";
import type { Snapshot } from "../plan/snapshot";
import type { ProfilingChange } from "../profiling";

/** From this share on a limit is something to look at. */
const NEAR = 0.8;

/** How much of a limit is used, as far as one stack can tell. */
export interface LimitUse {
  readonly what: string;
  readonly where: string;
  readonly used: number;
  readonly limit: number;
  /** Whether there may be more of it in the tenant than the stack knows. */
  readonly isTenantWide: boolean;
}

/**
 * The limits of Auth0 that a plan can tell of.
 *
 * @see https://auth0.com/docs/customize/actions/limitations
 * @see https://auth0.com/docs/customize/forms/nodes/routers
 * @see https://auth0.com/docs/troubleshoot/customer-support/operational-policies/entity-limit-policy
 */
export function limitUses(planned: Snapshot, changes: readonly ProfilingChange[]): LimitUse[] {
  const actions = actionsOf(planned).sort((one, other) => (one.address < other.address ? -1 : 1));
  const resources = [...planned.values()];
  const uses: LimitUse[] = [];
  for (const { after } of changes) {
    if (after === undefined) {
      continue;
    }
    for (const node of after.graph.nodes.values()) {
      const where = `${after.form.address} ${node.id}`;
      if (node.type === "ROUTER") {
        uses.push(use("rules of a router", where, node.rules.length, MAX_ROUTER_RULES));
      }
      for (const { config, id } of node.type === "STEP" ? node.components : []) {
        const content = textOf(config.content);
        if (content === undefined) {
          continue;
        }
        uses.push(use("characters of a rich text", `${where} ${id}`, [...content].length, MAX_CONTENT_CHARACTERS));
      }
    }
  }
  for (const action of actions) {
    const code = action.text("code");
    if (code !== undefined) {
      uses.push(use("bytes of an Action's code", action.address, Buffer.byteLength(code), 100 * 1024));
    }
    uses.push(use("secrets of an Action", action.address, action.secrets.size, 30));
    uses.push(use("dependencies of an Action", action.address, listOf(action.attribute("dependencies")).length, 10));
    // In the code there is room for more.
    const keys = action.secrets.get("METADATA_KEYS");
    if (keys !== undefined) {
      uses.push(use("characters of METADATA_KEYS", action.address, keys.length, 4096));
    }
  }
  const ofType = (type: string) => resources.filter((resource) => resource.type === type).length;
  const bound = actions.filter((action) => isBound(action, planned)).length;
  const tenantWide: readonly (readonly [string, number, number])[] = [
    ["Actions bound to post-login", bound, 20],
    ["Actions", actions.length, 100],
    ["forms", ofType("auth0_form"), MAX_FORMS],
    ["flows", ofType("auth0_flow"), MAX_FLOWS],
  ];
  for (const [what, used, limit] of tenantWide) {
    uses.push({ what, where: "", used, limit, isTenantWide: true });
  }
  return uses.filter(({ used }) => used > 0);
}

export function limitFindings(uses: readonly LimitUse[]): Finding[] {
  return uses
    .filter(({ used, limit }) => used >= limit * NEAR)
    .map((use) => finding("limit-near", { address: use.where }, use));
}

function use(what: string, where: string, used: number, limit: number): LimitUse {
  return { what, where, used, limit, isTenantWide: false };
}
