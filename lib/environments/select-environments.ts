import { shown } from "../shown";
import { canonicalDomain, isSameTenant } from "../tenant-domain";
import { type Environments, type SelectedEnvironment, stackName } from "./environment";
import { checkEnvironments } from "./environment-checks";
import { readTenant, throwUnlessSound, type Variables } from "./tenant-environment";

const LOCAL_TENANT = /^localhost(:\d+)?$/;

/**
 * The environments that a run is about: with `AUTH0_DOMAIN`, the one of that tenant, so that a deploy never touches
 * another; without it, all of them, for synth and review need no credentials.
 *
 * Where there are no environments, or the tenant is a local one of none of them, the tenant alone is the environment: a
 * stack named after its domain, with a local state.
 *
 * @param variables where `AUTH0_DOMAIN` and the credentials are looked for
 * @throws {@link ValidationError} with all problems of all environments
 * @throws Error with all that is wrong with the variables
 * @example for (const environment of selectEnvironments(environments)) { new LoginStack(app, environment); }
 */
export function selectEnvironments(
  environments: Environments,
  variables: Variables = process.env,
): readonly SelectedEnvironment[] {
  checkEnvironments(environments);
  const all = Object.entries(environments).map(([name, environment]) => ({
    ...environment,
    domain: canonicalDomain(environment.domain),
    stackName: stackName(name),
  }));
  if (all.length > 0 && (variables.AUTH0_DOMAIN ?? "").trim() === "") {
    return all;
  }

  const { domain, problems } = readTenant(variables);
  const selected = all.filter((environment) => isSameTenant(environment.domain, domain));
  const isItsOwn = all.length === 0 || LOCAL_TENANT.test(domain);
  if (selected.length === 0 && !isItsOwn && domain !== "") {
    const known = Object.entries(environments).map(([name, environment]) => `${name} (${environment.domain})`);
    throwUnlessSound([
      `AUTH0_DOMAIN must be the domain of an environment, got ${shown(domain)}; set it to one of theirs: ${known.join(", ")}`,
    ]);
  }
  throwUnlessSound(problems);
  return selected.length > 0 ? selected : [{ domain, stackName: stackName(domain.replace(/[^a-z0-9]/g, "-")) }];
}
