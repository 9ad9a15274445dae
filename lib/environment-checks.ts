import { TerraformStack } from "cdktf";
import { RootConstruct } from "constructs";
import { isKnown } from "./checks";
import { type Environment, type EnvironmentProfiling, type Environments, stackName } from "./environment";
import {
  checkFields,
  type Fields,
  type FieldsOf,
  holdsPassword,
  isObject,
  isText,
  object,
  other,
  requiredText,
  secret,
  shownSafely,
  text,
} from "./fields";
import { ProgressiveProfiling } from "./progressive-profiling";
import { SampleApplication, type SampleApplicationProps } from "./sample-application";
import { checkStateBackend, type StateBackend, stateLocation } from "./state-backend";
import { canonicalDomain, checkDomain } from "./tenant-domain";
import { Problems, shown, ValidationError } from "./validation-error";

/** What was given for an object. */
type Given = Readonly<Record<string, unknown>>;

/** With what stands before it, a name of a PostgreSQL schema: 63 characters. */
const NAME = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

const PROFILING = {
  stages: other,
  names: other,
  languages: other,
  scopes: other,
  secretVersion: other,
  connectionId: other,
  domain: other,
} satisfies FieldsOf<EnvironmentProfiling>;

const SAMPLE_APPLICATION = { name: text, url: text, connectionId: text } satisfies FieldsOf<SampleApplicationProps>;

const FIELDS: Fields = {
  ...({
    domain: requiredText,
    backend: other,
    profiling: object(PROFILING),
    sampleApplication: other,
  } satisfies FieldsOf<Environment>),
  clientSecret: secret("AUTH0_CLIENT_SECRET"),
  apiToken: secret("AUTH0_API_TOKEN"),
  clientAssertionPrivateKey: secret("AUTH0_CLIENT_ASSERTION_PRIVATE_KEY"),
};

/** @throws {@link ValidationError} with all problems of all environments */
export function checkEnvironments(environments: unknown): asserts environments is Environments {
  const found = new FoundProblems();
  if (isObject(environments)) {
    for (const [name, environment] of Object.entries(environments)) checkEnvironment(name, environment, found);
    checkApart(environments, found);
  } else {
    const example = '{ dev: { domain: "example-dev.eu.auth0.com" } }';
    found.add(`environments must be an object such as ${example}, got ${shownSafely(environments)}`);
  }
  if (found.all.length > 0) throw withoutTrace(new ValidationError("environments.ts", found.all));
}

function checkEnvironment(name: string, environment: unknown, problems: Problems): void {
  const path = `environments.${name}`;
  if (!NAME.test(name)) {
    problems.add(
      `environments has the name ${shown(name)}; the stack and its state are named after it, so choose ` +
        '1 to 40 lower-case letters, digits and "-", a letter first and no "-" last',
    );
  }
  checkFields(path, environment, FIELDS, problems);
  if (!isObject(environment)) return;

  checkTenantDomain(path, environment.domain, problems);
  if (environment.backend !== undefined) checkStateBackend(`${path}.backend`, environment.backend, problems);
  if (isObject(environment.profiling)) checkProfiling(`${path}.profiling`, environment.profiling, problems);
  if (environment.sampleApplication !== undefined && environment.sampleApplication !== false) {
    checkSampleApplication(`${path}.sampleApplication`, environment.sampleApplication, problems);
  }
}

function checkTenantDomain(path: string, domain: unknown, problems: Problems): void {
  if (!isKnown(domain) || !isText(domain) || holdsPassword(domain)) return;
  const found = new FoundProblems();
  checkDomain(domain, found);
  if (found.all.length === 0 && !/[.:]|^localhost$/.test(domain)) {
    found.add(`domain must be the whole domain, e.g. "example.eu.auth0.com", got ${shown(domain)}`);
  }
  for (const problem of found.all) problems.add(`${path}.${problem}`);
}

function checkProfiling(path: string, { client: _, ...props }: Given, problems: Problems): void {
  addProblemsOf(path, (stack) => new ProgressiveProfiling(stack, "profiling", props), problems);
}

function checkSampleApplication(path: string, props: unknown, problems: Problems): void {
  checkFields(path, props, SAMPLE_APPLICATION, problems);
  if (!isObject(props)) return;
  addProblemsOf(path, (stack) => new SampleApplication(stack, "sample-application", props), problems);
}

/** Adds what a construct says about its props, by defining it in a stack that nobody synthesises. */
function addProblemsOf(path: string, define: (stack: TerraformStack) => unknown, problems: Problems): void {
  try {
    define(new TerraformStack(new RootConstruct(), "check"));
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    for (const problem of error.problems) problems.add(`${path}: ${problem}`);
  }
}

/** Adds what two environments share, though a deploy of one would then change the other. */
function checkApart(environments: Readonly<Record<string, unknown>>, problems: Problems): void {
  const byTenant = new Map<string, string>();
  const byLocation = new Map<string, string>();
  for (const [name, environment] of Object.entries(environments)) {
    if (!isObject(environment)) continue;
    for (const domain of tenantDomains(environment)) {
      const other = byTenant.get(domain);
      if (other === undefined) byTenant.set(domain, name);
      else {
        problems.add(
          `environments.${name} has the tenant ${shown(domain)}, as environments.${other} has; ` +
            "a deploy of one would change the other, so give each a tenant of its own",
        );
      }
    }
    const location = soundLocation(environment.backend ?? { type: "local" }, stackName(name));
    const other = location === undefined ? undefined : byLocation.get(location);
    if (location !== undefined && other === undefined) byLocation.set(location, name);
    if (other !== undefined) {
      problems.add(
        `environments.${name}.backend has the state of environments.${other} (${location}); ` +
          "give each a place of its own, or leave the names in it to the defaults, which differ",
      );
    }
  }
}

/** The tenant's domains; with a custom domain as `domain`, its own is in `profiling`. */
function tenantDomains({ domain, profiling }: Given): Set<string> {
  const domains = [domain, isObject(profiling) ? profiling.domain : undefined];
  return new Set(domains.filter(isText).map(canonicalDomain));
}

/** Where the state lies; undefined where the backend itself has problems. */
function soundLocation(backend: unknown, stack: string): string | undefined {
  const found = new FoundProblems();
  checkStateBackend("backend", backend, found);
  return found.all.length === 0 ? stateLocation(backend as StateBackend, stack) : undefined;
}

/** Where in the code it was noticed says nothing about a file; nor is Node to print what the message says already. */
function withoutTrace(error: ValidationError): ValidationError {
  error.stack = `${error.name}: ${error.message}`;
  for (const name of ["name", "constructPath", "problems"]) Object.defineProperty(error, name, { enumerable: false });
  return error;
}

/** Problems that can be counted before they are thrown. */
class FoundProblems extends Problems {
  private readonly found: string[] = [];

  get all(): readonly string[] {
    return this.found;
  }

  override add(problem: string): void {
    if (!this.found.includes(problem)) this.found.push(problem);
  }
}
