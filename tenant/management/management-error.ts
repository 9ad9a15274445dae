import { STATUS_CODES } from "node:http";

/** A refusal of the Management API, in Auth0's shape; thrown anywhere below the router, rendered by it. */
export class ManagementError extends Error {
  /**
   * @param message what Auth0 says in this case
   * @param errorCode Auth0's word for it, where it gives one: `invalid_body`, `inexistent_client` …
   */
  constructor(
    readonly status: number,
    message: string,
    readonly errorCode?: string,
    /** What Auth0 repeats beside the message when it refuses a token. */
    readonly attributes?: { readonly error: string },
  ) {
    super(message);
  }

  toJSON(): object {
    return {
      statusCode: this.status,
      error: STATUS_CODES[this.status],
      message: this.message,
      ...(this.errorCode !== undefined && { errorCode: this.errorCode }),
      ...(this.attributes !== undefined && { attributes: this.attributes }),
    };
  }
}

/** What was looked for. @throws ManagementError 404 where nothing was found */
export function existing<T>(found: T | undefined, message: string, errorCode?: string): T {
  if (found === undefined) {
    throw new ManagementError(404, message, errorCode);
  }
  return found;
}

/** The refusal of what Auth0 has and the local tenant has not, by the operation's name. */
export function notBuilt(what: string): ManagementError {
  return new ManagementError(501, `${what}: not built in the local tenant`, "not_implemented");
}
