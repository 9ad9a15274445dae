import type { StackFinding } from "../stack-review";
import { findingText } from "./finding-text";
import { codeSpan } from "./markdown-text";

/** A subject, with its texts in code as one, before the verb of its sentence. */
const SUBJECT = /^((?:(`+)(?!`).*?[^`]\2(?!`)|[^`:,])*?)(?= (?:is|was|has|can|changes|loses) )/;

/**
 * A line for each finding; those of one form that say the same of several things are one line.
 *
 * @param isOneOfMany whether there are findings of several forms, so that each says of which it is
 */
export function findingLines(findings: readonly StackFinding[], isOneOfMany = false): string[] {
  const groups = new Map<string, StackFinding[]>();
  for (const one of findings) {
    const { what, where } = one;
    const key = JSON.stringify([what, where.form, predicateOf(one)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => findingLine(group, isOneOfMany));
}

function findingLine(group: readonly StackFinding[], isOneOfMany: boolean): string {
  const [{ kind, where: { form } = {} } = {}] = group;
  const text = groupText(group);
  const name = form === undefined ? "" : codeSpan(form);
  const ofForm = isOneOfMany && name !== "" && !text.includes(name) ? `Form ${name}: ` : "";
  return `- **${kind}**: ${ofForm}${text}`;
}

function groupText(group: readonly StackFinding[]): string {
  const [first] = group;
  if (first === undefined || group.length === 1) {
    return first === undefined ? "" : findingText(first);
  }
  const subjects = group.map(subjectOf);
  const isUnique = new Set(subjects).size === group.length;
  const named = group.map(({ where }, index) => {
    const subject = index === 0 ? (subjects[0] ?? "") : (subjects[index] ?? "").replace(/^The /, "the ");
    return isUnique ? subject : [subject, `(${codeSpan(where.address)})`].filter(Boolean).join(" ");
  });
  return `${named.join(", ")}: ${subjects[0] === "" ? "" : "each"}${predicateOf(first)}`;
}

function subjectOf(one: StackFinding): string {
  return SUBJECT.exec(findingText(one))?.[1] ?? "";
}

function predicateOf(one: StackFinding): string {
  return findingText(one).slice(subjectOf(one).length);
}
