import { FLOW_ID, VAULT_CONNECTION_ID } from "auth0-forms";
import type { Json } from "auth0-forms/schema";
import type { CodeContext, FlowOfTenant, FormOfTenant } from "./code";
import { camelCased } from "./component-code";
import { Code, isObject, type Source, type SourceObject } from "./source";

/** Keys of a component's config whose value no file should hold. */
const SECRET_KEYS: ReadonlySet<string> = new Set(["secret_key", "server_key", "private_key", "access_token"]);
const SECRET_HEADER = /^(authorization|cookie|.*(api[-_]?key|token|secret|password).*)$/i;

/** The form with expressions in place of what lies outside it: ids of flows, and secrets. */
export function preparedForm(form: FormOfTenant, context: CodeContext): SourceObject {
  const flow = (id: string) => new Code(context.flowId(id), standIn("af", id, FLOW_ID.pattern));
  const { nodes = [], ending, ...rest } = form as unknown as SourceObject;
  return {
    ...rest,
    nodes: changedEach(nodes, (node) => changedAt(node, "config", (config) => preparedConfig(config, flow, context))),
    ending: changedAt(ending, "after_submit", (after) => changedAt(after, "flow_id", (id) => flow(String(id)))),
  };
}

function preparedConfig(config: Source, flow: (id: string) => Code, context: CodeContext): Source {
  const withFlow = changedAt(config, "flow_id", (id) => flow(String(id)));
  return changedAt(withFlow, "components", (components) =>
    changedEach(components, (component) => {
      const id = isObject(component) ? String(component.id) : "";
      const secret = (path: string, value: Source) =>
        secretCode(`${id}_${path}`, `component ${JSON.stringify(id)}: ${path}`, value, context);
      return changedAt(component, "config", (own) =>
        changedAt(
          changedAt(withSecrets(own, secret), "credentials", (credentials) => withSecrets(credentials, secret)),
          "flow_id",
          (flowId) => flow(String(flowId)),
        ),
      );
    }),
  );
}

function withSecrets(members: Source, secret: (name: string, value: Source) => Source): Source {
  return isObject(members)
    ? mapMembers(members, (value, key) => (SECRET_KEYS.has(key) ? secret(key, value) : value))
    : members;
}

/** The flow's actions with expressions in place of what lies outside them: ids of Vault connections, and secrets. */
export function preparedActions(actions: FlowOfTenant["actions"], context: CodeContext): readonly Source[] {
  return (actions ?? []).map((action) => preparedAction(action as unknown as Source, context));
}

function preparedAction(action: Source, context: CodeContext): Source {
  const id = isObject(action) ? String(action.id) : "";
  const secret = (path: string, value: Source) =>
    secretCode(`${id}_${path}`, `action ${JSON.stringify(id)}: ${path}`, value, context);
  return changedAt(action, "params", (params) => {
    const connected = changedAt(
      params,
      "connection_id",
      (of) => new Code(context.connectionId(String(of)), standIn("ac", String(of), VAULT_CONNECTION_ID.pattern)),
    );
    const ways = ["then", "else"].reduce(
      (all, way) => changedAt(all, way, (inner) => changedEach(inner, (one) => preparedAction(one, context))),
      connected,
    );
    const basic = changedAt(ways, "basic", (login) =>
      changedAt(login, "password", (password) => secret("password", password)),
    );
    return changedAt(basic, "headers", (headers) =>
      isObject(headers)
        ? mapMembers(headers, (value, name) => (SECRET_HEADER.test(name) ? secret(name, value) : value))
        : headers,
    );
  });
}

/** What holds an expression is none, but says where it comes from. */
function secretCode(name: string, what: string, value: Source, { secret }: CodeContext): Source {
  if (typeof value !== "string" || value === "" || value.includes("{{")) {
    return value;
  }
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  const [camel = "secret"] = Object.keys(camelCased({ [words.join("_").toLowerCase()]: "" }));
  return new Code(secret({ name: camel.replaceAll("_", ""), what }), value);
}

/** An id of the form that Auth0's have, for one that stands for something else. */
export function standIn(prefix: string, id: string, pattern: unknown): Json {
  if (new RegExp(String(pattern)).test(id)) {
    return id;
  }
  const digits = [...Buffer.from(id)].reduce((sum, byte) => (sum * 257n + BigInt(byte)) % 10n ** 22n, 7n);
  return `${prefix}_${String(digits).padStart(22, "0")}`;
}

function changedAt(value: Source | undefined, key: string, change: (member: Source) => Source): Source {
  const member = isObject(value) ? value[key] : undefined;
  return member === undefined || member === null
    ? (value as Source)
    : { ...(value as SourceObject), [key]: change(member) };
}

function changedEach(list: Source, change: (member: Source) => Source): Source {
  return Array.isArray(list) ? (list as readonly Source[]).map(change) : list;
}

function mapMembers(members: SourceObject, change: (value: Source, key: string) => Source): SourceObject {
  return Object.fromEntries(
    Object.entries(members).map(([key, value]) => [key, value === undefined ? undefined : change(value, key)]),
  );
}
