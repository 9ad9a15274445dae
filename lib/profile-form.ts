import type { Form } from "@cdktf/provider-auth0/lib/form";
import { Construct } from "constructs";
import { checkGiven, checkName } from "./checks";
import { adviceOn, checkFields, type FieldsOf, flag, type Given, isObject, other } from "./fields";
import { checkFormCoordinates, type FormCoordinates } from "./form";
import { ARTICLE_STAGES } from "./form/article-stages";
import { areWhole, checkStages, checkStagesPerLogin } from "./form/checks";
import { type FormDocument, formDocument } from "./form/document";
import { type FlowDefinition, isFlow } from "./form/flow";
import { checkNodeOverrides, type NodeOverrides, withNodeOverrides } from "./form/node-overrides";
import { SAVES_NOTHING, type Saving, savingOf } from "./form/saving";
import { checkFormSettings, FORM_SETTINGS, type FormSettings } from "./form/settings";
import { flowsOf, type Stage } from "./form/stage";
import type { WhatIsRead } from "./form/stage-scopes";
import { checkWords, inPrimary } from "./form/translation";
import { checkLanguages, formResource, type Languages } from "./form-resource";
import { kind, shown } from "./shown";
import { checkProvider, TENANT_PROVIDER, type TenantProviderProps } from "./tenant-provider";
import { Problems } from "./validation-error";

/** Who saves the answers: a flow, by a client of the Management API, or the Action, which needs none. */
export type SaveBy = "flow" | "action";

export interface ProfileFormProps extends FormSettings, TenantProviderProps {
  /** The stages, in the order in which they are asked: 1 to 10. */
  readonly stages: readonly Stage[];
  /**
   * Who saves the answers.
   *
   * @default "flow"
   */
  readonly saveBy?: SaveBy;
  /**
   * Id of the flow (`af_…`) that saves the answers of many stages.
   *
   * @default - there is no such flow
   */
  readonly flowId?: string;
  /**
   * Id (`af_…`) of each other flow: those of the stages and of the ending, and those that save what one flow for all can not. Or
   * the ids as an object, by those that the flows have here: `{ send_code: "af_…", save_answers_consents: "af_…" }`. A stage whose
   * `save_answers_<id>` is named in it is saved by that flow, also where the one for all could.
   *
   * @default - there is no such flow
   */
  readonly flowIdOf?: ((flow: FlowDefinition) => string) | Readonly<Record<string, string>>;
  /**
   * Whether the Action says which stage is due, in `vars.stage`.
   *
   * @default false - the form's router finds out
   */
  readonly isActionDeciding?: boolean;
  /**
   * How many of the stages that are due one login shows at most, one after the other: an integer of 1 to 10. Where it is more
   * than 1, the Action has to decide: it says in `vars.after_<id>` which stage is shown behind another.
   *
   * @default 1
   */
  readonly stagesPerLogin?: number;
  /**
   * Name of the form, 1 to 150 characters.
   *
   * @default "Progressive Profiling"
   */
  readonly name?: string;
  /**
   * Languages of the form, or `"none"`: then Auth0 is told none.
   *
   * @default { primary: "en" }
   */
  readonly languages?: Languages | "none";
  /**
   * Whether what Auth0 would refuse in `css`, `messages`, `translations`, `hiddenFields` and `ending`, or what would never work
   * there, is refused. Where it is not, each such problem is a warning. All else that is wrong is refused in any case.
   *
   * @default true
   */
  readonly isChecked?: boolean;
  /**
   * What the nodes are called, where they stand in the dashboard's editor, and in which order they are kept, where a form is to
   * stay as it is in a tenant: by the ids that they have without this. What an override says goes before what the stage does.
   *
   * @default - the ids follow from those of the stages
   */
  readonly nodeOverrides?: NodeOverrides;
  /**
   * Places of start and ending in the dashboard's editor.
   *
   * @default - those of the form's own layout
   */
  readonly coordinates?: FormCoordinates;
  /**
   * Whether what is given no place in the dashboard's editor gets one.
   *
   * @default true
   */
  readonly isLaidOut?: boolean;
}

