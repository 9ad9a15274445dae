import type { Environments } from "./lib";

/**
 * The tenants that `main.ts` deploys to, by name; `docs/environments.md` tells what each may have. With none, it deploys to
 * the tenant of `AUTH0_DOMAIN`. Credentials never stand here.
 */
export const environments: Environments = {};
