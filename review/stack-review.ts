import { byDanger, type Finding, type Section } from "./finding";
import { type FormReview, reviewForm } from "./form/form-review";
import { isRemade, withRemadeForms } from "./form/remade-forms";
import { isSame } from "./json-value";
import { codeSpan } from "./markdown/markdown-text";
import type { Action, Plan } from "./plan/plan";
import { planFindings } from "./plan/plan-state";
import { profilingChanges, profilingDrift } from "./plan/profilings";
import { redactedFindings } from "./plan/secret-findings";
import type { Secrets } from "./plan/secrets";
import { type Snapshots, snapshotsOf } from "./plan/snapshot";
import type { Profiling, ProfilingChange } from "./profiling";
import { type ActionChange, actionChanges, actionFindings, actionSections } from "./resources/action-code";
import { destroyedFindings } from "./resources/destroyed";
import { type Drift, driftFindings, driftOf } from "./resources/drift";
import { flowChanges, flowFindings, flowSections } from "./resources/flow-code";
import { type LimitUse, limitFindings, limitSection, limitUses } from "./resources/limits";
import { type ResourceReview, reviewResources, subjectOf } from "./resources/resources";
import { type ScopeChange, scopeChanges, scopeFindings, scopeSection } from "./resources/scopes";
import { connectionFindings } from "./resources/vault-connections";

/** A finding of a stack. */
export interface StackFinding extends Finding {
  /** The base has the change too: it is not of this pull request. */
  readonly isForeign: boolean;
}

/** What the plan does to one form, with what is to be said of it. */
export interface ReviewedProfiling {
  readonly change: ProfilingChange;
  readonly review: FormReview;
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
  readonly driftedForms: readonly ProfilingChange[];
  readonly scopes: readonly ScopeChange[];
  readonly actions: readonly ActionChange[];
  readonly limits: readonly LimitUse[];
  /** What there is to read beside the findings, the resources and the forms. */
  readonly sections: readonly Section[];
  /** The same of what the base changes too. */
  readonly foreignSections: readonly Section[];
  /** Whether a form is left once the plan is applied. */
  readonly hasForms: boolean;
}

export interface ReviewedPlan {
  readonly plan: Plan;
  readonly snapshots: Snapshots;
  /** The base's plan of the same stack. */
  readonly base?: Plan;
}

export function reviewStack(
  { plan, snapshots, base }: ReviewedPlan,
  others: readonly Snapshots[],
  secrets: Secrets,
): StackReview {
  const name = secrets.mark(plan.stack);
  const pending = base && reviewStack({ plan: base, snapshots: snapshotsOf(base, secrets) }, others, secrets);
  const pendingFindings = new Set(pending?.findings.map(keyOf));
  const resources = reviewResources(plan, base, secrets);
  const foreign = new Set(resources.filter(({ isForeign }) => isForeign).map(({ address }) => address));
  const own = new Set(
    resources.filter(({ action, isForeign }) => !isForeign && action !== "no-op").map(({ address }) => address),
  );

  const changes = withRemadeForms(profilingChanges(name, snapshots, others));
  const drift = driftOf(plan, resources, secrets);
  const drifted = new Set(drift.map(({ address }) => address));
  const driftedForms = profilingDrift(name, snapshots)
    .filter((change) => addressesOf(change).some((address) => drifted.has(address)))
    .filter(({ before, after }) => before !== undefined && after !== undefined && !isSameProfiling(before, after));

  const profilings = changes
    .filter(({ before, after }) => !isSameProfiling(before, after))
    .map((change): ReviewedProfiling => {
      const review = reviewForm(change);
      const same = pending?.profilings.find((other) => formOf(other.change) === formOf(change));
      const isForeign = same !== undefined && isSameChange(same.change, change);
      const own = {
        findings: review.findings.filter((finding) => !pendingFindings.has(keyOf(finding))),
        changedSteps: review.changedSteps.filter(
          ({ id }) => !isSame(stepOf(review, id), same && stepOf(same.review, id)),
        ),
      };
      const form = change.before?.form.address;
      const isTakingBack = driftedForms.some(
        ({ before }) => before?.form.address === form && isSameProfiling(before, change.after),
      );
      return { change, review, isForeign, own, isTakingBack };
    })
    .filter(({ change, review }) => isRemade(change) || review.findings.length > 0 || review.markdown.length > 0);
  const scopes = scopeChanges(snapshots);
  const actions = actionChanges(snapshots);
  const flows = flowChanges(snapshots);
  const limits = limitUses(snapshots.planned, changes);

  const formActions = new Set(
    changes.flatMap(({ before, after }) => [before?.action?.address ?? "", after?.action?.address ?? ""]),
  );
  // Only what the base says word for word is not of this pull request: one of two changes may hide in the other.
  const mark = (findings: readonly Finding[], isForeign?: boolean): StackFinding[] =>
    findings.map((finding) => ({ ...finding, isForeign: isForeign ?? pendingFindings.has(keyOf(finding)) }));
  const findings = [
    ...mark(planFindings(plan), false),
    ...mark(redactedFindings(plan, snapshots, secrets), false),
    ...mark(destroyedFindings(resources, changes, snapshots)),
    ...mark(profilings.flatMap(({ review }) => review.findings)),
    ...mark(scopeFindings(scopes)),
    ...mark(actionFindings(actions, formActions)),
    ...mark(flowFindings(flows)),
    ...mark(connectionFindings(snapshots)),
    ...mark(driftFindings(drift, resources)),
    ...mark(limitFindings(limits), false),
    ...mark([...foreignFindings(resources), ...mixedFindings(profilings, pending)]),
  ];
  const sectionsOf = (isShown: (address: string) => boolean): Section[] => [
    ...scopeSection(scopes.filter(({ address }) => isShown(address))),
    ...actionSections(actions.filter(({ address }) => isShown(address))),
    ...flowSections(flows.filter(({ address }) => isShown(address))),
  ];
  return {
    name,
    resources,
    findings: withoutTwice(byDanger(findings) as StackFinding[]),
    profilings,
    drift,
    driftedForms,
    scopes,
    actions,
    limits,
    sections: [...sectionsOf((address) => !foreign.has(address)), ...(own.size > 0 ? limitSection(limits) : [])],
    foreignSections: sectionsOf((address) => foreign.has(address)),
    hasForms: [...snapshots.planned.values()].some(({ type }) => type === "auth0_form"),
  };
}