const PROFILE_FORM: FieldsOf<ProfileFormProps> = {
  stages: other,
  saveBy: other,
  flowId: other,
  flowIdOf: other,
  isActionDeciding: other,
  stagesPerLogin: other,
  name: other,
  languages: other,
  isChecked: flag,
  nodeOverrides: other,
  coordinates: other,
  isLaidOut: flag,
  ...FORM_SETTINGS,
  ...TENANT_PROVIDER,
};

/** What follows from the props of a form; nothing does from stages that are wrong. */
export interface CheckedForm {
  /** With their texts in the primary language. */
  readonly stages: readonly Stage[];
  readonly saving: Saving;
  readonly settings: FormSettings;
  /** What is wrong with the settings where that is not refused. */
  readonly left: Problems;
}

/**
 * Adds all that is wrong with the props.
 *
 * @param nameProp what the name is called where the props come from others
 * @param allowFailure whether the login goes on where nothing can be saved
 * @param givenVars names of the `vars` that the Action gives, where it is not anybody's
 */
export function checkProfileForm(
  props: unknown,
  problems: Problems,
  nameProp = "name",
  allowFailure = true,
  givenVars?: WhatIsRead["givenVars"],
): CheckedForm {
  const given = checkFields<ProfileFormProps>("", props, PROFILE_FORM, problems);
  const { saveBy, name, languages, provider, isChecked, stagesPerLogin = 1 } = given;
  checkName(nameProp, name, problems);
  checkProvider(provider, problems);
  if (languages !== undefined && languages !== "none") {
    checkLanguages(languages, problems);
  }
  const { stages, ...settings } = checkSpoken(given, givenVars, problems);
  // The Action writes all of a login at once.
  checkStagesPerLogin(stagesPerLogin, saveBy === "action" ? [] : stages, problems);
  if (saveBy !== undefined && saveBy !== "flow" && saveBy !== "action") {
    problems.add(`saveBy must be "flow" or "action", got ${shown(saveBy)}; choose one`);
  }
  const alone = isObject(given.flowIdOf) ? new Set(Object.keys(given.flowIdOf)) : undefined;
  const saving = saveBy === "action" ? SAVES_NOTHING : savingOf(stages, { allowFailure, stagesPerLogin, alone });
  const flows = [...saving.own.values(), ...stages.flatMap(flowsOf)];
  checkFlowIdsGiven(given, saving.shared.length > 0, flows, problems);
  const componentIds = new Set(stages.flatMap(({ components }) => components.map(({ id }) => id)));
  const left = new Problems();
  checkFormSettings(settings, stages.length > 0 ? componentIds : undefined, isChecked === false ? left : problems);
  if (given.nodeOverrides !== undefined && stages.length > 0) {
    checkNodeOverrides(given.nodeOverrides, documentOf(stages, saving, given), problems);
  }
  if (given.coordinates !== undefined) {
    checkFormCoordinates(given.coordinates, problems);
  }
  return { stages, saving, settings, left };
}

function documentOf(stages: readonly Stage[], saving: Saving, given: Given<ProfileFormProps>): FormDocument {
  const { flowId, isActionDeciding, stagesPerLogin } = given;
  const flowIds = { shared: flowId, of: idsBy(given) };
  return formDocument(stages, flowIds, saving, isActionDeciding, stagesPerLogin ?? 1);
}

function idsBy({ flowIdOf }: Given<ProfileFormProps>): (flow: FlowDefinition) => string {
  return typeof flowIdOf === "function" ? flowIdOf : ({ id }) => flowIdOf?.[id] ?? "";
}

