import { appendFileSync } from "node:fs";
import { Failure } from "./failure.mjs";

/**
 * A variable that the workflow sets.
 *
 * @param {string} name
 */
export function variable(name) {
  const value = process.env[name];
  if (value === undefined || value === "") {
    throw new Failure(`${name} is missing in the environment of this step`);
  }
  return value;
}

/**
 * Sets an output of the step.
 *
 * @param {string} name
 * @param {string} value on one line
 */
export function output(name, value) {
  if (process.env.GITHUB_OUTPUT) {
    appendFileSync(process.env.GITHUB_OUTPUT, `${name}=${value}\n`);
  }
}

/**
 * Adds to the page of the run.
 *
 * @param {string} markdown
 */
export function summary(markdown) {
  if (process.env.GITHUB_STEP_SUMMARY) {
    appendFileSync(process.env.GITHUB_STEP_SUMMARY, `${markdown}\n`);
  }
}
