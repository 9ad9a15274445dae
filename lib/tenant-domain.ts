import { DataAuth0Tenant } from "@cdktf/provider-auth0/lib/data-auth0-tenant";
import { Fn, type TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Problems } from "./validation-error";
import { shown } from "./validation-error";

const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::\d{1,5})?$/;

/**
 * The domain of the tenant that the provider is configured for, e.g. `example.eu.auth0.com`, read at plan time.
 *
 * Defines a data source in the scope. Its own `domain` attribute lacks the port that a local tenant has, so the domain
 * is taken out of the Management API's identifier.
 */
export function providersTenantDomain(scope: Construct, provider?: TerraformProvider): string {
  const tenant = new DataAuth0Tenant(scope, "Tenant", { provider });
  return Fn.trimsuffix(Fn.trimprefix(tenant.managementApiIdentifier, "https://"), "/api/v2/");
}

/** Identifier of the tenant's Management API, the audience of its grants. */
export function managementApiIdentifier(domain: string): string {
  return `https://${domain}/api/v2/`;
}

/**
 * One spelling for one domain: upper case is lower case, port 443 is none, and a local tenant is at localhost, which its tokens
 * are for.
 */
export function canonicalDomain(domain: string): string {
  return canonicalHost(domain).replace(/:443$/, "");
}

/** One spelling for one host: this machine has two. */
export function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/^127\.0\.0\.1(?=:|$)/, "localhost");
}

/** Whether two domains lead to one tenant. */
export function isSameTenant(one: string, other: string): boolean {
  return canonicalDomain(one) === canonicalDomain(other);
}

/** Whether it is a host name, maybe with a port. */
export function isDomain(domain: unknown): domain is string {
  return typeof domain === "string" && HOST.test(domain);
}

/** Adds what Auth0 would refuse in a tenant's domain. */
export function checkDomain(domain: unknown, problems: Problems): void {
  if (domain == null || Token.isUnresolved(domain) || isDomain(domain)) {
    return;
  }
  problems.add(`domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got ${shown(domain)}`);
}
