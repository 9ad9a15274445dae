import { ENDING } from "auth0-forms";
import type { Json } from "auth0-forms/schema";
import { isKnown, isList } from "../checks";
import { type FieldsOf, other } from "../fields";
import { shown } from "../shown";
import { type Answer, type Component, FAULTS, readOptions } from "./component";
import { type Condition, grouped, hasNoValue } from "./condition";
import { type Destination, METADATA, pathOf } from "./destination";
import { type FlowDefinition, isFlow } from "./flow";
import type { Moment } from "./moment";
import type { Words } from "./words";

/** What a stage writes beside its answers: constants, or expressions such as `{{functions.now()}}`. */
export type AlsoSave = { readonly [To in Destination]?: Json };

export interface StepOptions {
  /** What the person sees, from top to bottom. */
  readonly components: readonly Component[];
  /**
   * Name of the step in the dashboard's editor, 1 to 150 characters.
   *
   * @default - the id of the step
   */
  readonly alias?: string;
}

export interface StageOptions {
  /** What the person sees, from top to bottom; not together with `steps`. */
  readonly components?: readonly Component[];
  /** Several steps, one after the other in one login, each made by {@link step}. */
  readonly steps?: readonly Step[];
  /**
   * Id of the stage, from which the ids of its nodes are made: letters, digits and `_`, a letter first.
   *
   * Keep it when the stage changes: another id is another Step in the plan.
   *
   * @default - the key that the stage waits for
   */
  readonly id?: string;
  /**
   * Name of the stage in the dashboard's editor, 1 to 150 characters.
   *
   * @default - the id of the stage
   */
  readonly alias?: string;
  /**
   * What runs before the first step is shown, such as a code that is sent: made by {@link flow}, or the id of another one
   * (`af_…`).
   *
   * @default - nothing
   */
  readonly before?: FlowDefinition | string;
  /**
   * What runs behind the last step, before answers are saved, such as a code that is verified: where it ends with
   * `errorMessage`, the person stays on the step. Made by {@link flow}, or the id of another one (`af_…`).
   *
   * @default - nothing
   */
  readonly after?: FlowDefinition | string;
  /**
   * What is saved beside the answers: `{ "app_metadata.terms_accepted_at": "{{functions.now()}}" }`.
   *
   * @default - nothing
   */
  readonly alsoSave?: AlsoSave;
  /**
   * Label of a button with which the person goes on without an answer, 1 to 150 characters, or `true` for "Later". A later login
   * asks again; how soon, `ask.atMostEvery` says.
   *
   * @default - no such button
   */
  readonly skippable?: boolean | Words;
  /**
   * When the stage is asked, beside what it waits for.
   *
   * @default - at every login
   */
  readonly ask?: Moment;
}

/** One screen of a stage. */
export interface Step {
  readonly id: string;
  readonly alias: string;
  /** The components, each with its id. */
  readonly components: readonly IdentifiedComponent[];
  readonly [FAULTS]?: readonly string[];
}

/** A component in its step: with its id, and with what its answer writes. */
export interface IdentifiedComponent extends Omit<Component, "answer"> {
  readonly id: string;
  readonly answer?: Answer & { readonly to: readonly Destination[]; readonly value: string };
}

const STEP: FieldsOf<StepOptions> = { components: other, alias: other };

const STAGE: FieldsOf<StageOptions> = {
  components: other,
  steps: other,
  id: other,
  alias: other,
  before: other,
  after: other,
  alsoSave: other,
  skippable: other,
  ask: other,
};

/**
 * @param id letters, digits and `_`, a letter first; keep it when the step changes
 *
 * @example step("team", { components: [text("team", { label: "Team" }), previousButton(), nextButton()] })
 */
export function step(id: string, options: StepOptions): Step {
  const [given, faults] = readOptions(options, STEP);
  const components = identified(id, given.components);
  return { id, alias: given.alias ?? id, components, ...(faults && { [FAULTS]: faults }) };
}

/** What a stage is made of beside its options. */
interface Decision {
  readonly id: string;
  readonly waitsFor?: Destination;
  readonly condition?: Condition;
  /** What has to be written for the stage to be over. */
  readonly version?: string;
}

