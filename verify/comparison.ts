import { CommandError } from "../command/command-error";
import { isSameTenant } from "../lib/tenant-domain";
import { actionFindings } from "./action-findings";
import { bindingFindings, bindingNotes } from "./binding-findings";
import { connectionFindings, connectionNotes, grantFindings } from "./connection-findings";
import { doubleFindings } from "./double-findings";
import { executionFindings, executionNotes } from "./execution-findings";
import { FINDING_KINDS, type Finding, type FindingKind } from "./finding";
import { isCompared, isThere, missingFindings } from "./missing-findings";
import type { State } from "./state";
import type { Tenant } from "./tenant";

export interface Comparison {
  readonly domain: string;
  readonly states: readonly { readonly name: string; readonly resources: number }[];
  /** In the order of their kinds. */
  readonly findings: readonly Finding[];
  /** What is no difference. */
  readonly notes: readonly string[];
}

/**
 * Compares states with their tenant, of which they were read: what no plan can show.
 *
 * @throws {@link CommandError} where a state is of another tenant
 */
export function compare(states: readonly State[], tenant: Tenant): Comparison {
  for (const state of states) {
    checkTenant(state, tenant);
  }
  const findings = states.flatMap((state) => [
    ...missingFindings(state, tenant),
    ...actionFindings(state, tenant),
    ...bindingFindings(state, tenant),
    ...grantFindings(state, tenant),
    ...connectionFindings(state, tenant),
    ...executionFindings(state, tenant),
  ]);
  const kinds = Object.keys(FINDING_KINDS) as FindingKind[];
  const all = [...findings, ...doubleFindings(states, tenant)];
  return {
    domain: tenant.domain,
    states: states.map(({ name, resources }) => ({ name, resources: resources.length })),
    findings: kinds.flatMap((kind) => all.filter((finding) => finding.kind === kind)),
    notes: states.flatMap((state) => [
      ...bindingNotes(state, tenant),
      ...connectionNotes(state, tenant),
      ...executionNotes(state, tenant),
    ]),
  };
}

/** A custom domain has another name than the Management API, so that names alone do not tell. */
function checkTenant(state: State, tenant: Tenant): void {
  const { name, resources, hosts } = state;
  if (resources.length === 0) {
    throw new CommandError([`[${name}] has no resource of Auth0; is it the right stack and workspace?`]);
  }
  const isForeign = hosts.size > 0 && ![...hosts].some((host) => isSameTenant(host, tenant.domain));
  const compared = resources.filter(({ type }) => isCompared(type));
  if (isForeign && !compared.some(({ type, id }) => isThere(tenant, type, id))) {
    const others = [...hosts].join(", ");
    throw new CommandError([
      `[${name}] is of ${others}, but AUTH0_DOMAIN is ${tenant.domain}, which has nothing of it; set the variables of ${others}`,
    ]);
  }
}
