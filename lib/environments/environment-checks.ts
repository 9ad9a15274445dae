import {
  checkFields,
  credentialProblem,
  type Fields,
  type FieldsOf,
  isObject,
  knownName,
  type Members,
  other,
  requiredText,
  secret,
  text,
} from "../fields";
import { checkProgressiveProfiling, PROGRESSIVE_PROFILING } from "../progressive-profiling";
import { checkSampleApplication } from "../sample-application";
import { kind, shown } from "../shown";
import { canonicalDomain, isDomain, isSameTenant } from "../tenant-domain";
import { checkDomain } from "../tenant-provider";
import { Problems, ValidationError } from "../validation-error";
import { checkStateBackend, stateLocation } from "./define-state-backend";
import {
  type Environment,
  type EnvironmentProfiling,
  type EnvironmentSampleApplication,
  type Environments,
  stackName,
} from "./environment";
import type { StateBackend } from "./state-backend";
import { isSameState, type StateLocation } from "./state-location";

/** With what stands before it, a name of a PostgreSQL schema: 63 characters. */
const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** What someone may take for the place of the credentials that a deploy needs. */
const CREDENTIALS: Fields = {
  clientSecret: secret("AUTH0_CLIENT_SECRET"),
  secret: secret("AUTH0_CLIENT_SECRET"),
  apiToken: secret("AUTH0_API_TOKEN"),
  token: secret("AUTH0_API_TOKEN"),
  clientAssertionPrivateKey: secret("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY"),
  privateKey: secret("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY"),
};

const { client: _client, provider: _provider, ...OF_ENVIRONMENT } = PROGRESSIVE_PROFILING;
const PROFILING: Fields = { ...(OF_ENVIRONMENT satisfies FieldsOf<EnvironmentProfiling>), ...CREDENTIALS };

const SAMPLE_APPLICATION: Fields = {
  ...({ name: text, url: text, connectionId: text } satisfies FieldsOf<EnvironmentSampleApplication>),
  ...CREDENTIALS,
};

const ENVIRONMENT: Fields = {
  ...({
    domain: requiredText,
    backend: other,
    profiling: other,
    sampleApplication: other,
  } satisfies FieldsOf<Environment>),
  ...CREDENTIALS,
};

/** @throws {@link ValidationError} with all problems of all environments */
export function checkEnvironments(environments: unknown): asserts environments is Environments {
  const found = new Problems();
  if (isObject(environments)) {
    for (const [name, environment] of Object.entries(environments)) {
      checkEnvironment(name, environment, found);
    }
    checkApart(environments, found);
  } else {
    const example = '{ dev: { domain: "example-dev.eu.auth0.com" } }';
    found.add(`environments must be an object such as ${example}, got ${kind(environments)}`);
  }
  if (found.all.length > 0) {
    throw new ValidationError("environments.ts", found.all);
  }
}

function checkEnvironment(name: string, environment: unknown, problems: Problems): void {
  const path = pathOf(name);
  const credential = isObject(environment) ? undefined : CREDENTIALS[knownName(name, CREDENTIALS) ?? ""];
  if (credential !== undefined) {
    problems.add(credentialProblem(path, credential));
    return;
  }
  if (!NAME.test(name)) {
    problems.add(
      `environments has the name ${shown(name)}; the stack and its state are named after it, so choose ` +
        '1 to 40 lower-case letters, digits and "-", a letter first and no "-" last',
    );
  }
  const { domain, backend, profiling, sampleApplication } = checkFields(path, environment, ENVIRONMENT, problems);

  checkTenantDomain(path, domain, problems);
  if (backend !== undefined) {
    checkStateBackend(`${path}.backend`, backend, problems);
  }
  if (profiling !== undefined) {
    const props = checkFields(`${path}.profiling`, profiling, PROFILING, problems);
    problems.addOf(`${path}.profiling: `, (found) => checkProgressiveProfiling(props, found));
  }
  if (sampleApplication !== undefined && sampleApplication !== false) {
    const props = checkFields(`${path}.sampleApplication`, sampleApplication, SAMPLE_APPLICATION, problems);
    problems.addOf(`${path}.sampleApplication: `, (found) => checkSampleApplication(props, found));
  }
}

/** A name that is none may be anything, so it is not written out as if it were one. */
function pathOf(name: string): string {
  return NAME.test(name) || knownName(name, CREDENTIALS) !== undefined
    ? `environments.${name}`
    : `environments[${shown(name)}]`;
}

function checkTenantDomain(path: string, domain: unknown, problems: Problems): void {
  if (domain === undefined) {
    return;
  }
  problems.addOf(`${path}.`, (found) => {
    checkDomain(domain, found);
    if (found.all.length === 0 && !isWholeDomain(domain)) {
      found.add(`domain must be the whole domain, e.g. "example.eu.auth0.com", got ${shown(domain)}`);
    }
  });
}

function isWholeDomain(domain: unknown): domain is string {
  return isDomain(domain) && /[.:]|^localhost$/.test(domain);
}

/** Adds what two environments share, though a deploy of one would then change the other. */
function checkApart(environments: Members, problems: Problems): void {
  const tenants: { readonly path: string; readonly domain: string }[] = [];
  const states: { readonly path: string; readonly location: StateLocation }[] = [];
  for (const [name, environment] of Object.entries(environments)) {
    if (!isObject(environment)) {
      continue;
    }
    const path = pathOf(name);
    const own = tenantDomains(environment);
    for (const domain of own) {
      const tenant = tenants.find((candidate) => isSameTenant(candidate.domain, domain));
      if (tenant === undefined) {
        continue;
      }
      problems.add(
        `${path} has the tenant ${shown(domain)}, as ${tenant.path} has; ` +
          "a deploy of one would change the other, so give each a tenant of its own",
      );
    }
    tenants.push(...own.map((domain) => ({ path, domain })));

    const location = soundLocation(environment.backend ?? { type: "local" }, stackName(name));
    if (location === undefined) {
      continue;
    }
    const state = states.find((candidate) => isSameState(candidate.location, location));
    states.push({ path, location });
    if (state === undefined) {
      continue;
    }
    problems.add(
      `${path}.backend has the state of ${state.path} (${location.text}); ` +
        "give each a place of its own, or leave the names in it to the defaults, which differ",
    );
  }
}

/** The tenant's domains, those alone that are some; with a custom domain as `domain`, its own is in `profiling`. */
function tenantDomains({ domain, profiling }: Members): string[] {
  const domains = [domain, isObject(profiling) ? profiling.domain : undefined];
  return [...new Set(domains.filter(isWholeDomain).map(canonicalDomain))];
}

/** Where the state lies; undefined where the backend itself has problems. */
function soundLocation(backend: unknown, stack: string): StateLocation | undefined {
  const found = new Problems();
  checkStateBackend("backend", backend, found);
  return found.all.length === 0 ? stateLocation(backend as StateBackend, stack) : undefined;
}
