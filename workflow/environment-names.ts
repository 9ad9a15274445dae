import { CommandError } from "../command/command-error";
import { checkName } from "./stacks";

/**
 * Reads the variable AUTH0_ENVIRONMENTS, a JSON list of names.
 *
 * @returns undefined where it is empty
 * @throws {@link CommandError}
 */
export function environmentNames(text: string | undefined): readonly string[] | undefined {
  if (text === undefined || text.trim() === "") {
    return undefined;
  }
  const names = parsed(text);
  if (names === undefined) {
    throw new CommandError([
      `[AUTH0_ENVIRONMENTS] must be a JSON list of names such as ["dev", "prod"], got ${JSON.stringify(text)}; write it so`,
    ]);
  }
  return names.map((name) => checkName(name, "AUTH0_ENVIRONMENTS"));
}

function parsed(text: string): readonly string[] | undefined {
  try {
    const names: unknown = JSON.parse(text);
    return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : undefined;
  } catch {
    return undefined;
  }
}
