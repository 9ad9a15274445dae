import type { Json } from "../../documents/json";
import type { Message } from "../../documents/message";
import type { VaultConnection } from "../../documents/vault-connection";
import type { Outside } from "../outside";

/** Sends a request to the Management API with the credentials of a Vault connection. */
export type ManagementRequest = (
  connectionId: string,
  method: string,
  /** From the root of the tenant, as in `/api/v2/users/auth0%7C1`. */
  path: string,
  body: Json | undefined,
  headers?: Readonly<Record<string, string>>,
) => Promise<{ readonly status: number; readonly body: Json }>;

/** A code that FLOW OTP/GENERATE_CODE made for a reference. */
export interface OneTimeCode {
  readonly code: string;
  readonly expires_at: string;
}

/** What the flows of a journey keep from one to the next. */
export interface FlowMemory {
  readonly vars: Readonly<Record<string, Json>>;
  readonly codes: Readonly<Record<string, OneTimeCode>>;
}

/** What an action works with. */
export interface ActionCall {
  /** The parameters as the flow has them, before their expressions are filled in. */
  readonly written: { readonly [key: string]: Json };
  readonly params: { readonly [key: string]: Json };
  readonly memory: FlowMemory;
  /** What the expressions of the form and its flows see as `context`. */
  readonly context: { readonly [key: string]: Json };
  readonly clock: () => Date;
  readonly managementRequest: ManagementRequest;
  readonly outside: Outside;
  readonly vaultConnection: (id: string) => VaultConnection | undefined;
}

export interface ActionOutcome {
  readonly output: Json;
  /** What went through but may not be meant, for the one who builds the flow. */
  readonly warning?: string;
  readonly memory?: FlowMemory;
  /** What it sends to a person. */
  readonly message?: Pick<Message, "kind" | "from" | "to" | "subject" | "body" | "code">;
  /** The flow ends here. */
  readonly stop?: { readonly message?: string };
}

/** One action, its parameters filled in. @throws FlowActionError */
export type RunAction = (call: ActionCall) => ActionOutcome | Promise<ActionOutcome>;
