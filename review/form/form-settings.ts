import { isObject, isSame, type JsonObject, listOf, objectOf, textOf } from "../json-value";
import type { Profiling } from "../profiling";
import { flowDoubt, letsInUnsaved } from "./flow-writes";
import { type FormGraph, type FormNode, nodeOf, type RouterNode, type Target, targetOf } from "./form-graph";
import { isRemade } from "./remade-forms";

/** What changes of a form beside its stages. */
export type Setting =
  | ({ readonly what: "name" | "primary-language" | "default-language" | "ending-leads-to" } & Texts)
  | ({ readonly what: "message"; readonly key: string } & Texts)
  /** So many that they are only named. */
  | { readonly what: "messages"; readonly keys: readonly string[] }
  | { readonly what: "hidden-field"; readonly name: string; readonly change: Change }
  | { readonly what: "translation"; readonly language: string; readonly change: Change; readonly components: string[] }
  | { readonly what: "style" }
  /** Another id, which only programs see. */
  | ({ readonly what: "step-renamed"; readonly alias: string } & From<string>)
  | ({ readonly what: "step-called"; readonly id: string } & From<string>)
  | { readonly what: "node"; readonly node: NodeName; readonly change: "added" | "removed" }
  | ({ readonly what: "node-type" } & From<NodeName>)
  | ({ readonly what: "node-called"; readonly node: NodeName } & From<string>)
  | { readonly what: "rules-called"; readonly node: NodeName }
  | ({ readonly what: "rules"; readonly node: NodeName } & From<readonly OtherRule[]>)
  | ({ readonly what: "otherwise" | "node-leads-to"; readonly node: NodeName } & From<Target>)
  | ({ readonly what: "node-runs"; readonly node: NodeName } & Texts)
  | ({ readonly what: "begins-at" } & From<Target>)
  | { readonly what: "resumes-login" | "leaves-login" }
  | ({ readonly what: "ending-runs" } & Texts)
  | ({ readonly what: "flow-called" } & From<string>)
  | ({ readonly what: "flow-actions"; readonly flow: string } & From<readonly string[]>)
  | { readonly what: "lets-in-unsaved" | "stops-unsaved" }
  | { readonly what: "coordinates"; readonly nodes: number };

type Change = "added" | "removed" | "changed";

interface From<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** Of which one may not be there. */
interface Texts {
  readonly before?: string;
  readonly after?: string;
}

export type NodeName = Pick<FormNode, "type" | "alias">;

/** A rule that leads to something else than a step: of a step's it is said there. */
export interface OtherRule {
  readonly condition: unknown;
  readonly to: Target;
}

/** More messages than this are only named. */
const MOST_MESSAGES = 5;

export function settingChanges(before: Profiling, after: Profiling): readonly Setting[] {
  const [then, now] = [before.form, after.form];
  const isKnown = before.graph.isKnown && after.graph.isKnown;
  return [
    ...textChange("name", then.name, now.name),
    ...textChange("primary-language", then.languages.primary, now.languages.primary),
    ...textChange("default-language", then.languages.default, now.languages.default),
    ...(isKnown ? graphChanges(before, after) : []),
    ...hiddenFieldChanges(before.graph, after.graph),
    ...endingChanges(before, after),
    ...translationChanges(objectOf(then.translations), objectOf(now.translations)),
    ...messageChanges(objectOf(then.messages), objectOf(now.messages)),
    ...(isSame(content(then.style), content(now.style)) ? [] : [{ what: "style" } as const]),
    ...flowChanges(before, after),
    ...savingChange(before, after),
    ...(isKnown ? coordinateChange(before.graph, after.graph) : []),
  ];
}

function graphChanges(before: Profiling, after: Profiling): readonly Setting[] {
  const [then, now] = [before.graph, after.graph];
  const kept = [...now.nodes.values()].flatMap((node): readonly Setting[] => {
    if (node.type === "STEP") {
      return [];
    }
    const old = then.nodes.get(node.id);
    return old === undefined
      ? [{ what: "node", node: nameOf(node), change: "added" }]
      : nodeChanges(old, node, before, after);
  });
  const removed = [...then.nodes.values()]
    .filter(({ id, type }) => type !== "STEP" && !now.nodes.has(id))
    .map((node): Setting => ({ what: "node", node: nameOf(node), change: "removed" }));
  return [
    ...difference(targetOf(then, then.start), targetOf(now, now.start), (from) => ({ what: "begins-at", ...from })),
    ...kept,
    ...removed,
  ];
}

