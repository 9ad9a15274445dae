import type { IncomingMessage } from "node:http";
import { systemErrorText } from "./system-error";

/**
 * Shows a fault of the tenant on stderr: in one line where the system refused something, else with its stack.
 *
 * That somebody hung up before a request was complete is no fault.
 *
 * @param incoming the request, where it came over a network
 */
export function showFault(method: string, path: string, error: unknown, incoming: IncomingMessage | undefined): void {
  if (incoming === undefined || incoming.complete) {
    console.error(`${method} ${path}:`, systemErrorText(error) ?? error);
  }
}
