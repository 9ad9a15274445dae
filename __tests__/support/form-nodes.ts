export const NEXT = { id: "next", category: "BLOCK", type: "NEXT_BUTTON", config: { text: "Continue" } };
export const RESUME = { resume_flow: true };

export function step(id: string, fields: readonly string[], next: string): object {
  return stepOf(
    id,
    fields.map((one) => field(one)),
    next,
  );
}

/** A step of these components and a next button. */
export function stepOf(id: string, components: readonly object[], next = "save"): object {
  return { id, type: "STEP", alias: id, config: { components: [...components, NEXT], next_node: next } };
}

export function field(id: string, others: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { id, category: "FIELD", type: "TEXT", label: id, required: true, ...others };
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

/** An action of a flow that decides which others run. */
export function decision(condition: unknown, then: readonly object[], otherwise: readonly object[] = []): object {
  // An object with a `then` of its own is taken for a promise.
  const ways = [
    ["if", condition],
    ["then", then],
    ["else", otherwise],
  ];
  return { type: "FLOW", action: "BOOLEAN_CONDITION", params: Object.fromEntries(ways) };
}

/** An action of a flow that writes into the profile of who logs in. */
export function update(changes: unknown, params: object = {}, others: object = {}): object {
  const own = { connection_id: "ac_1", user_id: "{{context.user.user_id}}", changes };
  return { id: "update", type: "AUTH0", action: "UPDATE_USER", ...others, params: { ...own, ...params } };
}
