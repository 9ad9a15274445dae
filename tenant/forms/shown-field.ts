import type { FormComponent } from "auth0-forms";
import { html } from "hono/html";
import { componentsOf, hiddenFieldsOf } from "../documents/form";
import { camelCase } from "./blocks";
import { type Attributes, attributes, type FieldType, type Html } from "./fields/field-type";
import type { Journey } from "./journey";
import { countryOf, languageTag } from "./locale";
import type { LocalizedForm } from "./localized-form";
import { own } from "./own";
import { sanitizedHtml } from "./rich-text";
import { inputName } from "./step-answers";
import { maskedFields } from "./step-components";

/**
 * A field with its label, hint and error, inside the element that its component's CSS hooks stand on.
 *
 * @param frames path under which the frames of CUSTOM fields are served
 */
export function shownField(
  component: FormComponent,
  type: FieldType,
  journey: Journey,
  form: LocalizedForm,
  frames?: string,
): Html {
  const { id, hint } = component;
  const problem = own(journey.error?.problems ?? {}, id);
  const inputs = inputId(component);
  const isGroup = type.isGroup?.(component) === true;
  const described: Attributes = { "aria-describedby": `${hint === undefined ? "" : `${inputs}-hint `}${inputs}-error` };
  const invalid: Attributes = { "aria-invalid": problem === undefined ? undefined : "true" };
  const unlabelled = component.label === undefined && !isGroup && type.hasOwnLabel !== true;
  const shown = type.input({
    field: component,
    entered:
      own(journey.entered, id) ??
      type.entered(own(journey.fields, id) ?? component.config?.default_value ?? null, component),
    id: inputs,
    name: (part) => inputName(id, part),
    aria: {
      ...invalid,
      ...(!isGroup && described),
      ...(unlabelled && { "aria-label": nameOf(component) }),
    },
    locale: languageTag(form.locale),
    text: (message) => form.text(message),
    country: countryOf(journey.locales),
    ...(frames !== undefined &&
      component.type === "CUSTOM" && {
        frame: { path: `${frames}/${encodeURIComponent(id)}`, setUp: setUpOf(component, journey, form) },
      }),
  });
  const said = html`${hint === undefined ? "" : html`<div id="${inputs}-hint" class="af-field-hint af-richText">${sanitizedHtml(hint)}</div>`}
<p${attributes({ id: `${inputs}-error`, class: "af-field-error", hidden: problem === undefined })}>${
    problem === undefined ? "" : form.text(problem)
  }</p>`;
  const wrapper = attributes({
    class: [
      "af-component",
      `af-componentId-${id}`,
      "af-field",
      `af-${camelCase(component.type)}Field`,
      ...(problem === undefined ? [] : ["af-field-invalid"]),
    ].join(" "),
    "data-checks": JSON.stringify(
      type.checks(component).map((check) => ({
        kind: check.kind,
        ...("limit" in check && { limit: check.limit }),
        message: form.text(check),
      })),
    ),
  });
  const label = type.hasOwnLabel === true || component.label === undefined ? "" : labelText(component, form);
  return isGroup
    ? html`<fieldset${wrapper}${attributes({ ...described, "aria-label": label === "" ? nameOf(component) : undefined })}>${
        label === "" ? "" : html`<legend class="af-field-label">${label}</legend>`
      }${shown}${said}</fieldset>`
    : html`<div${wrapper}>${
        label === "" ? "" : html`<label class="af-field-label" for="${inputs}">${label}</label>`
      }${shown}${said}</div>`;
}

/** What the code of a CUSTOM field can ask about the form. */
function setUpOf({ id }: FormComponent, journey: Journey, { form }: LocalizedForm) {
  const hidden = new Set(hiddenFieldsOf(form).map(({ key }) => key));
  const values = Object.entries(maskedFields(componentsOf(form), journey.fields));
  return {
    formId: form.id,
    hidden: Object.fromEntries(values.filter(([key]) => hidden.has(key))),
    isVisitedAgain: own(journey.entered, id) !== undefined || own(journey.fields, id) !== undefined,
    values: Object.fromEntries(values.filter(([key]) => !hidden.has(key))),
  };
}

function labelText({ label, required }: FormComponent, form: LocalizedForm): Html {
  return html`<span class="af-fieldLabel-text">${label}</span>${
    required === true
      ? html`<span class="af-required" aria-hidden="true" title="${form.text({ key: "required" })}">*</span>`
      : ""
  }`;
}

/** Id of a field's input, or of the first of several. */
export function inputId({ id }: FormComponent): string {
  return `af-${id}`;
}

/** What a field is called where its label is not seen. */
export function nameOf({ label, id, config }: FormComponent): string {
  return label ?? (typeof config?.placeholder === "string" ? config.placeholder : id);
}
