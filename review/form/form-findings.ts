import type { Finding, FindingKind } from "../finding";
import { codeSpan, shorten } from "../markdown/markdown-text";
import type { Profiling, ProfilingChange } from "../profiling";
import { missingKeysIn } from "./conditions";
import { flowDoubt } from "./flow-writes";
import { formGraph, reachableFrom, stagesOf } from "./form-graph";
import { existingUser, newSteps, stageNames } from "./journeys";
import { KeptAnswers } from "./kept-answers";
import { loginsOf } from "./login";
import { type Side, type StageChange, whenShown } from "./stage-changes";
import { troublesOf } from "./troubles";
import { quoted } from "./wording";

/** What a reviewer has to look at in a form. */
export function formFindings(
  change: ProfilingChange,
  sides: { readonly before?: Side; readonly after?: Side },
  stages: readonly StageChange[],
): readonly Finding[] {
  const { before, after } = change;
  const address = (after ?? before)?.form.address ?? "";
  const finding = (kind: FindingKind, text: string, step?: string): Finding => ({
    kind,
    text,
    where: step === undefined ? address : `${address} ${step}`,
  });
  const elsewhere = keptElsewhere(change);
  if (after === undefined) {
    return stopsWriting(sides, elsewhere, finding);
  }
  // What was so before is nothing that this plan does.
  const old = before === undefined ? [] : [...unknowns(before, sides.before, finding), ...troublesOf(before)];
  const textOf = ({ kind, text }: Finding) => `${kind} ${text}`;
  const known = new Set(old.map(textOf));
  const renamed = stages.flatMap((stage) => renamedFields(stage, sides));
  return [
    ...[...unknowns(after, sides.after, finding), ...troublesOf(after)].filter((found) => !known.has(textOf(found))),
    ...stopsWriting(sides, [...elsewhere, ...renamed.flatMap(({ from }) => from)], finding),
    ...renamed.map(({ id, stage, from, to }) =>
      finding(
        "renamed",
        `${codeSpan(id)} in stage ${nameOf(stage)} is written to ${codes(to)}, no longer to ${codes(from)}: answers that were given stay under the old key.`,
        stage.id,
      ),
    ),
    ...leadsAway(sides, finding),
    ...askedOfEveryone(change, finding),
    ...stages
      .filter((stage) => stage.hasOtherCondition && !renamed.some((field) => isSaidBy(field, stage)))
      .map((stage) => otherCondition(stage, finding)),
    ...stages.flatMap((stage) => required(stage, finding)),
    ...stages.flatMap((stage) => removedOptions(stage, finding)),
  ];
}

type MakeFinding = (kind: FindingKind, text: string, step?: string) => Finding;

function unknowns(after: Profiling, side: Side | undefined, finding: MakeFinding): readonly Finding[] {
  if (side === undefined) {
    return [];
  }
  if (!side.graph.isKnown) {
    const text = `The nodes of the form ${codeSpan(after.form.name)} are known only after the apply, and the synthesised configuration was not given: who is asked what can not be told.`;
    return [finding("unknown", text)];
  }
  const nodes = reachableFrom(side.graph, side.graph.start).map((id) => side.graph.nodes.get(id));
  const ids = nodes.map((node) => (node?.type === "FLOW" ? node.flowId : undefined));
  const doubts = [...new Set([...ids, side.graph.ending.flowId])]
    .filter((id) => id !== undefined)
    .map((id) => flowDoubt(after.flows.get(id), id)?.because)
    .filter((because) => because !== undefined);
  return doubts.map((because) =>
    finding("unknown", `It can not be told ${because.replace(/^the/, "what stands in the")}.`),
  );
}

function stopsWriting(
  { before, after }: { readonly before?: Side; readonly after?: Side },
  told: readonly string[],
  finding: MakeFinding,
): readonly Finding[] {
  if (before === undefined || !before.kept.isComplete()) {
    return [];
  }
  // What is not known to be written is said to be unknown.
  if (after !== undefined && !after.kept.isComplete()) {
    return [];
  }
  const kept = after?.kept.keys();
  const keys = [...before.kept.keys().keys()].filter((key) => !kept?.has(key) && !told.includes(key)).sort();
  if (keys.length === 0) {
    return [];
  }
  const text = `${codes(keys)} ${keys.length === 1 ? "is" : "are"} no longer written. Answers that were given stay in \`user_metadata\`; who reads them sees no newer ones.`;
  return [finding("stops-writing", text)];
}

/** Keys that another form of the stack writes, which logins show. */
function keptElsewhere({ others = [] }: ProfilingChange): readonly string[] {
  return others
    .filter(({ action }) => action?.isBound)
    .flatMap((other) => [...new KeptAnswers(other, formGraph(other.form)).keys().keys()]);
}

