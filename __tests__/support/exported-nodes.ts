import type { Exported } from "./imported-form";

/** A form of these nodes, which runs a flow that writes what is said. */
export function formOf(start: string, nodes: readonly object[], actions: readonly object[] = []): Exported {
  return {
    form: {
      name: "Form",
      languages: { primary: "en" },
      nodes,
      start: { next_node: start, coordinates: { x: 0, y: 0 } },
      ending: { resume_flow: true, coordinates: { x: 9, y: 9 } },
    },
    flows: actions.length === 0 ? {} : { "#FLOW-1#": { name: "Flow", actions } },
  };
}

export const stepNode = (id: string, next_node: string, button = "NEXT_BUTTON") => ({
  ...{ id, type: "STEP", coordinates: { x: 1, y: 1 } },
  config: {
    components: [
      {
        ...{ id: `${id}_field`, category: "FIELD", type: "TEXT", label: "Field", required: true, sensitive: false },
        config: { multiline: false },
      },
      { id: `${id}_button`, category: "BLOCK", type: button, config: { text: "On" } },
    ],
    next_node,
  },
});
export const flowNode = (id: string, next_node: string, flow_id = "#FLOW-1#") => ({
  ...{ id, type: "FLOW", coordinates: { x: 2, y: 2 }, config: { flow_id, next_node } },
});
export const routerNode = (id: string, ways: readonly [condition: object, next: string][], fallback: string) => ({
  ...{ id, type: "ROUTER", coordinates: { x: 3, y: 3 } },
  config: {
    rules: ways.map(([condition, next_node], index) => ({ id: `rule_${index}`, condition, next_node })),
    fallback,
  },
});
export const hasNo = (key: string) => ({
  operator: "AND",
  operands: [{ operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] }],
});
export const action = (type: string, name: string, params: object) => ({
  ...{ id: name.toLowerCase(), type, action: name, allow_failure: false, mask_output: false, params },
});
export const update = (changes: object, user_id = "{{context.user.user_id}}") =>
  action("AUTH0", "UPDATE_USER", { connection_id: "#CONN-1#", user_id, changes });
