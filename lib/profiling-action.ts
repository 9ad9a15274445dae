import { join } from "node:path";
import { Action } from "@cdktf/provider-auth0/lib/action";
import { TriggerAction } from "@cdktf/provider-auth0/lib/trigger-action";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ActionSource } from "./action-source";
import { BindingOrder } from "./binding-order";
import { checkGiven, checkIdentifier, checkName, isKnown } from "./checks";
import { checkFields, type FieldsOf, type Given, other, text } from "./fields";
import { literal } from "./terraform-text";
import { kind, Problems } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_SECRET = 4096;
const TRIGGER = "post-login";
const SOURCE = join(__dirname, "..", "actions", "progressive-profiling.js");

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
   * File with the Action's source (a relative path is one from the working directory), plain JavaScript that exports
   * `onExecutePostLogin` and `onContinuePostLogin`.
   *
   * It finds the props in two constants at its top, whatever they are in the file: `const FORM_ID = "";` and
   * `const METADATA_KEYS = [];`. Where it has no such constant, it finds them in `event.secrets.FORM_ID` and, separated by
   * commas, in `event.secrets.METADATA_KEYS`: a change of secrets that fails half-way is seen by no later plan.
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
  try {
    const values = valuesOf(given);
    const source = new ActionSource(given.sourceFile ?? SOURCE);
    source.check(values, problems);
    checkLengths(secretsOf(source, values), problems);
  } catch (error) {
    problems.add((error as Error).message);
  }
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
}

function checkLengths(secrets: readonly Secret[], problems: Problems): void {
  for (const { name, value } of secrets) {
    if (isKnown(value) && value.length > MAX_SECRET) {
      problems.add(
        `the secret ${name} has ${value.length} characters, but Auth0 takes at most ${MAX_SECRET}; ` +
          `let the Action's source have it as a constant: const ${name} = …;`,
      );
    }
  }
}

interface Secret {
  readonly name: string;
  readonly value: string;
}

/** What the source is given, by the name that it has there. */
function valuesOf({ formId, metadataKeys }: Given<ProfilingActionProps>): Readonly<Record<string, unknown>> {
  return { FORM_ID: formId, METADATA_KEYS: metadataKeys };
}

function secretsOf(source: ActionSource, values: Readonly<Record<string, unknown>>): Secret[] {
  return source.secretsOf(values).map((name) => ({ name, value: [values[name]].flat().join(",") }));
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
    const source = new ActionSource(props.sourceFile ?? SOURCE);
    const values = valuesOf(props);
    const secrets = secretsOf(source, values);
    this.action = new Action(this, "Resource", {
      name: literal(name),
      code: source.codeWith(values),
      runtime: "node22",
      deploy: true,
      supportedTriggers: { id: TRIGGER, version: "v3" },
      secrets: secrets.length > 0 ? secrets : undefined,
    });
    this.actionId = this.action.id;

    this.binding = new TriggerAction(this, "Binding", {
      trigger: TRIGGER,
      actionId: this.actionId,
      displayName: literal(name),
    });
    BindingOrder.of(TerraformStack.of(this)).addLast(this.binding, this.action);
  }
}
