import { type Facts, type Finding, type FindingOf, finding, type Saver, type What } from "../finding";
import { isSame } from "../json-value";
import { isAskingKnown, type Profiling, type ProfilingChange } from "../profiling";
import { browserFindings } from "./browser-findings";
import { missingKeysIn, versionIn } from "./conditions";
import type { FieldChange } from "./field-changes";
import { flowDoubt, letsInUnsaved } from "./flow-writes";
import { reachableFrom } from "./form-graph";
import { existingUser, newSteps } from "./journeys";
import { KeptAnswers } from "./kept-answers";
import { loginsOf } from "./login";
import { meaningsOf } from "./meanings";
import type { Moment } from "./schedule";
import { conditionsOf, momentsOf, type Side, type StageChange } from "./stage-changes";
import { nameIn, stageNames } from "./stage-names";
import { troublesOf } from "./troubles";
import { ofLongStanding, type UserState, userWith } from "./user-state";

interface Sides {
  readonly before?: Side;
  readonly after?: Side;
}

/** What a reviewer has to look at in a form. */
export function formFindings(
  change: ProfilingChange,
  sides: Sides,
  stages: readonly StageChange[],
): readonly Finding[] {
  const { before, after } = change;
  const { address = "", name } = (after ?? before)?.form ?? {};
  const found: Found = (what, values, stage) => finding(what, { address, form: name, stage }, values);
  const elsewhere = keptElsewhere(change);
  if (after === undefined) {
    return stopsWriting(sides, elsewhere, found);
  }
  // What was so before is nothing that this plan does.
  const old = before === undefined ? [] : [...unknowns(before, sides.before, found), ...troublesOf(before)];
  const wasSo = ({ what, values }: Finding) => old.some((other) => other.what === what && isSame(other.values, values));
  const askedAnew = before === undefined ? [] : newSteps(change, existingUser(before));
  const renamed = stages.flatMap((stage) => renamedFields(stage, sides));
  const raised = stages.flatMap(raisedVersion);
  return [
    ...[...unknowns(after, sides.after, found), ...troublesOf(after)].filter((one) => !wasSo(one)),
    ...stopsWriting(sides, elsewhere, found),
    ...renamed.map(({ field, stage: { id, alias }, from, to }) =>
      found("key-renamed", { alias, field, from, to, isAskedAgain: askedAnew.includes(id) }, id),
    ),
    ...stages.flatMap((stage) => otherMeanings(stage, stages, found)),
    ...noLongerAsked(change, sides, found),
    ...leadsAway(sides, found),
    ...browserFindings(before, after, found),
    ...usersAsked(
      change,
      raised.map(({ id }) => id),
      found,
    ),
    ...otherMoments(change, stages, found),
    ...otherSaver(change, found),
    ...raised.map(({ id, alias, ...version }) => found("version-raised", { alias, ...version }, id)),
    ...stages
      .filter((stage) => stage.hasOtherCondition && !renamed.some((field) => isSaidBy(field, stage)))
      .filter(({ id }) => !raised.some((stage) => stage.id === id))
      .map((stage) => otherCondition(stage, found)),
    ...stages.flatMap((stage) => required(stage, found)),
    ...stages.flatMap((stage) => removedOptions(stage, found)),
  ];
}

type Found = <Name extends What>(what: Name, values: Facts[Name], stage?: string) => FindingOf<Name>;

function unknowns({ form, flows }: Profiling, side: Side | undefined, found: Found): readonly Finding[] {
  if (side === undefined) {
    return [];
  }
  const { graph } = side;
  const parts = (form.unknownParts ?? []).filter((name) => name !== "nodes");
  const unreadable = form.unreadableParts ?? [];
  const unknown = [
    ...(parts.length === 0 ? [] : [found("parts-unknown", { form: form.name, parts })]),
    ...(unreadable.length === 0 ? [] : [found("parts-unreadable", { form: form.name, parts: unreadable })]),
  ];
  if (!graph.isKnown) {
    return [...parts, ...unreadable].some((name) => ["start", "nodes", "ending"].includes(name))
      ? unknown
      : [found("nodes-unknown", { form: form.name }), ...unknown];
  }
  const nodes = reachableFrom(graph, graph.start).map((id) => graph.nodes.get(id));
  const ids = nodes.map((node) => (node?.type === "FLOW" ? node.flowId : undefined));
  return [...new Set([...ids, graph.ending.flowId])]
    .filter((id) => id !== undefined)
    .flatMap((id) => flowDoubt(flows.get(id), id) ?? [])
    .map(({ because }): Finding => found("flow-unknown", { because }))
    .concat(unknown);
}

function stopsWriting({ before, after }: Sides, told: readonly string[], found: Found): readonly Finding[] {
  if (before === undefined || !before.kept.isComplete()) {
    return [];
  }
  // What is not known to be written is said to be unknown.
  if (after !== undefined && !after.kept.isComplete()) {
    return [];
  }
  const kept = after?.kept.keys();
  const keys = [...before.kept.keys().keys()].filter((key) => !kept?.has(key) && !told.includes(key)).sort();
  return keys.length === 0 ? [] : [found("keys-not-written", { keys })];
}