/**
 * What is asked at once, in one step or several, and when.
 *
 * At each login the first stage that is due is shown, and no other. A plain value: it is checked by the construct that
 * gets it.
 */
export class Stage {
  readonly id: string;
  readonly alias: string;
  readonly steps: readonly Step[];
  /** While it holds, the stage is due; without one it always is. */
  readonly condition?: Condition;
  /** What has to be written for the stage to be over. */
  readonly waitsFor?: Destination;
  /** The version that has to be accepted; the Action alone can tell that another one was. */
  readonly version?: string;
  readonly before?: FlowDefinition | string;
  readonly after?: FlowDefinition | string;
  readonly alsoSave: AlsoSave;
  readonly ask?: Moment;
  /** What was wrong with the options that it was made with: the construct that gets it tells of it. */
  readonly [FAULTS]?: readonly string[];

  /**
   * A stage that is shown as long as the profile holds no answer.
   *
   * One of the stage's fields has to write it, and should be required: a person could leave it empty for ever, and would
   * be asked at every login.
   *
   * @param key of `user_metadata`, or where else the answer lies, e.g. `app_metadata.consents.terms`
   */
  static untilAnswered(key: string, options: StageOptions): Stage {
    const waitsFor = destinationOf(key);
    return new Stage({ id: idOf(key), waitsFor, condition: hasNoValue(waitsFor) }, options);
  }

  /**
   * A stage that is shown until this version was accepted: to who has accepted none, and again to who has accepted another.
   *
   * The version is written under the key once the person goes on. One of the stage's fields has to be required, such as
   * `legal("terms", { required: true, saveTo: [] })`.
   *
   * @param key of `user_metadata`, or where else the version lies, e.g. `app_metadata.terms`
   */
  static untilAccepted(key: string, given: StageOptions & { readonly version: string }): Stage {
    const { version, ...options } = given ?? {};
    const waitsFor = destinationOf(key);
    const condition = { operator: "NEQ", operands: [`{{context.user.${waitsFor}}}`, version] };
    const alsoSave = { ...options.alsoSave, [waitsFor]: version };
    const isVersion = typeof version === "string" && version !== "" && !version.includes("{{");
    const advice = typeof version === "number" ? `write it as "${version}"` : "give it";
    const fault = isVersion ? [] : [`version must be a text that is no expression, got ${shown(version)}; ${advice}`];
    return new Stage({ id: idOf(key), waitsFor, condition, version }, { ...options, alsoSave }, fault);
  }

  /**
   * A stage that is shown while a condition holds.
   *
   * @example Stage.when(hasNoValue("given_name"), { id: "name", components: [text("given", { label: "Name" }), nextButton()] })
   */
  static when(condition: Condition, options: StageOptions & { readonly id: string }): Stage {
    const faults = [
      ...(condition == null ? ["its condition is missing; make it by hasNoValue(), allOf() and their like"] : []),
      ...(options?.id == null ? ["id is missing; give it"] : []),
    ];
    return new Stage({ id: options?.id ?? "unnamed", condition }, options, faults);
  }

  /** A stage that is shown at every login, or whenever its moment is right: the last of a form, for none comes behind it. */
  static always(id: string, options: StageOptions): Stage {
    return new Stage({ id }, options);
  }

  private constructor(decision: Decision, options: StageOptions, wrong: readonly string[] = []) {
    const [given, faults = []] = readOptions(options, STAGE);
    this.id = given.id ?? decision.id;
    this.alias = given.alias ?? this.id;
    this.condition = decision.condition && grouped(decision.condition);
    this.waitsFor = decision.waitsFor;
    this.version = decision.version;
    this.before = given.before;
    this.after = given.after;
    this.alsoSave = given.alsoSave ?? {};
    this.ask = given.ask;
    const steps = given.steps ?? [
      { id: this.id, alias: this.alias, components: identified(this.id, given.components) },
    ];
    this.steps = isList(steps) && given.skippable ? steps.map((one) => skippable(one, given.skippable)) : steps;
    const all = [
      ...faults,
      ...wrong,
      ...(given.steps !== undefined && given.components !== undefined
        ? ["has components and steps; leave one of them out"]
        : []),
      ...(given.skippable === "" ? ["skippable must be true or what the button says, got an empty text"] : []),
    ];
    this[FAULTS] = all.length > 0 ? all : undefined;
  }

