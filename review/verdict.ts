import type { FindingKind, What } from "./finding";
import { isRemade } from "./form/remade-forms";
import { isForSome } from "./form/schedule";
import { objectOf } from "./json-value";
import { codeSpan } from "./markdown/markdown-text";
import type { Action } from "./plan/plan";
import type { Profiling } from "./profiling";
import { countsOf, type ReviewedProfiling, type StackReview } from "./stack-review";

/** What the plan does, in words of somebody who has never seen one. Markdown on one line. */
export function verdictOf(stack: StackReview): string {
  const own = stack.resources.filter(({ isForeign }) => !isForeign);
  const counts = countsOf(own);
  const forms = profilingWords(stack);
  const isNew = stack.profilings.some(
    ({ change, isForeign }) => !isForeign && (change.before === undefined || isRemade(change)),
  );
  const parts = [
    ...checkWords(stack),
    ...otherWords(stack, ["apply-runs"]),
    ...resourceDangers(stack),
    ...forms,
    ...flowWords(stack),
    ...(isNew ? [] : accessWords(stack)),
    ...driftWords(stack),
  ];
  const moved = own.filter(({ previousAddress }) => previousAddress !== undefined).length;
  const resources = resourceWords(counts, moved, stack.mode);
  const isAnything = own.some(({ action, previousAddress }) => hasEffect(action) || previousAddress !== undefined);
  if (!isAnything) {
    const checks = checkWords(stack);
    const isPending = stack.resources.some(({ isForeign }) => isForeign);
    const nothing = isPending ? "nothing changes by this pull request" : (driftOnly(stack) ?? "nothing changes");
    return [...checks, nothing].join(", ");
  }
  if (parts.length === 0 && stack.hasForms) {
    parts.push(...lastWords(stack));
  }
  return [...(parts.length === 0 ? [] : [parts.join(", ")]), `${resources}${modeWords(stack)}`].join(" · ");
}

/** What the plan leaves out, or was made for. */
function modeWords({ mode: { isDestroy, isIncomplete } }: StackReview): string {
  const made = [...(isDestroy ? ["with `-destroy`"] : []), ...(isIncomplete ? ["with `-target` or `-exclude`"] : [])];
  return made.length === 0
    ? ""
    : `: the plan was made ${made.join(" and ")}${isIncomplete ? ", and leaves the rest out" : ""}`;
}

/** What stands in other resources than the form, and ends what it is for. */
function resourceDangers({ findings }: StackReview): string[] {
  const own = findings.filter(({ isForeign }) => !isForeign);
  const isOffLogins = own.some(({ what, values }) => what === "bindings-removed" && !("trigger" in values));
  return [
    ...(own.some(({ what }) => what === "saving-refused") ? ["answers can not be saved any more"] : []),
    ...(isOffLogins ? ["logins do not run another stack's Action any more"] : []),
  ];
}

function checkWords({ findings }: StackReview): string[] {
  return findings.some(({ kind }) => kind === "check") ? ["a check of the configuration fails"] : [];
}

/** What of a form that stays has to be in the first line, the most dangerous first. */
const WORTH_A_WORD: readonly (readonly [FindingKind, string])[] = [
  ["loop", "a stage is asked at every login"],
  ["stuck", "somebody can not get past the form"],
  ["unbound", "logins do not show the form"],
  ["runs-code", "the form runs other code in browsers"],
  ["leads-away", "the form leads people to another address"],
  ["style", "the CSS changes"],
  ["translation", "other languages read otherwise"],
  ["hidden-data", "hidden values change"],
  ["erases", "answers are erased"],
  ["stops-writing", "answers are no longer written"],
  ["meaning", "answers mean something else than until now"],
  ["renamed", "an answer is kept under another key"],
  ["condition", "a stage is shown under another condition"],
  ["moment", "people are asked at another moment"],
  ["saved-by", "answers are saved by another"],
  ["required", "a field is required now"],
  ["unknown", "not all can be known before the apply"],
];

/** What of a form is in the first line where nothing else is. */
const WORTH_A_LAST_WORD: readonly (readonly [FindingKind, string])[] = [
  ["not-written", "an answer is kept nowhere"],
  ["written-twice", "two stages write the same"],
  ["never-asked", "somebody is no longer asked, or is shown a form that asks nothing"],
  ["asked-again", "who leaves a field empty is asked again"],
  ["option-removed", "an option can no longer be chosen"],
];

