/** What a system refused, as it is said of a path or a port. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: "is not open to you",
  EADDRINUSE: "is in use",
  EISDIR: "is a folder",
  ENAMETOOLONG: "has a name that is too long",
  ENOENT: "does not exist",
  ENOSPC: "has no room left",
  ENOTDIR: "lies in a file, not in a folder",
  EPERM: "is not open to you",
  EROFS: "can only be read",
};

/**
 * Why something of the system can not be had, in words: what follows its name.
 *
 * @param wanted what was to be done with it, as in "read", for an error of which there are no words
 */
export function systemWords(error: unknown, wanted: string): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? `can not be ${wanted} (${code})`;
}
