/**
 * An expression that can not be read, calls what does not exist or makes too much. A variable that does not exist is no error.
 */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}
