import type { FormDocument, FormGraph } from "./form/form-graph";
import type { Schedule } from "./form/schedule";

/**
 * What a plan says of one progressive profiling, as the review reads it: values decoded, secrets gone, and what is
 * known only after the apply replaced by what the synthesised configuration says of it.
 */
export interface ProfilingChange {
  /** Name of the stack. */
  readonly stack: string;
  /** As it stands in the tenant; absent where the plan makes it. */
  readonly before?: Profiling;
  /** As the plan leaves it, under another address where it makes it anew; absent where the plan destroys it. */
  readonly after?: Profiling;
  /** Steps that only have another id, and have it before as well in what is parsed. */
  readonly renamedSteps?: readonly RenamedStep[];
  /** The other forms that the plan leaves in the stack. */
  readonly others?: readonly Profiling[];
}

/** A step that only has another id. */
export interface RenamedStep {
  readonly from: string;
  readonly to: string;
  readonly alias: string;
}

/** A form, the flows that its nodes lead to, and the Action that shows it. */
export interface Profiling {
  readonly form: FormResource;
  /** What the form's document says, parsed. */
  readonly graph: FormGraph;
  /** By the `flow_id` that stands in the form's nodes, which may be an {@link unknownValue}. */
  readonly flows: ReadonlyMap<string, FlowResource>;
  /** Absent where no Action of the plan shows this form, or it can not be known which does. */
  readonly action?: {
    readonly address: string;
    readonly name: string;
    /** The keys of `user_metadata` that it looks for; absent where that can not be known, or it chooses from stages. */
    readonly metadataKeys?: readonly string[];
    /** Which stage it chooses when, and what it saves; absent where that can not be known, or it looks for keys. */
    readonly schedule?: Schedule;
    /** Whether it is bound to the post-login trigger. */
    readonly isBound: boolean;
    /** Address of what binds it. */
    readonly binding?: string;
    /** Address of the list that replaces what binds it, and does not name it. */
    readonly leftOutBy?: string;
  };
  /** Whether some Action's secrets are known only after the apply, so that it may be the one. */
  readonly isActionUnknown?: boolean;
}

/** Whether it is known what the Action looks for before it shows the form. */
export function isAskingKnown({ action }: Profiling): boolean {
  return action?.metadataKeys !== undefined || action?.schedule !== undefined;
}

export interface FormResource extends FormDocument {
  readonly address: string;
  readonly name: string;
  readonly languages: { readonly primary?: string; readonly default?: string };
  /** Decoded JSON, or absent. */
  readonly style?: unknown;
  readonly translations?: unknown;
  readonly messages?: unknown;
  /** Names of the parts that are known only after the apply, and that no configuration says. */
  readonly unknownParts?: readonly string[];
  /** Names of the parts that are known, and are no JSON of a list or an object. */
  readonly unreadableParts?: readonly string[];
}

export interface FlowResource {
  readonly address: string;
  readonly name: string;
  /** Decoded JSON of `actions`; `undefined` where it can not be known. */
  readonly actions: unknown;
}

/** Stands for a value that is known only after the apply, e.g. `(auth0_flow.profiling_Flow_1A2B.id)`. */
export function unknownValue(reference: string): string {
  return `(${reference})`;
}

/** Whether a text is an {@link unknownValue}, or made of one. */
export function isUnknownValue(text: string): boolean {
  return /^\([\w.-]+(?:\[.*\][\w.-]*)?\)$/.test(text);
}
