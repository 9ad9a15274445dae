import { checkIdentifier, isList, repeated } from "../checks";
import { kind, type Problems, shown } from "../validation-error";
import { FAULTS } from "./component";
import type { FlowDefinition } from "./flow";
import { allActions, type FlowAction } from "./flow-action";

/** Adds what Auth0 would refuse in a flow, each problem with its place. */
export function checkFlow(where: string, definition: FlowDefinition, problems: Problems): void {
  if (typeof definition !== "object" || definition === null) {
    problems.add(`${where} must be a flow, got ${kind(definition)}; make it by flow()`);
    return;
  }
  for (const fault of definition[FAULTS] ?? []) {
    problems.add(`${where}: ${fault}`);
  }
  checkIdentifier(`${where}: id`, definition.id, problems);
  checkFlowActions(`${where}: `, definition.actions, problems);
}

/** @param prefix the place of the flow, with what separates it */
export function checkFlowActions(prefix: string, actions: readonly FlowAction[], problems: Problems): void {
  if (!isList(actions) || actions.length === 0) {
    problems.add(`${prefix}actions must be a list of one action or more, got ${kind(actions)}; give it`);
    return;
  }
  for (const [index, action] of actions.entries()) {
    if (typeof action !== "object" || action === null || action.type === undefined) {
      problems.add(`${prefix}actions[${index}] is none, got ${kind(action)}; make it by updateUser() and its like`);
      return;
    }
  }
  const all = allActions(actions);
  for (const action of all) {
    const where = `${prefix}${action.action} ${shown(action.id)}`;
    checkIdentifier(`${where}: id`, action.id, problems);
    for (const fault of action[FAULTS] ?? []) {
      problems.add(`${where} ${fault}`);
    }
  }
  for (const id of repeated(all.map(({ id }) => id))) {
    problems.add(`${prefix}action id ${shown(id)} is there more than once; give one of them another id`);
  }
}
