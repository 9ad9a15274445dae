import type { Cause, Stuck } from "./form/doubt";
import type { Meaning } from "./form/meanings";
import type { Moment } from "./form/schedule";
import type { HostUse, Spot, SpotChange } from "./form/spots";
import type { StageName } from "./form/stage-names";
import type { ValueChange } from "./json-difference";

/**
 * What a reviewer has to look at, the most dangerous kind first, and what each kind means.
 *
 * A finding is a sentence that somebody understands who has never seen a plan.
 */
export const FINDING_KINDS = {
  destroy: "something in the tenant is destroyed",
  "apply-code": "the apply runs a command, with the secrets that it deploys with",
  "secret-in-text": "a secret stood in a text that the review shows; it is redacted here, not where it stands",
  loop: "a stage is asked at every login, whatever is answered",
  stuck: "somebody can not get past the form",
  unbound: "logins do not show the form",
  "scope-widening": "a client is granted more scopes than before, for more than before, or is let in by other means",
  "flow-code":
    "a flow does something else beside writing answers, or writes through another Vault connection, or a form runs another flow",
  "runs-code": "a form or another resource runs code in people's browsers that it did not run before",
  "leads-away": "a form, a client or another resource leads people to another address, or loads something from there",
  style: "the CSS of a form is another: it can hide, move or cover what people see",
  translation: "people read another text in another language, which the texts of the form do not show",
  "hidden-data":
    "a hidden field, a parameter of a form's own code, or a setting that people do not see (who is paid what, where files go, whose service is asked) is another",
  erases: "answers that were kept are erased",
  "stops-writing": "an answer is no longer kept: its place in the profile stops being written",
  "not-written": "an answer is asked and kept nowhere",
  "written-twice": "two stages write the same place of the profile",
  renamed: "a field writes to another place of the profile",
  "saved-by": "answers are saved by another: a flow, or the Action",
  meaning: "what is kept under a key from now on does not mean, or is not of the form, that it was until now",
  "never-asked":
    "no login reaches a stage, who lacks an answer is not asked for it any more, or the Action shows the form when it has nothing to ask",
  "asked-of-everyone": "existing users are asked something new at their next login",
  condition: "a stage is shown under another condition than before",
  moment: "people are asked at another moment than before, or another number of stages in one login",
  required: "a field is required now",
  "asked-again": "who leaves an optional field empty is asked at every login",
  "option-removed": "an option can no longer be chosen; answers that were given stay",
  replace: "a resource is destroyed and made anew, with another id",
  rotate: "a resource is made anew, with another id, before the old one is destroyed",
  forget: "a resource stays in the tenant, and Terraform looks after it no more",
  "action-code": "the code that logins run is another, or is run in another order",
  check: "a check of the configuration fails",
  drift: "somebody changed the tenant outside Terraform, and the apply takes that back",
  limit: "a limit of the tenant is near or passed",
  unknown: "something can not be known before the apply",
  foreign: "a change that the base has too: it is not of this pull request",
  change: "anything is changed at all",
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;

/** Where something was found. */
export interface Place {
  /** Address of the resource, `plan` for all of it, or empty for the tenant. */
  readonly address: string;
  /** Name of the form, where it is one's. */
  readonly form?: string;
  /** Id of the step, where it is one's. */
  readonly stage?: string;
}

/** A resource as people know it. */
export interface ResourceName {
  readonly type: string;
  readonly address: string;
  /** As the tenant has it. */
  readonly name?: string;
}

interface OfResource {
  readonly resource: ResourceName;
  readonly isNew: boolean;
}

/** A text, and the attribute that it stands in. */
export interface AttributeText {
  readonly attribute: string;
  readonly text: string;
}

/** Where the code of an Action is from. */
export type CodeOrigin = "library" | "other" | "unknown";

/** What nobody can tell of a resource: where it leads, what it runs, which Action, whom it lets in. */
export type Question = "leads" | "code" | "action" | "access";

/** Who saves what people answer. */
export type Saver = "flow" | "action" | "both";

/** What an action of a flow does. */
export type Deed =
  /** A key of the user's, of another user than the one who logs in where one is named. */
  | { readonly does: "sets"; readonly key: string /** A constant. */; readonly to?: unknown; readonly user?: string }
  | { readonly does: "runs"; readonly action: string; readonly target?: string }
  | { readonly does: "uses"; readonly connection: string };

type Nothing = Readonly<Record<string, never>>;

/** What can be found, and the values that its sentence has. */
export interface Facts {
  // of the plan as a whole
  readonly "plan-errored": Nothing;
  readonly "plan-incomplete": Nothing;
  readonly "plan-deferred": { readonly changes: number };
  /** How many of the stack's resources it destroys. */
  readonly "plan-destroys": { readonly destroyed: number; readonly all: number };
  readonly "check-failed": { readonly check: string; readonly problems: readonly string[] };
  /** What nobody can read of a resource that is imported. */
  readonly "import-unknown": { readonly resource: ResourceName; readonly attribute: string };
  readonly "plan-refreshes": Nothing;
  /** Provisioners of a resource that is made or destroyed. */
  readonly "apply-runs": { readonly address: string; readonly commands: readonly string[] };
  readonly "secret-readable": {
    readonly address: string;
    readonly isInAddress: boolean;
    readonly attributes: readonly string[];
  };
  readonly "resource-of-base": { readonly resource: ResourceName };
  readonly "form-of-base": { readonly form: string };

  // of resources
  readonly "form-destroyed": { readonly form: string; readonly others: number };
  readonly "form-remade": {
    readonly form: string;
    readonly from: string;
    readonly to: string;
    readonly others: number;
  };
  readonly "resource-destroyed": {
    readonly resource: ResourceName;
    /** What the plan leaves and needs it to save answers; absent where nothing could. */
    readonly neededBy?: readonly ResourceName[];
  };
  readonly "resource-replaced": { readonly resource: ResourceName };
  readonly "resource-rotated": { readonly resource: ResourceName };
  readonly "resources-forgotten": { readonly resources: readonly ResourceName[] };
  readonly "resource-drifted": {
    readonly resource: ResourceName;
    readonly change: "changed" | "removed";
    readonly attributes: readonly string[];
    readonly isTakenBack: boolean;
  };
  readonly "scopes-unknown": { readonly client: string };
  /** The same client has the same scopes, or fewer, on another API. */
  readonly "grant-moved": {
    readonly client: string;
    readonly from?: string;
    readonly to?: string;
    readonly scopes: "all" | readonly string[];
  };
  readonly "grant-lost": { readonly client: string; readonly audience?: string };
  readonly "scopes-granted": {
    readonly client: string;
    readonly audience?: string;
    readonly added: "all" | readonly string[];
    /** Whether it had none before. */
    readonly isNew: boolean;
    readonly movedFrom?: { readonly client: string; readonly audience?: string };
  };
  readonly "code-unknown": { readonly action: string };
  readonly "action-added": { readonly action: string; readonly origin: CodeOrigin };
  readonly "action-changed": {
    readonly action: string;
    readonly parts: readonly string[];
    /** Of code that changes. */
    readonly origin?: CodeOrigin;
    /** Whether it can no longer be told who is asked. */
    readonly hidesWhoIsAsked: boolean;
  };
  readonly "action-not-deployed": { readonly action: string };
  readonly "action-unbound": {
    readonly action: string;
    /** Absent where it is that of logins. */
    readonly trigger?: string;
  };
  readonly "action-bound": { readonly action: string };
  /** Of an Action of another trigger than that of logins, or one that no plan here defines. */
  readonly "binding-added": {
    /** Its name, or its id where no plan here defines it. */
    readonly action: string;
    readonly trigger: string;
    readonly isForeign: boolean;
    /** What the trigger calls it, whatever it is. */
    readonly shownAs?: string;
  };
  /** In which order they are run from now on. */
  readonly "actions-reordered": { readonly trigger: string; readonly actions: readonly string[] };
  /** Of Actions that nothing here knows but the list that binds them. */
  readonly "bindings-removed": {
    readonly list: string;
    /** Absent where it is that of logins. */
    readonly trigger?: string;
    readonly actions: readonly string[];
  };
  readonly "bindings-replaced": { readonly list: string };
  /** Nothing that the plan leaves may save the answers of a flow. */
  readonly "saving-refused": {
    readonly flow: string;
    readonly client: string;
    readonly connection: string;
    /** Whether people get in all the same. */
    readonly letsIn: boolean;
  };
  readonly "flow-after-unknown": { readonly flow: string };
  readonly "flow-before-unknown": { readonly flow: string };
  readonly "flow-deeds": {
    readonly flow: string;
    readonly isNew: boolean;
    readonly added: readonly Deed[];
    readonly removed: readonly Deed[];
  };
  /** A form runs a flow that it did not run before, and that is not new. */
  readonly "flow-run": {
    readonly flow: string;
    /** Whether any plan here holds it. */
    readonly isKnown: boolean;
    readonly does: readonly Deed[];
  };
  readonly "connection-changed": {
    readonly connection: string;
    readonly changes: readonly { readonly key: string; readonly before?: string; readonly after?: string }[];
  };
  /** What is neither a form nor runs one leads people elsewhere, or loads from there. */
  readonly "resource-reaches-out": OfResource & { readonly hosts: readonly AttributeText[] };
  /** Of browsers. */
  readonly "resource-runs-scripts": OfResource & { readonly scripts: readonly AttributeText[] };
  /** Of Auth0. */
  readonly "resource-runs-code": OfResource & { readonly code: readonly AttributeText[] };
  /** What is known only after the apply, by what that leaves open. */
  readonly "attributes-unknown": {
    readonly resource: ResourceName;
    readonly attributes: readonly string[];
    readonly question: Question;
  };
  /** Another way to show to be the client. */
  readonly "client-proves-otherwise": { readonly client: string; readonly changes: readonly ValueChange[] };
  /** For whom or for what else than its scopes a grant is. */
  readonly "grant-changed": { readonly client: string; readonly changes: readonly ValueChange[] };
  readonly "limit-near": {
    readonly what: string;
    readonly where: string;
    readonly used: number;
    readonly limit: number;
    readonly isTenantWide: boolean;
  };

  // of a form
  readonly "nodes-unknown": { readonly form: string };
  /** What of a form can not be compared with what stands there. */
  readonly "parts-unknown": { readonly form: string; readonly parts: readonly string[] };
  /** What of a form is known, and is no JSON. */
  readonly "parts-unreadable": { readonly form: string; readonly parts: readonly string[] };
  readonly "flow-unknown": { readonly because: Cause };
  readonly "action-unknown": { readonly form: string };
  readonly "form-without-action": { readonly form: string };
  readonly "form-unbound": {
    readonly action: string /** Address of the list that does not name it. */;
    readonly leftOutBy?: string;
  };
  readonly "form-stuck": { readonly because: Stuck };
  readonly "form-opened-for-nothing": { readonly keys: readonly string[] };
  readonly "form-leads-away": { readonly before?: string; readonly after: string };
  readonly "form-reaches-out": { readonly hosts: readonly HostUse[]; readonly gone: readonly string[] };
  readonly "form-runs-code": {
    readonly codes: readonly { readonly spot: Spot; readonly text: string }[];
    /** Whether there was no form before. */
    readonly isNew: boolean;
  };
  readonly "form-styled": { readonly changes: readonly SpotChange[] };
  readonly "form-translated": {
    readonly changes: readonly SpotChange[];
    /** Of the form's own languages. */
    readonly languages: readonly ValueChange[];
  };
  readonly "form-hidden-data": { readonly changes: readonly SpotChange[] };
  readonly "keys-not-written": { readonly keys: readonly string[] };
  readonly "key-written-twice": { readonly key: string; readonly stages: readonly StageName[] };
  readonly "users-asked": {
    readonly stages: readonly (StageName & { readonly moment?: Moment })[];
    /** The places of the profile that the stages wait for. */
    readonly keys: readonly string[];
    /** Of all stages. */
    readonly moment?: Moment;
    /** Whether somebody is asked all of them in one login. */
    readonly isAtOnce: boolean;
    /** Whether no answer ends it, nor any time between. */
    readonly isForEver: boolean;
    /** Whether it is known to whom the Action shows the form. */
    readonly isWhomKnown: boolean;
    readonly doubt?: Cause;
  };

  readonly "moment-changed": {
    /** Of one stage; absent of all. */
    readonly alias?: string;
    readonly before: Moment;
    readonly after: Moment;
  };
  /** How many stages one login asks at most. */
  readonly "stages-per-login": { readonly before: number; readonly after: number };
  readonly "saver-changed": { readonly before: Saver; readonly after: Saver };

  // of a stage
  readonly "version-raised": {
    readonly alias: string;
    readonly place: string;
    readonly before: string;
    readonly after: string;
  };
  readonly "stage-stuck": { readonly stage: StageName; readonly because: Stuck };
  readonly "stage-unreachable": { readonly stage: StageName };
  readonly "stage-behind-another": { readonly stage: StageName };
  readonly "stage-not-looked-for": {
    readonly stage: StageName;
    readonly keys: readonly string[];
    /** Whether it is asked as long as another answer is missing. */
    readonly isSeen: boolean;
  };
  readonly "stage-loops": {
    readonly stage: StageName;
    /** The keys that it waits for and nothing writes. */
    readonly keys: readonly string[];
  };
  readonly "stage-erases": { readonly stage: StageName; readonly erased: "user_metadata" | "app_metadata" };
  readonly "stage-asked-again": { readonly stage: StageName; readonly keys: readonly string[] };
  readonly "answers-not-written": { readonly stage: StageName; readonly fields: readonly string[] };
  readonly "condition-changed": {
    readonly alias: string;
    readonly before: readonly unknown[];
    readonly after: readonly unknown[];
  };
  readonly "key-renamed": {
    readonly alias: string;
    readonly field: string;
    readonly from: readonly string[];
    readonly to: readonly string[];
    /** Whether existing users are asked again. */
    readonly isAskedAgain: boolean;
  };
  readonly "answers-mean-otherwise": {
    readonly alias: string;
    readonly field: string;
    readonly keys: readonly string[];
    readonly changes: readonly Meaning[];
  };
  readonly "users-no-longer-asked": { readonly lacking: readonly string[]; readonly having: readonly string[] };
  readonly "field-required": {
    readonly alias: string;
    readonly field: string;
    readonly label?: string;
    readonly isNew: boolean;
  };
  readonly "options-removed": {
    readonly alias: string;
    readonly field: string;
    readonly values: readonly string[];
  };
}

export type What = keyof Facts;

const KIND_OF: { readonly [Name in What]: FindingKind } = {
  "plan-errored": "unknown",
  "plan-incomplete": "unknown",
  "plan-deferred": "unknown",
  "plan-destroys": "destroy",
  "check-failed": "check",
  "import-unknown": "unknown",
  "plan-refreshes": "drift",
  "apply-runs": "apply-code",
  "secret-readable": "secret-in-text",
  "resource-of-base": "foreign",
  "form-of-base": "foreign",
  "form-destroyed": "destroy",
  "form-remade": "replace",
  "resource-destroyed": "destroy",
  "resource-replaced": "replace",
  "resource-rotated": "rotate",
  "resources-forgotten": "forget",
  "resource-drifted": "drift",
  "scopes-unknown": "unknown",
  "grant-moved": "scope-widening",
  "grant-lost": "destroy",
  "scopes-granted": "scope-widening",
  "code-unknown": "unknown",
  "action-added": "action-code",
  "action-changed": "action-code",
  "action-not-deployed": "action-code",
  "action-unbound": "unbound",
  "action-bound": "action-code",
  "binding-added": "action-code",
  "actions-reordered": "action-code",
  "bindings-removed": "unbound",
  "bindings-replaced": "unknown",
  "saving-refused": "stuck",
  "flow-after-unknown": "unknown",
  "flow-before-unknown": "unknown",
  "flow-deeds": "flow-code",
  "flow-run": "flow-code",
  "connection-changed": "flow-code",
  "resource-reaches-out": "leads-away",
  "resource-runs-scripts": "runs-code",
  "resource-runs-code": "action-code",
  "attributes-unknown": "unknown",
  "client-proves-otherwise": "scope-widening",
  "grant-changed": "scope-widening",
  "limit-near": "limit",
  "nodes-unknown": "unknown",
  "parts-unknown": "unknown",
  "parts-unreadable": "unknown",
  "flow-unknown": "unknown",
  "action-unknown": "unknown",
  "form-without-action": "unbound",
  "form-unbound": "unbound",
  "form-stuck": "stuck",
  "form-opened-for-nothing": "never-asked",
  "form-leads-away": "leads-away",
  "form-reaches-out": "leads-away",
  "form-runs-code": "runs-code",
  "form-styled": "style",
  "form-translated": "translation",
  "form-hidden-data": "hidden-data",
  "keys-not-written": "stops-writing",
  "key-written-twice": "written-twice",
  "users-asked": "asked-of-everyone",
  "moment-changed": "moment",
  "stages-per-login": "moment",
  "saver-changed": "saved-by",
  "version-raised": "asked-of-everyone",
  "stage-stuck": "stuck",
  "stage-unreachable": "never-asked",
  "stage-behind-another": "never-asked",
  "stage-not-looked-for": "never-asked",
  "stage-loops": "loop",
  "stage-erases": "erases",
  "stage-asked-again": "asked-again",
  "answers-not-written": "not-written",
  "condition-changed": "condition",
  "key-renamed": "renamed",
  "answers-mean-otherwise": "meaning",
  "users-no-longer-asked": "never-asked",
  "field-required": "required",
  "options-removed": "option-removed",
};

/** One thing to look at: of which kind, where, and what of it there is to say. */
export interface FindingOf<Name extends What> {
  readonly kind: FindingKind;
  readonly what: Name;
  readonly where: Place;
  readonly values: Facts[Name];
}

export type Finding<Name extends What = What> = { [Each in Name]: FindingOf<Each> }[Name];

export function finding<Name extends What>(what: Name, where: Place, values: Facts[Name]): FindingOf<Name> {
  return { kind: KIND_OF[what], what, where, values };
}

/** The most dangerous first; of one kind in the order in which they were found. */
export function byDanger<Some extends { readonly kind: FindingKind }>(findings: readonly Some[]): Some[] {
  const kinds = Object.keys(FINDING_KINDS);
  return [...findings].sort((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
}
