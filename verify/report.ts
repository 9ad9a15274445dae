import type { Comparison } from "./comparison";
import { FINDING_KINDS, type Finding, type FindingKind } from "./finding";

/** Groups of lines, one for each difference, and the verdict. */
export function reportText({ domain, states, findings, notes }: Comparison): string {
  const groups = (Object.keys(FINDING_KINDS) as FindingKind[]).flatMap((kind) => {
    const lines = findings.filter((finding) => finding.kind === kind).map(line);
    return lines.length === 0 ? [] : [[FINDING_KINDS[kind], ...lines].join("\n")];
  });
  const others = notes.length === 0 ? [] : [["No difference", ...notes.map((note) => `  ${note}`)].join("\n")];
  const of = states.map(({ name, resources }) => `${name}, ${resources} resources`).join("; ");
  const verdict =
    findings.length === 0
      ? `Clean: the tenant ${domain} is as the state says (${of}).`
      : `${findings.length} ${findings.length === 1 ? "difference" : "differences"} between the tenant ${domain} and the state (${of}).`;
  return `${[...groups, ...others, verdict].join("\n\n")}\n`;
}

export function reportJson({ domain, states, findings, notes }: Comparison): string {
  const told = findings.map(({ kind, address, id, what, remedy, isPlanned = false }) => {
    return { kind, address, id, what, remedy, isPlanned };
  });
  const comparison = { domain, isClean: findings.length === 0, states, findings: told, notes };
  return `${JSON.stringify(comparison, undefined, 2)}\n`;
}

function line({ address, id, what, remedy, isPlanned }: Finding): string {
  const planned = isPlanned === true ? " (a plan shows this)" : "";
  const named = what.startsWith(id) ? address : `${address} (${id})`;
  return `  ${named}: ${what}${planned}; to mend it: ${remedy}`;
}