interface RenamedField {
  readonly id: string;
  readonly stage: StageChange;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

function renamedFields(
  stage: StageChange,
  sides: { readonly before?: Side; readonly after?: Side },
): readonly RenamedField[] {
  const { before, after } = stage;
  if (before === undefined || after === undefined) {
    return [];
  }
  return stage.fields.flatMap(({ id }) => {
    const then = sides.before?.kept.keysOf(before.step, id) ?? [];
    const now = sides.after?.kept.keysOf(after.step, id) ?? [];
    const from = then.filter((key) => !now.includes(key));
    const to = now.filter((key) => !then.includes(key));
    return from.length > 0 && to.length > 0 ? [{ id, stage, from, to }] : [];
  });
}

/** Whether a stage waits for the new key of its field, and for nothing else. */
function isSaidBy({ stage, to }: RenamedField, other: StageChange): boolean {
  const keys = (other.after?.rules ?? []).flatMap(({ condition }) => missingKeysIn(condition));
  return stage.id === other.id && keys.length > 0 && keys.every((key) => to.includes(key));
}

function leadsAway(
  { before, after }: { readonly before?: Side; readonly after?: Side },
  finding: MakeFinding,
): readonly Finding[] {
  const [then, now] = [before?.graph.ending.target, after?.graph.ending.target];
  if (now === undefined || now === then) {
    return [];
  }
  const instead = then === undefined ? "" : `, no longer to ${quoted(then, 120)}`;
  return [finding("leads-away", `The ending of the form leads people to ${quoted(now, 120)}${instead}.`)];
}

function askedOfEveryone(change: ProfilingChange, finding: MakeFinding): readonly Finding[] {
  const { before, after } = change;
  if (after === undefined) {
    return [];
  }
  const users = [existingUser(before), existingUser(before, "required fields")];
  const steps = [...new Set(users.flatMap((user) => newSteps(change, user)))];
  if (steps.length === 0) {
    return [];
  }
  const logins = users.flatMap((user) => loginsOf(after, user).logins);
  const doubt = logins.find((login) => login.doubt !== undefined)?.doubt;
  const names = stageNames(after);
  const stages = steps.map((id) => names.get(id) ?? codeSpan(id)).join(", ");
  const keys = keysWaitedFor(after, steps);
  const who =
    keys.length === 0 ? "Every existing user" : `Every existing user without ${codes(keys)} in \`user_metadata\``;
  const whom = after.action?.metadataKeys === undefined ? " to whom the Action shows the form" : "";
  const when = steps.length === 1 ? "is asked at the next login" : "is asked at the next logins, one after the other";
  const rest = doubt === undefined ? "" : ` What comes then depends on ${doubt}.`;
  const text = `${who}${whom} ${when}: ${stages}. How many logins that makes, no plan can tell.${rest}`;
  return [finding("asked-of-everyone", text)];
}

function keysWaitedFor(after: Profiling, steps: readonly string[]): readonly string[] {
  const stages = stagesOf(formGraph(after.form)).filter(({ id }) => steps.includes(id));
  return [...new Set(stages.flatMap(({ rules }) => rules.flatMap(({ condition }) => missingKeysIn(condition))))];
}

function otherCondition(stage: StageChange, finding: MakeFinding): Finding {
  const [then, now] = [stage.before, stage.after].map((side) => (side && whenShown(side)) || "no rule leads there");
  return finding("condition", `Stage ${nameOf(stage)} is shown while ${now}; before: ${then}.`, stage.id);
}

function required({ fields, change, ...stage }: StageChange, finding: MakeFinding): readonly Finding[] {
  if (change !== "changed") {
    return [];
  }
  return fields
    .filter(({ before, after }) => after?.isRequired && before?.isRequired !== true)
    .map(({ id, before, after }) => {
      const field = `${after?.label === undefined ? "" : `${quoted(after.label, 40)} `}(${codeSpan(id)})`.trim();
      const what = before === undefined ? "is a new field that is required" : "is required now";
      return finding(
        "required",
        `${field} in stage ${nameOf(stage)} ${what}: nobody gets past it without an answer.`,
        stage.id,
      );
    });
}

function removedOptions({ fields, ...stage }: StageChange, finding: MakeFinding): readonly Finding[] {
  return fields
    .filter((field) => field.removedOptions.length > 0)
    .map(({ id, removedOptions }) => {
      const options = removedOptions
        .slice(0, 8)
        .map((value) => quoted(value, 40))
        .join(", ");
      const more = removedOptions.length > 8 ? ` and ${removedOptions.length - 8} more` : "";
      const text = `${codeSpan(id)} in stage ${nameOf(stage)} can no longer be answered with ${options}${more}: answers that were given stay as they are.`;
      return finding("option-removed", text, stage.id);
    });
}

function nameOf({ alias }: Pick<StageChange, "alias">): string {
  return codeSpan(shorten(alias, 40));
}

function codes(keys: readonly string[]): string {
  return keys.map(codeSpan).join(", ");
}