  /** Key of `user_metadata` whose absence alone shows the stage, where it is one. */
  get metadataKey(): string | undefined {
    const [part, key, ...deeper] = typeof this.waitsFor === "string" ? pathOf(this.waitsFor) : [];
    return part === "user_metadata" && deeper.length === 0 && this.version === undefined ? key : undefined;
  }

  /** What problems call it. */
  get noun(): string {
    return "stage";
  }

  /** The stage with other components, and all else as it is. */
  withComponents(change: (component: IdentifiedComponent) => IdentifiedComponent): this {
    const steps = this.steps.map((step) => ({ ...step, components: step.components.map(change) }));
    return Object.assign(Object.create(Stage.prototype), this, { steps });
  }

  /** The components of all steps. */
  get components(): readonly IdentifiedComponent[] {
    return this.steps.flatMap(({ components }) => components);
  }
}

/** The flows that a stage names, each as often as it names it: those that are to be made, and ids of others. */
export function namedFlowsOf({ before, after, components }: Stage): readonly unknown[] {
  const ofButtons = components.map(({ config }) => config?.flow_id);
  return [before, after, ...ofButtons].filter((flow) => flow !== undefined);
}

/** Those that are to be made. */
export function flowsOf(stage: Stage): readonly FlowDefinition[] {
  return namedFlowsOf(stage).filter(isFlow);
}

/** What is no text is left as it is, for the construct to report. */
function destinationOf(key: string): Destination {
  const isWhole = typeof key !== "string" || METADATA.some((part) => key.startsWith(`${part}.`));
  return isWhole ? (key as Destination) : `user_metadata.${key}`;
}

/** The last key on the way. */
function idOf(key: string): string {
  return typeof key === "string" && isKnown(key) ? (key.split(".").at(-1) ?? key) : key;
}

/** Id of the button with which a step is put off, where the stage has it. */
export function laterId({ id }: Pick<Step, "id">): string {
  return `${id}_later`;
}

function skippable(one: Step, label: boolean | Words | undefined): Step {
  if (!isList(one?.components)) {
    return one;
  }
  const config = { text: label === true ? "Later" : label, next_node: ENDING };
  const button = { id: laterId(one), category: "BLOCK", type: "JUMP_BUTTON", config } as const;
  return { ...one, components: [...one.components, button] };
}

/** What is no component at all is left as it is, for the construct to report. */
export function identified(
  stepId: string,
  components: readonly Component[] | undefined,
): readonly IdentifiedComponent[] {
  if (components === undefined || !isList(components)) {
    return components as unknown as IdentifiedComponent[];
  }
  const seen = new Map<string, number>();
  return [...components].map((component) => {
    const { category, type, answer } = component ?? {};
    let id = component?.id ?? "";
    if (id === "" && category === "BLOCK") {
      const count = (seen.get(type) ?? 0) + 1;
      seen.set(type, count);
      id = `${stepId}_${String(type).toLowerCase()}${count === 1 ? "" : `_${count}`}`;
    }
    return { ...component, id, answer: answer && written(answer, component, id) };
  });
}

function written(answer: Answer, component: Component, id: string): IdentifiedComponent["answer"] {
  const to = answer.saveTo ?? (`user_metadata.${answer.metadataKey}` as Destination);
  return { ...answer, to: typeof to === "string" ? [to] : to, value: answer.value ?? fieldExpression(component, id) };
}

/** A phone number with a country is an object, whose one form that suits every reader is written. */
function fieldExpression({ type, config }: Component, id: string): string {
  const hasCountry = type === "TEL" && config?.country_picker === true;
  return hasCountry ? `{{fields.${id}.international_number}}` : `{{fields.${id}}}`;
}
