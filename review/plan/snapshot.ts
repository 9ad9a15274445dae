import { isObject, type JsonObject, listOf, member, objectOf, textOf } from "../json-value";
import { unknownValue } from "../profiling";
import { configurationAddress, configuredPaths, configuredResources } from "./configuration";
import { type Plan, type ResourceChange, resourcesOf } from "./plan";
import { asImported } from "./plan-state";
import { instancesOf } from "./rotated-instances";
import { OPEN_SET_UP, type Secrets } from "./secrets";
import { shownValues } from "./shown-values";
import { evaluateTemplate, type Resolve } from "./terraform-template";

/** What of a set-up says where it leads, and is a secret: that it is another one is told. */
const HIDDEN_PLACES = new Set(["url", "username", "account_id", "public_key"]);

/** A value that is known only after the apply. */
export interface OpenValue {
  readonly path: readonly string[];
  /** As it is configured. */
  readonly value: unknown;
}

/** A managed resource at one point of time. */
export class Resource {
  constructor(
    readonly address: string,
    readonly type: string,
    private readonly values: JsonObject,
    private readonly sensitive: unknown,
    private readonly unknown: unknown,
    private readonly configured: JsonObject,
    private readonly resolve: Resolve,
    private readonly hidden: Secrets,
    private readonly isConfigured: (path: readonly string[]) => boolean,
  ) {}

  /**
   * The attribute without secrets; what is known only after the apply as it is configured, `undefined` where it is
   * sensitive.
   */
  attribute(name: string): unknown {
    return this.hidden.markAll(this.read(name, part(this.sensitive, name)));
  }

  /** The attribute, if it is a text. */
  text(name: string): string | undefined {
    return textOf(this.attribute(name));
  }

  /** Whether something of the attribute is known only after the apply, and in no configuration that was read. */
  isUnknown(name: string): boolean {
    return openValues(this.attribute(name), part(this.unknown, name), [name]).some(({ value }) => value === undefined);
  }

  /** All that somebody configures and that is known only after the apply; `undefined` where no configuration says it. */
  get open(): readonly OpenValue[] {
    return Object.entries(objectOf(this.unknown)).flatMap(([name, mask]) =>
      openValues(this.attribute(name), mask, [name]).filter(({ path }) => this.isConfigured(path)),
    );
  }

  /** Whether anything of the attribute is known only after the apply, whatever the configuration says of it. */
  isOpen(name: string): boolean {
    return hasTrue(part(this.unknown, name));
  }

  /** What can be said of the code of an Action, whatever in it somebody calls a secret. */
  isCode(test: (code: string) => boolean): boolean {
    const code = this.read("code", part(this.sensitive, "code"));
    return typeof code === "string" && test(code);
  }

  /** The name of the resource in the tenant, or its address where that is not known. */
  get name(): string {
    return this.text("name") ?? this.address;
  }

  /** What other resources know it by. */
  get id(): string {
    return this.text("id") ?? unknownValue(`${this.address}.id`);
  }

  /** The values that the code of an Action finds in `event.secrets`, by their names. Not to be shown. */
  get secrets(): ReadonlyMap<string, string | undefined> {
    const secrets = listOf(this.read("secrets", false)).map(objectOf);
    const marked = (text: string | undefined) => (text === undefined ? undefined : this.hidden.mark(text));
    return new Map(secrets.map(({ name, value }) => [this.hidden.mark(String(name)), marked(textOf(value))]));
  }

  /** What of a Vault connection's set-up says where it leads and as whom, though the provider marks the whole of it. */
  get openSetUp(): ReadonlyMap<string, string | undefined> {
    const members = Object.entries(objectOf(this.hidden.markAll(this.read("setup", false))));
    const isTold = (key: string) => OPEN_SET_UP.has(key) || HIDDEN_PLACES.has(key);
    return new Map(members.filter(([key]) => isTold(key)).map(([key, value]) => [key, textOf(value)]));
  }

  /** Every attribute as anybody may see it: documents decoded, secrets and what is not known replaced. */
  get shown(): JsonObject {
    const { type, values, sensitive, unknown } = this;
    const configured = (name: string) => this.evaluated(member(this.configured, name));
    return shownValues({ type, values, sensitive, unknown, configured }, this.hidden);
  }

