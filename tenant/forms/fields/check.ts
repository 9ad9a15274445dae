import type { Message } from "../localized-form";

/**
 * One thing that an answer has to be, said in a form that the page's script can check as well.
 *
 * All but `required` hold for what is left empty.
 */
export type Check = Message &
  (
    | { readonly kind: "required" }
    | { readonly kind: "min_length" | "max_length" | "min" | "max"; readonly limit: number }
    | { readonly kind: "pattern"; readonly limit: string }
  );

/** The first check that a text does not pass. The script in assets/form.js checks the same. */
export function firstFailing(checks: readonly Check[], text: string): Message | undefined {
  const failing = checks.find((check) => !passes(check, text));
  if (failing === undefined) {
    return undefined;
  }
  return { key: failing.key, ...(failing.details !== undefined && { details: failing.details }) };
}

function passes(check: Check, text: string): boolean {
  if (check.kind === "required") {
    return text !== "";
  }
  if (text === "") {
    return true;
  }
  switch (check.kind) {
    case "min_length":
      return text.length >= check.limit;
    case "max_length":
      return text.length <= check.limit;
    case "min":
      return Number(text) >= check.limit;
    case "max":
      return Number(text) <= check.limit;
    case "pattern":
      return new RegExp(check.limit).test(text);
  }
}
