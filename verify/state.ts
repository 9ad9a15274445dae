import { CommandError } from "../command/command-error";

export type Values = Readonly<Record<string, unknown>>;

/** A resource of a state, by whatever it was defined. */
export interface Resource {
  /** As Terraform names it: `module.login.auth0_client.writer["2026-11"]`. */
  readonly address: string;
  readonly type: string;
  readonly id: string;
  readonly values: Values;
  /** Addresses, without the keys of instances. */
  readonly dependsOn: readonly string[];
}

/** What a state holds of Auth0. */
export interface State {
  /** The stack, or the file. */
  readonly name: string;
  /** The engine, and where it works: `terraform -chdir=cdktf.out/stacks/login`. */
  readonly engine: string;
  /** What is managed, without what a plan would destroy because its successor is there. */
  readonly resources: readonly Resource[];
  /** All ids, also of what is only read and of what is to be destroyed. */
  readonly ids: ReadonlySet<string>;
  /** What the provider marks as sensitive. */
  readonly secrets: readonly string[];
  /** Hosts of the Management API that the state names. */
  readonly hosts: ReadonlySet<string>;
}

interface ShownResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly values?: Values | null;
  readonly sensitive_values?: unknown;
  readonly depends_on?: readonly string[];
  readonly deposed_key?: string;
}

interface ShownModule {
  readonly resources?: readonly ShownResource[];
  readonly child_modules?: readonly ShownModule[];
}

/** What `terraform show -json` prints of a state; the `prior_state` of a plan too. */
export interface ShownState {
  readonly values?: { readonly root_module?: ShownModule };
}

interface Shown extends ShownState {
  readonly format_version?: string;
  readonly planned_values?: unknown;
  readonly resource_changes?: unknown;
  readonly lineage?: string;
}

/** What of sensitive values is no secret: a Vault connection's set-up and an Action's secrets are marked as a whole. */
const OPEN = new Set(["type", "domain", "client_id", "audience", "name"]);
const FORM_ID = /^ap_\w+$/;
/** A shorter text is part of every other word. */
const SHORTEST_SECRET = 8;

const TO_DO = "give what `terraform show -json` prints of a state";

/**
 * Reads what `terraform show -json` prints.
 *
 * @param name of the stack or file, in errors
 * @throws {@link CommandError} where it is no state
 */
export function parseState(text: string, name: string, engine: string): State {
  let shown: Shown;
  try {
    shown = JSON.parse(text);
  } catch (error) {
    throw new CommandError([`[${name}] is no JSON (${(error as Error).name}); ${TO_DO}`]);
  }
  if (shown?.resource_changes !== undefined || shown?.planned_values !== undefined) {
    throw new CommandError([`[${name}] is a plan, and says nothing of what was applied; ${TO_DO}`]);
  }
  if (shown?.lineage !== undefined) {
    throw new CommandError([`[${name}] is a state file as it lies in its backend; ${TO_DO}`]);
  }
  if (typeof shown?.format_version !== "string" || !isModule(shown.values?.root_module ?? {})) {
    throw new CommandError([`[${name}] is no state; ${TO_DO}`]);
  }
  const all = auth0ResourcesOf(shown);
  const resources = all
    .filter(({ mode, deposed_key }) => mode === "managed" && deposed_key === undefined)
    .map(({ address, type, values, depends_on }) => {
      return { address, type, id: String(values?.id ?? ""), values: values ?? {}, dependsOn: depends_on ?? [] };
    });
  return {
    name,
    engine,
    resources,
    ids: idsIn(shown),
    secrets: [...new Set(all.flatMap(({ values, sensitive_values }) => secretsIn(values, sensitive_values)))],
    hosts: hostsIn(all),
  };
}

function isModule(module: unknown): boolean {
  const { resources = [], child_modules = [] } = Object(module);
  return (
    Array.isArray(resources) &&
    resources.every((one) => typeof one?.address === "string" && typeof one.type === "string") &&
    Array.isArray(child_modules) &&
    child_modules.every(isModule)
  );
}

/** Ids of all that a state has of Auth0, also of what is only read and of what is to be destroyed. */
export function idsIn(shown: ShownState): ReadonlySet<string> {
  return new Set(auth0ResourcesOf(shown).map(({ values }) => String(values?.id ?? "")));
}

export function ofType(state: State, type: string): readonly Resource[] {
  return state.resources.filter((resource) => resource.type === type);
}

function auth0ResourcesOf({ values }: ShownState): readonly ShownResource[] {
  return resourcesOf(values?.root_module ?? {}).filter(({ type }) => type.startsWith("auth0_"));
}

function resourcesOf({ resources = [], child_modules = [] }: ShownModule): readonly ShownResource[] {
  return [...resources, ...child_modules.flatMap(resourcesOf)];
}

/** Texts at the places that are marked. */
function secretsIn(value: unknown, mark: unknown, key = ""): readonly string[] {
  if (typeof value === "string") {
    const isOpen = OPEN.has(key) || FORM_ID.test(value) || value.length < SHORTEST_SECRET;
    return mark === true && !isOpen ? [value] : [];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  const marks = (mark ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(value).flatMap(([name, part]) => secretsIn(part, mark === true || marks[name], name));
}

function hostsIn(resources: readonly ShownResource[]): ReadonlySet<string> {
  const identifiers = resources.flatMap(({ values }) => [values?.management_api_identifier, values?.audience]);
  return new Set(identifiers.flatMap((text) => /^https:\/\/([^/]+)\/api\/v2\/$/.exec(String(text))?.[1] ?? []));
}
