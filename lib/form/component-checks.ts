import type { Ajv, ErrorObject } from "ajv";
import { COMPONENTS, type ComponentType } from "auth0-forms";
import type { JsonSchema } from "auth0-forms/schema";
import { isKnown, isList } from "../checks";
import { adviceOn, isObject } from "../fields";
import { nearest } from "../nearest";
import { kind, shown } from "../shown";
import { isPlainObject } from "../terraform-text";
import type { Problems } from "../validation-error";
import { type Component, OF_OPTIONS } from "./component";
import { isFlow } from "./flow";
import type { IdentifiedComponent } from "./stage";

const TYPES = Object.keys(COMPONENTS);
/** What is never shown, wherever it is too long or of the wrong type. */
export const SECRETS: ReadonlySet<string> = new Set([
  "private_key",
  "secret_key",
  "server_key",
  "access_token",
  "api_key",
]);

/** Objects of a config whose members are options themselves. */
const FLAT: ReadonlySet<string> = new Set(["strings", "style"]);
/** What of a config has names of its own. */
const AS_GIVEN: ReadonlySet<string> = new Set(["schema", "params", "storage", "customer", "subscription"]);

let loaded: Ajv | undefined;

/** Loaded where there is something to check: it is a good part of what a small stack loads. */
function validator(): Ajv {
  if (loaded === undefined) {
    const { Ajv } = require("ajv") as typeof import("ajv");
    const options = { allErrors: true, verbose: true, discriminator: true, strictTypes: false };
    // Our own schemas are right, which tests show.
    loaded = new Ajv({ ...options, validateSchema: false });
    loaded.addFormat("email", /^[^\s@]+@[^\s@]+$/);
  }
  return loaded;
}

type Path = readonly string[];

/** Adds what Auth0's API would refuse in a component as it is sent, but for its id; tokens pass where a value stands. */
export function checkSent(where: string, { answer: _, ...component }: IdentifiedComponent, problems: Problems): void {
  const { type } = component;
  if (!isComponentType(type)) {
    const advice = adviceOn(typeof type === "string" ? type : "", TYPES, `the types are ${TYPES.join(", ")}`);
    problems.add(`${where}: type must be that of a component, got ${shown(type)}; ${advice}`);
    return;
  }
  const said = new Set<string>(["id"]);
  // What is of the wrong type may be too short as well: the first problem of a place suffices.
  const add = (path: Path, problem: string, subject = path) => {
    const name = nameOf(component, subject);
    if (!said.has(path.join("/"))) {
      said.add(path.join("/"));
      problems.add(`${where}${name === "" ? "" : `: ${name}`} ${problem}`);
    }
  };
  const isSound = checkAgainst(COMPONENTS[type], component, add, ([first]) =>
    component[OF_OPTIONS] && first === "config" ? camelCase : (key) => key,
  );
  // What holds itself, and other things that are no JSON, would keep it busy for ever.
  if (isSound && type === "CUSTOM" && said.size === 1) {
    checkAnswerSchema(component.config, add);
  }
}

/**
 * Adds what a schema does not let through, and what is no JSON; tokens pass where a value stands.
 *
 * @param keyNames how the keys below a place are called
 * @returns whether the schema lets it through
 */
export function checkAgainst(
  schema: JsonSchema,
  value: object,
  add: Add,
  keyNames: (path: Path) => (key: string) => string = () => (key) => key,
): boolean {
  for (const [path, problem] of notJson(value)) {
    add(path, problem);
  }
  // Compiled when it is first needed, since most forms have few types of components; ajv keeps it.
  const validate = validator().compile(schema);
  if (validate(value)) {
    return true;
  }
  const errors = validate.errors ?? [];
  const alternatives = errors.filter(({ keyword }) => keyword === "anyOf");
  for (const error of errors) {
    // Each alternative's own faults, and a discriminator's, which is told as a value that is none of its list.
    if (error.keyword === "discriminator" || alternatives.some((outer) => isWithin(error, outer))) {
      continue;
    }
    const path = pathOf(error);
    const token = tokenOn(value, path);
    if (token === undefined) {
      addFault(error, path, add, keyNames(path));
    } else if (isList(token.value) && error.keyword === "type" && error.params.type === "object") {
      const keys = [error.parentSchema?.required].flat().join(" and ");
      add(
        token.path,
        `must be a list of objects with ${keys}, got a token, which is a list of texts; ` +
          "give the list itself, and tokens in it",
      );
    }
  }
  return false;
}

/** What the answers of a CUSTOM are checked by; of a dialect that is named, Auth0 may know more. */
function checkAnswerSchema({ schema }: Component["config"] = {}, add: Add): void {
  if (!isObject(schema) || !isKnown(schema) || "$schema" in schema) {
    return;
  }
  const ajv = validator();
  if (ajv.validateSchema(schema)) {
    return;
  }
  const error = ajv.errors?.find((one) => tokenOn(schema, pathOf(one)) === undefined);
  if (error !== undefined) {
    add(["config", "schema", ...pathOf(error)], `is not as JSON Schema has it: ${error.message}; correct it`);
  }
}

function isComponentType(type: unknown): type is ComponentType {
  return typeof type === "string" && Object.hasOwn(COMPONENTS, type);
}

function isWithin(error: ErrorObject, outer: ErrorObject): boolean {
  return error !== outer && error.schemaPath.startsWith(`${outer.schemaPath}/`);
}

