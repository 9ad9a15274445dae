import { adviceOn, isObject } from "../lib/fields";
import { kind, shown } from "../lib/shown";
import { type FlowOfTenant, type FormOfTenant, TOLD } from "./code";

/** A file as it was read. */
export interface FormFile {
  readonly path: string;
  readonly text: string;
}

/** What an export says of a Vault connection. */
export interface ConnectionOfFile {
  readonly name?: string;
  readonly app?: string;
}

/** A form with all that it runs. */
export interface FormOfFile {
  readonly path: string;
  readonly form: FormOfTenant;
  /** By the ids that the form has for them. */
  readonly flows: Readonly<Record<string, FlowOfTenant>>;
  /** By the ids that the flows have for them. */
  readonly connections: Readonly<Record<string, ConnectionOfFile>>;
}

export interface ReadFiles {
  readonly forms: readonly FormOfFile[];
  /** Names of flows that no form runs. */
  readonly unused: readonly string[];
}

type Members = Readonly<Record<string, unknown>>;
type Problem = (text: string) => void;

const TAKEN =
  "an export of the dashboard (version 4.0.0), a form or a flow of the Management API, of auth0-deploy-cli, or of Terraform (the " +
  "attributes of auth0_form and auth0_flow)";
const VERSION = "4.0.0";

const FORM = ["name", "messages", "languages", "translations", "nodes", "start", "ending", "style"];
const ENVELOPE = ["version", "form", "flows", "connections"];
const FLOW = ["name", "actions"];

interface OwnFlow {
  readonly id?: string;
  readonly flow: FlowOfTenant;
}

/**
 * The forms of files, each with its flows.
 *
 * @param problem called with each thing that is wrong
 */
export function readForms(files: readonly FormFile[], problem: Problem): ReadFiles {
  let isSound = true;
  const own: { readonly path: string; readonly form: FormOfTenant }[] = [];
  const pool: OwnFlow[] = [];
  const whole: FormOfFile[] = [];
  for (const { path, text } of files) {
    const add: Problem = (what) => {
      isSound = false;
      problem(`[${path}] ${what}`);
    };
    const value = parsed(text, add);
    if (value === undefined) {
      continue;
    }
    if (isObject(value) && ("form" in value || "version" in value)) {
      whole.push(...envelope(path, value, add));
    } else if (isObject(value) && ("nodes" in value || "start" in value)) {
      own.push(...formOf(value, "", add).map((form) => ({ path, form })));
    } else if (isObject(value) && "actions" in value) {
      pool.push(...flowOf(value, "", add).map((flow) => ({ id: textOf(value.id), flow })));
    } else {
      const got = isObject(value)
        ? `an object with ${Object.keys(value).slice(0, 5).join(", ") || "nothing"}`
        : kind(value);
      add(`must be ${TAKEN}, got ${got}; give another file`);
    }
  }
  const used = new Set<OwnFlow>();
  const forms = own.map(({ path, form }) => {
    const ids = flowIdsOf(form);
    const flows = ids.flatMap((id) => {
      const found = pool.filter((one) => one.id === id || (one.id === undefined && one.flow.name === id));
      if (found.length !== 1) {
        problem(
          found.length === 0
            ? `[${path}] runs the flow ${shown(id)}, which is in no file; give its file too`
            : `[${path}] runs the flow ${shown(id)}, which is in ${found.length} files; leave all but one out`,
        );
      }
      return found.slice(0, 1).map((one) => {
        used.add(one);
        return [id, one.flow] as const;
      });
    });
    return { path, form, flows: Object.fromEntries(flows), connections: {} };
  });
  if (isSound && own.length + whole.length === 0 && files.length > 0) {
    problem(`[FILE] there is no form in ${files.map(({ path }) => path).join(", ")}; give one`);
  }
  return {
    forms: [...whole, ...forms],
    unused: pool.filter((one) => !used.has(one)).map(({ flow }) => flow.name),
  };
}

