import type { Flow, FlowExecution } from "../documents/flow";
import type { Form } from "../documents/form";
import type { Ids } from "../documents/ids";
import type { Json } from "../documents/json";
import type { Message as SentMessage } from "../documents/message";
import type { VaultConnection } from "../documents/vault-connection";
import type { Entered } from "./fields/field-type";
import type { ManagementRequest, OneTimeCode } from "./flow-actions/run-action";
import type { Message } from "./localized-form";
import type { Outside } from "./outside";

type Values = Readonly<Record<string, Json>>;

/** How far a person has come in a form. Plain JSON, to be kept between requests where the browser can not change it. */
export interface Journey {
  readonly id: string;
  readonly formId: string;
  /** `updated_at` of the form when it was last looked at. */
  readonly formVersion: string;
  /** The languages that the browser asks for, best first. */
  readonly locales: readonly string[];
  readonly position: Position;
  /** The steps that led to the present one, first to last. */
  readonly history: readonly string[];
  /** The answers and the hidden fields. */
  readonly fields: Values;
  readonly vars: Values;
  /** What was typed but is no answer yet, by component: shown again, never used. */
  readonly entered: Readonly<Record<string, Entered>>;
  /** Of OTP/GENERATE_CODE, by reference. */
  readonly codes: Readonly<Record<string, OneTimeCode>>;
  /** Uses of RESEND_BUTTONs, by component. */
  readonly resends: Readonly<Record<string, { readonly count: number; readonly at: string }>>;
  /** What flows have sent on the way to the present step, oldest first. */
  readonly sent: readonly Pick<SentMessage, "id" | "kind" | "to">[];
  readonly error?: StepError;
}

export type Position =
  | { readonly at: "step"; readonly id: string }
  | {
      readonly at: "ended";
      /** Whether the login goes on. */
      readonly resumes: boolean;
      /** Where the browser goes instead, after some seconds. */
      readonly redirection?: { readonly target: string; readonly delay: number };
    }
  /** There is no step to show it on. Mostly for the one who builds the form, unless a flow has put it for the person. */
  | { readonly at: "failed"; readonly message: string };

/** Why a step is shown other than because it is next. */
export interface StepError {
  /** What the person is told. */
  readonly said: Message | { readonly text: string };
  /** What is wrong with the fields, by component. */
  readonly problems?: Readonly<Record<string, Message>>;
  /** What went wrong, for the one who builds the form. */
  readonly cause?: string;
  readonly execution?: { readonly flowId: string; readonly id: string };
}

/**
 * What the expressions of a form see as `context`: user, client, tenant, transaction and, where there are some,
 * organization and custom_domain.
 *
 * @see https://auth0.com/docs/customize/forms/variables#context-variables
 */
export type JourneyContext = Readonly<Record<string, unknown>>;

/** What happened; those that Auth0 has too go by the names of its tenant log. */
export type JourneyRecord =
  | { readonly type: "flows_execution_completed"; readonly execution: FlowExecution }
  | { readonly type: "flows_execution_failed"; readonly execution: FlowExecution; readonly error: string }
  | { readonly type: "message_sent"; readonly message: SentMessage }
  | { readonly type: "forms_submission_succeeded"; readonly form_id: string; readonly journey_id: string }
  | {
      readonly type: "forms_submission_failed" | "forms_warning";
      readonly form_id: string;
      readonly journey_id: string;
      readonly error: string;
    };

/** What a journey needs of the tenant. */
export interface JourneyServices {
  readonly form: (id: string) => Form | undefined;
  readonly flow: (id: string) => Flow | undefined;
  /** Read whenever it is needed, so that a router behind a flow sees what the flow wrote. */
  readonly context: () => JourneyContext | Promise<JourneyContext>;
  readonly managementRequest: ManagementRequest;
  readonly outside: Outside;
  readonly vaultConnection: (id: string) => VaultConnection | undefined;
  readonly record: (entry: JourneyRecord) => void;
  readonly clock: () => Date;
  readonly ids: Pick<Ids, "uuid">;
}