function nodeChanges(old: FormNode, next: FormNode, before: Profiling, after: Profiling): readonly Setting[] {
  if (old.type !== next.type) {
    return [{ what: "node-type", before: nameOf(old), after: nameOf(next) }];
  }
  const [then, now] = [before.graph, after.graph];
  const node = nameOf(next);
  const called = difference(old.alias, next.alias, (from) => ({ what: "node-called", node, ...from }));
  if (old.type === "ROUTER" && next.type === "ROUTER") {
    return [...called, ...routerChanges(old, next, then, now)];
  }
  if (old.type === "FLOW" && next.type === "FLOW") {
    const runs = { before: flowName(before, old.flowId), after: flowName(after, next.flowId) };
    return [
      ...called,
      ...(isSameFlow(before, old.flowId, after, next.flowId) ? [] : [{ what: "node-runs", node, ...runs } as const]),
      ...difference(targetOf(then, old.next), targetOf(now, next.next), (from) => ({
        what: "node-leads-to",
        node,
        ...from,
      })),
    ];
  }
  return called;
}

function routerChanges(old: RouterNode, router: RouterNode, then: FormGraph, now: FormGraph): readonly Setting[] {
  const node = nameOf(router);
  const kept = new Set(old.rules.map(({ id }) => id).filter((id) => router.rules.some((rule) => rule.id === id)));
  return [
    ...(isSame(ruleNames(old, kept), ruleNames(router, kept)) ? [] : [{ what: "rules-called", node } as const]),
    ...difference(targetOf(then, old.fallback), targetOf(now, router.fallback), (from) => ({
      what: "otherwise",
      node,
      ...from,
    })),
    ...difference(otherRules(then, old), otherRules(now, router), (from) => ({ what: "rules", node, ...from })),
  ];
}

function otherRules(graph: FormGraph, router: RouterNode): readonly OtherRule[] {
  return router.rules
    .filter(({ next }) => nodeOf(graph, next)?.type !== "STEP")
    .map(({ condition, next }) => ({ condition, to: targetOf(graph, next) }));
}

/** Of the rules that stay. */
function ruleNames({ rules }: RouterNode, kept: ReadonlySet<string>): object {
  return Object.fromEntries(rules.filter(({ id }) => kept.has(id)).map(({ id, alias }) => [id, alias]));
}

function hiddenFieldChanges({ hiddenFields: then }: FormGraph, { hiddenFields: now }: FormGraph): readonly Setting[] {
  return changedKeys(Object.fromEntries(then), Object.fromEntries(now)).map(({ key, change }) => ({
    what: "hidden-field",
    name: key,
    change,
  }));
}

function endingChanges(before: Profiling, after: Profiling): readonly Setting[] {
  const [old, ending] = [before.graph.ending, after.graph.ending];
  const runs = { before: flowName(before, old.flowId), after: flowName(after, ending.flowId) };
  return [
    ...(old.resumesLogin === ending.resumesLogin
      ? []
      : [{ what: ending.resumesLogin ? "resumes-login" : "leaves-login" } as const]),
    ...textChange("ending-leads-to", old.target, ending.target),
    ...(isSameFlow(before, old.flowId, after, ending.flowId) ? [] : [{ what: "ending-runs", ...runs } as const]),
  ];
}

function translationChanges(before: JsonObject, after: JsonObject): readonly Setting[] {
  return changedKeys(before, after).map(({ key, change }) => {
    const [then, now] = [before[key], after[key]].map((translation) => objectOf(objectOf(translation).components));
    const components = change === "changed" ? changedKeys(then ?? {}, now ?? {}).map((part) => part.key) : [];
    return { what: "translation", language: key, change, components };
  });
}

