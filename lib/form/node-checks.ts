import { ENDING, MAX_ALIAS_CHARACTERS, MAX_COORDINATE_PIXELS, MAX_ROUTER_RULES, type NodePointer } from "auth0-forms";
import { checkIdentifier, checkText, isKnown, isList, repeated } from "../checks";
import { checkFields, type FieldsOf, isObject, requiredOther } from "../fields";
import { kind, shown } from "../shown";
import type { Problems } from "../validation-error";
import { checkComponent, checkComponentIds, checkFlows } from "./checks";
import { FAULTS } from "./component";
import { checkCondition } from "./condition-checks";
import { checkComponentExpressions, checkExpressions } from "./expression-checks";
import type { ExpressionScope } from "./expression-scope";
import { checkFlowOrId, isFlow } from "./flow";
import type { Coordinates } from "./layout";
import { type FormNode, ROUTER_RULE, type RouterRule } from "./node";
import type { IdentifiedComponent } from "./stage";
import { scopeOf, type WhatIsRead } from "./stage-scopes";

const COORDINATES: FieldsOf<Coordinates> = { x: requiredOther, y: requiredOther };

/** Whether all are nodes, and each step's components a list. */
export function areNodes(nodes: unknown): nodes is readonly FormNode[] {
  return Array.isArray(nodes) && nodes.every((node) => isNode(node) && isList(node.components));
}

function isNode(node: unknown): node is FormNode {
  return isObject(node) && "components" in node && "options" in node;
}

/** Adds what Auth0 would refuse in the graph of a form, and what would never work in it. */
export function checkNodes(nodes: readonly FormNode[], start: unknown, settings: WhatIsRead, problems: Problems): void {
  if (!areNodes(nodes)) {
    checkAreNodes(nodes, problems);
    return;
  }
  if (nodes.length === 0) {
    problems.add("there is no node; give at least one");
    return;
  }
  for (const id of repeated(nodes.map((node) => node.id))) {
    problems.add(`node ${shown(id)} is there more than once; give each node an id of its own`);
  }
  const ids = [...nodes.map((node) => node.id), ENDING];
  checkPointer("start", start, ids, problems);
  for (const node of nodes) {
    checkNode(node, ids, problems);
  }
  const places = nodes.flatMap((node) => node.components.map((component) => ({ stage: node, component })));
  checkComponentIds(places, problems);
  const scope = scopeOf(
    places.map(({ component }) => component),
    settings,
  );
  for (const { stage, component } of places) {
    checkComponentExpressions(whereOf(stage, component), component, scope, problems);
  }
  for (const node of nodes) {
    checkRules(node, scope, problems);
  }
  checkFlows(
    [...new Set([...nodes.flatMap(({ flows }) => flows), settings.ending?.afterSubmit].filter(isFlow))],
    scope,
    problems,
  );
}

function checkAreNodes(nodes: unknown, problems: Problems): void {
  if (!isList(nodes)) {
    problems.add(`nodes must be a list of nodes, got ${kind(nodes)}; make them by stepNode() and its like`);
    return;
  }
  for (const [index, node] of (nodes as readonly unknown[]).entries()) {
    if (!isNode(node)) {
      problems.add(`nodes[${index}] must be a node, got ${kind(node)}; make it by stepNode() and its like`);
      continue;
    }
    checkFaults(node, problems);
    if (!isList(node.components) && node.components !== undefined) {
      problems.add(`${named(node)}: components must be a list of components, got ${kind(node.components)}; give it`);
    }
  }
}

function named(node: FormNode): string {
  return `${node.noun} ${shown(node.id)}`;
}

function whereOf(node: FormNode, { type, id }: IdentifiedComponent): string {
  return `${named(node)}: ${type} ${shown(id)}`;
}

function checkFaults(node: FormNode, problems: Problems): void {
  for (const fault of node[FAULTS] ?? []) {
    problems.add(`${named(node)}: ${fault}`);
  }
}

