import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Action } from "@cdktf/provider-auth0/lib/action";
import { TriggerAction } from "@cdktf/provider-auth0/lib/trigger-action";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { checkActionSource } from "./action-source";
import { checkGiven, checkIdentifier, checkName } from "./checks";
import { checkFields, type FieldsOf, other, text } from "./fields";
import { literal } from "./terraform-text";
import { kind, Problems } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_SECRET = 4096;
/** What a source finds in `event.secrets`. */
const SECRETS = ["FORM_ID", "METADATA_KEYS"];
const TRIGGER = "post-login";
const SOURCE = join(__dirname, "..", "actions", "progressive-profiling.js");

/** The binding of a stack that was defined last: the next one waits for it. */
const lastBindings = new WeakMap<TerraformStack, TriggerAction>();

export interface ProfilingActionProps {
  /** Id of the form (`ap_…`) that is shown. */
  readonly formId: string;
  /** Keys of `user_metadata`: while one of them is missing, the form is shown. */
  readonly metadataKeys: readonly string[];
  /**
   * Name of the Action, 1 to 150 characters.
   *
   * @default "Progressive Profiling"
   */
  readonly name?: string;
  /**
   * File with the Action's source (a relative path is one from the working directory), plain JavaScript that exports `onExecutePostLogin` and `onContinuePostLogin`. It
   * finds the props in `event.secrets.FORM_ID` and, separated by commas, `event.secrets.METADATA_KEYS`.
   *
   * @default - the Action of this library
   */
  readonly sourceFile?: string;
}

const PROFILING_ACTION: FieldsOf<ProfilingActionProps> = {
  formId: other,
  metadataKeys: other,
  name: other,
  sourceFile: text,
};

/**
 * Adds all that is wrong with the props and with the Action's source.
 *
 * @param nameProp what the name is called where the props come from others
 */
export function checkProfilingAction(props: unknown, problems: Problems, nameProp = "name"): void {
  const given = checkFields<ProfilingActionProps>("", props, PROFILING_ACTION, problems);
  checkName(nameProp, given.name, problems);
  checkGiven("formId", given.formId, problems);
  checkMetadataKeys(given.metadataKeys, problems);
  checkActionSource(given.sourceFile ?? SOURCE, SECRETS, problems);
}

function checkMetadataKeys(keys: unknown, problems: Problems): void {
  if (!Array.isArray(keys)) {
    problems.add(`metadataKeys must be a list of keys of user_metadata, got ${kind(keys)}`);
    return;
  }
  if (keys.length === 0) {
    problems.add("there is no key to look for; give at least one");
  }
  for (const [index, key] of keys.entries()) {
    checkIdentifier(`metadataKeys[${index}]`, key, problems);
  }
  const { length } = keys.join(",");
  if (length > MAX_SECRET) {
    problems.add(`the keys to look for have ${length} characters, but a secret at most ${MAX_SECRET}`);
  }
}

/**
 * The Action that shows the form after a login, deployed and bound to the post-login trigger.
 *
 * It is appended to the trigger's Actions: those that the tenant has keep their places.
 *
 * @see https://auth0.com/docs/customize/forms/render
 */
export class ProfilingAction extends Construct {
  readonly action: Action;
  readonly binding: TriggerAction;
  readonly actionId: string;

  /** @throws {@link ValidationError} with all problems of the props and of the Action's source */
  constructor(scope: Construct, id: string, props: ProfilingActionProps) {
    super(scope, id);
    const problems = new Problems();
    checkProfilingAction(props, problems);
    problems.throwIfAny(this);

    const name = props.name ?? "Progressive Profiling";
    this.action = new Action(this, "Resource", {
      name: literal(name),
      code: literal(readFileSync(props.sourceFile ?? SOURCE, "utf8")),
      runtime: "node22",
      deploy: true,
      supportedTriggers: { id: TRIGGER, version: "v3" },
      secrets: [
        { name: "FORM_ID", value: props.formId },
        { name: "METADATA_KEYS", value: props.metadataKeys.join(",") },
      ],
    });
    this.actionId = this.action.id;

    const stack = TerraformStack.of(this);
    const bindingBefore = lastBindings.get(stack);
    this.binding = new TriggerAction(this, "Binding", {
      trigger: TRIGGER,
      actionId: this.actionId,
      displayName: literal(name),
      // To bind an Action is to read the whole list and write it back: two at once would lose one.
      dependsOn: bindingBefore && [bindingBefore],
    });
    lastBindings.set(stack, this.binding);
  }
}