function messageChanges(before: JsonObject, after: JsonObject): readonly Setting[] {
  return ["custom", "errors"].flatMap((kind): readonly Setting[] => {
    const [then, now] = [objectOf(before[kind]), objectOf(after[kind])];
    const keys = changedKeys(then, now).map(({ key }) => key);
    if (keys.length > MOST_MESSAGES) {
      return [{ what: "messages", keys }];
    }
    return keys.flatMap((key) => {
      const texts = { before: textOf(then[key]), after: textOf(now[key]) };
      return texts.before === texts.after ? [] : [{ what: "message", key, ...texts } as const];
    });
  });
}

/** What a flow does beside what it writes, which is said of the fields. */
function flowChanges(before: Profiling, after: Profiling): readonly Setting[] {
  const then = new Map([...before.flows.values()].map((flow) => [flow.address, flow]));
  const flows = [...after.flows.entries()].sort(([, one], [, other]) => (one.address < other.address ? -1 : 1));
  return flows.flatMap(([id, flow]): readonly Setting[] => {
    const old = then.get(flow.address);
    if (old === undefined) {
      return [];
    }
    const called = difference(old.name, flow.name, (from) => ({ what: "flow-called", ...from }));
    if (flowDoubt(old, id) !== undefined || flowDoubt(flow, id) !== undefined) {
      return called;
    }
    const [actions, actions2] = [actionNames(old.actions), actionNames(flow.actions)];
    return [
      ...called,
      ...difference(actions, actions2, (from) => ({ what: "flow-actions", flow: flow.name, ...from })),
    ];
  });
}

/** Whether people get in where saving fails. */
function savingChange(before: Profiling, after: Profiling): readonly Setting[] {
  const [then, now] = [letsInUnsaved(before.flows.values()), letsInUnsaved(after.flows.values())];
  return then === undefined || now === undefined || then === now
    ? []
    : [{ what: now ? "lets-in-unsaved" : "stops-unsaved" }];
}

function coordinateChange(then: FormGraph, now: FormGraph): readonly Setting[] {
  const moved = [...now.nodes.values()].filter((node) => {
    const old = then.nodes.get(node.id);
    return old !== undefined && !isSame(old.coordinates, node.coordinates);
  });
  return moved.length === 0 ? [] : [{ what: "coordinates", nodes: moved.length }];
}

function actionNames(actions: unknown): readonly string[] {
  return listOf(actions)
    .filter(isObject)
    .flatMap(({ type, action, params }) => {
      const { then, else: otherwise } = objectOf(params);
      return [`${type}/${action}`, ...actionNames(then), ...actionNames(otherwise)];
    });
}

function textChange(
  what: "name" | "primary-language" | "default-language" | "ending-leads-to",
  before: string | undefined,
  after: string | undefined,
): readonly Setting[] {
  return before === after ? [] : [{ what, before, after }];
}

/** Nothing of what is the same. */
function difference<Value>(before: Value, after: Value, setting: (from: From<Value>) => Setting): readonly Setting[] {
  return isSame(before, after) ? [] : [setting({ before, after })];
}

interface KeyChange {
  readonly key: string;
  readonly change: Change;
}

function changedKeys(before: JsonObject, after: JsonObject): readonly KeyChange[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): readonly KeyChange[] => {
    if (!Object.hasOwn(before, key)) {
      return [{ key, change: "added" }];
    }
    if (!Object.hasOwn(after, key)) {
      return [{ key, change: "removed" }];
    }
    return isSame(before[key], after[key]) ? [] : [{ key, change: "changed" }];
  });
}

function nameOf({ type, alias }: FormNode): NodeName {
  return { type, alias };
}

/** Nothing where it runs none. */
function flowName({ flows }: Profiling, id: string | undefined): string | undefined {
  return id === undefined ? undefined : (flows.get(id)?.name ?? id);
}

/** A flow whose id is known only after the apply is the one at its address; of a form that is made anew, that of its name. */
function isSameFlow(before: Profiling, id: string | undefined, after: Profiling, next: string | undefined): boolean {
  if (id === undefined || next === undefined) {
    return id === next;
  }
  const [old, flow] = [before.flows.get(id), after.flows.get(next)];
  if (isRemade({ before, after }) && old !== undefined && old.name === flow?.name) {
    return true;
  }
  return (old?.address ?? id) === (flow?.address ?? next);
}

/** Auth0 gives an empty object for none. */
function content(value: unknown): unknown {
  return isObject(value) && Object.keys(value).length === 0 ? undefined : (value ?? undefined);
}
