import type { FormComponent } from "auth0-forms";
import { configNumber } from "./fields/config";
import type { Journey } from "./journey";
import { own } from "./own";

/** Seconds until a RESEND_BUTTON can be used; 0: now, undefined: never again. */
export function remainingSeconds(button: FormComponent, journey: Journey, now: Date): number | undefined {
  const used = own(journey.resends, button.id);
  if (used === undefined) {
    return 0;
  }
  if (used.count >= (configNumber(button, "max_attempts") ?? Number.POSITIVE_INFINITY)) {
    return undefined;
  }
  const waiting = configNumber(button, "waiting_time") ?? 0;
  return Math.max(0, Math.ceil((Date.parse(used.at) - now.getTime()) / 1000 + waiting));
}
