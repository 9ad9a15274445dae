import { Action } from "@cdktf/provider-auth0/lib/action";
import { TriggerAction } from "@cdktf/provider-auth0/lib/trigger-action";
import { MAX_ROUTER_RULES } from "auth0-forms";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ActionSource } from "./action-source";
import { BindingOrder } from "./binding-order";
import { checkCount, checkGiven, checkIdentifier, checkName, isKnown } from "./checks";
import { checkFields, type FieldsOf, flag, type Given, other, text } from "./fields";
import { checkMoment, type Moment } from "./form/moment";
import { checkSavedAnswers, type SavedAnswer } from "./form/saved-answer";
import { checkStageMoments, type StageMoment } from "./form/stage-moment";
import { kind, shown } from "./shown";
import { checkProvider, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { canonicalJson, literal } from "./terraform-text";
import { Problems } from "./validation-error";

/** @see https://auth0.com/docs/customize/actions/limitations */
const MAX_SECRET = 4096;
const TRIGGER = "post-login";

export interface ProfilingActionProps extends TenantProviderProps {
  /** Id of the form (`ap_…`) that is shown. */
  readonly formId: string;
  /**
   * Keys of `user_metadata`: while one of them is missing, the form is shown.
   *
   * @default - the Action chooses from `stages`
   */
  readonly metadataKeys?: readonly string[];
  /**
   * The stages of the form, in their order: the first one whose condition and moment hold is shown. Not to be given together
   * with `metadataKeys`.
   *
   * @default - the Action looks for `metadataKeys`
   */
  readonly stages?: readonly StageMoment[];
  /**
   * When people are asked, whatever the stage; only with `stages`.
   *
   * @default - at every login
   */
  readonly ask?: Moment;
  /**
   * What the Action writes once a stage is answered; only with `stages`.
   *
   * The Action has to know which stage was shown: where there are several, `tellsStage` has to be set.
   *
   * @default - nothing: a flow of the form does
   */
  readonly saves?: readonly SavedAnswer[];
  /**
   * Whether the Action tells the form which stage is to be shown, as `{{vars.stage}}`; only with `stages`. Where there are
   * several, and one has a moment of its own, the form's router could choose another one otherwise.
   *
   * @default false
   */
  readonly tellsStage?: boolean;
  /**
   * How many of the stages that are due one login shows at most, an integer of 1 to 10: those behind the first the Action tells
   * as `{{vars.after_<id>}}`; only with `tellsStage`.
   *
   * @default 1
   */
  readonly stagesPerLogin?: number;
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
   * It finds the props in constants at its top, whatever they are in the file: `const FORM_ID = "";` and
   * `const METADATA_KEYS = [];`, or with `stages` `const FORM_ID = "";`, `const STAGES = [];`, `const ASK = {};`,
   * `const SAVES = [];`, `const TELLS_STAGE = false;` and, where it is given, `const STAGES_PER_LOGIN = 1;`. What it has no such constant for it finds in `event.secrets` under
   * the same name, as text: METADATA_KEYS separated by commas, the others but FORM_ID as JSON. A change of secrets that fails
   * half-way is seen by no later plan.
   *
   * @default - the Action of this library: `actions/progressive-profiling.js`, with `stages` `actions/scheduled-profiling.js`
   */
  readonly sourceFile?: string;
}

const PROFILING_ACTION: FieldsOf<ProfilingActionProps> = {
  formId: other,
  metadataKeys: other,
  stages: other,
  ask: other,
  saves: other,
  tellsStage: flag,
  stagesPerLogin: other,
  name: other,
  sourceFile: text,
  ...TENANT_PROVIDER,
};

/** Adds all that is wrong with the props and with the Action's source, which it returns where it can be read. */
function checkProfilingAction(props: unknown, problems: Problems): ActionSource | undefined {
  const given = checkFields<ProfilingActionProps>("", props, PROFILING_ACTION, problems);
  checkName("name", given.name, problems);
  checkGiven("formId", given.formId, problems);
  checkProvider(given.provider, problems);
  if (given.stages === undefined) {
    checkMetadataKeys(given.metadataKeys, problems);
    checkUse(given, problems);
  } else {
    checkSchedule(given, problems);
  }
  return checkActionSource(given, problems);
}

/** Adds what is wrong with the Action's source and with what it is given; returns it where it can be read. */
export function checkActionSource(given: Given<ProfilingActionProps>, problems: Problems): ActionSource | undefined {
  try {
    const values = valuesOf(given);
    const source = sourceOf(given);
    source.check(values, problems);
    checkLengths(secretsOf(source, values), problems);
    return source;
  } catch (error) {
    problems.add((error as Error).message);
    return undefined;
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

/** Adds what is for stages alone. */
function checkUse({ ask, saves, tellsStage, stagesPerLogin }: Given<ProfilingActionProps>, problems: Problems): void {
  const unused = Object.entries({ ask, saves, tellsStage, stagesPerLogin }).filter(([, value]) => value !== undefined);
  if (unused.length > 0) {
    const names = unused.map(([name]) => name).join(", ");
    problems.add(`${names}: without stages there is none to choose; give stages, or leave it out`);
  }
}

function checkSchedule(given: Given<ProfilingActionProps>, problems: Problems): void {
  const { metadataKeys, stages = [], ask, saves, tellsStage = false, stagesPerLogin = 1 } = given;
  if (metadataKeys !== undefined) {
    problems.add("metadataKeys and stages are two ways to say when the form is shown; leave one out");
  }
  checkStageMoments("stages", stages, problems);
  if (ask !== undefined) {
    checkMoment("ask", ask, problems);
  }
  const all = Array.isArray(stages) ? stages : [];
  if (saves !== undefined) {
    const ids = all.map((stage) => stage?.id);
    checkSavedAnswers("saves", saves, ids, problems);
  }
  checkCount("stagesPerLogin", stagesPerLogin, MAX_ROUTER_RULES, problems);
  if (stagesPerLogin !== 1 && !tellsStage) {
    problems.add(
      "stagesPerLogin: the form has to be told which stage follows another; set tellsStage, or leave it out",
    );
  }
  if (all.length < 2 || tellsStage) {
    return;
  }
  if (saves !== undefined) {
    problems.add("saves: the Action has to know which of the stages was shown; set tellsStage");
  }
  for (const { id } of all.filter((stage) => stage?.ask !== undefined)) {
    problems.add(`stage ${shown(id)} has an ask, of which the form's router knows nothing; set tellsStage`);
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
function valuesOf(given: Given<ProfilingActionProps>): Readonly<Record<string, unknown>> {
  const { formId, metadataKeys, stages, ask, saves, tellsStage, stagesPerLogin } = given;
  if (stages == null) {
    return { FORM_ID: formId, METADATA_KEYS: metadataKeys };
  }
  return {
    ...{ FORM_ID: formId, STAGES: stages, ASK: ask ?? {}, SAVES: saves ?? [], TELLS_STAGE: tellsStage ?? false },
    ...(stagesPerLogin != null && { STAGES_PER_LOGIN: stagesPerLogin }),
  };
}

function sourceOf({ sourceFile, stages }: Given<ProfilingActionProps>): ActionSource {
  if (sourceFile === undefined) {
    return ActionSource.ofLibrary(stages === undefined ? "progressive-profiling.js" : "scheduled-profiling.js");
  }
  // With its parser it is loaded only where there is something to read.
  const { readActionFile } = require("./action-file") as typeof import("./action-file");
  return readActionFile(sourceFile);
}

function secretsOf(source: ActionSource, values: Readonly<Record<string, unknown>>): Secret[] {
  return source.secretsOf(values).map((name) => ({ name, value: secretText(name, values[name]) }));
}

function secretText(name: string, value: unknown): string {
  return name === "FORM_ID" || name === "METADATA_KEYS" ? [value].flat().join(",") : canonicalJson(value);
}

/**
 * The Action that shows the form after a login, deployed and bound to the post-login trigger.
 *
 * It is appended to the trigger's Actions: those that the tenant has keep their places.
 *
 * @example new ProfilingAction(this, "action", { formId: form.formId, metadataKeys: ["job_title"] })
 * @see https://auth0.com/docs/customize/forms/render
 */
export class ProfilingAction extends Construct {
  readonly action: Action;
  readonly binding: TriggerAction;
  readonly actionId: string;

  /**
   * @param checked the Action's source, where it was checked with the props before
   * @throws {@link ValidationError} with all problems of the props and of the Action's source
   */
  constructor(scope: Construct, id: string, props: ProfilingActionProps, checked?: ActionSource) {
    super(scope, id);
    const problems = new Problems();
    // What can not be read is a problem.
    const source = (checked ?? checkProfilingAction(props, problems)) as ActionSource;
    problems.throwIfAny(this);

    const name = props.name ?? "Progressive Profiling";
    const values = valuesOf(props);
    const secrets = secretsOf(source, values);
    this.action = new Action(this, "Resource", {
      name: literal(name),
      code: source.codeWith(values),
      runtime: "node22",
      deploy: true,
      supportedTriggers: { id: TRIGGER, version: "v3" },
      secrets: secrets.length > 0 ? secrets : undefined,
      provider: props.provider,
    });
    this.actionId = this.action.id;

    this.binding = new TriggerAction(this, "Binding", {
      trigger: TRIGGER,
      actionId: this.actionId,
      displayName: literal(name),
      provider: props.provider,
    });
    BindingOrder.of(TerraformStack.of(this)).addLast(this.binding, this.action);
  }
}
