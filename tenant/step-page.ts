import { GRAPH_STYLES } from "./admin/assets";
import { formGraph } from "./admin/form-graph";
import { graphPictures } from "./admin/graph-picture";
import { PREVIEW_SECURITY_POLICY, stepPreview } from "./admin/step-preview";
import type { Form } from "./documents/form";
import { fieldsOf, stepOf } from "./documents/form";
import { type FormAsset, formAsset } from "./forms/assets";
import { CUSTOM_FIELD_POLICY, customFieldPage } from "./forms/custom-field-page";
import { formStylesheet } from "./forms/form-stylesheet";

/** A file that a browser loads, and what it says it is. */
export type PageFile = FormAsset;

const HTML = "text/html; charset=utf-8";

/** How a step is to be seen. */
export interface StepView {
  /**
   * The language, where the form has it.
   *
   * @default - the form's primary language
   */
  readonly locale?: string | undefined;
  /**
   * `user_metadata` of who sees it.
   *
   * @default - none: someone who has answered nothing
   */
  readonly metadata?: object | undefined;
  /**
   * Path under which the files are served, as in `/steps/1`.
   *
   * @default - the root
   */
  readonly root?: string | undefined;
}

/**
 * The page of a step as a login shows it: its files by their paths, the page at the root with a slash behind it.
 *
 * It comes from the code that shows forms at a login, and loads nothing but these files and the pictures that the form
 * names by an address.
 *
 * @param form as the Management API returns it; names and texts are shown as they are
 * @throws ExpressionError where an expression in the form can not be evaluated
 * @throws Error where the form has no such step
 */
export function stepPage(
  form: Form,
  stepId: string,
  { locale, metadata, root = "" }: StepView = {},
): ReadonlyMap<string, PageFile> {
  const step = stepOf(form, stepId);
  if (step === undefined) {
    throw new Error(`form ${JSON.stringify(form.name)} has no step ${JSON.stringify(stepId)}`);
  }
  const [assets, stylesheet, frames] = [`${root}/assets`, `${root}/style.css`, `${root}/custom`];
  const clock = () => new Date();
  const page = stepPreview({ form, step, locale, metadata, assets, stylesheet, frames, clock });
  return new Map([
    [`${root}/`, { contentType: HTML, body: page }],
    [`${assets}/form.css`, asset("form.css")],
    [`${assets}/form.js`, asset("form.js")],
    [stylesheet, { contentType: "text/css; charset=utf-8", body: formStylesheet(form) }],
    [`${assets}/custom-field.js`, asset("custom-field.js")],
    ...fieldsOf(step).flatMap(({ id }) => {
      const body = customFieldPage(form, id, { assets, stylesheet });
      return body === undefined ? [] : [[`${frames}/${id}`, { contentType: HTML, body }] as const];
    }),
  ]);
}

/**
 * The graph of a form as two SVG pictures, of which {@link FORM_PICTURES_STYLES} show one: `.narrow` fits a phone, `.wide` is for all else.
 *
 * @param flowName what a flow is called; undefined where there is none of that id
 */
export function formPictures(form: Form, flowName: (id: string) => string | undefined): string {
  return String(graphPictures(formGraph(form, flowName), `Graph of the form ${form.name}`));
}

/** Styles for {@link formPictures}, by the page's `--card`, `--line`, `--text`, `--text-soft`, `--accent` and `--accent-soft`. */
export const FORM_PICTURES_STYLES: string = GRAPH_STYLES;

/** Content-Security-Policy of a step's page, and of the frames of its CUSTOM fields. */
export const SECURITY_POLICIES = { page: PREVIEW_SECURITY_POLICY, frame: CUSTOM_FIELD_POLICY };

function asset(name: string): PageFile {
  const file = formAsset(name);
  if (file === undefined) {
    throw new Error(`the pages of forms have no file ${name}`);
  }
  return file;
}
