/** The tenant's own settings, as the API returns them. */
export interface TenantSettings {
  readonly default_audience?: string;
  readonly default_directory?: string;
  readonly enabled_locales: readonly string[];
  readonly flags: Readonly<Record<string, boolean>>;
  readonly [setting: string]: unknown;
}
