import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { JsonSchema } from "./family";
import { ManagementError } from "./management-error";

type Part = "Payload" | "Query";

const ERROR_CODES = { Payload: "invalid_body", Query: "invalid_query_string" } as const;

const OPTIONS = {
  allErrors: true,
  verbose: true,
  allowUnionTypes: true,
  discriminator: true,
  strictTypes: false,
} as const;

// Auth0's own formats. Placeholders and wildcards such as https://*.example.com are allowed in the first.
const FORMATS = {
  "callback-url": /^[a-z][a-z0-9+.-]*:\/?\/?[^\s,]+$/i,
  "absolute-uri": isUri,
  "absolute-uri-or-empty": (text: string): boolean => text === "" || isUri(text),
  "absolute-https-uri-or-empty": (text: string): boolean => text === "" || (isUri(text) && /^https:/i.test(text)),
} as const;

const payloads = addFormats(new Ajv({ ...OPTIONS, formats: FORMATS }));
// A query string holds text only.
const queries = addFormats(new Ajv({ ...OPTIONS, coerceTypes: true }));

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text);
}

/**
 * Checks values against one schema; the value of a query is changed to the types of the schema.
 *
 * The schema is compiled when it is first needed: most runs need few of them.
 *
 * @throws ManagementError 400, with the words of Auth0's validator (z-schema)
 */
export function validator(part: Part, schema: JsonSchema): (value: unknown) => void {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= (part === "Payload" ? payloads : queries).compile(schema);
    if (!validate(value)) {
      throw new ManagementError(400, `${part} validation error: ${describe(validate.errors ?? [])}`, ERROR_CODES[part]);
    }
  };
}

/** The first fault, as `'what is wrong' on property path (its description).` */
function describe(errors: readonly ErrorObject[]): string {
  const alternatives = errors.filter(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  // What is wrong with each alternative is listed before the fact that none fits; only the fact is told.
  const first = errors.find((error) => !alternatives.some((outer) => isWithin(error, outer))) ?? errors[0];
  if (first === undefined) {
    throw new Error("a failed validation has no error");
  }
  const path = first.instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((whole, step) => (/^\d+$/.test(step) ? `${whole}[${step}]` : whole === "" ? step : `${whole}.${step}`), "");
  const description = first.parentSchema?.description as string | undefined;
  const place = path === "" ? "" : ` on property ${path}${description === undefined ? "" : ` (${description})`}`;
  return `'${fault(first, errors)}'${place}.`;
}

function isWithin(error: ErrorObject, outer: ErrorObject): boolean {
  return error !== outer && error.schemaPath.startsWith(`${outer.schemaPath}/`);
}

function fault(error: ErrorObject, errors: readonly ErrorObject[]): string {
  const { keyword, params, data } = error;
  const size = typeof data === "string" ? [...data].length : Object.keys((data ?? {}) as object).length;
  switch (keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const names = errors
        .filter((other) => other.keyword === keyword && other.instancePath === error.instancePath)
        .map((other) => String(other.params.additionalProperty ?? other.params.unevaluatedProperty));
      return `Additional properties not allowed: ${[...new Set(names)].join(",")}`;
    }
    case "required":
      return `Missing required property: ${params.missingProperty}`;
    case "type":
      return `Expected type ${[params.type].flat().join(",")} but found type ${typeName(data)}`;
    case "format":
      return `Object didn't pass validation for format ${params.format}: ${data}`;
    case "pattern":
      return `String does not match pattern ${params.pattern}: ${data}`;
    case "enum":
    case "const":
      return `No enum match for: ${typeof data === "string" ? data : JSON.stringify(data)}`;
    case "minLength":
      return `String is too short (${size} chars), minimum ${params.limit}`;
    case "maxLength":
      return `String is too long (${size} chars), maximum ${params.limit}`;
    case "minimum":
      return `Value ${data} is less than minimum ${params.limit}`;
    case "maximum":
      return `Value ${data} is greater than maximum ${params.limit}`;
    case "minItems":
      return `Array is too short (${size}), minimum ${params.limit}`;
    case "maxItems":
      return `Array is too long (${size}), maximum ${params.limit}`;
    case "uniqueItems":
      return `Array items are not unique (indexes ${params.j} and ${params.i})`;
    case "minProperties":
      return `Too few properties defined (${size}), minimum ${params.limit}`;
    case "maxProperties":
      return `Too many properties defined (${size}), maximum ${params.limit}`;
    case "anyOf":
    case "discriminator":
      return "Data does not match any schemas from 'anyOf'";
    case "oneOf":
      return params.passingSchemas === null
        ? "Data does not match any schemas from 'oneOf'"
        : "Data is valid against more than one schema from 'oneOf'";
    case "not":
      return "Data matches schema from 'not'";
    default:
      return error.message ?? keyword;
  }
}

function typeName(data: unknown): string {
  if (data === null) {
    return "null";
  }
  if (Array.isArray(data)) {
    return "array";
  }
  return Number.isInteger(data) ? "integer" : typeof data;
}
