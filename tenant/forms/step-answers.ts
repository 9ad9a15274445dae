import type { FormComponent } from "auth0-forms";
import type { Json } from "../documents/json";
import { fieldTypeOf } from "./fields";
import type { Journey } from "./journey";
import type { Message } from "./localized-form";

/** What every input is posted under: no other input of the page can have such a name. */
export function inputName(componentId: string, part = ""): string {
  return part === "" ? `field.${componentId}` : `field.${componentId}.${part}`;
}

/** The journey with what was typed into a step's fields. Passwords are kept for this request only: see `withoutSecrets`. */
export function withEntered(journey: Journey, components: readonly FormComponent[], posted: URLSearchParams): Journey {
  const fields = components.filter((field) => fieldTypeOf(field) !== undefined);
  const entered = fields.map(({ id }) => {
    const name = inputName(id);
    const names = [...new Set(posted.keys())].filter((key) => key === name || key.startsWith(`${name}.`));
    return [id, Object.fromEntries(names.map((key) => [key.slice(name.length + 1), posted.getAll(key)]))] as const;
  });
  return { ...journey, entered: { ...journey.entered, ...Object.fromEntries(entered) } };
}

/** The journey with the hidden fields that the code of a CUSTOM field has set: a browser may change them, as at Auth0. */
export function withHidden(journey: Journey, keys: readonly string[], posted: URLSearchParams): Journey {
  const set = keys.flatMap((key) => {
    const value = posted.get(`hidden.${key}`);
    return value === null ? [] : [[key, value] as const];
  });
  return set.length === 0 ? journey : { ...journey, fields: { ...journey.fields, ...Object.fromEntries(set) } };
}

/** What is never shown again need not be kept. */
export function withoutSecrets(journey: Journey, components: readonly FormComponent[]): Journey {
  const secret = components.filter((field) => fieldTypeOf(field)?.isSecret === true);
  return { ...journey, entered: without(journey.entered, secret) };
}

/** Reads what was entered into a step: the journey with the answers, or what is wrong by component. */
export function readAnswers(
  journey: Journey,
  components: readonly FormComponent[],
): { readonly answered: Journey } | { readonly problems: Readonly<Record<string, Message>> } {
  const answers: Record<string, Json> = {};
  const problems: Record<string, Message> = {};
  for (const field of components) {
    const reading = fieldTypeOf(field)?.read(field, journey.entered[field.id] ?? {});
    if (reading === undefined) {
      continue;
    }
    if ("problem" in reading) {
      problems[field.id] = reading.problem;
    } else if (reading.answer !== undefined) {
      answers[field.id] = reading.answer;
    }
  }
  if (Object.keys(problems).length > 0) {
    return { problems };
  }
  const shown = components.filter((field) => fieldTypeOf(field) !== undefined);
  return {
    answered: {
      ...journey,
      // What was emptied is no answer any more.
      fields: { ...without(journey.fields, shown), ...answers },
      entered: without(journey.entered, components),
    },
  };
}

function without<T>(byComponent: Readonly<Record<string, T>>, components: readonly FormComponent[]): Record<string, T> {
  const removed = new Set(components.map(({ id }) => id));
  return Object.fromEntries(Object.entries(byComponent).filter(([id]) => !removed.has(id)));
}
