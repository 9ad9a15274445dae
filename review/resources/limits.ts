import { MAX_CONTENT_CHARACTERS, MAX_FLOWS, MAX_FORMS, MAX_ROUTER_RULES } from "auth0-forms";
import type { Finding, Section } from "../finding";
import { listOf, objectOf, textOf } from "../json-value";
import { codeSpan, details, table } from "../markdown/markdown-text";
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
    for (const node of listOf(after.form.nodes).map(objectOf)) {
      const { rules, components } = objectOf(node.config);
      const where = `${after.form.address} ${textOf(node.id) ?? ""}`;
      if (node.type === "ROUTER") {
        uses.push(use("rules of a router", where, listOf(rules).length, MAX_ROUTER_RULES));
      }
      for (const { config, id } of listOf(components).map(objectOf)) {
        const content = textOf(objectOf(config).content);
        if (content === undefined) {
          continue;
        }
        uses.push(
          use("characters of a rich text", `${where} ${textOf(id) ?? ""}`, [...content].length, MAX_CONTENT_CHARACTERS),
        );
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
    .map(({ what, where, used, limit, isTenantWide }) => {
      const ofWhat = where === "" ? "" : ` (${codeSpan(where)})`;
      const end =
        used > limit ? "Auth0 refuses more" : used === limit ? "there is no room for more" : "it is nearly full";
      const others = isTenantWide ? "; the tenant may have others beside them" : "";
      return { kind: "limit", where, text: `${figures(used)} of ${figures(limit)} ${what}${ofWhat}: ${end}${others}.` };
    });
}

/** One folded table: of each limit the use that is nearest to it. */
export function limitSection(uses: readonly LimitUse[]): Section[] {
  const nearest = new Map<string, LimitUse>();
  for (const one of uses) {
    const other = nearest.get(one.what);
    if (other === undefined || one.used > other.used) {
      nearest.set(one.what, one);
    }
  }
  if (nearest.size === 0) {
    return [];
  }
  const rows = [...nearest.values()].map(({ what, used, limit, isTenantWide }) => [
    what,
    isTenantWide ? `${figures(used)} in this stack` : figures(used),
    figures(limit),
  ]);
  const note = "How many forms, flows and Actions other stacks and the dashboard have made, a plan can not know.";
  const body = details("How much of Auth0's limits is used", `${table(["at most", "used", "limit"], rows)}\n\n${note}`);
  return [{ heading: "", body, importance: 5 }];
}

function use(what: string, where: string, used: number, limit: number): LimitUse {
  return { what, where, used, limit, isTenantWide: false };
}

function figures(number: number): string {
  return number.toLocaleString("en-US");
}
