import { DataAuth0Tenant } from "@cdktf/provider-auth0/lib/data-auth0-tenant";
import { Fn, TerraformProvider, Token } from "cdktf";
import type { Construct } from "constructs";
import { type FieldsOf, isObject, other } from "./fields";
import { kind, shown } from "./shown";
import { isDomain } from "./tenant-domain";
import type { Problems } from "./validation-error";

/** Which tenant a construct defines its resources in. */
export interface TenantProviderProps {
  /**
   * Provider of all its resources and data sources, where the stack has several: an `Auth0Provider` with an `alias`.
   *
   * @default - the stack's provider that has no alias
   */
  readonly provider?: TerraformProvider;
}

export const TENANT_PROVIDER: FieldsOf<TenantProviderProps> = { provider: other };

/** Adds what is no provider of Auth0's. */
export function checkProvider(provider: unknown, problems: Problems): void {
  if (provider === undefined) {
    return;
  }
  if (!isObject(provider) || !TerraformProvider.isTerraformProvider(provider)) {
    problems.add(`provider must be an Auth0Provider, got ${kind(provider)}; give the construct itself`);
  } else if (provider.terraformResourceType !== "auth0") {
    problems.add(`provider must be an Auth0Provider, got one of ${shown(provider.terraformResourceType)}`);
  }
}

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

/** Adds what Auth0 would refuse in a tenant's domain. */
export function checkDomain(domain: unknown, problems: Problems): void {
  if (domain == null || Token.isUnresolved(domain) || isDomain(domain)) {
    return;
  }
  problems.add(`domain must be a host name without scheme and path, e.g. "example.eu.auth0.com", got ${shown(domain)}`);
}
