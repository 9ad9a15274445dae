import type { FindingKind } from "./finding";
import { missingTexts } from "./plan/missing-texts";
import type { Plan } from "./plan/plan";
import { withRotatedInstances } from "./plan/rotated-instances";
import { Secrets } from "./plan/secrets";
import { snapshotsOf } from "./plan/snapshot";
import { type ReviewedPlan, reviewStack, type StackReview } from "./stack-review";
import { hasEffect } from "./verdict";

/** A picture of a step, and where it can be seen. */
export interface ReviewPicture {
  readonly stack: string;
  readonly form: string;
  readonly step: string;
  readonly moment: "before" | "after";
  readonly link: string;
}

/** The review of all plans. */
export interface Review {
  readonly stacks: readonly StackReview[];
  /** Stacks that only the base has. */
  readonly gone: readonly string[];
  readonly secrets: Secrets;
  /** What is not known and could be: which file lacks what. */
  readonly missing: readonly string[];
}

export function reviewPlans(planned: readonly Plan[], pending: readonly Plan[]): Review {
  const [plans, bases] = [planned.map(withRotatedInstances), pending.map(withRotatedInstances)];
  const secrets = new Secrets();
  for (const plan of [...plans, ...bases]) {
    secrets.addPlan(plan);
  }
  const reviewed: ReviewedPlan[] = plans.map((plan) => {
    const base = bases.find(({ stack }) => stack === plan.stack);
    return { plan, snapshots: snapshotsOf(plan, secrets), base };
  });
  const stacks = reviewed
    .map((one) => {
      const others = reviewed.filter((other) => other !== one).map(({ snapshots }) => snapshots);
      return reviewStack(one, others, secrets);
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const gone = bases.map(({ stack }) => stack).filter((stack) => !plans.some((plan) => plan.stack === stack));
  const missing = reviewed.flatMap(({ plan, snapshots }) => missingTexts(plan, snapshots, secrets));
  return { stacks, gone: gone.map((stack) => secrets.redact(stack)).sort(), secrets, missing };
}

/** The kinds of finding that are there, of this pull request; `change` where anything changes at all. */
export function kindsOf({ stacks }: Review): ReadonlySet<FindingKind> {
  const kinds = new Set<FindingKind>();
  for (const { findings, resources } of stacks) {
    for (const { kind, isForeign } of findings) {
      kinds.add(isForeign ? "foreign" : kind);
    }
    for (const { action, isForeign, previousAddress } of resources) {
      if (hasEffect(action) || previousAddress !== undefined) {
        kinds.add(isForeign ? "foreign" : "change");
      }
    }
  }
  return kinds;
}
