import { readFileSync } from "node:fs";
import { type FieldsOf, type Members, other } from "../../fields";
import { shown } from "../../shown";
import { answered, type Component, FAULTS, FIELD, type OptionalLabel, type SavedOptions } from "../component";

export interface CustomOptions extends SavedOptions, OptionalLabel {
  /**
   * JavaScript of the field: a function that takes Auth0's context and returns the field's handlers. It, or `codeFile`.
   *
   * @see https://auth0.com/docs/customize/forms/custom-field-components
   */
  readonly code?: string;
  /** Path of the file with that JavaScript, e.g. `join(__dirname, "range.js")`. */
  readonly codeFile?: string;
  /**
   * Styles of the field. They, or `cssFile`.
   *
   * @default - none
   */
  readonly css?: string;
  /** Path of the file with these styles. */
  readonly cssFile?: string;
  /**
   * JSON Schema of the answers that are accepted.
   *
   * @default - any answer
   */
  readonly schema?: Readonly<Record<string, unknown>>;
  /**
   * Texts that the code gets from `context.custom.getParams()`, by name; `{{…}}` is filled in by Auth0.
   *
   * @default - none
   */
  readonly params?: Readonly<Record<string, string>>;
}

const CUSTOM: FieldsOf<CustomOptions> = {
  ...FIELD,
  code: other,
  codeFile: other,
  css: other,
  cssFile: other,
  schema: other,
  params: other,
};

/**
 * A field of one's own, e.g. `custom("volume", { codeFile: join(__dirname, "volume.js"), params: { max: "11" } })`.
 *
 * What its `getValue` returns is written. Auth0 shows it on a custom domain only.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example custom("rating", { label: "Rating", codeFile: "rating.js", schema: { type: "number" } })
 */
export function custom(id: string, options: CustomOptions): Component {
  const faults: string[] = [];
  const component = answered("FIELD", "CUSTOM", id, options, CUSTOM, {
    configOf: ({ schema = {}, params, ...sources }) => ({
      schema,
      params,
      code: source("code", sources, faults),
      css: source("css", sources, faults),
    }),
  });
  return faults.length === 0 ? component : { ...component, [FAULTS]: [...(component[FAULTS] ?? []), ...faults] };
}

/** The text that was given, or that of the file; adds what is wrong with the file. */
function source(name: "code" | "css", given: Members, faults: string[]): unknown {
  const text = given[name];
  const file = given[`${name}File`];
  if (file === undefined) {
    return text;
  }
  if (text !== undefined) {
    faults.push(`has both ${name} and ${name}File; leave one out`);
    return text;
  }
  try {
    return readFileSync(String(file), "utf8");
  } catch (error) {
    faults.push(`${name}File ${shown(file)} can not be read: ${(error as Error).message}; give the path of a file`);
    // Something, so that it is not told as missing besides.
    return " ";
  }
}
