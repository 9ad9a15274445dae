import { isObject, isSame, listOf, objectOf, textOf } from "../json-value";
import { codeSpan, shorten } from "../markdown/markdown-text";
import type { Profiling } from "../profiling";
import { conditionText } from "./conditions";
import { flowDoubt } from "./flow-writes";
import { ENDING, type FormGraph, type FormNode, formGraph, nodeOf } from "./form-graph";
import { isRemade } from "./remade-forms";
import { quoted, shortChange } from "./wording";

/** What changes of a form beside its stages, each a line of Markdown. */
export function settingChanges(before: Profiling, after: Profiling): readonly string[] {
  const [then, now] = [formGraph(before.form), formGraph(after.form)];
  return [
    ...textChange("name", before.form.name, after.form.name),
    ...textChange("primary language", before.form.languages.primary, after.form.languages.primary),
    ...textChange("default language", before.form.languages.default, after.form.languages.default),
    ...(then.isKnown && now.isKnown ? graphChanges(before, after, then, now) : []),
    ...hiddenFieldChanges(then, now),
    ...endingChanges(before, after, then, now),
    ...translationChanges(before.form.translations, after.form.translations),
    ...messageChanges(before.form.messages, after.form.messages),
    ...(isSame(content(before.form.style), content(after.form.style)) ? [] : ["style: the CSS changes"]),
    ...flowChanges(before, after),
    ...(then.isKnown && now.isKnown ? coordinateChange(then, now) : []),
  ];
}

function graphChanges(before: Profiling, after: Profiling, then: FormGraph, now: FormGraph): readonly string[] {
  const kept = [...now.nodes.values()].flatMap((node) => {
    const old = then.nodes.get(node.id);
    if (node.type === "STEP") {
      return [];
    }
    if (old === undefined) {
      return [`${nodeName(node)} added`];
    }
    return nodeChanges(old, node, before, after);
  });
  const removed = [...then.nodes.values()].filter(({ id, type }) => type !== "STEP" && !now.nodes.has(id));
  return [
    ...(pointer(then, then.start) === pointer(now, now.start)
      ? []
      : [`begins at ${pointer(then, then.start)} → ${pointer(now, now.start)}`]),
    ...kept,
    ...removed.map((node) => `${nodeName(node)} removed`),
  ];
}

function nodeChanges(old: FormNode, node: FormNode, before: Profiling, after: Profiling): readonly string[] {
  if (old.type !== node.type) {
    return [`${nodeName(old)} → ${nodeName(node)}`];
  }
  const name = nodeName(node);
  const alias =
    old.alias === node.alias ? [] : [`${name}: called ${shortChange(old.alias, node.alias)} in the dashboard`];
  const [then, now] = [formGraph(before.form), formGraph(after.form)];
  if (old.type === "ROUTER" && node.type === "ROUTER") {
    const [from, to] = [pointer(then, old.fallback), pointer(now, node.fallback)];
    const kept = new Set(old.rules.map(({ id }) => id).filter((id) => node.rules.some((rule) => rule.id === id)));
    // Rules that lead to a step are said of its stage.
    const [others, others2] = [otherRules(then, old), otherRules(now, node)];
    return [
      ...alias,
      ...(isSame(ruleNames(old, kept), ruleNames(node, kept))
        ? []
        : [`${name}: rules are called otherwise in the dashboard`]),
      ...(from === to ? [] : [`${name}: otherwise ${from} → ${to}`]),
      ...(isSame(others, others2)
        ? []
        : [`${name}: ${others.join("; ") || "no rule"} → ${others2.join("; ") || "no rule"}`]),
    ];
  }
  if (old.type === "FLOW" && node.type === "FLOW") {
    const [from, to] = [flowName(before, old.flowId), flowName(after, node.flowId)];
    const [next, next2] = [pointer(then, old.next), pointer(now, node.next)];
    return [
      ...alias,
      ...(isSameFlow(before, old.flowId, after, node.flowId) ? [] : [`${name}: runs ${from} → ${to}`]),
      ...(next === next2 ? [] : [`${name}: leads to ${next} → ${next2}`]),
    ];
  }
  return alias;
}

function otherRules(graph: FormGraph, router: Extract<FormNode, { type: "ROUTER" }>): readonly string[] {
  return router.rules
    .filter(({ next }) => nodeOf(graph, next)?.type !== "STEP")
    .map(({ condition, next }) => `${conditionText(condition)}: ${pointer(graph, next)}`);
}

/** Of the rules that stay. */
function ruleNames({ rules }: Extract<FormNode, { type: "ROUTER" }>, kept: ReadonlySet<string>): object {
  return Object.fromEntries(rules.filter(({ id }) => kept.has(id)).map(({ id, alias }) => [id, alias]));
}

function hiddenFieldChanges(then: FormGraph, now: FormGraph): readonly string[] {
  const names = [...new Set([...then.hiddenFields.keys(), ...now.hiddenFields.keys()])].sort();
  return names.flatMap((name) => {
    if (!then.hiddenFields.has(name)) {
      return [`hidden field ${quoted(name)} added`];
    }
    if (!now.hiddenFields.has(name)) {
      return [`hidden field ${quoted(name)} removed`];
    }
    return isSame(then.hiddenFields.get(name), now.hiddenFields.get(name))
      ? []
      : [`hidden field ${quoted(name)} changed`];
  });
}

