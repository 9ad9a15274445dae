import { CommandError } from "../command/command-error";
import { useIdToken } from "./id-token";
import { mask } from "./job";

const NAME = "ENVIRONMENT_VARIABLES";
/** A shorter text is a part of many others, which would be hidden with it. */
const SHORTEST_SECRET = 8;

/**
 * Takes the variables of the GitHub environment over for all that this command starts: a workflow that is called can not
 * know what a backend needs.
 *
 * @throws {@link CommandError}
 */
export async function useEnvironmentVariables(): Promise<void> {
  const { [NAME]: text = "", ...own } = process.env;
  const variables = environmentVariables(text);
  delete process.env[NAME];
  for (const [name, value] of Object.entries(variables)) {
    if (value.length >= SHORTEST_SECRET) {
      mask(value);
    }
    process.env[name] = own[name] || value;
  }
  await useIdToken();
}

/**
 * Reads lines `NAME=value`; a value in double quotes is a JSON text, in which `\n` is a line break.
 *
 * @throws {@link CommandError} that names the lines which are none, and shows none of them
 */
export function environmentVariables(text: string): Readonly<Record<string, string>> {
  const problems: string[] = [];
  const variables: Record<string, string> = {};
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [, name, value = ""] = /^\s*([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    const read = value.startsWith('"') ? jsonText(value) : value.trim();
    if (name !== undefined && read !== undefined) {
      variables[name] = read;
    } else if (!/^\s*(#|$)/.test(line)) {
      problems.push(`[${NAME}] line ${index + 1} must be NAME=value or NAME="a JSON text"; write it so`);
    }
  }
  if (problems.length > 0) {
    throw new CommandError(problems);
  }
  return variables;
}

function jsonText(value: string): string | undefined {
  try {
    const text = JSON.parse(value);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
