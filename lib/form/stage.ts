import { isList } from "../checks";
import { type FieldsOf, other } from "../fields";
import { type Answer, type Component, FAULTS, readOptions } from "./component";
import { dropdown, nextButton, phone, richText, text } from "./components";

export interface StageOptions {
  /** What the person sees, from top to bottom: at least one field that is written to `user_metadata`, and a next button. */
  readonly components: readonly Component[];
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
}

const STAGE: FieldsOf<StageOptions> = { components: other, id: other, alias: other };

/**
 * One screen of the form, and when it is shown.
 *
 * At each login the first stage whose answer is missing is shown, and no other. A plain value: it is checked by the
 * construct that gets it.
 */
export class Stage {
  /** What was wrong with the options that it was made with: the construct that gets it tells of it. */
  readonly [FAULTS]?: readonly string[];

  /**
   * A stage that is shown as long as `user_metadata` holds no answer under `metadataKey`.
   *
   * One of the stage's fields has to write that key, and should be required: a person could leave it empty for ever,
   * and would be asked at every login. At least one of the fields has to be required.
   */
  static untilAnswered(metadataKey: string, options: StageOptions): Stage {
    const [given, faults] = readOptions(options, STAGE);
    const id = given.id ?? metadataKey;
    return new Stage(id, given.alias ?? id, metadataKey, identified(id, given.components), faults);
  }

  private constructor(
    readonly id: string,
    readonly alias: string,
    /** Key of `user_metadata` whose absence shows the stage. */
    readonly metadataKey: string,
    /** The components, each with its id. */
    readonly components: readonly IdentifiedComponent[],
    faults: readonly string[] | undefined,
  ) {
    this[FAULTS] = faults;
  }
}

/** A component in its stage: with its id, and with the expression that its answer writes. */
export interface IdentifiedComponent extends Component {
  readonly id: string;
  readonly answer?: Required<Answer>;
}

/** The stages of the article and of the dashboard's template: the profile at the first login, the company at the second. */
export function articleStages(): Stage[] {
  return [
    Stage.untilAnswered("job_title", {
      alias: "Missing Profile Data",
      components: [
        richText("<h2>Tell us about your work</h2><p>Two questions, and you are in.</p>"),
        text("job_title", { label: "Job title", required: true }),
        phone("phone_number", { label: "Phone (optional)" }),
        nextButton(),
      ],
    }),
    Stage.untilAnswered("company_name", {
      alias: "Missing Company Data",
      components: [
        richText("<h2>And about your company</h2><p>Two last questions, and your profile is complete.</p>"),
        text("company_name", { label: "Company name", required: true }),
        dropdown("company_size", {
          label: "Company size",
          required: true,
          options: [
            "1",
            "2-5",
            "6-10",
            "11-50",
            "51-100",
            "101-250",
            "251-500",
            "501-1,000",
            "1,001-10,000",
            "10,001+",
          ],
        }),
        nextButton(),
      ],
    }),
  ];
}

/** What is no component at all is left as it is, for the construct to report. */
function identified(stageId: string, components: readonly Component[] | undefined): readonly IdentifiedComponent[] {
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
      id = `${stageId}_${String(type).toLowerCase()}${count === 1 ? "" : `_${count}`}`;
    }
    return { ...component, id, answer: answer && { ...answer, value: answer.value ?? fieldExpression(component, id) } };
  });
}

/** A phone number with a country is an object, whose one form that suits every reader is written. */
function fieldExpression({ type, config }: Component, id: string): string {
  const hasCountry = type === "TEL" && config?.country_picker === true;
  return hasCountry ? `{{fields.${id}.international_number}}` : `{{fields.${id}}}`;
}
