import { shown } from "../shown";
import { canonicalDomain, isDomain } from "../tenant-domain";

/** Environment variables. */
export type Variables = Readonly<Record<string, string | undefined>>;

const KEY_PAIR = ["AUTH0_CLIENT_ASSERTION_PRIVATE_KEY", "AUTH0_CLIENT_ASSERTION_SIGNING_ALG"];

/**
 * The tenant that the environment says to deploy to, after a check that the provider will find all that it reads there:
 * `AUTH0_DOMAIN`, and one of
 *
 * - `AUTH0_CLIENT_ID` with `AUTH0_CLIENT_SECRET`
 * - `AUTH0_CLIENT_ID` with `AUTH0_CLIENT_ASSERTION_PRIVATE_KEY` and `AUTH0_CLIENT_ASSERTION_SIGNING_ALG`
 * - `AUTH0_API_TOKEN`
 * - `AUTH0_CLI_LOGIN=true`
 *
 * Without the check a plan fails only after a while. The credentials are not read.
 *
 * @returns the tenant's domain, without scheme and in lower case
 * @throws Error that names every variable that is missing
 * @example const { domain } = tenantFromEnvironment();
 * @see https://registry.terraform.io/providers/auth0/auth0/latest/docs#environment-variables
 */
export function tenantFromEnvironment(environment: Variables = process.env): { readonly domain: string } {
  const { domain, problems } = readTenant(environment);
  throwUnlessSound(problems);
  return { domain };
}

/** The tenant, "" where none is named or by no domain, and what is wrong with it or its credentials. */
export function readTenant(variables: Variables): { readonly domain: string; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const isSet = (name: string) => (variables[name] ?? "").trim() !== "";
  const domain = canonicalDomain((variables.AUTH0_DOMAIN ?? "").trim().replace(/^https?:\/\//i, ""));
  if (!isSet("AUTH0_DOMAIN")) {
    problems.push("AUTH0_DOMAIN is missing: the tenant's domain, e.g. example.eu.auth0.com");
  } else if (!isDomain(domain)) {
    problems.push(`AUTH0_DOMAIN must be a domain without a path, got ${shown(variables.AUTH0_DOMAIN)}`);
  }

  if (!isSet("AUTH0_API_TOKEN") && !/^(1|true|on)$/.test(variables.AUTH0_CLI_LOGIN ?? "")) {
    if (!isSet("AUTH0_CLIENT_ID")) {
      problems.push(
        "AUTH0_CLIENT_ID is missing: the client that deploys (or give AUTH0_API_TOKEN, or AUTH0_CLI_LOGIN=true)",
      );
    }
    const missingOfPair = KEY_PAIR.filter((name) => !isSet(name));
    if (missingOfPair.length === KEY_PAIR.length && !isSet("AUTH0_CLIENT_SECRET")) {
      problems.push(`AUTH0_CLIENT_SECRET is missing: the secret of that client (or give ${KEY_PAIR.join(" and ")})`);
    } else if (missingOfPair.length === 1) {
      problems.push(`${missingOfPair[0]} is missing: it belongs to ${KEY_PAIR.find((name) => isSet(name))}`);
    }
  }
  return { domain: isDomain(domain) ? domain : "", problems };
}

/** @throws Error with all problems, if there is any */
export function throwUnlessSound(problems: readonly string[]): void {
  if (problems.length === 0) {
    return;
  }
  const error = new Error(
    [
      "the environment does not say which tenant is meant, or how to enter it:",
      ...problems.map((problem) => `  ${problem}`),
      "Of a tenant of Auth0 they are its domain, and an application of the type Machine to Machine that is authorized for the " +
        "Management API (dashboard: Applications).",
      "A local tenant, `npx auth0-local-tenant`, names a file that sets them all: source it in the shell.",
    ].join("\n"),
  );
  // Where in the code it was noticed says nothing about the environment, and would bury what does.
  error.stack = `Error: ${error.message}`;
  throw error;
}
