const NEXT = { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } };
export const RESUME = { resume_flow: true };

export function step(id: string, fields: readonly string[], next: string): object {
  const components = fields.map((field) => ({
    id: field,
    category: "FIELD",
    type: "TEXT",
    label: field,
    required: true,
  }));
  return { id, type: "STEP", alias: id, config: { components: [...components, NEXT], next_node: next } };
}

export function flow(id: string, flowId = "af_1"): object {
  return { id, type: "FLOW", config: { flow_id: flowId, next_node: "$ending" } };
}

export function router(id: string, rules: readonly object[], fallback = "$ending"): object {
  return { id, type: "ROUTER", alias: id, config: { rules, fallback } };
}

export function rule(key: string, next: string): object {
  const condition = { operator: "HAS_NO_VALUE", operands: [`{{context.user.user_metadata.${key}}}`] };
  return { id: `missing_${key}`, condition, next_node: next };
}
