import { getSystemErrorMap } from "node:util";

/**
 * What the system refused, in words, as in `/data/documents: permission denied (EACCES)`; undefined for any other error.
 *
 * It says nothing of what was to be written.
 *
 * @param place what it was about, where the error does not know that: a call that reads has no name
 */
export function systemErrorText(error: unknown, place?: string): string | undefined {
  const { errno, code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  if (errno === undefined || syscall === undefined) {
    return undefined;
  }
  const [, words = "it failed"] = getSystemErrorMap().get(errno) ?? [];
  return `${place ?? path ?? syscall}: ${words} (${code})`;
}
