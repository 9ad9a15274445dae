import { byDanger, type Finding, finding } from "./finding";
import { type FormReview, reviewForm } from "./form/form-review";
import { isRemade, withRemadeForms } from "./form/remade-forms";
import { withRenamedSteps } from "./form/renamed-steps";
import { isSame, sortedJson } from "./json-value";
import type { Action, Plan } from "./plan/plan";
import { modeOf, planFindings } from "./plan/plan-state";
import { profilingChanges, profilingDrift } from "./plan/profilings";
import { provisionerFindings } from "./plan/provisioners";
import { redactedFindings } from "./plan/secret-findings";
import type { Secrets } from "./plan/secrets";
import { type Snapshots, snapshotsOf } from "./plan/snapshot";
import type { Profiling, ProfilingChange } from "./profiling";
import { type ActionChange, actionChanges, actionFindings } from "./resources/action-code";
import { destroyedFindings } from "./resources/destroyed";
import { type Drift, driftFindings, driftOf } from "./resources/drift";
import { type FlowChange, flowChanges, flowFindings, runFlowFindings } from "./resources/flow-code";
import { type LimitUse, limitFindings, limitUses } from "./resources/limits";
import { reachingOutFindings } from "./resources/reaching-out";
import { nameOf, type ResourceReview, reviewResources } from "./resources/resources";
import { savingFindings } from "./resources/saving";
import { accessFindings, type ScopeChange, scopeChanges, scopeFindings } from "./resources/scopes";
import { bindingFindings, triggerListFindings } from "./resources/trigger-lists";
import { unknownFindings } from "./resources/unknown-attributes";
import { type ValueChanges, valueChanges } from "./resources/value-changes";
import { connectionFindings } from "./resources/vault-connections";

/** A finding of a stack. */
export type StackFinding = Finding & {
  /** The base has the change too: it is not of this pull request. */
  readonly isForeign: boolean;
};

/** A form's change, with what is to be said of it. */
export interface FormChange {
  readonly change: ProfilingChange;
  readonly review: FormReview;
}

/** What the plan does to one form. */
export interface ReviewedProfiling extends FormChange {
  readonly isForeign: boolean;
  /** What of its findings and of its changed steps the base does not have as well. */
  readonly own: Pick<FormReview, "findings" | "changedSteps">;
  /** Whether all of it takes back what somebody did outside of Terraform. */
  readonly isTakingBack: boolean;
}

/** The review of the plan of one stack. */
export interface StackReview {
  readonly name: string;
  readonly resources: readonly ResourceReview[];
  readonly findings: readonly StackFinding[];
  readonly profilings: readonly ReviewedProfiling[];
  readonly drift: readonly Drift[];
  /** What somebody did to the forms outside of Terraform, and the apply takes back. */
  readonly driftedForms: readonly FormChange[];
  readonly scopes: readonly ScopeChange[];
  readonly actions: readonly ActionChange[];
  readonly flows: readonly FlowChange[];
  readonly limits: readonly LimitUse[];
  readonly mode: ReturnType<typeof modeOf>;
  /** All that the plan changes, whatever else is said of it. */
  readonly values: readonly ValueChanges[];
  /** Whether a form is left once the plan is applied. */
  readonly hasForms: boolean;
}

export interface ReviewedPlan {
  readonly plan: Plan;
  readonly snapshots: Snapshots;
  /** The base's plan of the same stack. */
  readonly base?: Plan;
}

/** What the plan does, and what of it the base's plan does as well. */
export function reviewStack(
  { plan, snapshots, base }: ReviewedPlan,
  others: readonly Snapshots[],
  secrets: Secrets,
): StackReview {
  const resources = reviewResources(plan, base, secrets);
  const judgement = judge(plan, resources, snapshots, others, secrets);
  const pending = base && pendingOf(base, others, secrets);
  const profilings = judgement.forms.map((form) => ({
    change: form.change,
    review: withFieldsTakenBack(form, judgement.driftedForms),
    ...comparedWith(pending, form),
    isTakingBack: isTakingBack(form.change, judgement.driftedForms),
  }));
  return {
    ...judgement,
    name: secrets.mark(plan.stack),
    resources,
    findings: findingsOf(judgement, resources, profilings, pending),
    profilings,
    values: valueChanges(plan, secrets),
    mode: modeOf(plan),
    hasForms: [...snapshots.planned.values()].some(({ type }) => type === "auth0_form"),
  };
}

