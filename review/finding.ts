/**
 * What a reviewer has to look at, the most dangerous kind first, and what each kind means.
 *
 * A finding is a sentence that somebody understands who has never seen a plan.
 */
export const FINDING_KINDS = {
  destroy: "something in the tenant is destroyed",
  "secret-in-text": "a secret stood in a text that the review shows; it is redacted here, not where it stands",
  loop: "a stage is asked at every login, whatever is answered",
  stuck: "somebody can not get past the form",
  unbound: "logins do not show the form",
  "scope-widening": "a client is granted more scopes than before",
  "flow-code": "a flow does something else beside writing answers, or writes through another Vault connection",
  "leads-away": "a form leads people to another address",
  erases: "answers that were kept are erased",
  "stops-writing": "an answer is no longer kept: its key of user_metadata stops being written",
  "not-written": "an answer is asked and kept nowhere",
  "written-twice": "two stages write the same key of user_metadata",
  renamed: "a field writes to another key, so that everybody is asked again",
  "never-asked": "no login reaches a stage, or the Action shows the form when it has nothing to ask",
  "asked-of-everyone": "existing users are asked something new at their next login",
  condition: "a stage is shown under another condition than before",
  required: "a field is required now",
  "asked-again": "who leaves an optional field empty is asked at every login",
  "option-removed": "an option can no longer be chosen; answers that were given stay",
  replace: "a resource is destroyed and made anew, with another id",
  rotate: "a resource is made anew, with another id, before the old one is destroyed",
  forget: "a resource stays in the tenant, and Terraform looks after it no more",
  "action-code": "the code that logins run is another",
  drift: "somebody changed the tenant outside Terraform, and the apply takes that back",
  limit: "a limit of the tenant is near or passed",
  unknown: "something can not be known before the apply",
  foreign: "a change that the base has too: it is not of this pull request",
  change: "anything is changed at all",
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;

/** One thing to look at. */
export interface Finding {
  readonly kind: FindingKind;
  /** A sentence, as Markdown on one line; every text from the plan is escaped in it. */
  readonly text: string;
  /** What it is about, as plain text: an address, or `<address of the form> <id of the node>`. */
  readonly where: string;
}

/** A part of the review, as Markdown. */
export interface Section {
  /** Markdown on one line, without `#`. */
  readonly heading: string;
  readonly body: string;
  /** Where the review gets too long, the least important sections are left out first. */
  readonly importance: number;
  /** Id of the step that it is about, where it is about one. */
  readonly step?: string;
}

/** The most dangerous first; of one kind in the order in which they were found. */
export function byDanger(findings: readonly Finding[]): Finding[] {
  const kinds = Object.keys(FINDING_KINDS);
  return [...findings].sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}
