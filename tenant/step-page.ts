import { stepPreview } from "./admin/step-preview";
import type { Form } from "./documents/form";
import { fieldsOf, stepOf } from "./documents/form";
import { type FormAsset, formAsset } from "./forms/assets";
import { customFieldPage } from "./forms/custom-field-page";
import { formStylesheet } from "./forms/form-stylesheet";

/** A file that a browser loads, and what it says it is. */
export type PageFile = FormAsset;

const HTML = "text/html; charset=utf-8";

/**
 * The page of a step as a login shows it to someone who has answered nothing: its files by their paths, the page at `/`.
 *
 * It comes from the code that shows forms at a login, and loads nothing but these files and the pictures that the form
 * names by an address.
 *
 * @param form as the Management API returns it; names and texts are shown as they are
 * @throws ExpressionError where an expression in the form can not be evaluated
 * @throws Error where the form has no such step
 */
export function stepPage(form: Form, stepId: string): ReadonlyMap<string, PageFile> {
  const step = stepOf(form, stepId);
  if (step === undefined) {
    throw new Error(`form ${JSON.stringify(form.name)} has no step ${JSON.stringify(stepId)}`);
  }
  const page = stepPreview({
    form,
    step,
    locale: undefined,
    assets: "/assets",
    stylesheet: "/style.css",
    frames: "/custom",
    clock: () => new Date(),
  });
  return new Map([
    ["/", { contentType: HTML, body: page }],
    ["/assets/form.css", asset("form.css")],
    ["/assets/form.js", asset("form.js")],
    ["/style.css", { contentType: "text/css; charset=utf-8", body: formStylesheet(form) }],
    ["/assets/custom-field.js", asset("custom-field.js")],
    ...fieldsOf(step).flatMap(({ id }) => {
      const body = customFieldPage(form, id, { assets: "/assets", stylesheet: "/style.css" });
      return body === undefined ? [] : [[`/custom/${id}`, { contentType: HTML, body }] as const];
    }),
  ]);
}

function asset(name: string): PageFile {
  const file = formAsset(name);
  if (file === undefined) {
    throw new Error(`the pages of forms have no file ${name}`);
  }
  return file;
}