/** What there is in one plan, whatever the base does. */
interface Judgement extends Pick<StackReview, "drift" | "driftedForms" | "scopes" | "actions" | "flows" | "limits"> {
  readonly forms: readonly FormChange[];
  /** What no base can have as well. */
  readonly ofThePlan: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly ofLimits: readonly Finding[];
}

function judge(
  plan: Plan,
  resources: readonly ResourceReview[],
  snapshots: Snapshots,
  others: readonly Snapshots[],
  secrets: Secrets,
): Judgement {
  const stack = secrets.mark(plan.stack);
  const changes = withRemadeForms(profilingChanges(stack, snapshots, others)).map(withRenamedSteps);
  const forms = changes
    .filter(isOtherThanBefore)
    .map((change) => ({ change, review: reviewForm(change) }))
    .filter(({ change, review }) => isRemade(change) || review.isTold);
  const drift = driftOf(plan, resources, secrets);
  const scopes = scopeChanges(snapshots);
  const actions = actionChanges(snapshots);
  const flows = flowChanges(snapshots);
  const limits = limitUses(snapshots.planned, changes);
  const ofForms = forms.flatMap(({ review }) => review.findings);
  return {
    forms,
    drift,
    driftedForms: driftedForms(profilingDrift(stack, snapshots), drift),
    scopes,
    actions,
    flows,
    limits,
    ofThePlan: [...planFindings(plan, secrets), ...redactedFindings(plan, snapshots, secrets)],
    findings: [
      ...destroyedFindings(resources, changes, snapshots),
      ...provisionerFindings(plan, secrets),
      ...ofForms,
      ...scopeFindings(scopes),
      ...accessFindings(snapshots),
      ...reachingOutFindings(snapshots),
      ...unknownFindings(snapshots),
      ...actionFindings(actions, actionsOfForms(changes)),
      ...flowFindings(flows, snapshots.planned, ofForms),
      ...runFlowFindings(changes),
      ...connectionFindings(snapshots),
      ...savingFindings(snapshots),
      ...triggerListFindings(snapshots),
      ...bindingFindings(snapshots),
      ...driftFindings(drift, resources),
    ],
    ofLimits: limitFindings(limits),
  };
}

function pendingOf(base: Plan, others: readonly Snapshots[], secrets: Secrets): Judgement {
  return judge(base, reviewResources(base, undefined, secrets), snapshotsOf(base, secrets), others, secrets);
}

/** Addresses of the Actions that show a form. */
function actionsOfForms(changes: readonly ProfilingChange[]): ReadonlySet<string> {
  return new Set(changes.flatMap(({ before, after }) => [before, after].flatMap((one) => one?.action?.address ?? [])));
}

function driftedForms(changes: readonly ProfilingChange[], drift: readonly Drift[]): FormChange[] {
  const drifted = new Set(drift.map(({ address }) => address));
  return changes
    .filter((change) => addressesOf(change).some((address) => drifted.has(address)))
    .filter((change) => change.before !== undefined && change.after !== undefined && isOtherThanBefore(change))
    .map((change) => ({ change, review: reviewForm(change) }));
}

/** Whether the apply brings back the very form that was there before somebody changed it. */
function isTakingBack({ before, after }: ProfilingChange, drifted: readonly FormChange[]): boolean {
  return drifted.some(
    ({ change }) => change.before?.form.address === before?.form.address && isSameProfiling(change.before, after),
  );
}

/** The form's review, with a mark at what only brings back the field that was there before somebody changed it. */
function withFieldsTakenBack({ change, review }: FormChange, drifted: readonly FormChange[]): FormReview {
  const drift = drifted.find((one) => one.change.after?.form.address === change.before?.form.address);
  if (drift === undefined) {
    return review;
  }
  const stages = review.stages.map((stage) => {
    const done = drift.review.stages.find(({ id }) => id === stage.id)?.fields ?? [];
    const fields = stage.fields.map((field) => ({
      ...field,
      isTakingBack: done.some(
        ({ id, before, after }) => id === field.id && isSame(before, field.after) && isSame(after, field.before),
      ),
    }));
    return { ...stage, fields };
  });
  return { ...review, stages };
}

