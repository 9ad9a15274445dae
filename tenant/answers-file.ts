import { readFileSync } from "node:fs";
import { type Answers, NO_ANSWERS, readAnswers } from "./forms/answers";
import { StartError } from "./start-error";
import { systemErrorText } from "./system-error";

/** The answers of a file; none without one. @throws StartError with all that is wrong */
export function loadAnswers(path: string | undefined): Answers {
  if (path === undefined) {
    return NO_ANSWERS;
  }
  const answers = readAnswers(parsed(path));
  if ("problems" in answers) {
    throw new StartError([`--answers ${path} can not be used:`, ...answers.problems].join("\n"));
  }
  return answers;
}

function parsed(path: string) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const said = systemErrorText(error, path);
    // What a syntax error quotes may be a secret of somebody.
    throw new StartError(said ?? `--answers ${path} is no JSON; mend it`);
  }
}
