import type { FlowAction, FormDocument } from "auth0-forms";
import type { Source } from "./source";

/** What Auth0 tells of a form or a flow, and nobody sends. */
export const TOLD: readonly string[] = [
  ...["id", "created_at", "updated_at", "embedded_at", "submitted_at", "executed_at", "flow_count", "links"],
];

/** A form as Auth0's API has it, without what it only tells. */
export type FormOfTenant = FormDocument;

/** A flow as Auth0's API has it. */
export interface FlowOfTenant {
  readonly name: string;
  readonly actions?: readonly FlowAction[];
}

/** A name that a piece of code imports: `Form as Auth0Form` of `auth0-progressive-profiling/provider-auth0/form`. */
export interface Import {
  readonly name: string;
  readonly from: string;
  /** Whether it is but a type. */
  readonly isType?: boolean;
}

/** What could not be said by a typed value, and stands in the code as the API has it. */
export interface Raw {
  /** E.g. `component "text_x1"`, `form "Welcome"`. */
  readonly what: string;
  readonly why: string;
}

/** What whoever deploys has to give, since no file should hold it. */
export interface Secret {
  /** A name for it, letters and digits, e.g. `recaptchaSecretKey`. */
  readonly name: string;
  /** E.g. `component "recaptcha": secret_key`. */
  readonly what: string;
}

/** Where the code stands, and how it names what lies outside it. All texts are TypeScript expressions. */
export interface CodeContext {
  /** Construct id of the form, or of the flow. */
  readonly id: string;
  /** The id of a flow, by the one that the document has (`af_…`, `#FLOW-1#`): `sendCode.flowId`. */
  readonly flowId: (id: string) => string;
  /** The id of a Vault connection, by the one that the document has: `props.auth0ConnectionId`. */
  readonly connectionId: (id: string) => string;
  /** What stands for a secret: `props.recaptchaSecretKey`. */
  readonly secret: (secret: Secret) => string;
  /**
   * Keeps a text that has a file of its own, such as the JavaScript of a CUSTOM; gives the path of the file: `join(__dirname, "x.js")`.
   *
   * @param name e.g. `logo.js`; the same text is asked for once for each place that has it
   */
  readonly file: (name: string, content: string) => string;
}

/** One construct as TypeScript. */
export interface Code {
  readonly imports: readonly Import[];
  /** `new Form(this, "welcome", {…})`, with no `;`, its further lines indented as in a constructor. */
  readonly expression: string;
  /** What leads from the construct to the provider's resource, whose `importFrom` it is. */
  readonly resource: ".form" | ".flow";
  /** What leads from the construct to the id in the tenant. */
  readonly idOf: ".formId" | ".flowId";
  readonly raw: readonly Raw[];
}

/** A form as TypeScript: of stages, or of nodes. */
export interface CodeOfForm extends Code {
  readonly stages?: StagesCode;
  /** In words, why it is made of nodes. */
  readonly whyNodes?: string;
}

/** What stands before the form, and before the flows that save what is asked. */
export interface StagesCode {
  readonly ids: readonly string[];
  /** `const stages = […];`. */
  readonly statement: string;
  readonly imports: readonly Import[];
  /** What flows write, which stand behind it, by the expressions of their ids. */
  readonly saved: ReadonlyMap<string, Source>;
}