function endingChanges(before: Profiling, after: Profiling, then: FormGraph, now: FormGraph): readonly string[] {
  const [old, ending] = [then.ending, now.ending];
  return [
    ...(old.resumesLogin === ending.resumesLogin
      ? []
      : [ending.resumesLogin ? "ending: the login goes on now" : "**ending: the login does not go on any more**"]),
    ...textChange("ending: leads to", old.target, ending.target),
    ...(isSameFlow(before, old.flowId, after, ending.flowId)
      ? []
      : [`ending: runs ${flowName(before, old.flowId)} → ${flowName(after, ending.flowId)}`]),
  ];
}

function translationChanges(before: unknown, after: unknown): readonly string[] {
  const [then, now] = [objectOf(before), objectOf(after)];
  const languages = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
  return languages.flatMap((language) => {
    const [old, text] = [then[language], now[language]];
    if (isSame(old, text)) {
      return [];
    }
    const name = `translation ${quoted(language)}`;
    if (old === undefined) {
      return [`${name} added`];
    }
    if (text === undefined) {
      return [`${name} removed`];
    }
    const [parts, parts2] = [old, text].map((translation) => objectOf(objectOf(translation).components));
    const changed = [...new Set([...Object.keys(parts ?? {}), ...Object.keys(parts2 ?? {})])]
      .filter((id) => !isSame(parts?.[id], parts2?.[id]))
      .sort();
    return [changed.length === 0 ? `${name} changed` : `${name} changed: ${someNames(changed)}`];
  });
}

function messageChanges(before: unknown, after: unknown): readonly string[] {
  return ["custom", "errors"].flatMap((kind) => {
    const [then, now] = [objectOf(objectOf(before)[kind]), objectOf(objectOf(after)[kind])];
    const keys = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter(
      (key) => !isSame(then[key], now[key]),
    );
    if (keys.length === 0) {
      return [];
    }
    if (keys.length > 5) {
      return [`messages changed: ${someNames(keys.sort())}`];
    }
    return keys.sort().flatMap((key) => textChange(`message ${quoted(key)}`, textOf(then[key]), textOf(now[key])));
  });
}

/** What a flow does beside what it writes, which is said of the fields. */
function flowChanges(before: Profiling, after: Profiling): readonly string[] {
  const then = new Map([...before.flows.values()].map((flow) => [flow.address, flow]));
  const flows = [...after.flows.entries()].sort(([, one], [, other]) => (one.address < other.address ? -1 : 1));
  return flows.flatMap(([id, flow]) => {
    const old = then.get(flow.address);
    if (old === undefined) {
      return [];
    }
    const name = `flow ${quoted(flow.name)}`;
    const renamed = textChange("flow", old.name, flow.name);
    if (flowDoubt(old, id) !== undefined || flowDoubt(flow, id) !== undefined) {
      return renamed;
    }
    const [actions, actions2] = [actionNames(old.actions), actionNames(flow.actions)];
    return [
      ...renamed,
      ...(isSame(actions, actions2) ? [] : [`${name}: actions ${someNames(actions)} → ${someNames(actions2)}`]),
    ];
  });
}

function coordinateChange(then: FormGraph, now: FormGraph): readonly string[] {
  const moved = [...now.nodes.values()].filter((node) => {
    const old = then.nodes.get(node.id);
    return old !== undefined && !isSame(old.coordinates, node.coordinates);
  });
  if (moved.length === 0) {
    return [];
  }
  return [`${moved.length} ${moved.length === 1 ? "node stands" : "nodes stand"} elsewhere in the dashboard's editor`];
}

function actionNames(actions: unknown): readonly string[] {
  return listOf(actions)
    .filter(isObject)
    .flatMap(({ type, action, params }) => {
      const { then, else: otherwise } = objectOf(params);
      return [`${type}/${action}`, ...actionNames(then), ...actionNames(otherwise)];
    });
}

function someNames(names: readonly string[]): string {
  if (names.length === 0) {
    return "none";
  }
  const shown = names.slice(0, 8).map((name) => quoted(name, 40));
  return names.length > 8 ? `${shown.join(", ")} and ${names.length - 8} more` : shown.join(", ");
}

function textChange(name: string, before: string | undefined, after: string | undefined): readonly string[] {
  if (before === after) {
    return [];
  }
  if (before === undefined) {
    return [`${name}: ${quoted(after ?? "")}`];
  }
  if (after === undefined) {
    return [`${name}: ${quoted(before)} removed`];
  }
  return [`${name}: ${shortChange(before, after)}`];
}

function nodeName({ type, alias }: FormNode): string {
  const kinds = { STEP: "step", FLOW: "flow node", ROUTER: "router", UNKNOWN: "node" } as const;
  return `${kinds[type]} ${codeSpan(shorten(alias, 40))}`;
}

function pointer(graph: FormGraph, to: string | undefined): string {
  if (to === undefined) {
    return "nothing";
  }
  return to === ENDING ? "the ending" : codeSpan(shorten(nodeOf(graph, to)?.alias ?? to, 40));
}

function flowName({ flows }: Profiling, id: string | undefined): string {
  return id === undefined ? "nothing" : quoted(flows.get(id)?.name ?? id);
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
