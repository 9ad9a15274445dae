import type { FieldsOf } from "../../fields";
import { answered, type Component, FIELD, type OptionalLabel, type UnsavedOptions } from "../component";

export interface SocialOptions extends UnsavedOptions, OptionalLabel {}

const SOCIAL: FieldsOf<SocialOptions> = FIELD;

/**
 * What Auth0's API calls SOCIAL, e.g. `social("account", { label: "Account" })`. Auth0 documents neither what it shows nor
 * what it answers: nothing is written unless `metadataKey` is given.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example social("github", { label: "Your account" })
 */
export function social(id: string, options: SocialOptions = {}): Component {
  return answered("FIELD", "SOCIAL", id, options, SOCIAL, { isSaved: false });
}