  private read(name: string, sensitive: unknown): unknown {
    return this.merged(member(this.values, name), sensitive, part(this.unknown, name), member(this.configured, name));
  }

  private merged(value: unknown, sensitive: unknown, unknown: unknown, configured: unknown): unknown {
    // Templates leave secrets out, the plan's values do not.
    if (sensitive === true || unknown === true) {
      return this.evaluated(configured);
    }
    if (Array.isArray(value) || Array.isArray(unknown)) {
      const items = listOf(value);
      const length = Math.max(items.length, listOf(unknown).length);
      return Array.from({ length }, (_, index) =>
        this.merged(items[index], part(sensitive, index), part(unknown, index), item(configured, index)),
      );
    }
    if (isObject(value) || isObject(unknown)) {
      const keys = new Set([...Object.keys(objectOf(value)), ...Object.keys(objectOf(unknown))]);
      const members = [...keys].map((key) => [
        key,
        this.merged(
          member(objectOf(value), key),
          part(sensitive, key),
          part(unknown, key),
          member(objectOf(configured), key),
        ),
      ]);
      return Object.fromEntries(members);
    }
    return value;
  }

  private evaluated(configured: unknown): unknown {
    if (typeof configured === "string") {
      try {
        return evaluateTemplate(configured, this.resolve);
      } catch {
        return undefined;
      }
    }
    if (Array.isArray(configured)) {
      return configured.map((one) => this.evaluated(one));
    }
    if (!isObject(configured)) {
      return configured;
    }
    return Object.fromEntries(Object.entries(configured).map(([key, one]) => [key, this.evaluated(one)]));
  }
}

/** The managed resources of a stack at one point of time, by address. */
export type Snapshot = ReadonlyMap<string, Resource>;

export interface Snapshots {
  /** As the last apply left it, by the state. */
  readonly applied: Snapshot;
  /** As it stands in the tenant. */
  readonly tenant: Snapshot;
  /** As the plan leaves it. */
  readonly planned: Snapshot;
}

/** One side of a change; `undefined` where there is nothing. */
export type Read = (change: ResourceChange, side: "before" | "after") => Resource | undefined;

/** @param secrets what nothing that is read of the resources shall hold, addresses included */
export function readerOf(plan: Plan, secrets: Secrets): Read {
  const configured = configuredResources(plan);
  const isConfigured = configuredPaths(plan);
  const resolve = resolver(plan);
  return ({ address, type, change }, side) => {
    // What is forgotten stays in the tenant as it is.
    const isForgotten = change.after === null && change.actions.includes("forget");
    const isAfter = side === "after" && !isForgotten;
    const values = isAfter ? change.after : change.before;
    if (!isObject(values)) {
      return undefined;
    }
    return new Resource(
      secrets.mark(address),
      type,
      values,
      isAfter ? change.after_sensitive : change.before_sensitive,
      isAfter ? change.after_unknown : undefined,
      // What stands in the tenant has nothing to do with what is configured now.
      isAfter ? (configured.get(configurationAddress(address)) ?? {}) : {},
      resolve,
      secrets,
      (path) => isConfigured(configurationAddress(address), path),
    );
  };
}

/** @param secrets what nothing that is read of the resources shall hold, addresses included */
export function snapshotsOf(plan: Plan, secrets: Secrets): Snapshots {
  const read = readerOf(plan, secrets);
  const take = (changes: readonly ResourceChange[], side: "before" | "after"): Map<string, Resource> => {
    const resources = new Map<string, Resource>();
    for (const change of changes) {
      const isManaged = change.mode !== "data" && change.deposed === undefined;
      const resource = isManaged ? read(side === "before" ? asImported(change) : change, side) : undefined;
      if (resource !== undefined) {
        resources.set(resource.address, resource);
      }
    }
    return resources;
  };
  const tenant = take(plan.changes, "before");
  const planned = take(plan.changes, "after");
  // A plan that only refreshes the state, or is targeted, leaves the rest of the state alone and does not name it.
  const named = new Set(plan.changes.flatMap(instancesOf).map(({ address }) => secrets.mark(address)));
  for (const [address, resource] of take(priorResources(plan), "before")) {
    if (named.has(address)) {
      continue;
    }
    tenant.set(address, resource);
    planned.set(address, resource);
  }
  const applied = new Map([...tenant, ...take(plan.drift, "before")]);
  for (const { address, change } of plan.drift) {
    if (change.before === null) {
      applied.delete(secrets.mark(address));
    }
  }
  return { applied, tenant, planned };
}