/** Adds what is wrong with the stages, and with the words of the form; returns the form in its primary language. */
function checkSpoken(
  { stages: asked, languages, stagesPerLogin, ...given }: Given<ProfileFormProps>,
  givenVars: WhatIsRead["givenVars"],
  problems: Problems,
): FormSettings & { readonly stages: readonly Stage[] } {
  const { css, messages, translations, hiddenFields, ending } = given;
  const settings = { css, messages, translations, hiddenFields, ending };
  const known = problems.all.length;
  if (!areWhole(asked)) {
    checkStages(asked as unknown as readonly Stage[], problems);
    return { ...settings, stages: [] };
  }
  const primary = isObject(languages) && typeof languages.primary === "string" ? languages.primary : "en";
  const all = { ...settings, stages: asked };
  checkWords(all, primary, problems);
  const spoken = inPrimary(all, primary);
  // The article's are right, which a test shows: then nothing is loaded that would check them.
  if (asked !== ARTICLE_STAGES || ending !== undefined) {
    checkStages(spoken.stages, problems, { ...spoken, stagesPerLogin, givenVars });
  }
  return problems.all.length === known ? spoken : { ...spoken, stages: [] };
}

/** Adds which flow has no id. */
function checkFlowIdsGiven(
  { flowId, flowIdOf, ending }: Given<ProfileFormProps>,
  needsShared: boolean,
  flows: readonly FlowDefinition[],
  problems: Problems,
): void {
  if (flowId !== undefined || needsShared) {
    checkGiven("flowId", flowId ?? "", problems);
  }
  const others = [...flows, ending?.afterSubmit].filter(isFlow);
  const given: unknown = flowIdOf ?? {};
  if (!isObject(given) && typeof given !== "function") {
    problems.add(`flowIdOf must be a function or an object of ids, got ${kind(given)}; give each flow its id`);
    return;
  }
  if (!isObject(given)) {
    return;
  }
  const ids = [...new Set(others.map(({ id }) => id))];
  const byId = new Map(Object.entries(given));
  for (const [id, value] of byId) {
    if (!ids.includes(id)) {
      const advice = adviceOn(id, ids, `those are ${ids.join(", ") || "none"}`);
      problems.add(`flowIdOf has ${shown(id)}, which is no flow of the form; ${advice}`);
    } else if (value != null) {
      checkGiven(`flowIdOf.${id}`, value, problems);
    }
  }
  const missing = ids.filter((id) => byId.get(id) == null);
  if (missing.length > 0) {
    const what = flowIdOf === undefined ? "is missing, and" : "has no id of some flows:";
    problems.add(
      `flowIdOf ${what} there are the flows ${missing.join(", ")}; give it, or let ProgressiveProfiling make them`,
    );
  }
}

/**
 * The form: a router that picks the first stage whose answer is missing, a step for each stage, and the flow that
 * writes the answers.
 *
 * @example new ProfileForm(this, "form", { stages: articleStages(), flowId: "af_…" })
 * @see https://auth0.com/docs/customize/forms
 */
export class ProfileForm extends Construct {
  readonly form: Form;
  /** Id of the form (`ap_…`). */
  readonly formId: string;

  /**
   * @param checked what follows from the props, where they were checked before
   * @throws {@link ValidationError} with all problems of the props
   */
  constructor(scope: Construct, id: string, props: ProfileFormProps, checked?: CheckedForm) {
    super(scope, id);
    const problems = new Problems();
    const { stages, saving, settings, left } = checked ?? checkProfileForm(props, problems);
    problems.throwIfAny(this);
    left.throwOrWarn(this, false);

    const { provider } = props;
    const graph = withNodeOverrides(
      documentOf(stages, saving, props),
      props.nodeOverrides ?? {},
      props.coordinates ?? {},
      props.isLaidOut ?? true,
    );
    const name = props.name ?? "Progressive Profiling";
    const languages = props.languages === "none" ? undefined : (props.languages ?? { primary: "en" });
    this.form = formResource(this, { ...settings, name, languages, provider }, graph, idsBy(props));
    this.formId = this.form.id;
  }
}