/** Keys that another form of the stack writes, which logins show. */
function keptElsewhere({ others = [] }: ProfilingChange): readonly string[] {
  return others.filter(({ action }) => action?.isBound).flatMap((other) => [...new KeptAnswers(other).keys().keys()]);
}

interface RenamedField {
  readonly field: string;
  readonly stage: StageChange;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

function renamedFields(stage: StageChange, sides: Sides): readonly RenamedField[] {
  const { before, after } = stage;
  if (before === undefined || after === undefined) {
    return [];
  }
  return stage.fields.flatMap(({ id }) => {
    const then = sides.before?.kept.keysOf(before.step, id) ?? [];
    const now = sides.after?.kept.keysOf(after.step, id) ?? [];
    const from = then.filter((key) => !now.includes(key));
    const to = now.filter((key) => !then.includes(key));
    return from.length > 0 && to.length > 0 ? [{ field: id, stage, from, to }] : [];
  });
}

/** Whether a stage waits for the new key of its field, and for nothing else. */
function isSaidBy({ stage, to }: RenamedField, other: StageChange): boolean {
  const keys = (other.after?.rules ?? []).flatMap(({ condition }) => missingKeysIn(condition));
  return stage.id === other.id && keys.length > 0 && keys.every((key) => to.includes(key));
}

function otherMeanings(
  { id: stage, alias, fields }: StageChange,
  stages: readonly StageChange[],
  found: Found,
): readonly Finding[] {
  return fields.flatMap((field) => {
    const heir = inherited(field, stages);
    const changes = meaningsOf(heir);
    const keys = heir.keys.after.filter((key) => heir.keys.before.includes(key));
    return changes.length === 0
      ? []
      : [found("answers-mean-otherwise", { alias, field: field.id, keys, changes }, stage)];
  });
}

/** A field that is new and writes what one wrote that goes stands for that one, whatever the two are called. */
function inherited(field: FieldChange, stages: readonly StageChange[]): FieldChange {
  if (field.change !== "added") {
    return field;
  }
  const gone = stages.flatMap(({ fields }) => fields.filter(({ change }) => change === "removed"));
  const old = gone.find(({ keys }) => keys.before.some((key) => field.keys.after.includes(key)));
  return old === undefined
    ? field
    : { ...field, before: old.before, keys: { before: old.keys.before, after: field.keys.after } };
}

/** Users who lack what a stage waited for and have the rest: a question that is still there may not reach them any more. */
function noLongerAsked({ before, after }: ProfilingChange, sides: Sides, found: Found): readonly Finding[] {
  if (before === undefined || after === undefined || !after.graph.isKnown || after.action?.isBound !== true) {
    return [];
  }
  const keys = [...(sides.before?.kept.keys().keys() ?? [])];
  const written = sides.after?.kept.keys() ?? new Map<string, unknown>();
  // Of a stage that stays it is said there.
  const gone = before.graph.stages.filter(({ id }) => !after.graph.nodes.has(id));
  return gone.flatMap((stage) => {
    const waited = [...new Set(stage.rules.flatMap(({ condition }) => missingKeysIn(condition)))];
    const lacking = waited.filter((key) => written.has(key));
    const having = keys.filter((key) => !waited.includes(key) && isWaitedFor(key, before));
    const user = ofLongStanding(userWith(having));
    const [then, now] = [loginsOf(before, user).logins, loginsOf(after, user).logins];
    const isAsked = then.some(({ steps }) => steps.includes(stage.id));
    const isOpen = now.some(
      ({ doubt, stuck, user: left }) => doubt ?? stuck ?? lacking.every((key) => left.metadata.has(key)),
    );
    return lacking.length === 0 || !isAsked || isOpen ? [] : [found("users-no-longer-asked", { lacking, having })];
  });
}

function isWaitedFor(key: string, { graph }: Profiling): boolean {
  return graph.stages.some(({ rules }) => rules.some(({ condition }) => missingKeysIn(condition).includes(key)));
}

function leadsAway({ before, after }: Sides, found: Found): readonly Finding[] {
  const [then, now] = [before?.graph.ending.target, after?.graph.ending.target];
  return now === undefined || now === then ? [] : [found("form-leads-away", { before: then, after: now })];
}

/** @param told ids of the stages of which it is said elsewhere */
function usersAsked(change: ProfilingChange, told: readonly string[], found: Found): readonly Finding[] {
  const { before, after } = change;
  if (after === undefined) {
    return [];
  }
  const users = [existingUser(before), existingUser(before, "required fields")];
  const steps = [...new Set(users.flatMap((user) => newSteps(change, user)))].filter((id) => !told.includes(id));
  if (steps.length === 0) {
    return [];
  }
  const names = stageNames(after.graph);
  const logins = users.flatMap((user) => loginsOf(after, user).logins);
  return [
    found("users-asked", {
      stages: steps.map((id) => ({ ...nameIn(names, id), moment: momentOf(after, id) })),
      keys: keysWaitedFor(after, steps),
      moment: after.action?.schedule?.moment,
      isAtOnce: logins.some((login) => steps.every((id) => login.steps.includes(id))),
      isForEver: isAskingKnown(after) && users.some((user) => isForEver(after, steps, user)),
      isWhomKnown: isAskingKnown(after),
      doubt: logins.find(({ doubt }) => doubt !== undefined)?.doubt,
    }),
  ];
}

/** Whether a step without a condition is asked at every login. */
function isForEver(after: Profiling, steps: readonly string[], user: UserState): boolean {
  const { logins, repeatsFrom } = loginsOf(after, user);
  const always = after.graph.stages
    .filter(({ rules }) => rules.every(({ condition }) => condition === undefined))
    .map(({ id }) => id);
  const repeated = repeatsFrom === undefined ? [] : logins.slice(repeatsFrom);
  return repeated.some(
    ({ wait, steps: asked }) => wait === undefined && asked.some((id) => steps.includes(id) && always.includes(id)),
  );
}

function momentOf({ graph }: Profiling, step: string): Moment | undefined {
  const stage = graph.stages.find(({ id }) => id === step);
  return stage === undefined ? undefined : momentsOf(stage)[0];
}

interface RaisedVersion {
  readonly id: string;
  readonly alias: string;
  readonly place: string;
  readonly before: string;
  readonly after: string;
}

/** Of a stage that asks until a version is accepted, and another one from now on. */
function raisedVersion({ id, alias, before, after }: StageChange): readonly RaisedVersion[] {
  const [then, now] = [before, after].map((stage) => stage && onlyOf(conditionsOf(stage).map(versionIn)));
  return then === undefined || now === undefined || then.place !== now.place || then.version === now.version
    ? []
    : [{ id, alias, place: now.place, before: then.version, after: now.version }];
}

function onlyOf<Item>([first, ...others]: readonly Item[]): Item | undefined {
  return others.length === 0 ? first : undefined;
}

/** Other moments of stages that stay, and of all of them. */
function otherMoments(
  { before, after }: ProfilingChange,
  stages: readonly StageChange[],
  found: Found,
): readonly Finding[] {
  if (before === undefined || after === undefined || !isAskingKnown(before) || !isAskingKnown(after)) {
    return [];
  }
  const [then, now] = [before, after].map(({ action }) => action?.schedule?.moment ?? {}) as [Moment, Moment];
  const own = stages.flatMap(({ id, alias, notes }) =>
    notes.flatMap((note) =>
      note.what === "asked-otherwise"
        ? [found("moment-changed", { alias, before: note.before, after: note.after }, id)]
        : [],
    ),
  );
  return [
    ...(isSame(then, now) ? [] : [found("moment-changed", { before: then, after: now })]),
    ...own,
    ...(stagesPerLogin(before) === stagesPerLogin(after)
      ? []
      : [found("stages-per-login", { before: stagesPerLogin(before), after: stagesPerLogin(after) })]),
  ];
}

/** How many stages one login asks at most; an Action that does not choose from stages leads through one form. */
function stagesPerLogin({ action }: Profiling): number {
  return action?.schedule?.stagesPerLogin ?? 1;
}

function otherSaver({ before, after }: ProfilingChange, found: Found): readonly Finding[] {
  const [then, now] = [before && saverOf(before), after && saverOf(after)];
  return then === undefined || now === undefined || then === now
    ? []
    : [found("saver-changed", { before: then, after: now })];
}

/** `undefined` where nobody saves anything, as far as that is known. */
function saverOf({ flows, action }: Profiling): Saver | undefined {
  const byFlow = letsInUnsaved(flows.values()) !== undefined;
  const byAction = (action?.schedule?.saves ?? []).length > 0;
  return byFlow && byAction ? "both" : byFlow ? "flow" : byAction ? "action" : undefined;
}

function keysWaitedFor({ graph }: Profiling, steps: readonly string[]): readonly string[] {
  const stages = graph.stages.filter(({ id }) => steps.includes(id));
  return [...new Set(stages.flatMap(({ rules }) => rules.flatMap(({ condition }) => missingKeysIn(condition))))];
}

function otherCondition({ id, alias, before, after }: StageChange, found: Found): Finding {
  const [then, now] = [before, after].map((stage) => (stage === undefined ? [] : conditionsOf(stage)));
  return found("condition-changed", { alias, before: then ?? [], after: now ?? [] }, id);
}

function required({ id: stage, alias, fields, change }: StageChange, found: Found): readonly Finding[] {
  if (change !== "changed") {
    return [];
  }
  return fields
    .filter(({ before, after }) => after?.isRequired && before?.isRequired !== true)
    .map(({ id, before, after }) =>
      found("field-required", { alias, field: id, label: after?.label, isNew: before === undefined }, stage),
    );
}

function removedOptions({ id: stage, alias, fields }: StageChange, found: Found): readonly Finding[] {
  return fields
    .filter((field) => field.removedOptions.length > 0)
    .map((field) => found("options-removed", { alias, field: field.id, values: field.removedOptions }, stage));
}
