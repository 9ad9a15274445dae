import { CREATE_FLOW } from "auth0-forms";
import { checkIdentifier, checkName, isKnown, isList, repeated } from "../checks";
import { isObject } from "../fields";
import { kind, shown } from "../shown";
import type { Problems } from "../validation-error";
import { FAULTS } from "./component";
import { checkAgainst, placeOf } from "./component-checks";
import { checkExpressions } from "./expression-checks";
import { type ExpressionScope, expressionScope, type Shape } from "./expression-scope";
import type { FlowDefinition } from "./flow";
import { allActions, connected, type FlowAction } from "./flow-action";

/** Adds what Auth0 would refuse in a flow, each problem with its place. */
export function checkFlow(definition: FlowDefinition, scope: ExpressionScope, problems: Problems): void {
  const where = `flow ${shown(definition.id)}`;
  for (const fault of definition[FAULTS] ?? []) {
    problems.add(`${where}: ${fault}`);
  }
  checkIdentifier(`${where}: id`, definition.id, problems);
  checkName(`${where}: name`, definition.name, problems);
  checkFlowActions(`${where}: `, definition.actions, problems, scope);
}

/** Of a flow that may serve any form. */
const ANY_FORM = expressionScope("any");

/** @param prefix the place of the flow, with what separates it */
export function checkFlowActions(
  prefix: string,
  actions: readonly FlowAction[],
  problems: Problems,
  scope: ExpressionScope = ANY_FORM,
): void {
  if (!isList(actions) || actions.length === 0) {
    problems.add(`${prefix}actions must be a list of one action or more, got ${kind(actions)}; give it`);
    return;
  }
  if (!areActions(prefix, actions, problems)) {
    return;
  }
  checkAsSent(prefix, actions, problems);
  const all = allActions(actions);
  for (const action of all) {
    const where = `${prefix}${action.action} ${shown(action.id)}`;
    checkIdentifier(`${where}: id`, action.id, problems);
    for (const fault of action[FAULTS] ?? []) {
      problems.add(`${where} ${fault}`);
    }
    checkParams(where, action, all, scope, problems);
  }
  for (const id of repeated(all.map(({ id }) => id))) {
    problems.add(`${prefix}action id ${shown(id)} is there more than once; give one of them another id`);
  }
}

/** What an action gives is there for those of its flow; a mail's own variables are for the mail. */
function checkParams(
  where: string,
  { params }: FlowAction,
  all: readonly FlowAction[],
  scope: ExpressionScope,
  problems: Problems,
): void {
  const { then: _then, else: _else, custom_vars, ...own } = params;
  const actions = Object.fromEntries(all.map(({ id }): [string, Shape] => [id, "any"]));
  const inFlow = { ...scope, roots: { ...scope.roots, actions } };
  const variables = Object.fromEntries(Object.keys(custom_vars ?? {}).map((name): [string, Shape] => [name, "any"]));
  const inMail = { ...inFlow, roots: { ...inFlow.roots, custom_vars: variables } };
  checkExpressions(`${where}: params`, own, custom_vars === undefined ? inFlow : inMail, problems);
  checkExpressions(`${where}: params.custom_vars`, custom_vars, inFlow, problems);
}

/** Whether all are actions, and what is within them; adds which are none. */
function areActions(prefix: string, actions: readonly FlowAction[], problems: Problems): boolean {
  const good = [...actions.entries()].map(([index, action]) => {
    if (typeof action !== "object" || action === null || action.type === undefined) {
      problems.add(`${prefix}actions[${index}] is none, got ${kind(action)}; make it by updateUser() and its like`);
      return false;
    }
    const where = `${prefix}${action.action} ${shown(action.id)}`;
    if (!isKnown(action.params) || !isObject(action.params)) {
      problems.add(
        `${where}: params must be an object, got ${isKnown(action.params) ? kind(action.params) : "a token"}`,
      );
      return false;
    }
    return ["then", "else"].every((name) => {
      const way = action.params[name];
      if (way === undefined || action.action !== "BOOLEAN_CONDITION") {
        return true;
      }
      if (!Array.isArray(way)) {
        problems.add(`${where}: ${name} must be a list of actions, got ${kind(way)}; give it`);
        return false;
      }
      return areActions(`${where}: ${name}: `, way as readonly FlowAction[], problems);
    });
  });
  return good.every(Boolean);
}

/** Stands for a Vault connection that the construct gives. */
const CONNECTION = `ac_${"0".repeat(22)}`;

/** Adds what Auth0's API would refuse in the actions, but for their ids. */
function checkAsSent(prefix: string, actions: readonly FlowAction[], problems: Problems): void {
  const said = new Set<string>();
  const sent = { name: "flow", actions: connected(actions, CONNECTION) };
  checkAgainst(CREATE_FLOW, sent, (path, problem, subject = path) => {
    if (path.at(-1) !== "id" && !said.has(path.join("/"))) {
      said.add(path.join("/"));
      problems.add(`${prefix}${placeOf(subject)} ${problem}`);
    }
  });
}
