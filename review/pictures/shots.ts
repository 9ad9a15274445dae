import type { FormResource, ProfilingChange } from "../profiling";

/** What the review says of the steps of one change. */
export interface ReviewedSteps {
  readonly changedSteps: readonly {
    readonly id: string;
    readonly alias: string;
    readonly change: "added" | "removed" | "changed";
  }[];
}

/** A form as the Management API returns it. */
export interface ShownForm {
  readonly id: string;
  readonly name: string;
}

/** A step to take a picture of. */
export interface Shot {
  readonly stack: string;
  /** Address of the form. */
  readonly form: string;
  /** Id of the step. */
  readonly step: string;
  readonly moment: "before" | "after";
  /** The same without secrets. */
  readonly shown: {
    readonly stack: string;
    readonly form: ShownForm;
    readonly step: string;
    readonly alias: string;
  };
}

/** The steps to show of a change: each as it was, where it was, and as it will be, where it will be. */
export function shotsOf(
  { stack, before, after }: ProfilingChange,
  steps: ReviewedSteps["changedSteps"],
  redact: (text: string) => string,
): Shot[] {
  return steps.flatMap(({ id, alias, change }) => {
    const shot = (form: FormResource, moment: Shot["moment"]): Shot => ({
      stack,
      form: form.address,
      step: id,
      moment,
      shown: { stack: redact(stack), form: shownForm(form, redact), step: redact(id), alias: redact(alias) },
    });
    return [
      ...(before !== undefined && change !== "added" ? [shot(before.form, "before")] : []),
      ...(after !== undefined && change !== "removed" ? [shot(after.form, "after")] : []),
    ];
  });
}

function shownForm(form: FormResource, redact: (text: string) => string): ShownForm {
  const { address, name, ...parts } = form;
  const given = Object.entries(parts).filter(([, part]) => part !== undefined && part !== null);
  return { id: "form", name: redact(name), ...redacted(Object.fromEntries(given), redact) };
}

/** The value with every text in it redacted: what refers to an id still does. */
function redacted<Value>(value: Value, redact: (text: string) => string): Value {
  if (typeof value === "string") {
    return redact(value) as Value;
  }
  if (Array.isArray(value)) {
    return value.map((part) => redacted(part, redact)) as Value;
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).map(([key, part]) => [redact(key), redacted(part, redact)]);
  return Object.fromEntries(entries) as Value;
}
