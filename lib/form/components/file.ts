import { type FieldsOf, other } from "../../fields";
import { answered, type Component, FIELD, type UnsavedOptions } from "../component";

export interface FileOptions extends UnsavedOptions {
  /** What the field is called above its input, 1 character or more. */
  readonly label: string;
  /**
   * Whether several files can be given.
   *
   * @default false
   */
  readonly multiple?: boolean;
  /**
   * Where Auth0 keeps the files. What a `CUSTOM` one takes besides `type` is not documented, and is sent as it is given.
   *
   * @default - Auth0's own
   */
  readonly storage?: { readonly type: "MANAGED" | "CUSTOM"; readonly [key: string]: unknown };
  /**
   * Kinds of files that are accepted.
   *
   * @default - all
   */
  readonly categories?: readonly ("AUDIO" | "VIDEO" | "IMAGE" | "DOCUMENT" | "ARCHIVE")[];
  /**
   * Endings of files that are accepted besides, 1 to 50 characters each.
   *
   * @default - all
   */
  readonly extensions?: readonly string[];
  /**
   * Most bytes that a file may have, 1024 or more.
   *
   * @default - Auth0's own
   */
  readonly maxSize?: number;
  /**
   * Most files, 1 or more; more than one only when `multiple`.
   *
   * @default - Auth0's own
   */
  readonly maxFiles?: number;
}

const FILE: FieldsOf<FileOptions> = {
  ...FIELD,
  multiple: other,
  storage: other,
  categories: other,
  extensions: other,
  maxSize: other,
  maxFiles: other,
};

/**
 * A file to hand over, e.g. `file("logo", { label: "Logo", categories: ["IMAGE"], maxSize: 1024 * 1024 })`.
 *
 * Nothing is written unless `metadataKey` is given: what Auth0 answers with is not documented.
 *
 * @param id id of the field: letters, digits and `_`, a letter first; the answer is `{{fields.<id>}}`
 * @example file("certificate", { label: "Certificate", extensions: ["pdf"], maxSize: 1_000_000 })
 */
export function file(id: string, options: FileOptions): Component {
  return answered("FIELD", "FILE", id, options, FILE, {
    // The two limits are the only keys of a config that Auth0 writes as JavaScript does.
    configOf: ({ multiple = false, ...own }) => ({ multiple, ...own }),
    isSaved: false,
  });
}
