import type { TerraformBackend, TerraformStack } from "cdktf";
import { checkFields, isObject } from "../fields";
import { nearest } from "../nearest";
import { kind, shown } from "../shown";
import { Problems } from "../validation-error";
import type { StateBackend } from "./state-backend";
import { STATE_BACKENDS, type StateBackendKind } from "./state-backend-kinds";
import type { StateLocation } from "./state-location";

const TYPES = Object.keys(STATE_BACKENDS);

/**
 * Defines where the stack's state lies. Names that are not given come from the stack's, so that two stacks never share a
 * state.
 *
 * What Terraform has beyond these settings can be added to the result with `addOverride`.
 *
 * @param backend local by default
 * @throws {@link ValidationError} with all problems of the backend
 * @example defineStateBackend(this, { type: "s3", bucket: "example-states", region: "eu-central-1" });
 */
export function defineStateBackend(stack: TerraformStack, backend: StateBackend = { type: "local" }): TerraformBackend {
  const problems = new Problems();
  checkStateBackend("backend", backend, problems);
  problems.throwIfAny(stack);

  return kindOf(backend).define(stack, backend, stack.node.id);
}

/** Adds what is wrong with a backend, credentials in it too. */
export function checkStateBackend(path: string, backend: unknown, problems: Problems): void {
  if (!isObject(backend)) {
    problems.add(`${path} must be an object such as { type: "s3", bucket: "states" }, got ${kind(backend)}`);
    return;
  }
  const { type } = backend;
  if (typeof type !== "string" || !TYPES.includes(type)) {
    const got = type == null ? "is missing" : `is ${shown(type)}, which is none`;
    const meant = typeof type === "string" ? nearest(type, TYPES) : undefined;
    const advice = meant === undefined ? "" : `; did you mean ${shown(meant)}?`;
    problems.add(`${path}.type ${got}; the types are ${TYPES.join(", ")}${advice}`);
    return;
  }
  checkFields(path, backend, STATE_BACKENDS[type as StateBackend["type"]].fields, problems);
  if (type === "cloud" && backend.workspace != null && backend.tags != null) {
    problems.add(`${path} has both workspace and tags; leave one of them out`);
  }
}

/** Where the state of a stack lies. */
export function stateLocation(backend: StateBackend, stackName: string): StateLocation {
  return kindOf(backend).location(backend, stackName);
}

function kindOf<Backend extends StateBackend>({ type }: Backend): StateBackendKind<Backend> {
  // TypeScript does not see that a type and its kind belong together.
  return STATE_BACKENDS[type] as unknown as StateBackendKind<Backend>;
}
