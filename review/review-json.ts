import { type FormReview, reviewForm } from "./form/form-review";
import { isObject, sortedJson } from "./json-value";
import type { Secrets } from "./plan/secrets";
import type { ProfilingChange } from "./profiling";
import type { Review, ReviewPicture } from "./review";
import { countsOf } from "./stack-review";
import { hasEffect, verdictOf } from "./verdict";

/** The review as a program reads it; documented in `docs/review.md`. */
export function reviewJson({ stacks, gone, secrets }: Review, pictures: readonly ReviewPicture[] = []): string {
  const json = {
    version: 1,
    verdict: stacks.map((stack) => (stacks.length === 1 ? verdictOf(stack) : `${stack.name}: ${verdictOf(stack)}`)),
    stacks: stacks.map((stack) => ({
      name: stack.name,
      verdict: verdictOf(stack),
      counts: countsOf(stack.resources),
      findings: stack.findings,
      resources: stack.resources.filter(({ action, previousAddress }) => hasEffect(action) || previousAddress),
      profilings: stack.profilings.map(({ change, review, isForeign }) => ({ ...formJson(change, review), isForeign })),
      drift: stack.drift,
      driftedForms: stack.driftedForms.map((change) => formJson(change, reviewForm(change))),
      scopes: stack.scopes,
      actions: stack.actions.map(({ before, after, ...action }) => ({
        ...action,
        before: before && { ...before, code: undefined },
        after: after && { ...after, code: undefined },
      })),
      limits: stack.limits,
    })),
    goneStacks: gone,
    pictures,
  };
  return `${sortedJson(redacted(json, secrets), 2)}\n`;
}

function formJson({ before, after }: ProfilingChange, { title, changedSteps, json }: FormReview): object {
  return { form: (after ?? before)?.form.address, title, changedSteps, review: json };
}

/** Words of this format, which programs compare. */
const WORDS = new Set(["action", "change", "changes", "kind", "moment", "type"]);

function redacted(value: unknown, secrets: Secrets, key = ""): unknown {
  if (typeof value === "string") {
    return WORDS.has(key) ? value : secrets.redactReview(value);
  }
  if (Array.isArray(value)) {
    return value.map((item) => redacted(item, secrets, key));
  }
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redacted(part, secrets, name)]));
}