/** How many resources there are of each action. */
export function countsOf(resources: readonly ResourceReview[]): Readonly<Record<Action, number>> {
  const counts = { create: 0, update: 0, replace: 0, destroy: 0, import: 0, forget: 0, read: 0, "no-op": 0 };
  for (const { action } of resources) {
    counts[action] += 1;
  }
  return counts;
}

function foreignFindings(resources: readonly ResourceReview[]): Finding[] {
  return resources
    .filter(({ isPartlyForeign }) => isPartlyForeign)
    .map((resource) => ({
      kind: "foreign",
      where: resource.address,
      text: `${subjectOf(resource)} is changed by the base too, in another way: what is shown of it holds both changes.`,
    }));
}

/** Forms that the base changes, while this pull request changes something else of them. */
function mixedFindings(profilings: readonly ReviewedProfiling[], pending: StackReview | undefined): Finding[] {
  return profilings
    .filter(({ change, isForeign }) => {
      const isPending = pending?.profilings.some((other) => formOf(other.change) === formOf(change));
      return isPending === true && !isForeign;
    })
    .map(({ change, review }) => ({
      kind: "foreign",
      where: formOf(change),
      text: `The form ${codeSpan(review.title)} is changed by the base too: what is shown of it holds both changes.`,
    }));
}

function formOf({ before, after }: ProfilingChange): string {
  return (after ?? before)?.form.address ?? "";
}

function stepOf({ json }: FormReview, id: string): unknown {
  return json.stages.find((stage) => stage.id === id);
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

function isSameChange(one: ProfilingChange, other: ProfilingChange): boolean {
  return isSameProfiling(one.before, other.before) && isSameProfiling(one.after, other.after);
}

function isSameProfiling(one: Profiling | undefined, other: Profiling | undefined): boolean {
  const plain = (profiling: Profiling | undefined) =>
    profiling && { ...profiling, flows: [...profiling.flows].map(([id, flow]) => [id, flow]) };
  return isSame(plain(one), plain(other));
}

/** A form and the resource that it stands in may tell of the same. */
function withoutTwice(findings: readonly StackFinding[]): StackFinding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = keyOf(finding);
    return !seen.has(key) && seen.add(key);
  });
}

function keyOf({ kind, where, text }: Finding): string {
  return JSON.stringify([kind, where, text]);
}
