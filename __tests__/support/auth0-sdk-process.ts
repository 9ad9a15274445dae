/** Makes the calls that come over the channel, with Auth0's own SDK. */
import { ManagementClient } from "auth0";
import { AuthenticationClient, UserInfoClient } from "auth0/legacy";
import type { SdkCall, SdkReply } from "./auth0-sdk";

const CLIENTS = { ManagementClient, AuthenticationClient, UserInfoClient };

process.on("message", async (call: SdkCall) => {
  process.send?.(await make(call));
});

async function make({ client, options, method, args }: SdkCall): Promise<SdkReply> {
  const path = method.split(".");
  const name = path.pop() ?? "";
  // biome-ignore lint/suspicious/noExplicitAny: which method it is, only the caller knows
  const object: any = path.reduce((part: any, key) => part[key], new CLIENTS[client](options as never));
  try {
    const answer = await object[name](...args);
    // Pages and replies have the data in them; the rest is of the SDK.
    return { value: answer?.data ?? answer };
  } catch (error) {
    const { name, message, statusCode } = error as Error & { statusCode?: number };
    return { error: { name, message, ...(statusCode !== undefined && { statusCode }) } };
  }
}
