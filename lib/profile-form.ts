import { Form } from "@cdktf/provider-auth0/lib/form";
import { MAX_LANGUAGE_CHARACTERS } from "auth0-forms";
import { Construct } from "constructs";
import { checkGiven, checkName, checkText } from "./checks";
import { checkFields, type FieldsOf, other, requiredOther } from "./fields";
import { checkStages } from "./form/checks";
import { formDocument } from "./form/document";
import type { Stage } from "./form/stage";
import { canonicalJson, literal } from "./terraform-text";
import { Problems } from "./validation-error";

/** Languages of a form, as locales of 1 to 55 characters, e.g. `en`, `pt-BR`. */
export interface Languages {
  /** Language that the texts of the form are written in. */
  readonly primary: string;
  /**
   * Language that a person sees whose browser asks for one the form is not translated to.
   *
   * @default - the primary language
   */
  readonly default?: string;
}

export interface ProfileFormProps {
  /** The stages, in the order in which they are asked: 1 to 10. */
  readonly stages: readonly Stage[];
  /** Id of the flow (`af_…`) that writes the answers. */
  readonly flowId: string;
  /**
   * Name of the form, 1 to 150 characters.
   *
   * @default "Progressive Profiling"
   */
  readonly name?: string;
  /**
   * Languages of the form.
   *
   * @default { primary: "en" }
   */
  readonly languages?: Languages;
}

const PROFILE_FORM: FieldsOf<ProfileFormProps> = {
  stages: other,
  flowId: other,
  name: other,
  languages: other,
};

const LANGUAGES: FieldsOf<Languages> = { primary: requiredOther, default: other };

/**
 * Adds all that is wrong with the props.
 *
 * @param nameProp what the name is called where the props come from others
 */
export function checkProfileForm(props: unknown, problems: Problems, nameProp = "name"): void {
  const { stages, flowId, name, languages } = checkFields<ProfileFormProps>("", props, PROFILE_FORM, problems);
  checkName(nameProp, name, problems);
  if (languages !== undefined) {
    checkLanguages(languages, problems);
  }
  checkStages(stages as readonly Stage[], problems);
  checkGiven("flowId", flowId, problems);
}

/** Adds what Auth0 would refuse in the languages of a form. */
function checkLanguages(languages: unknown, problems: Problems): void {
  const given = checkFields<Languages>("languages", languages, LANGUAGES, problems);
  for (const [name, language] of Object.entries(given)) {
    checkText(`languages.${name}`, language, { min: 1, max: MAX_LANGUAGE_CHARACTERS }, problems);
  }
}

/**
 * The form: a router that picks the first stage whose answer is missing, a step for each stage, and the flow that
 * writes the answers.
 *
 * @see https://auth0.com/docs/customize/forms
 */
export class ProfileForm extends Construct {
  readonly form: Form;
  /** Id of the form (`ap_…`). */
  readonly formId: string;

  /** @throws {@link ValidationError} with all problems of the props */
  constructor(scope: Construct, id: string, props: ProfileFormProps) {
    super(scope, id);
    const problems = new Problems();
    checkProfileForm(props, problems);
    problems.throwIfAny(this);

    const name = props.name ?? "Progressive Profiling";
    const languages = props.languages ?? { primary: "en" };

    const { start, nodes, ending } = formDocument(props.stages, props.flowId);
    this.form = new Form(this, "Resource", {
      name: literal(name),
      languages: [
        {
          primary: literal(languages.primary),
          default: languages.default == null ? undefined : literal(languages.default),
        },
      ],
      start: canonicalJson(start),
      nodes: canonicalJson(nodes),
      ending: canonicalJson(ending),
    });
    this.formId = this.form.id;
  }
}