function pathOf({ instancePath }: ErrorObject): Path {
  return instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The token that stands on the way to a place: what is in it only Terraform knows. */
function tokenOn(component: object, path: Path): { readonly path: Path; readonly value: unknown } | undefined {
  let value: unknown = component;
  for (const [index, step] of path.entries()) {
    value = (value as Readonly<Record<string, unknown>>)[step];
    if (!isKnown(value) || isFlow(value)) {
      return { path: path.slice(0, index + 1), value };
    }
  }
  return undefined;
}

/** As the option is called that makes it, or as Auth0 calls the property: `options[0].label`, `config.min_value`. */
export function nameOf(component: Component, path: Path): string {
  const steps = component[OF_OPTIONS] && path[0] === "config" && path.length > 1 ? optionOf(path.slice(1)) : path;
  return placeOf(steps);
}

/** A place in a value as one writes it: `options[0].label`, below the name of the value where it has one. */
export function placeOf(path: Path, name = ""): string {
  return path.reduce(
    (place, step) => (/^\d+$/.test(step) ? `${place}[${step}]` : place === "" ? step : `${place}.${step}`),
    name,
  );
}

/** The names of options, but for those within what is sent as it was given. */
function optionOf(path: Path): Path {
  const free = path.findIndex((step) => AS_GIVEN.has(step));
  const named = path.slice(0, free === -1 ? undefined : free).filter((step) => !FLAT.has(step));
  return [...named.map(camelCase), ...(free === -1 ? [] : path.slice(free))];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

type Add = (path: Path, problem: string, subject?: Path) => void;

/** Says a fault that the validator found in words. */
function addFault(error: ErrorObject, path: Path, add: Add, spelled: (key: string) => string): void {
  const { keyword, params, data, parentSchema = {} } = error;
  const got = gotten(data, path);
  switch (keyword) {
    case "required":
      add([...path, params.missingProperty], "is missing; give it");
      break;
    case "additionalProperties": {
      const name: string = params.additionalProperty;
      // What is undefined is not sent.
      if ((data as Readonly<Record<string, unknown>>)[name] !== undefined) {
        const keys = Object.keys((parentSchema.properties ?? {}) as object).map(spelled);
        const advice = adviceOn(
          spelled(name),
          keys,
          keys.length === 0 ? "leave it out" : `its keys are ${keys.join(", ")}`,
        );
        add([...path, name], `has no key ${shown(spelled(name))}; ${advice}`, path);
      }
      break;
    }
    case "minLength":
    case "maxLength": {
      const { minLength, maxLength } = parentSchema;
      const allowed = maxLength === undefined ? `${minLength} or more` : `${minLength} to ${maxLength}`;
      const length = [...(data as string)].length;
      add(
        path,
        `must have ${allowed} characters, got ${length} in ${got}; give ${keyword === "minLength" ? "more" : "fewer"}`,
      );
      break;
    }
    case "minimum":
      add(path, `must be ${expected(parentSchema)}, got ${got}; raise it or leave it out`);
      break;
    case "maximum":
      add(path, `must be ${expected(parentSchema)}, got ${got}; lower it or leave it out`);
      break;
    default: {
      const meant = Array.isArray(parentSchema.enum) && typeof data === "string" && nearest(data, parentSchema.enum);
      add(path, `must be ${expected(parentSchema)}, got ${got}${meant ? `; did you mean ${shown(meant)}?` : ""}`);
    }
  }
}

function gotten(value: unknown, path: Path): string {
  if (!SECRETS.has(path.at(-1) ?? "")) {
    return shown(value);
  }
  return typeof value === "number" ? "a number" : kind(value);
}

/** What a schema lets through, in words. */
function expected(schema: JsonSchema): string {
  const { type, enum: values, const: only, title, minimum, maximum, anyOf } = schema;
  if (Array.isArray(anyOf)) {
    return anyOf.map(expected).join(" or ");
  }
  if (Array.isArray(values)) {
    return values.length === 1 ? shown(values[0]) : `one of ${values.map(shown).join(", ")}`;
  }
  if (only !== undefined) {
    return shown(only);
  }
  switch (type) {
    case "string":
      return typeof title === "string" ? title : "a text";
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    case "object":
      return "an object";
    default: {
      const what = type === "integer" ? "an integer" : "a number";
      if (minimum === undefined) {
        return what;
      }
      const isOpen = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
      return `${what} of ${minimum} ${isOpen ? "or more" : `to ${maximum}`}`;
    }
  }
}

/** What can not be sent as JSON in UTF-8, or would come back as something else. */
function* notJson(value: unknown, path: Path = [], parents: readonly unknown[] = []): Generator<[Path, string]> {
  if (!isKnown(value) || value === null || typeof value === "boolean" || Number.isFinite(value)) {
    return;
  }
  if (typeof value === "string") {
    // A lone half of a surrogate pair comes back as another character, a diff for ever.
    if (/\p{Surrogate}/u.test(value)) {
      yield [path, `is not well-formed Unicode, got ${gotten(value, path)}`];
    }
    return;
  }
  if (!isList(value) && !isPlainObject(value)) {
    const got = typeof value === "object" ? `a ${value?.constructor.name}` : shown(value);
    yield [path, `can not be sent as JSON, got ${got}; give a text, a number, a list, an object or the like`];
    return;
  }
  if (parents.includes(value)) {
    yield [path, "can not be sent as JSON, since it holds itself; give it without that"];
    return;
  }
  // A hole in a list is something missing; an undefined member of an object is left out.
  const members = isList(value) ? [...(value as unknown[])].entries() : Object.entries(value as object);
  for (const [key, member] of members) {
    if (member !== undefined || isList(value)) {
      yield* notJson(member, [...path, String(key)], [...parents, value]);
    }
  }
}