/** What of a form's change the base has too. */
function comparedWith(
  pending: Judgement | undefined,
  { change, review }: FormChange,
): Pick<ReviewedProfiling, "isForeign" | "own"> {
  const same = pending && formIn(pending, change);
  const known = new Set(pending && keysOf(pending));
  return {
    isForeign: same !== undefined && isSameChange(same.change, change),
    own: {
      findings: review.findings.filter((one) => !known.has(keyOf(one))),
      changedSteps: review.changedSteps.filter(
        ({ id }) => !isSame(whatChanges(review, id), whatChanges(same?.review, id)),
      ),
    },
  };
}

function whatChanges(review: FormReview | undefined, id: string): object | undefined {
  const stage = review?.stages.find((one) => one.id === id);
  return stage && { alias: stage.alias, change: stage.change, fields: stage.fields, notes: stage.notes };
}

/** Only what the base says word for word is not of this pull request: one of two changes may hide in the other. */
function findingsOf(
  { ofThePlan, findings, ofLimits }: Judgement,
  resources: readonly ResourceReview[],
  profilings: readonly ReviewedProfiling[],
  pending: Judgement | undefined,
): StackFinding[] {
  const known = new Set(pending && keysOf(pending));
  const mark = (one: Finding, isForeign = known.has(keyOf(one))): StackFinding => ({ ...one, isForeign });
  const ofBase = foreignResources(resources);
  const all = [
    ...ofThePlan.map((one) => mark(one, false)),
    ...findings.map((one) => mark(one)),
    ...ofLimits.map((one) => mark(one, false)),
    ...[...ofBase, ...mixedForms(profilings, ofBase, pending)].map((one) => mark(one)),
  ];
  return byDanger(all);
}

/** How many resources there are of each action; as Terraform counts, one that is imported may be changed as well. */
export function countsOf(resources: readonly ResourceReview[]): Readonly<Record<Action, number>> {
  const counts = { create: 0, update: 0, replace: 0, destroy: 0, import: 0, forget: 0, read: 0, "no-op": 0 };
  for (const { action, isImported } of resources) {
    counts[action] += 1;
    counts.import += isImported && action !== "import" ? 1 : 0;
  }
  return counts;
}

function foreignResources(resources: readonly ResourceReview[]): Finding[] {
  return resources
    .filter(({ isPartlyForeign }) => isPartlyForeign)
    .map((resource) => finding("resource-of-base", { address: resource.address }, { resource: nameOf(resource) }));
}

/** Forms that the base changes, in resources of its own, while this pull request changes something else of them. */
function mixedForms(
  profilings: readonly ReviewedProfiling[],
  told: readonly Finding[],
  pending: Judgement | undefined,
): Finding[] {
  const resources = new Set(told.map(({ where }) => where.address));
  return profilings
    .filter(({ change, isForeign }) => !isForeign && pending !== undefined && formIn(pending, change) !== undefined)
    .filter(({ change }) => !resources.has(addressOf(change)))
    .map(({ change, review: { title: form } }) =>
      finding("form-of-base", { address: addressOf(change), form }, { form }),
    );
}

function formIn({ forms }: Judgement, change: ProfilingChange): FormChange | undefined {
  return forms.find((other) => addressOf(other.change) === addressOf(change));
}

/** Of the form. */
export function addressOf({ before, after }: ProfilingChange): string {
  return (after ?? before)?.form.address ?? "";
}

function addressesOf({ before, after }: ProfilingChange): string[] {
  return [before, after].flatMap((profiling) =>
    profiling === undefined
      ? []
      : [
          profiling.form.address,
          ...[...profiling.flows.values()].map(({ address }) => address),
          ...(profiling.action === undefined ? [] : [profiling.action.address]),
          ...(profiling.action?.binding === undefined ? [] : [profiling.action.binding]),
        ],
  );
}

function isOtherThanBefore({ before, after }: ProfilingChange): boolean {
  return !isSameProfiling(before, after);
}

function isSameChange(one: ProfilingChange, other: ProfilingChange): boolean {
  return isSameProfiling(one.before, other.before) && isSameProfiling(one.after, other.after);
}

/** Whether the plan says the same of them; the graph says what the form does. */
function isSameProfiling(one: Profiling | undefined, other: Profiling | undefined): boolean {
  const plain = (profiling: Profiling | undefined) =>
    profiling && { ...profiling, graph: undefined, flows: [...profiling.flows] };
  return isSame(plain(one), plain(other));
}

function keysOf({ ofThePlan, findings, ofLimits }: Judgement): string[] {
  return [...ofThePlan, ...findings, ...ofLimits].map(keyOf);
}

function keyOf({ what, where, values }: Finding): string {
  return sortedJson([what, where.address, where.stage, values]);
}
