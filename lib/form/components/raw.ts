import { type FieldsOf, other } from "../../fields";
import { answerOf, type Component, FAULTS, readOptions, type SaveTo } from "../component";

export interface RawOptions {
  /**
   * Key of `user_metadata` that the answer is written to.
   *
   * @default - the answer is not written
   */
  readonly metadataKey?: string;
  /**
   * Where the answer is written instead, as of any field.
   *
   * @default - nowhere
   */
  readonly saveTo?: SaveTo;
  /**
   * Expression that is written, e.g. `{{fields.address.city}}`.
   *
   * @default `{{fields.<id>}}`; of a TEL with `country_picker` `{{fields.<id>.international_number}}`
   */
  readonly value?: string;
}

const RAW: FieldsOf<RawOptions> = { metadataKey: other, saveTo: other, value: other };

/**
 * Any component that Auth0 has, as the Forms API takes it.
 *
 * It is checked as Auth0's API would check it, before anything is defined; tokens pass where a value stands.
 *
 * @param component e.g. `{ id: "website", category: "FIELD", type: "URL", label: "Website" }`
 * @example raw({ id: "plan", category: "FIELD", type: "TEXT", label: "Plan" }, { metadataKey: "plan" })
 * @see https://auth0.com/docs/customize/forms/nodes-and-components
 */
export function raw(component: Omit<Component, "answer">, options: RawOptions = {}): Component {
  const [{ metadataKey, saveTo, value }, faults = []] = readOptions(options, RAW);
  const all = [...(component?.[FAULTS] ?? []), ...faults];
  return {
    ...component,
    answer: answerOf(metadataKey, saveTo, value),
    ...(all.length > 0 && { [FAULTS]: all }),
  };
}
