import type { Finding } from "../../review/finding";
import { isSame } from "../../review/json-value";
import { findingText } from "../../review/markdown/finding-text";
import type { Change, Plan, ResourceChange } from "../../review/plan/plan";
import { Secrets } from "../../review/plan/secrets";
import { type Snapshots, snapshotsOf } from "../../review/plan/snapshot";

/** What a plan does to a resource; `undefined` where there is none. */
export function resource(
  address: string,
  before: object | undefined,
  after: object | undefined,
  rest: Partial<Change> = {},
): ResourceChange {
  const [type = ""] = address.split(".");
  const change = { actions: actionsOf(before, after), before: before ?? null, after: after ?? null, ...rest };
  return { address, mode: "managed", type, change };
}

/** A resource that the plan leaves as it is. */
export function kept(address: string, values: object): ResourceChange {
  return resource(address, values, values);
}

export function planOf(...changes: readonly ResourceChange[]): Plan {
  return { file: "plan.json", stack: "login", changes, drift: [], json: {} };
}

export function snapshotsWith(...changes: readonly ResourceChange[]): Snapshots {
  return snapshotsOf(planOf(...changes), new Secrets());
}

/** As the reader gets them: `kind: sentence`. */
export function textsOf(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => `${finding.kind}: ${findingText(finding)}`);
}

function actionsOf(before: object | undefined, after: object | undefined): readonly string[] {
  if (before === undefined || after === undefined) {
    return [before === undefined ? "create" : "delete"];
  }
  return [isSame(before, after) ? "no-op" : "update"];
}
