import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";

const ANSWER_MILLISECONDS = 1000;

/** The pages of the local tenant that serves at a port of this machine; undefined where it is something else that does. */
export async function pagesOfTenantAt(port: number): Promise<string | undefined> {
  const origin = (await pagesBehind(port)) ?? `http://localhost:${port}`;
  try {
    const response = await fetch(`${origin}/_tenant/clock`, { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
    const clock = (await response.json()) as object;
    return "ahead_seconds" in clock ? `${origin}/_tenant/` : undefined;
  } catch {
    // It speaks another language, or none within that time.
    return undefined;
  }
}

/** Where a tenant's https port leads people to. Nothing is sent, so whose certificate it is does not matter. */
async function pagesBehind(port: number): Promise<string | undefined> {
  const options = { rejectUnauthorized: false, signal: AbortSignal.timeout(ANSWER_MILLISECONDS) };
  const asked = get(`https://localhost:${port}/authorize`, options);
  try {
    const [response]: IncomingMessage[] = await once(asked, "response");
    return /^http:\/\/localhost:\d+(?=\/authorize)/.exec(response?.headers.location ?? "")?.[0];
  } catch {
    return undefined;
  } finally {
    asked.destroy();
  }
}
