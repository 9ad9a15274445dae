import type { Resource, State } from "./state";

/** Kinds of what differs, with their headings, in the order in which they are told. */
export const FINDING_KINDS = {
  missing: "In the state, not in the tenant",
  action: "What logins run is not what the state says",
  binding: "What is bound to a trigger",
  grant: "What clients may do",
  connection: "Vault connections, by which flows save answers",
  execution: "Answers that are not saved",
  double: "In the tenant, in no state: made twice, or by somebody else",
} as const;

export type FindingKind = keyof typeof FINDING_KINDS;

/** One thing in which a tenant differs from a state. */
export interface Finding {
  readonly kind: FindingKind;
  /** Of the resource in the state. */
  readonly address: string;
  /** In the tenant. */
  readonly id: string;
  readonly what: string;
  /** What mends it: a command, or a sentence. */
  readonly remedy: string;
  /** Whether a plan shows it too. */
  readonly isPlanned?: boolean;
}

/** The command that makes all that the plan shows. */
export function apply({ engine }: State): string {
  return `${engine} apply`;
}

/** The command that makes these resources anew. */
export function applyReplacing({ engine }: State, ...resources: readonly Resource[]): string {
  const options = resources.map(({ address }) => `-replace='${address.replaceAll("'", String.raw`'\''`)}'`);
  return [engine, "apply", ...options].join(" ");
}

/** The command of Auth0's command line that deletes something of the tenant. */
export function deleting(path: string): string {
  return `auth0 api delete "${path}"`;
}

/** A name as it is printed. */
export function quoted(name: unknown): string {
  return JSON.stringify(name ?? "");
}