function checkNode(node: FormNode, ids: readonly NodePointer[], problems: Problems): void {
  const where = named(node);
  checkFaults(node, problems);
  checkIdentifier(`${where}: id`, node.id, problems);
  const { alias, coordinates, flow } = node.options;
  if (alias !== undefined) {
    checkText(`${where}: alias`, alias, { min: 1, max: MAX_ALIAS_CHARACTERS }, problems);
  }
  if (coordinates !== undefined) {
    checkCoordinates(`${where}: coordinates`, coordinates, problems);
  }
  if (flow !== undefined) {
    checkFlowOrId(`${where}: flow`, flow, problems);
  }
  for (const [what, id] of node.pointers) {
    checkPointer(`${where}: ${what}`, id, ids, problems);
  }
  for (const [index, component] of node.components.entries()) {
    if (component.type === undefined) {
      problems.add(`${where}: components[${index}] is none; make it by text(), phone(), raw() and their like`);
      continue;
    }
    checkComponent(whereOf(node, component), component, problems);
    checkSavesNothing(whereOf(node, component), component, problems);
  }
}

/** A field writes its answer under its own id where nobody says otherwise; here nothing reads that. */
function checkSavesNothing(where: string, { id, answer }: IdentifiedComponent, problems: Problems): void {
  const isDefault = answer?.saveTo === undefined && answer?.metadataKey === id && answer.value === `{{fields.${id}}}`;
  const isPhone = answer?.saveTo === undefined && answer?.metadataKey === id;
  if (answer !== undefined && !isDefault && !isPhone && answer.to.length > 0) {
    problems.add(
      `${where}: a Form saves no answer by itself; write it in a flow by updateUser(), and leave saveTo and metadataKey out`,
    );
  }
}

export function checkCoordinates(what: string, coordinates: unknown, problems: Problems): void {
  const { x, y } = checkFields<Coordinates>(what, coordinates, COORDINATES, problems);
  for (const [name, value] of Object.entries({ x, y })) {
    const isPlace = Number.isInteger(value) && Math.abs(value as number) <= MAX_COORDINATE_PIXELS;
    if (value !== undefined && isKnown(value) && !isPlace) {
      problems.add(
        `${what}.${name} must be an integer of -${MAX_COORDINATE_PIXELS} to ${MAX_COORDINATE_PIXELS}, got ${shown(value)}; choose another one`,
      );
    }
  }
}

/** Adds where something leads that is no node of the form: Auth0 refuses the form then. */
function checkPointer(what: string, id: unknown, ids: readonly NodePointer[], problems: Problems): void {
  if (!ids.includes(id as NodePointer)) {
    problems.add(`${what} leads to ${shown(id)}, which is no node of the form; those are ${ids.join(", ")}`);
  }
}

function checkRules(node: FormNode, scope: ExpressionScope, problems: Problems): void {
  const where = named(node);
  const { rules = [] } = node.options;
  if (!Array.isArray(rules)) {
    problems.add(`${where}: rules must be a list of rules, got ${kind(rules)}; give it, or leave it out`);
    return;
  }
  if (rules.length > MAX_ROUTER_RULES) {
    problems.add(
      `${where}: a router has at most ${MAX_ROUTER_RULES} rules, got ${rules.length}; put a second one behind it`,
    );
  }
  for (const [index, rule] of rules.entries()) {
    const path = `${where}: rules[${index}]`;
    const { id, alias, condition } = checkFields<RouterRule>(path, rule, ROUTER_RULE, problems);
    if (id !== undefined) {
      checkIdentifier(`${path}.id`, id, problems);
    }
    if (alias !== undefined) {
      checkText(`${path}.alias`, alias, { min: 1, max: MAX_ALIAS_CHARACTERS }, problems);
    }
    if (condition !== undefined) {
      checkCondition(`${path}.condition`, condition, problems);
      checkExpressions(`${path}.condition`, (condition as RouterRule["condition"]).operands, scope, problems);
    }
  }
  for (const id of repeated(rules.map((rule) => rule?.id).filter((id) => id !== undefined))) {
    problems.add(`${where}: rule ${shown(id)} is there more than once; give each rule an id of its own`);
  }
}
