import type { Command } from "../actions/command";
import type { ConsoleLine } from "../actions/run-action";
import type { Collection, Store } from "../documents/store";

/** What came of a login; it is pending while a form waits for the person. */
export type LoginResult = "pending" | "succeeded" | "denied" | "failed";

/** One login, sign-up or renewal of tokens, as the tenant saw it. */
export interface LoginRecord {
  readonly id: string;
  readonly kind: "login" | "sign-up" | "refresh token" | "password grant" | "logout";
  readonly started_at: string;
  readonly updated_at: string;
  readonly result: LoginResult;
  /** Why it did not succeed, for the one who builds the login. */
  readonly error?: string;
  /** Undefined where the person is not known. */
  readonly user_id?: string;
  /** What was entered, or the email of the user. */
  readonly user_name?: string;
  readonly client_id: string;
  readonly client_name: string;
  readonly connection?: string;
  /** Auth0's word for the way of logging in, as in `oidc-basic-profile`. */
  readonly protocol?: string;
  readonly ip: string;
  readonly user_agent?: string;
  readonly actions: readonly RanAction[];
  readonly forms: readonly ShownForm[];
}

/** One run of an Action. */
export interface RanAction {
  readonly action_id: string;
  readonly name: string;
  readonly handler: "onExecutePostLogin" | "onContinuePostLogin";
  readonly ran_at: string;
  readonly milliseconds: number;
  readonly console: readonly ConsoleLine[];
  /** What it asked for, by the names of the commands. */
  readonly commands: readonly Command["type"][];
  readonly error?: string;
}

/** A form that an Action rendered. */
export interface ShownForm {
  readonly form_id: string;
  readonly name: string;
  readonly journey_id: string;
  /** Steps that were shown, by their ids, first to last. */
  readonly steps: readonly string[];
  /** Fields that were answered, by their ids. */
  readonly answered?: readonly string[];
  /** Ids of the executions of its flows. */
  readonly executions: readonly { readonly flow_id: string; readonly id: string }[];
  readonly result: "shown" | "ended" | "failed";
  /** What went wrong on the way, and warnings. */
  readonly errors: readonly string[];
}

const KEPT = 500;

/** The newest logins, oldest first. */
export function loginsIn(store: Store): Collection<LoginRecord> {
  return store.collection("logins");
}

/** Keeps a record, new or changed, and forgets the oldest beyond 500. */
export function keepLogin(store: Store, record: LoginRecord): void {
  const logins = loginsIn(store);
  logins.put(record.id, record);
  logins.keepLast(KEPT);
}