function lastWords({ findings }: StackReview): readonly string[] {
  const words = WORTH_A_LAST_WORD.filter(([kind]) => findings.some((one) => one.kind === kind && !one.isForeign));
  return words.length === 0 ? ["what users are asked stays as it is"] : words.map(([, word]) => word);
}

/** Whether the apply does anything to the resource. */
export function hasEffect(action: Action): boolean {
  return action !== "no-op" && action !== "read";
}

function driftOnly({ drift }: StackReview): string | undefined {
  if (drift.length === 0) {
    return undefined;
  }
  return `nothing changes in the tenant; ${count(drift.length, "resource")} changed outside Terraform`;
}

function profilingWords({ profilings, hasForms, mode }: StackReview): string[] {
  const own = profilings.filter(({ isForeign }) => !isForeign);
  const made = own.filter(({ change }) => change.before === undefined);
  const gone = own.filter(({ change }) => change.after === undefined);
  const kept = own.filter(
    ({ change, isTakingBack }) => change.before !== undefined && change.after !== undefined && !isTakingBack,
  );
  const words: string[] = [];
  if (made.length > 0) {
    const stages = made.reduce((sum, { review }) => sum + review.changedSteps.length, 0);
    const isKnown = made.every(({ change }) => change.after?.graph.isKnown);
    const forms = made.length === 1 ? "a new form" : `${made.length} new forms`;
    const isRead = made.every(({ change }) => !change.after?.form.unreadableParts?.length);
    const why = isRead ? "are known only after the apply" : "can not be told";
    const unknown = `${forms}, ${made.length === 1 ? "its" : "their"} stages ${why}`;
    words.push(isKnown ? `${forms} with ${count(stages, "stage")}` : unknown);
    const languages = [...new Set(made.flatMap(({ change }) => languagesOf(change.after)))].sort();
    if (languages.length > 1) {
      words.push(`in ${languages.length} languages (${languages.map(codeSpan).join(", ")})`);
    }
    const number = made.reduce((sum, { review }) => sum + review.newQuestions.complete, 0);
    if (number > 0) {
      words.push(`${isOfSome(made) ? "some users are" : "every user is"} asked ${count(number, "question")}`);
    }
  }
  if (gone.length > 0) {
    words.push(
      !hasForms && !mode.isIncomplete
        ? "everything is destroyed: no login asks anything any more"
        : `${count(gone.length, "form")} destroyed: no login asks ${gone.length === 1 ? "its" : "their"} questions any more`,
    );
  }
  const remade = kept.filter(({ change }) => isRemade(change)).length;
  if (remade > 0) {
    words.push(`${count(remade, "form")} destroyed and made anew under another address`);
  }
  const steps = kept.flatMap((profiling) => profiling.own.changedSteps);
  for (const change of ["added", "removed", "changed"] as const) {
    const number = steps.filter((step) => step.change === change).length;
    if (number > 0) {
      words.push(`${count(number, "stage")} ${change}`);
    }
  }
  const renamed = kept.reduce((sum, { change }) => sum + (change.renamedSteps?.length ?? 0), 0);
  if (renamed > 0) {
    words.push(`${count(renamed, "stage")} renamed`);
  }
  if (kept.some(({ review }) => review.order !== undefined)) {
    words.push("the stages are asked in another order");
  }
  const kinds = new Set(kept.flatMap((profiling) => profiling.own.findings.map(({ kind }) => kind)));
  for (const [kind, meaning] of WORTH_A_WORD) {
    if (kinds.has(kind)) {
      const having = kept.filter((profiling) => profiling.own.findings.some((one) => one.kind === kind));
      words.push(
        profilings.length > 1
          ? `${meaning} (${having.map(({ review }) => codeSpan(review.title)).join(", ")})`
          : meaning,
      );
    }
  }
  const asking = kept.filter((profiling) => profiling.own.findings.some(({ kind }) => kind === "asked-of-everyone"));
  const number = asking.reduce((sum, { review }) => sum + review.newQuestions.complete, 0);
  if (number > 0) {
    const whom = isOfSome(asking) ? "some existing users are" : "every existing user is";
    words.push(`${whom} asked ${number} more ${number === 1 ? "question" : "questions"}`);
  }
  const most = asking.reduce((sum, { review }) => sum + review.newQuestions.careless, 0);
  if (most > number) {
    words.push(`existing users who left out what is optional are asked ${count(most, "question")}`);
  }
  return words;
}

