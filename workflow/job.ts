import { appendFileSync } from "node:fs";
import { CommandError } from "../command/command-error";

/** A variable that the workflow sets. @throws {@link CommandError} where it is empty */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new CommandError([`[${name}] is missing in the environment of this step; the workflow sets it`]);
  }
  return value;
}

/** Sets an output of the step. */
export function output(name: string, value: string): void {
  append("GITHUB_OUTPUT", assignment(name, value));
}

/** Sets a variable for the steps that follow. */
export function setVariable(name: string, value: string): void {
  append("GITHUB_ENV", assignment(name, value));
}

/** A line of the files by which a step sets something: what stands behind a line break would set something else. */
export function assignment(name: string, value: string): string {
  return `${name}=${value.replace(/\s*[\r\n]+\s*/g, " ")}`;
}

/** Adds to the page of the run. */
export function summary(markdown: string): void {
  append("GITHUB_STEP_SUMMARY", markdown);
}

/** Whether this runs in a job of GitHub's. */
export function isJob(): boolean {
  return Boolean(process.env.GITHUB_ACTIONS);
}

/** Says it in the log, and in a job also beside it. */
export function annotate(level: "error" | "warning", text: string): void {
  process.stdout.write(`${isJob() ? annotation(level, text) : text}\n`);
}

/**
 * A command to GitHub, which is one line.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotation(command: "error" | "warning" | "add-mask", text: string): string {
  return `::${command}::${text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A")}`;
}

/** Keeps a secret from the log of the job. */
export function mask(secret: string): void {
  for (const line of isJob() ? secret.split(/[\r\n]+/) : []) {
    if (line !== "") {
      process.stdout.write(`${annotation("add-mask", line)}\n`);
    }
  }
}

function append(variable: string, line: string): void {
  const file = process.env[variable];
  if (file) {
    appendFileSync(file, `${line}\n`);
  }
}
