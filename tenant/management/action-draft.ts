import { BOOLEAN, list, OBJECT, oneOf, openShape, STRING, shape, text } from "auth0-forms/schema";
import type { Dependency, Program, Secret, TriggerReference } from "../documents/action";
import { ACTION_TRIGGERS, type ActionTrigger } from "./action-triggers";
import { ManagementError } from "./management-error";

/** What is sent to make or change an Action. */
export interface ActionBody {
  readonly name?: string;
  readonly supported_triggers?: readonly { readonly id: string; readonly version?: string }[];
  readonly code?: string;
  readonly dependencies?: readonly Dependency[];
  readonly runtime?: string;
  readonly secrets?: readonly { readonly name: string; readonly value?: string }[];
  readonly modules?: readonly object[];
  readonly deploy?: boolean;
}

export const TRIGGER_ID = oneOf([...new Set(ACTION_TRIGGERS.map(({ id }) => id))]);

const SUPPORTED_TRIGGERS = {
  ...list(openShape({ id: TRIGGER_ID, "version?": STRING }), {
    minItems: 1,
    maxItems: 1,
  }),
  description:
    "The list of triggers that this action supports. At this time, an action can only target a single trigger at a time.",
};
/** With Auth0's limits. @see https://auth0.com/docs/customize/actions/limitations */
const OPTIONAL = {
  "code?": { ...text(0, 102_400), description: "The source code of the action." },
  "dependencies?": list(shape({ name: text(1), version: text(1), "registry_url?": STRING }), { maxItems: 10 }),
  "runtime?": STRING,
  "secrets?": list(openShape({ name: text(1, 128), "value?": text(1, 4096) }), { maxItems: 30 }),
  "modules?": list(OBJECT),
};
export const CREATE_ACTION = shape({
  name: text(1),
  supported_triggers: SUPPORTED_TRIGGERS,
  ...OPTIONAL,
  "deploy?": BOOLEAN,
});
export const UPDATE_ACTION = shape({ "name?": text(1), "supported_triggers?": SUPPORTED_TRIGGERS, ...OPTIONAL });

/**
 * The draft as it was sent, onto what it was before.
 *
 * @param at the time of the change
 * @throws ManagementError when the parts do not fit each other
 */
export function draftOf(sent: ActionBody, before: Partial<Program>, at: string): Program {
  if ((sent.modules?.length ?? 0) > 0) {
    throw new ManagementError(501, "modules of actions are not built in the local tenant", "not_implemented");
  }
  const [reference] = sent.supported_triggers ?? before.supported_triggers ?? [];
  const trigger = findTrigger(reference);
  const secretsBefore = before.secrets ?? [];
  return {
    supported_triggers: [{ id: trigger.id, version: trigger.version }],
    code: sent.code ?? before.code ?? "",
    dependencies: sent.dependencies ?? before.dependencies ?? [],
    runtime: runtimeOf(sent.runtime ?? before.runtime, trigger),
    secrets: sent.secrets === undefined ? secretsBefore : keepSecrets(sent.secrets, secretsBefore, at),
  };
}

function findTrigger(reference: Partial<TriggerReference> | undefined): ActionTrigger {
  const { id, version } = reference ?? {};
  const trigger = ACTION_TRIGGERS.find(
    (known) => known.id === id && (version === undefined ? known.status === "CURRENT" : known.version === version),
  );
  if (trigger === undefined) {
    throw new ManagementError(400, `trigger ${id} has no version ${version}`, "invalid_body");
  }
  return trigger;
}

function runtimeOf(asked: string | undefined, trigger: ActionTrigger): string {
  if (asked === undefined) {
    return trigger.default_runtime;
  }
  const runtime = asked === "node18" && trigger.runtimes.includes("node18-actions") ? "node18-actions" : asked;
  if (runtime !== trigger.default_runtime && !trigger.runtimes.includes(runtime)) {
    throw new ManagementError(400, "runtime is not supported");
  }
  return runtime;
}

/** The list that was sent, in the order of the one before; a secret without value keeps the one that it has. */
function keepSecrets(
  sent: readonly { readonly name: string; readonly value?: string }[],
  before: readonly Secret[],
  at: string,
): readonly Secret[] {
  const values = new Map(sent.map(({ name, value }) => [name, value]));
  if (values.size < sent.length) {
    throw new ManagementError(
      400,
      "Payload validation error: 'Secret names are not unique' on property secrets.",
      "invalid_body",
    );
  }
  const names = [...before.map(({ name }) => name).filter((name) => values.has(name)), ...values.keys()];
  return [...new Set(names)].map((name) => {
    const value = values.get(name);
    const known = before.find((secret) => secret.name === name);
    if (value !== undefined) {
      return { name, value, updated_at: at };
    }
    if (known === undefined) {
      throw new ManagementError(
        400,
        `Payload validation error: 'Secret ${name} has no value' on property secrets.`,
        "invalid_body",
      );
    }
    return known;
  });
}
