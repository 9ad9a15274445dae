import { type Comparison, compare } from "./comparison";
import type { ManagementClient } from "./management-client";
import { redacted } from "./redaction";
import type { State } from "./state";
import { readTenant } from "./tenant";

/** Reads the tenant and compares it with states; no secret of theirs or of the client is in it. @throws CommandError */
export async function compareTenant(client: ManagementClient, states: readonly State[]): Promise<Comparison> {
  const { AUTH0_CLIENT_SECRET = "", AUTH0_API_TOKEN = "" } = process.env;
  const secrets = [...states.flatMap((state) => state.secrets), AUTH0_CLIENT_SECRET, AUTH0_API_TOKEN];
  return redacted(compare(states, await readTenant(client, states)), secrets);
}
