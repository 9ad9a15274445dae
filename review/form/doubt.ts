/** Why it can not be told how a login goes on: what that depends on. */
export type Cause =
  | { readonly what: "condition"; readonly condition: unknown }
  /** No condition that anybody documents. */
  | { readonly what: "odd-condition"; readonly condition: unknown }
  /** Nobody documents whether Auth0 reads the user anew once a flow has written in the same login. */
  | { readonly what: "reread"; readonly key: string }
  | { readonly what: "inside-answer"; readonly key: string }
  | { readonly what: "value"; readonly expression: string }
  | { readonly what: "flow-missing"; readonly flowId: string }
  | { readonly what: "flow-actions"; readonly flow: string }
  | { readonly what: "flow-request"; readonly flow: string }
  | { readonly what: "flow-writes"; readonly flow: string }
  | { readonly what: "nodes" }
  | { readonly what: "node-type"; readonly node: string; readonly type: string }
  /** A step that people leave in another way than by a next button. */
  | { readonly what: "leaving"; readonly step: string };

/** Why somebody gets no further; nodes by their aliases, and the start by none. */
export type Stuck =
  | { readonly what: "leads-nowhere"; readonly node?: string; readonly to?: string }
  | { readonly what: "circle" | "endless"; readonly node: string }
  | { readonly what: "no-next-button"; readonly step: string }
  | { readonly what: "no-answer-fits"; readonly step: string; readonly field: string }
  | { readonly what: "error-message"; readonly flow: string }
  | { readonly what: "no-resume" };

/** What can not be known, with the reason. */
export interface Doubt {
  readonly kind: "doubt";
  readonly because: Cause;
}

export function doubt(because: Cause): Doubt {
  return { kind: "doubt", because };
}