function parsed(text: string, add: Problem): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    add(`must be JSON: ${(error as Error).message.split("\n")[0]}; give another file`);
    return undefined;
  }
}

function envelope(path: string, value: Members, add: Problem): readonly FormOfFile[] {
  checkKeys(value, ENVELOPE, "", add);
  const { version, form, flows = {}, connections = {} } = value;
  if (version !== VERSION) {
    add(`version must be ${shown(VERSION)}, got ${shown(version)}; export the form again, or give ${TAKEN}`);
    return [];
  }
  const [own] = formOf(form, "form", add);
  if (!isObject(flows) || !isObject(connections)) {
    add(`flows and connections must be objects, got ${kind(flows)} and ${kind(connections)}`);
    return [];
  }
  const read = Object.entries(flows).flatMap(([id, flow]) =>
    flowOf(flow, `flows[${shown(id)}]`, add).map((one) => [id, one] as const),
  );
  if (own === undefined) {
    return [];
  }
  for (const id of flowIdsOf(own).filter((one) => !Object.hasOwn(flows, one))) {
    add(`runs the flow ${shown(id)}, which it does not hold; its flows are ${Object.keys(flows).join(", ") || "none"}`);
  }
  const described = Object.entries(connections).map(([id, connection]) => {
    const { name, app_id } = isObject(connection) ? connection : ({} as Members);
    return [id, { name: textOf(name), app: textOf(app_id) }] as const;
  });
  return [{ path, form: own, flows: Object.fromEntries(read), connections: Object.fromEntries(described) }];
}

function formOf(value: unknown, place: string, add: Problem): readonly FormOfTenant[] {
  if (!isObject(value)) {
    add(`${place} must be a form, got ${kind(value)}`);
    return [];
  }
  checkKeys(value, [...FORM, ...TOLD], place, add);
  let isGood = true;
  const wrong: Problem = (text) => {
    isGood = false;
    add(text);
  };
  const entries = FORM.map((key) => [key, part(key, value[key], at(place, key), wrong)] as const);
  const form = Object.fromEntries(entries.filter(([, member]) => member !== undefined));
  if (typeof form.name !== "string") {
    wrong(`${at(place, "name")} must be a text, got ${kind(form.name)}`);
  }
  for (const key of ["messages", "languages", "translations", "start", "ending", "style"]) {
    if (form[key] !== undefined && !isObject(form[key])) {
      wrong(`${at(place, key)} must be an object, got ${kind(form[key])}`);
    }
  }
  checkLanguages(form.languages, at(place, "languages"), wrong);
  checkNodes(form.nodes ?? [], at(place, "nodes"), wrong);
  if (isGood) {
    for (const id of flowPointersOf(form as unknown as FormOfTenant).filter((one) => typeof one !== "string")) {
      wrong(`${place === "" ? "it" : place} must name flows by their ids, got ${kind(id)}; export it again`);
    }
  }
  return isGood ? [form as unknown as FormOfTenant] : [];
}

/** What is a block in Terraform. */
const BLOCKS: ReadonlySet<string> = new Set(["languages", "messages"]);

/** What of a form is no JSON document of its own in Terraform. */
const PLAIN: ReadonlySet<string> = new Set(["name", "languages"]);

/** Terraform has a document as its text, a block as a list of one, and nothing as null or as an empty text. */
function part(key: string, value: unknown, place: string, add: Problem): unknown {
  if (value === null || value === "") {
    return undefined;
  }
  if (Array.isArray(value) && BLOCKS.has(key) && value.length < 2) {
    return part(key, value[0] ?? null, place, add);
  }
  if (typeof value === "string" && !PLAIN.has(key)) {
    return parsed(value, (what) => add(`${place} ${what.replace("; give another file", "")}`));
  }
  if ((key === "messages" || key === "languages") && isObject(value)) {
    const members = Object.entries(value).map(
      ([name, member]) =>
        [
          name,
          key === "languages" ? (member ?? "") || undefined : part(name, member, `${place}.${name}`, add),
        ] as const,
    );
    return Object.fromEntries(members.filter(([, member]) => member !== undefined));
  }
  return value;
}

