import { isObject, sortedJson } from "./json-value";
import { fieldTexts } from "./markdown/field-text";
import { findingText } from "./markdown/finding-text";
import { journeyText, whoText } from "./markdown/login-text";
import { noteText, settingText } from "./markdown/stage-text";
import type { Secrets } from "./plan/secrets";
import type { Review, ReviewPicture } from "./review";
import { addressOf, countsOf, type FormChange, type StackFinding } from "./stack-review";
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
      findings: stack.findings.map(findingJson),
      resources: stack.resources.filter(({ action, previousAddress }) => hasEffect(action) || previousAddress),
      profilings: stack.profilings.map((profiling) => ({ ...formJson(profiling), isForeign: profiling.isForeign })),
      drift: stack.drift,
      driftedForms: stack.driftedForms.map(formJson),
      scopes: stack.scopes,
      actions: stack.actions.map(({ before, after, ...action }) => ({
        ...action,
        before: before && { ...before, code: undefined },
        after: after && { ...after, code: undefined },
      })),
      limits: stack.limits,
      values: stack.values,
    })),
    goneStacks: gone,
    pictures,
  };
  return `${sortedJson(redacted(json, secrets), 2)}\n`;
}

function findingJson(finding: StackFinding): object {
  const { kind, where, isForeign } = finding;
  const place = where.stage === undefined ? where.address : `${where.address} ${where.stage}`;
  return { kind, text: findingText(finding), where: place, isForeign };
}

function formJson({ change, review }: FormChange): object {
  const { title, changedSteps, stages, order, settings, metadataKeys, journeys } = review;
  const { before, after } = change;
  return {
    form: addressOf(change),
    title,
    changedSteps,
    review: {
      form: title,
      stages: stages.map(({ id, alias, change: mark, fields, notes }) => ({
        id,
        alias,
        change: mark,
        fields: fields.map((field) => ({ id: field.id, change: field.change, texts: fieldTexts(field) })),
        notes: notes.map(noteText),
      })),
      order,
      settings: settings.map(settingText),
      metadataKeys,
      logins: journeys.map((journey) => ({
        who: whoText(journey.who),
        before: before && journeyText(journey, "before", before),
        after: after && journeyText(journey, "after", after),
      })),
    },
  };
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
