import { randomInt } from "node:crypto";
import type { Json } from "../../documents/json";
import { textOf } from "../interpolation";
import { requiredParam, textParam, wrong } from "./params";
import type { RunAction } from "./run-action";

const VALIDITY_MINUTES = 5;

/** Codes live as long as their journey. @see https://auth0.com/docs/customize/forms/flows/integrations/data-verification */
export const OTP_ACTIONS: Readonly<Record<string, RunAction>> = {
  GENERATE_CODE: ({ params, memory, clock }) => {
    const reference = textParam(params, "reference");
    const { length } = params;
    if (typeof length !== "number" || !Number.isInteger(length) || length < 1 || length > 10) {
      throw wrong("length", "an integer from 1 to 10", length);
    }
    const code = Array.from({ length }, () => randomInt(10)).join("");
    const expiry = new Date(clock().getTime() + VALIDITY_MINUTES * 60_000);
    const codes = { ...memory.codes, [reference]: { code, expires_at: expiry.toISOString() } };
    return { output: { code }, memory: { ...memory, codes } };
  },
  VERIFY_CODE: ({ params, memory, clock }) => {
    const reference = textParam(params, "reference");
    const given = requiredParam(params, "code");
    const known = Object.hasOwn(memory.codes, reference) ? memory.codes[reference] : undefined;
    if (known === undefined) {
      return { output: { valid: false, result: "MISSING" } };
    }
    if (clock().toISOString() > known.expires_at) {
      return { output: { valid: false, result: "EXPIRED" } };
    }
    const valid = known.code === digitsOf(given, known.code.length);
    return { output: { valid, result: valid ? "VALID" : "UNEQUAL" } };
  },
};

/** A NUMBER field knows no leading zeros: they are put back. */
function digitsOf(code: Json, length: number): string {
  return typeof code === "number" ? textOf(code).padStart(length, "0") : textOf(code);
}
