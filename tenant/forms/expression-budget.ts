import type { Json } from "../documents/json";
import { isTooDeep, MAXIMUM_DEPTH } from "../documents/nesting";
import { ExpressionError } from "./expression-error";

type Value = Json | undefined;

const MAXIMUM_RESULTS = 1_000_000;
const MAXIMUM_WORK = 10_000_000;

/**
 * What the expressions of one page, or of one execution of a flow, may make and read: a few nested calls of
 * `functions.replaceAll` would else fill the memory. Counted in characters.
 *
 * Auth0 does not say what its own limits are.
 */
export class ExpressionBudget {
  private results = MAXIMUM_RESULTS;
  private work = MAXIMUM_WORK;

  /** Counts what goes into a text, a parameter or an answer. @throws ExpressionError */
  made(value: Value): Value {
    this.results -= sizeOf(value, this.results);
    if (this.results < 0) {
      throw new ExpressionError(`the expressions here make more than ${MAXIMUM_RESULTS} characters`);
    }
    if (isTooDeep(value)) {
      throw new ExpressionError(`it makes a value that is nested deeper than ${MAXIMUM_DEPTH} levels`);
    }
    return value;
  }

  /** Counts what a function or a list takes in or gives out. @throws ExpressionError */
  handled(value: Value): Value {
    this.work -= sizeOf(value, this.work);
    this.checkWork();
    return value;
  }

  /** Counts what would come of it before it is made. @throws ExpressionError */
  willMake(characters: number): void {
    if (characters > this.work) {
      this.work = -1;
    }
    this.checkWork();
  }

  private checkWork(): void {
    if (this.work < 0) {
      throw new ExpressionError(`its functions read and write more than ${MAXIMUM_WORK} characters`);
    }
  }
}

/** About as many characters as the value has as JSON, or some number above the limit. */
function sizeOf(value: Value, limit: number): number {
  if (typeof value === "string") {
    return value.length + 2;
  }
  if (typeof value !== "object" || value === null) {
    return 1;
  }
  let size = 1;
  for (const [key, part] of Object.entries(value)) {
    size += (Array.isArray(value) ? 0 : key.length) + sizeOf(part, limit - size);
    if (size > limit) {
      break;
    }
  }
  return size;
}
