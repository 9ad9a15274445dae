import { TerraformProvider } from "cdktf";
import { type FieldsOf, isObject, other } from "./fields";
import { kind, type Problems, shown } from "./validation-error";

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