/** Whether the Action asks only some people what is new to them. */
function isOfSome(profilings: readonly ReviewedProfiling[]): boolean {
  const asked = profilings.flatMap(({ own }) => own.findings.filter(({ what }) => what === "users-asked"));
  return asked.some(
    ({ what, values }) =>
      what === "users-asked" &&
      [values.moment, ...values.stages.map(({ moment }) => moment)].some((one) => one !== undefined && isForSome(one)),
  );
}

/** In which a form can be read. */
function languagesOf(profiling: Profiling | undefined): readonly string[] {
  const { languages, translations } = profiling?.form ?? {};
  return [languages?.primary, languages?.default, ...Object.keys(objectOf(translations))].filter(
    (language) => language !== undefined,
  );
}

function flowWords({ findings }: StackReview): string[] {
  const isOther = findings.some(({ kind, isForeign }) => kind === "flow-code" && !isForeign);
  return isOther ? ["a flow does more than writing answers, or writes elsewhere"] : [];
}

/** What is no matter of a form: of other code nobody can say what it asks. */
function accessWords(stack: StackReview): string[] {
  const { findings } = stack;
  const words: string[] = [];
  if (findings.some(({ kind, isForeign }) => kind === "action-code" && !isForeign)) {
    words.push("logins run other code");
  }
  const grants = findings.filter(({ kind, isForeign }) => kind === "scope-widening" && !isForeign);
  if (grants.some(({ what }) => what === "scopes-granted")) {
    words.push("a client is granted more scopes");
  }
  if (grants.some(({ what }) => what === "grant-changed" || what === "client-proves-otherwise")) {
    words.push("a client is let in otherwise, or for more");
  }
  if (grants.some(({ what }) => what === "grant-moved")) {
    words.push("a grant goes to another API");
  }
  return [...words, ...otherWords(stack, ["resource-reaches-out", "resource-runs-scripts"])];
}

/** Of what is no form's. */
const OTHER_WORDS = {
  "apply-runs": "the apply runs a command",
  "resource-reaches-out": "something else than a form leads people to another address",
  "resource-runs-scripts": "something else than a form runs other code in browsers",
} as const satisfies Partial<Record<What, string>>;

function otherWords({ findings }: StackReview, all: readonly (keyof typeof OTHER_WORDS)[]): string[] {
  return all
    .filter((what) => findings.some((one) => one.what === what && !one.isForeign))
    .map((what) => OTHER_WORDS[what]);
}

function foreignOf(resources: StackReview["resources"]): ReadonlySet<string> {
  return new Set(resources.filter(({ isForeign }) => isForeign).map(({ address }) => address));
}

function driftWords({ drift, resources }: StackReview): string[] {
  const foreign = foreignOf(resources);
  const takenBack = drift.filter(({ isTakenBack, address }) => isTakenBack && !foreign.has(address)).length;
  return takenBack === 0
    ? []
    : [`${count(takenBack, "change")} made outside Terraform ${takenBack === 1 ? "is" : "are"} taken back`];
}

function resourceWords(
  counts: Readonly<Record<Action, number>>,
  moved: number,
  { isDestroy, all }: StackReview["mode"],
): string {
  if (isDestroy && counts.destroy < all) {
    return `${counts.destroy} of ${count(all, "resource")} destroyed`;
  }
  const words = (
    [
      ["create", "added"],
      ["import", "imported"],
      ["update", "changed"],
      ["replace", "replaced"],
      ["forget", "forgotten"],
      ["destroy", "destroyed"],
    ] as const
  )
    .filter(([action]) => counts[action] > 0)
    .map(([action, word], index) =>
      index === 0 ? `${count(counts[action], "resource")} ${word}` : `${counts[action]} ${word}`,
    );
  if (moved > 0) {
    words.push(words.length === 0 ? `${count(moved, "resource")} moved` : `${moved} moved`);
  }
  if (counts.destroy === 0 && counts.replace === 0) {
    words.push("none destroyed");
  }
  return words.join(", ");
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
