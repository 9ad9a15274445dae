// node check-tenant.mjs: fails where the GitHub environment SECRETS_ENVIRONMENT gives no tenant. Without AUTH0_DOMAIN the
// stacks of all tenants would be synthesised, and the first of them blamed.
import { Failure, run } from "./failure.mjs";
import { variable } from "./job.mjs";

await run(() => {
  if (process.env.AUTH0_DOMAIN) {
    return;
  }
  const environment = JSON.stringify(variable("SECRETS_ENVIRONMENT"));
  throw new Failure(`AUTH0_DOMAIN is empty: does the GitHub environment ${environment} have its secrets?`);
});
