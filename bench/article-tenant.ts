/** The local tenant with the article's stack, deployed once by the engine. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { LocalTenant } from "../dev/local-tenant";
import type { Place } from "./person";
import { byTerraform, synthesised } from "./way";

/**
 * @param args of the tenant's command, but for `--env`
 * @param folder for what it needs on the way
 * @param environment of its process; by default that of this one
 */
export async function startArticleTenant(
  args: readonly string[],
  folder: string,
  environment?: NodeJS.ProcessEnv,
): Promise<{ readonly tenant: LocalTenant; readonly place: Place }> {
  mkdirSync(folder, { recursive: true });
  const tenant = await LocalTenant.start(args, join(folder, "env"), environment);
  try {
    const stack = byTerraform(synthesised(join(folder, "stack")));
    stack.prepare(tenant);
    stack.run.apply(tenant);
    return { tenant, place: await placeOf(tenant) };
  } catch (error) {
    await tenant.stop();
    throw error;
  }
}

export async function placeOf(tenant: LocalTenant): Promise<Place> {
  const { body: clients } = await tenant.request("GET", "/api/v2/clients");
  const { client_id, client_secret, callbacks } = clients.find(
    ({ name }: { readonly name: string }) => name === "Sample Application",
  );
  return {
    pages: tenant.env.ISSUER_BASE_URL,
    domain: tenant.domain,
    ca: tenant.ca,
    clientId: client_id,
    clientSecret: client_secret,
    callback: callbacks[0],
    token: await tenant.accessToken(),
  };
}
