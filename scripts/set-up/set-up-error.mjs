/** What the user can do something about: printed without a stack. */
export class SetUpError extends Error {}

/**
 * The message of a SetUpError, for going on with the next possibility; anything else is thrown on.
 *
 * @param {unknown} error
 */
export function refusal(error) {
  if (error instanceof SetUpError) {
    return error.message;
  }
  throw error;
}
