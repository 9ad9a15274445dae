import { type Answer, TOPICS } from "./check-answers";

export interface Checked {
  readonly domain: string;
  /** What was checked for: the stacks, or the article's set-up. */
  readonly name: string;
  readonly answers: readonly Answer[];
}

/** A line for each answer, and the verdict. */
export function checkText({ domain, name, answers }: Checked): string {
  const lines = TOPICS.flatMap((topic) => answers.filter(({ about }) => about === topic).map(line));
  const problems = answers.filter(({ verdict }) => verdict === "problem").length;
  const where = domain === "" ? "" : ` to ${domain}`;
  const verdict =
    problems === 0
      ? `Ready: nothing stands in the way of a deploy of ${name}${where}.`
      : `${problems} ${problems === 1 ? "problem stands" : "problems stand"} in the way of a deploy of ${name}${where}.`;
  return `${lines.join("\n")}\n\n${verdict}\n`;
}

export function checkJson({ domain, name, answers }: Checked): string {
  const isReady = !answers.some(({ verdict }) => verdict === "problem");
  const ordered = TOPICS.flatMap((topic) => answers.filter(({ about }) => about === topic));
  return `${JSON.stringify({ domain, name, isReady, answers: ordered }, undefined, 2)}\n`;
}

function line({ about, verdict, what, remedy }: Answer): string {
  const todo = remedy === undefined ? "" : `; ${remedy}`;
  return `${verdict.padEnd(9)}${about.padEnd(13)}${what}${todo}`;
}
