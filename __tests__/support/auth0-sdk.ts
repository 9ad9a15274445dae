import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LocalTenant } from "./local-tenant";

/** A call of a method of a client, e.g. `forms.list` of the `ManagementClient`. */
export interface SdkCall {
  readonly client: "ManagementClient" | "AuthenticationClient" | "UserInfoClient";
  /** What the client is made with. */
  readonly options: Readonly<Record<string, string>>;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** What came of it, as far as JSON knows it. */
export interface SdkReply {
  // biome-ignore lint/suspicious/noExplicitAny: who calls knows what the answer looks like
  readonly value?: any;
  readonly error?: { readonly name: string; readonly message: string; readonly statusCode?: number };
}

/**
 * Auth0's own SDK in a process of its own: only at its start Node reads which authority it is to trust, as
 * `NODE_EXTRA_CA_CERTS` of the tenant's variables says it.
 */
export class Auth0Sdk {
  private readonly ended: Promise<unknown[]>;

  private constructor(
    private readonly child: ChildProcess,
    private readonly domain: string,
  ) {
    this.ended = once(child, "close");
  }

  static start({ env, domain }: LocalTenant): Auth0Sdk {
    const program = join(__dirname, "auth0-sdk-process.ts");
    const execArgv = ["--require", require.resolve("tsx/cjs")];
    return new Auth0Sdk(fork(program, { execArgv, env: { ...process.env, ...env } }), domain);
  }

  /** Calls a method of a client that is made for it, of this tenant. One call at a time. */
  async call(
    client: SdkCall["client"],
    options: SdkCall["options"],
    method: string,
    ...args: readonly unknown[]
  ): Promise<SdkReply> {
    const call: SdkCall = { client, options: { domain: this.domain, ...options }, method, args };
    this.child.send(call);
    const [reply] = await Promise.race([once(this.child, "message"), this.ended]);
    if (typeof reply !== "object" || reply === null) {
      throw new Error(`the SDK's process ended with ${reply}`);
    }
    return reply;
  }

  async stop(): Promise<void> {
    this.child.kill();
    await this.ended;
  }
}