/** The resources of the state as the plan found them, in the shape of changes. */
function priorResources({ json }: Plan): ResourceChange[] {
  const values = objectOf(objectOf(member(json, "prior_state")).values);
  return resourcesOf(values.root_module).map(
    ({ address, mode, type, values: before, sensitive_values: sensitive }) => ({
      address: String(address),
      mode: String(mode),
      type: String(type),
      change: { actions: ["no-op"], before, after: before, before_sensitive: sensitive },
    }),
  );
}

/** Looks references up among what the plan knows and may show. */
function resolver(plan: Plan): Resolve {
  const known = new Map<string, { readonly values: unknown; readonly sensitive: unknown; readonly unknown: unknown }>();
  const prior = objectOf(objectOf(member(plan.json, "prior_state")).values);
  for (const { address, mode, values, sensitive_values: sensitive } of resourcesOf(prior.root_module)) {
    if (mode === "data") {
      known.set(String(address), { values, sensitive, unknown: undefined });
    }
  }
  for (const { address, deposed, change } of plan.changes) {
    if (deposed !== undefined || change.after === null) {
      continue;
    }
    known.set(address, { values: change.after, sensitive: change.after_sensitive, unknown: change.after_unknown });
  }
  const variables = objectOf(member(plan.json, "variables"));
  const declared = objectOf(objectOf(objectOf(member(plan.json, "configuration")).root_module).variables);

  return (reference) => {
    const parts = partsOf(reference);
    if (parts === undefined) {
      return undefined;
    }
    const [first = "", second = "", third = ""] = parts;
    if (first === "var") {
      const variable = member(variables, second);
      const declaration = member(declared, second);
      // Where a variable is declared it says whether it is sensitive; a plan has the values of all in clear.
      if (!isObject(variable) || !isObject(declaration) || declaration.sensitive === true) {
        return undefined;
      }
      return follow({ values: variable.value, sensitive: undefined, unknown: undefined }, parts.slice(2));
    }
    const length = first === "data" ? 3 : 2;
    const address = first === "data" ? `data.${second}.${third}` : `${first}.${second}`;
    const resource = known.get(address);
    return resource === undefined ? undefined : follow(resource, parts.slice(length));
  };
}

function follow(
  from: { readonly values: unknown; readonly sensitive: unknown; readonly unknown: unknown },
  path: readonly string[],
): { readonly value: unknown } | undefined {
  let { values, sensitive, unknown } = from;
  for (const key of path) {
    if (sensitive === true || unknown === true) {
      return undefined;
    }
    values = part(values, key);
    sensitive = part(sensitive, key);
    unknown = part(unknown, key);
  }
  return values == null || hasTrue(sensitive) || hasTrue(unknown) ? undefined : { value: values };
}

function partsOf(reference: string): string[] | undefined {
  const parts = [...reference.matchAll(/([A-Za-z_][\w-]*|\d+)|\["([^"]*)"\]|(\*)/g)];
  return parts.some(([, , , splat]) => splat !== undefined)
    ? undefined
    : parts.map(([, name, key]) => name ?? key ?? "");
}

function part(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) {
    return /^\d+$/.test(String(key)) ? value[Number(key)] : undefined;
  }
  return member(objectOf(value), String(key));
}

/** Of a block that stands there once CDKTF writes no list. */
function item(configured: unknown, index: number): unknown {
  return Array.isArray(configured) || index > 0 ? part(configured, index) : configured;
}

function hasTrue(mask: unknown): boolean {
  if (Array.isArray(mask)) {
    return mask.some(hasTrue);
  }
  return isObject(mask) ? Object.values(mask).some(hasTrue) : mask === true;
}

function openValues(value: unknown, unknown: unknown, path: readonly string[]): OpenValue[] {
  if (unknown === true) {
    return [{ path, value }];
  }
  const masks = Array.isArray(unknown) ? [...unknown.entries()] : Object.entries(objectOf(unknown));
  return masks.flatMap(([key, mask]) => openValues(part(value, key), mask, [...path, String(key)]));
}
