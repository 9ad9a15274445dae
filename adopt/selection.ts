import { nearest } from "../lib/nearest";
import type { AdoptedAction, AdoptedConnection, AdoptedFlow, AdoptedForm, Inventory } from "./inventory";

/** What is to be adopted, by name or id. */
export interface Chosen {
  readonly forms: readonly string[];
  readonly actions: readonly string[];
  readonly clients: readonly string[];
}

/** What a stack is to have: the chosen forms, and all that they need or that shows them. */
export interface Selection extends Inventory {
  /** What serves more than one: a sentence each. */
  readonly shared: readonly string[];
  /** Ids of flows that several forms of the tenant run, chosen or not. */
  readonly sharedFlows: ReadonlySet<string>;
}

/**
 * The chosen forms with all that they need or that shows them.
 *
 * @param problem called with each name that is none, or of several
 */
export function select(inventory: Inventory, chosen: Chosen, problem: (text: string) => void): Selection {
  const forms = found("--form", "form", inventory.forms, ({ document }) => document.name, chosen.forms, problem);
  const named = found("--action", "Action", inventory.actions, ({ name }) => name, chosen.actions, problem);
  const clients = found("--client", "client", inventory.clients, ({ name }) => name, chosen.clients, problem);
  const isOf = (ids: readonly string[], all: readonly { readonly id: string }[]) =>
    all.some(({ id }) => ids.includes(id));
  const flows = inventory.flows.filter(({ id }) => forms.some((form) => form.flows.includes(id)));
  const connections = inventory.connections.filter(({ id }) => flows.some((flow) => flow.connections.includes(id)));
  const actions = inventory.actions.filter((action) => named.includes(action) || isOf(action.forms, forms));
  return {
    domain: inventory.domain,
    forms,
    flows,
    connections,
    actions,
    bindings: inventory.bindings.filter(({ actionId }) => actions.some(({ id }) => id === actionId)),
    clients,
    grants: inventory.grants.filter(({ clientId }) => clients.some(({ id }) => id === clientId)),
    sharedFlows: new Set(
      flows
        .filter(({ id }) => inventory.forms.filter((form) => form.flows.includes(id)).length > 1)
        .map(({ id }) => id),
    ),
    shared: sharedIn(inventory, forms, flows, connections, actions),
  };
}

function found<Item extends { readonly id: string }>(
  option: string,
  kind: string,
  items: readonly Item[],
  nameOf: (item: Item) => string,
  wanted: readonly string[],
  problem: (text: string) => void,
): readonly Item[] {
  const all = wanted.flatMap((one) => {
    const byId = items.filter(({ id }) => id === one);
    const meant = byId.length > 0 ? byId : items.filter((item) => nameOf(item) === one);
    if (meant.length > 1) {
      const ids = meant.map(({ id }) => id).join(", ");
      problem(`[${option}] ${JSON.stringify(one)} is the name of ${meant.length}: ${ids}; give the id`);
    }
    if (meant.length === 0) {
      const names = items.map(nameOf);
      const near = nearest(one, names);
      const advice =
        near === undefined ? "leave --out away to see what there is" : `did you mean ${JSON.stringify(near)}?`;
      problem(`[${option}] the tenant has no ${kind} ${JSON.stringify(one)}; ${advice}`);
    }
    return meant;
  });
  return [...new Set(all)];
}

function sharedIn(
  inventory: Inventory,
  forms: readonly AdoptedForm[],
  flows: readonly AdoptedFlow[],
  connections: readonly AdoptedConnection[],
  actions: readonly AdoptedAction[],
): readonly string[] {
  const formNames = (ids: readonly { readonly document: { readonly name: string } }[]) =>
    ids.map(({ document }) => JSON.stringify(document.name)).join(", ");
  const also = (others: string) => {
    if (others === "") {
      return "";
    }
    return `; ${others} ${others.includes(", ") ? "are not of this stack, and change" : "is not of this stack, and changes"} with it`;
  };
  return [
    ...flows.flatMap(({ id, name }) => {
      const users = inventory.forms.filter((form) => form.flows.includes(id));
      const others = formNames(users.filter((form) => !forms.includes(form)));
      return users.length > 1
        ? [`the flow ${JSON.stringify(name)} is run by the forms ${formNames(users)}${also(others)}`]
        : [];
    }),
    ...connections.flatMap(({ id, name }) => {
      const users = inventory.flows.filter((flow) => flow.connections.includes(id));
      const names = (all: readonly AdoptedFlow[]) => all.map((flow) => JSON.stringify(flow.name)).join(", ");
      const others = names(users.filter((flow) => !flows.includes(flow)));
      return users.length > 1
        ? [`the Vault connection ${JSON.stringify(name)} is used by the flows ${names(users)}${also(others)}`]
        : [];
    }),
    ...actions.flatMap(({ name, forms: ids }) => {
      const shown = inventory.forms.filter(({ id }) => ids.includes(id));
      const others = formNames(shown.filter((form) => !forms.includes(form)));
      const left = others === "" ? "" : `; ${others} stays as an id in its code`;
      return shown.length > 1 ? [`the Action ${JSON.stringify(name)} shows the forms ${formNames(shown)}${left}`] : [];
    }),
    ...forms.flatMap(({ id, document }) => {
      const showing = actions.filter((action) => action.forms.includes(id)).map(({ name }) => JSON.stringify(name));
      return showing.length > 1
        ? [`the form ${JSON.stringify(document.name)} is shown by the Actions ${showing.join(", ")}`]
        : [];
    }),
  ];
}
