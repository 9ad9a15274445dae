import { type CodeOrigin, type Finding, finding } from "../finding";
import { isSame, listOf, objectOf } from "../json-value";
import { isLibraryCode } from "../plan/library-code";
import { actionsOf, isBound } from "../plan/profilings";
import type { Resource, Snapshot, Snapshots } from "../plan/snapshot";

/** An Action before and after. */
export interface ActionChange {
  readonly address: string;
  readonly name: string;
  readonly change: "added" | "removed" | "changed" | "replaced";
  /** What of it changes: `code`, or only its `line endings`, `runtime`, `dependencies`, `modules`, `secrets`, `supported_triggers`, `deploy`, `binding`. */
  readonly changes: readonly string[];
  readonly before?: ActionState;
  readonly after?: ActionState;
}

export interface ActionState {
  /** `undefined` where it can not be known. */
  readonly code?: string;
  /** Whether the code is what this library ships: that needs no second look. */
  readonly isLibraryCode: boolean;
  readonly runtime?: string;
  readonly dependencies: readonly string[];
  /** Code that Actions share, each with its version. */
  readonly modules: readonly string[];
  /** Names of its secrets. */
  readonly secrets: readonly string[];
  readonly triggers: readonly string[];
  readonly isDeployed: boolean;
  /** Whether this stack binds it to the post-login trigger. */
  readonly isBound: boolean;
}

/** The Actions that change, by address. */
export function actionChanges({ tenant, planned }: Snapshots): ActionChange[] {
  const addresses = [...new Set([...actionsOf(tenant), ...actionsOf(planned)].map(({ address }) => address))].sort();
  return addresses.flatMap((address): ActionChange[] => {
    const [old, next] = [tenant.get(address), planned.get(address)];
    const before = old && stateOf(old, tenant);
    const after = next && stateOf(next, planned);
    const changes = before && after ? differences(before, after) : [];
    const isReplaced = old !== undefined && next !== undefined && old.id !== next.id;
    if (before && after && changes.length === 0 && !isReplaced) {
      return [];
    }
    const change =
      before === undefined ? "added" : after === undefined ? "removed" : isReplaced ? "replaced" : "changed";
    return [{ address, name: (next ?? old)?.name ?? address, change, changes, before, after }];
  });
}

/**
 * What to look at in them.
 *
 * @param shown addresses of the Actions that show a form: whether they are bound is said of the form
 */
export function actionFindings(changes: readonly ActionChange[], shown: ReadonlySet<string>): Finding[] {
  return changes.flatMap(({ address, name: action, change, changes: parts, before, after }): Finding[] => {
    const findings: Finding[] = [];
    const place = { address };
    if (after !== undefined && after.code === undefined) {
      findings.push(finding("code-unknown", place, { action }));
    }
    if (change === "added" && after?.isBound === true) {
      findings.push(finding("action-added", place, { action, origin: originOf(after) }));
    }
    const run = parts.filter((part) => part !== "binding" && part !== "deploy");
    if (run.length > 0 && after !== undefined) {
      const isCode = run.includes("code");
      const hidesWhoIsAsked = isCode && shown.has(address) && before?.isLibraryCode === true;
      findings.push(
        finding("action-changed", place, {
          action,
          parts: run,
          origin: isCode ? originOf(after) : undefined,
          hidesWhoIsAsked,
        }),
      );
    }
    if (after?.isDeployed === false) {
      findings.push(finding("action-not-deployed", place, { action }));
    }
    if (!shown.has(address)) {
      if (before?.isBound === true && after?.isBound !== true) {
        findings.push(finding("action-unbound", place, { action }));
      }
      if (change === "changed" && before?.isBound === false && after?.isBound === true) {
        findings.push(finding("action-bound", place, { action }));
      }
    }
    return findings;
  });
}

function stateOf(action: Resource, snapshot: Snapshot): ActionState {
  const triggers = listOf(action.attribute("supported_triggers")).map(objectOf);
  const dependencies = listOf(action.attribute("dependencies")).map(objectOf);
  const modules = listOf(action.attribute("modules")).map(objectOf);
  return {
    code: action.text("code"),
    isLibraryCode: action.isCode(isLibraryCode),
    runtime: action.text("runtime"),
    dependencies: dependencies.map(({ name, version }) => `${name}@${version}`).sort(),
    modules: modules.map((module) => `${module.module_id}@${module.module_version_id}`).sort(),
    secrets: [...action.secrets.keys()].sort(),
    triggers: triggers.map(({ id, version }) => `${id} ${version}`),
    isDeployed: action.attribute("deploy") !== false,
    isBound: isBound(action, snapshot),
  };
}

function differences(before: ActionState, after: ActionState): string[] {
  const isBothOwn = before.isLibraryCode && after.isLibraryCode;
  const parts = {
    // Of this library's own only the values are others: which form it shows, and for which keys, is said of the form.
    code: isBothOwn || withoutLineEnds(before.code) === withoutLineEnds(after.code),
    "line endings": before.code === after.code || withoutLineEnds(before.code) !== withoutLineEnds(after.code),
    runtime: isSame(before.runtime, after.runtime),
    dependencies: isSame(before.dependencies, after.dependencies),
    modules: isSame(before.modules, after.modules),
    secrets: isSame(before.secrets, after.secrets),
    supported_triggers: isSame(before.triggers, after.triggers),
    deploy: before.isDeployed === after.isDeployed,
    binding: before.isBound === after.isBound,
  };
  return Object.entries(parts).flatMap(([part, same]) => (same ? [] : part));
}

function withoutLineEnds(code: string | undefined): string | undefined {
  return code?.replace(/\r\n?/g, "\n");
}

export function originOf({ code, isLibraryCode }: ActionState): CodeOrigin {
  if (code === undefined) {
    return "unknown";
  }
  return isLibraryCode ? "library" : "other";
}
