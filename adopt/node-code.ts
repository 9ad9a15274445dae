import { FAULTS } from "../lib/form/component";
import { type FormNode, graphOf } from "../lib/form/node";
import type { Raw } from "./code";
import { componentCode } from "./component-code";
import { isSame } from "./equal";
import { conditionCode } from "./flow-code";
import { Call, evaluated, given, isObject, type Source, type SourceObject } from "./source";

/** The call that makes a node, be it `rawNode`. */
export function nodeCode(node: SourceObject, raw: Raw[]): Source {
  const target = evaluated(node);
  for (const hasIds of [false, true]) {
    const inner: Raw[] = [];
    const call = typedNode(node, hasIds, inner);
    if (call !== undefined && isSame(sentBy(call), target)) {
      raw.push(...inner);
      return call;
    }
  }
  raw.push({ what: `node ${JSON.stringify(node.id)}`, why: `${node.type} has what no option says` });
  const { id = "", type, alias, coordinates, ...others } = node;
  return new Call("rawNode", [given({ id, type, alias, coordinates, ...others })]);
}

/** The node as it is sent; nothing where the call is refused. */
function sentBy(call: Call): unknown {
  const node = evaluated(call) as FormNode;
  if (node[FAULTS] !== undefined) {
    return undefined;
  }
  const flowIdOf = () => "";
  return graphOf([node], { start: node.id, isLaidOut: false, flowIdOf }).nodes[0];
}

/** @param hasIds whether blocks say the ids that their step would give them */
function typedNode(
  { id = "", type, alias, coordinates, config }: SourceObject,
  hasIds: boolean,
  raw: Raw[],
): Call | undefined {
  if (!isObject(config)) {
    return undefined;
  }
  const { components, next_node: next, rules, fallback, flow_id: flow } = config;
  if (type === "STEP" && Array.isArray(components)) {
    const own = `${String(id)}_`;
    const made = (components as readonly SourceObject[]).map((one) =>
      componentCode(one, raw, hasIds || !String(one.id).startsWith(own)),
    );
    return new Call("stepNode", [id, given({ alias, components: made, next, coordinates })]);
  }
  if (type === "FLOW") {
    return new Call("flowNode", [id, given({ alias, flow, next, coordinates })]);
  }
  if (type !== "ROUTER") {
    return undefined;
  }
  const made = Array.isArray(rules) ? (rules as readonly SourceObject[]).map((rule) => ruleCode(rule, raw)) : undefined;
  return made?.includes(undefined)
    ? undefined
    : new Call("routerNode", [
        id,
        given({ alias, rules: made as readonly Source[] | undefined, fallback, coordinates }),
      ]);
}

function ruleCode({ condition, next_node: next, ...rule }: SourceObject, raw: Raw[]): Source | undefined {
  const made = ruleCondition({ ...rule, condition }, raw);
  return made === undefined ? undefined : given({ ...rule, condition: made, next });
}

/** The condition of a router's rule; nothing where no call makes it. */
export function ruleCondition({ id, condition }: SourceObject, raw: Raw[]): Source | undefined {
  return conditionCode(condition, `the condition of rule ${JSON.stringify(id)}`, raw);
}