function checkLanguages(languages: unknown, place: string, add: Problem): void {
  for (const [name, language] of Object.entries(isObject(languages) ? { primary: undefined, ...languages } : {})) {
    if (typeof language !== "string") {
      add(`${place}.${name} must be a text, got ${kind(language)}; export it again`);
    }
  }
}

function checkNodes(nodes: unknown, place: string, add: Problem): void {
  if (!Array.isArray(nodes)) {
    add(`${place} must be a list of nodes, got ${kind(nodes)}`);
    return;
  }
  for (const [index, node] of nodes.entries()) {
    const { id, type, config = {} } = isObject(node) ? node : ({} as Members);
    if (typeof id !== "string" || !["STEP", "FLOW", "ROUTER"].includes(String(type)) || !isObject(config)) {
      add(`${place}[${index}] must be a STEP, a FLOW or a ROUTER with an id, got ${kind(node)}`);
      continue;
    }
    const { components = [] } = config;
    const isGood = Array.isArray(components) && components.every((one) => isObject(one) && typeof one.id === "string");
    if (!isGood) {
      add(`${place}[${index}].config.components must be a list of components with ids, got ${kind(components)}`);
    }
  }
}

function flowOf(value: unknown, place: string, add: Problem): readonly FlowOfTenant[] {
  if (!isObject(value)) {
    add(`${place} must be a flow, got ${kind(value)}`);
    return [];
  }
  checkKeys(value, [...FLOW, ...TOLD], place, add);
  const { name } = value;
  const actions = part("actions", value.actions ?? null, at(place, "actions"), add) ?? [];
  if (typeof name !== "string" || !Array.isArray(actions)) {
    add(
      `${place || "it"} must be a flow with a name and a list of actions, got ${kind(name)} and ${kind(actions)}; export it again`,
    );
    return [];
  }
  const bad = actions.flatMap((one, index) => (isAction(one) ? [] : [index]));
  for (const index of bad) {
    add(
      `${at(place, "actions")}[${index}] must be an action with an id, a type and an action, and of lists in then and else, got ${kind(actions[index])}; export it again`,
    );
  }
  if (bad.length > 0) {
    return [];
  }
  return [{ name, actions: actions as FlowOfTenant["actions"] }];
}

function isAction(value: unknown): boolean {
  const { id, type, action, params = {} } = isObject(value) ? value : ({} as Members);
  if ([id, type, action].some((text) => typeof text !== "string") || !isObject(params)) {
    return false;
  }
  return [params.then ?? [], params.else ?? []].every((way) => Array.isArray(way) && way.every(isAction));
}

function checkKeys(value: Members, keys: readonly string[], place: string, add: Problem): void {
  for (const key of Object.keys(value).filter((name) => !keys.includes(name))) {
    const advice = adviceOn(key, keys, `its keys are ${keys.join(", ")}`);
    add(`${place === "" ? "" : `${place} `}has no key ${shown(key)}; ${advice}`);
  }
}

/** The ids that a form has for the flows that it runs, each once. */
function flowIdsOf(form: FormOfTenant): readonly string[] {
  return [...new Set(flowPointersOf(form))].filter((id) => typeof id === "string");
}

function flowPointersOf({ nodes = [], ending }: FormOfTenant): readonly unknown[] {
  const ids = (nodes as readonly Members[]).flatMap(({ config }) => {
    const { flow_id, components = [] } = (config ?? {}) as Members;
    const ofButtons = (components as readonly Members[]).map((one) =>
      isObject(one.config) ? one.config.flow_id : undefined,
    );
    return [flow_id, ...ofButtons];
  });
  return [...ids, ending?.after_submit?.flow_id].filter((id) => id !== undefined && id !== null);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function at(place: string, key: string): string {
  return place === "" ? key : `${place}.${key}`;
}
