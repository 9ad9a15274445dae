import { ENDING } from "auth0-forms";
import { withoutEntities } from "../html-text";
import { isJson, isObject, type JsonObject, listOf, member, objectOf, sortedJson, textOf, texts } from "../json-value";
import { escapeHtml, escapeMarkdown, visible } from "../markdown/markdown-text";
import { configurationAddress, constantOf } from "./configuration";
import { decoded } from "./decoded";
import { type Plan, type ResourceChange, resourcesOf } from "./plan";
import { evaluateTemplate, literalsOf } from "./terraform-template";

/** What stands where a secret stood. */
export const REDACTED = "‹redacted›";

/** A sign for a secret while the review is made, also as Mermaid spells it. */
export const NUMBERED = /(‹|#8249;)redacted\d+(›|#8250;)/g;

/** Shorter texts are parts of every other word; none is ever printed as a value of its own. */
const SHORTEST = 6;
const SHORTEST_PART = 16;
const SHORTEST_IN_BASE64 = 8;

/** Names of attributes that hold secrets, whether the provider marks them as sensitive or not. */
const SECRET_NAME =
  /(?:secret|token|password|passwd|(?:api|private|encryption|secret|server|access)[_-]?key|authorization)(?:_wo)?$/i;
/** Names in a URL's query besides. */
const SECRET_QUERY_NAME = /^(?:key|sig|signature|auth|pass|pwd|code)$/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** Of Forms or Terraform: it says where the value comes from, and is none. */
export function isExpression(text: string): boolean {
  return /^(?:\{\{[^{}]*\}\}|\([\w.-]+\))$/.test(text);
}

/** What of a Vault connection's set-up is no secret, though the provider marks the whole of it. */
export const OPEN_SET_UP = new Set(
  "type domain client_id audience base_url token_endpoint resource scope algorithm in project_id client_email".split(
    " ",
  ),
);
/** What of the provider's configuration is no secret. */
const OPEN_PROVIDER = new Set(["domain", "client_id", "debug", "custom_domain_header", "client_assertion_signing_alg"]);
/** What expressions take off and put on, beside their references. */
const OPEN_LITERALS = new Set(["https://", "http://", "/api/v2/"]);
/** JSON that is shown in parts, and not at all where it is sensitive: the secrets in it are known by what it refers to. */
const DOCUMENTS = new Set(["auth0_form.nodes", "auth0_form.start", "auth0_form.ending", "auth0_flow.actions"]);
/** The secrets of this library's Action: an id and names of keys. */
const OPEN_ACTION_SECRETS = new Set(["FORM_ID", "METADATA_KEYS"]);
/** What it goes by that chooses from stages, as JSON. */
const OPEN_ACTION_DOCUMENTS = new Map([
  ["STAGES", "["],
  ["ASK", "{"],
  ["SAVES", "["],
  ["TELLS_STAGE", ""],
  ["STAGES_PER_LOGIN", ""],
]);

/** Keys of the documents that the review reads, and roots of their expressions: none is a secret. */
const KEYS_OF_FORMS = new Set(
  [
    "action actions after_submit alias allow_failure app_metadata category changes components condition config content",
    "coordinates country_picker default_value delay else ending fallback filter_placeholder flow_id hint id if label",
    "mask_output max_length min_length multiline multiple name next_node nodes operands operator options params",
    "placeholder redirection required resume_flow rules sensitive start strings style target text then type",
    "user_id user_metadata value version x y context fields functions",
  ].flatMap((line) => line.split(" ")),
);

/**
 * The secrets of plans, and what takes them out of a text.
 *
 * A plan's JSON shows sensitive values in clear. What the review prints is chosen by name, and this is the second wall:
 * a secret that someone pasted into a label or a comment does not come out either.
 */
export class Secrets {
  private readonly found = new Set<string>();
  /** What of a text is looked at: all of a plan's values, of the configuration's templates what stands in them literally. */
  private read: (text: string) => readonly string[] = (text) => [text];
  private readonly numbers = new Map<string, number>();
  private pattern?: RegExp;
  private readonly hidden = new Map<string, number>();

  /** All that the plan and its synthesised configuration hold. */
  addPlan({ json, changes, drift, synthesised }: Plan): void {
    this.addUrls(json);
    this.addUrls(synthesised);
    for (const change of [...changes, ...drift]) {
      this.addResourceChange(change);
    }
    for (const deferred of listOf(member(json, "deferred_changes"))) {
      const { resource_change: change } = objectOf(deferred);
      if (isObject(change)) {
        this.addResourceChange(change as unknown as ResourceChange);
      }
    }
    for (const state of [member(json, "prior_state"), { values: member(json, "planned_values") }]) {
      const values = objectOf(objectOf(state).values);
      for (const resource of resourcesOf(values.root_module)) {
        this.addValues(String(resource.type), resource.values, resource.sensitive_values);
      }
      for (const output of Object.values(objectOf(values.outputs)).map(objectOf)) {
        if (output.sensitive === true) {
          this.addAll(output.value);
        }
      }
    }
    for (const [name, output] of Object.entries(objectOf(member(json, "output_changes")))) {
      const { before, before_sensitive, after, after_sensitive } = objectOf(output);
      this.addMasked(before, before_sensitive);
      this.addMasked(after, after_sensitive);
      for (const value of [before, after, decoded(before), decoded(after)]) {
        this.addNamed(name, value);
      }
    }
    this.addVariables(json);
    this.read = literalsOf;
    this.addConfiguration(objectOf(member(json, "configuration")), changes);
    if (synthesised !== undefined) {
      this.addSynthesised(synthesised, changes);
    }
    this.read = (text) => [text];
  }

  /** The text with {@link REDACTED} for each secret, in whatever spelling it stands there: the last thing done to what is printed. */
  redact(text: string): string {
    return this.mark(text).replace(NUMBERED, "$1redacted$2");
  }

  /**
   * As {@link redact}, for what the review says: the values in it were marked when they were read, and words and markup of
   * its own shall stay, whatever somebody calls a secret. Those have no digits.
   */
  redactReview(text: string): string {
    this.pattern ??= this.compile();
    return text
      .replace(this.pattern, (spelling) => (/\d/.test(spelling) ? `‹redacted${this.numbers.get(spelling)}›` : spelling))
      .replace(NUMBERED, "$1redacted$2");
  }

  /** The text with a sign for each secret, and another sign for another secret, so that what differs still does. */
  mark(text: string): string {
    this.pattern ??= this.compile();
    return text.replace(this.pattern, (spelling) => `‹redacted${this.numbers.get(spelling)}›`);
  }

  /** A sign for a value of which nothing is shown; another one for another value. */
  hide(value: unknown): string {
    const text = sortedJson(value);
    const number = this.hidden.get(text) ?? this.hidden.size + 1;
    this.hidden.set(text, number);
    return `‹redacted0${number}›`;
  }

  /** An attribute with all its texts marked; where it is a JSON document, what is in that. */
  markAll(attribute: unknown): unknown {
    if (typeof attribute !== "string") {
      return this.marked(attribute);
    }
    try {
      const document: unknown = JSON.parse(attribute);
      if (typeof document === "object" && document !== null) {
        return JSON.stringify(this.marked(document));
      }
    } catch {
      // It is no JSON, or nested deeper than anybody writes.
    }
    return this.mark(attribute);
  }

  /** The words of Forms stay: nobody shall hide a step by calling its type a secret. */
  private marked(value: unknown, key = ""): unknown {
    if (typeof value === "string") {
      return isWordOfForms(key, value) ? value : this.markHtml(value);
    }
    if (typeof value === "number") {
      return this.mark(String(value)) === String(value) ? value : this.mark(String(value));
    }
    if (Array.isArray(value)) {
      return value.map((item) => this.marked(item, key));
    }
    if (!isObject(value)) {
      return value;
    }
    const members = Object.entries(value).map(([name, part]) => [
      KEYS_OF_FORMS.has(name) ? name : this.mark(name),
      this.marked(part, name),
    ]);
    return Object.fromEntries(members);
  }

  /** People read a rich text without its entities. */
  private markHtml(text: string): string {
    const marked = this.mark(text);
    const read = withoutEntities(marked);
    const markedRead = this.mark(read);
    return markedRead === read ? marked : markedRead;
  }

  private addResourceChange({ type, change }: ResourceChange): void {
    this.addValues(type, change.before, change.before_sensitive);
    this.addValues(type, change.after, change.after_sensitive);
  }

  private addValues(type: string, values: unknown, mask: unknown): void {
    if (!isObject(values)) {
      return;
    }
    const masks = mask === true ? Object.fromEntries(Object.keys(values).map((key) => [key, true])) : objectOf(mask);
    for (const [attribute, value] of Object.entries(values)) {
      if (type === "auth0_flow_vault_connection" && attribute === "setup") {
        this.addSetUp(value);
      } else if (type === "auth0_action" && attribute === "secrets") {
        this.addActionSecrets(value);
      } else if (DOCUMENTS.has(`${type}.${attribute}`)) {
        this.addDocument(value);
      } else {
        this.addMasked(value, masks[attribute]);
      }
      this.addNamed(attribute, value);
      // Of forms and flows it is read with what they refer to; their other texts are read by people.
      if (type !== "auth0_form" && type !== "auth0_flow") {
        this.addNamed(attribute, decoded(value));
      }
    }
  }

  /** Credentials that stand in addresses, wherever those stand. */
  private addUrls(value: unknown): void {
    for (const { text } of texts(value)) {
      if (!text.includes("://")) {
        continue;
      }
      const document = decoded(text);
      if (document === undefined) {
        this.addCredentials(text);
      } else {
        this.addUrls(document);
      }
    }
  }

  private addCredentials(text: string): void {
    for (const credential of credentialsIn(text)) {
      this.add(credential);
    }
  }

  private addSetUp(setUp: unknown): void {
    for (const [key, value] of Object.entries(objectOf(setUp))) {
      if (!OPEN_SET_UP.has(key)) {
        this.addAll(value);
      }
    }
  }

  private addActionSecrets(secrets: unknown): void {
    const all = listOf(secrets).map(objectOf);
    for (const secret of all) {
      if (!isOpenActionSecret(secret, all)) {
        this.addAll(secret.value);
      }
    }
  }

  /** What is behind a mask, as plans have them: `true` for the whole, or the same shape with `true` for parts. */
  private addMasked(value: unknown, mask: unknown): void {
    if (mask === true) {
      this.addAll(value);
    } else if (Array.isArray(mask)) {
      for (const [index, part] of mask.entries()) {
        this.addMasked(listOf(value)[index], part);
      }
    } else if (isObject(mask)) {
      for (const [key, part] of Object.entries(mask)) {
        this.addMasked(member(objectOf(value), key), part);
      }
    }
  }

  private addNamed(name: string, value: unknown): void {
    const isNamed = isSecretName(name);
    if (isNamed && !isObject(value) && !listOf(value).some(isObject)) {
      this.addAll(value);
    } else if (Array.isArray(value)) {
      for (const item of value) {
        this.addNamed("", item);
      }
    } else if (isObject(value)) {
      for (const [key, part] of Object.entries(value)) {
        this.addNamed(key, part);
      }
    }
  }

  /** Components such as RECAPTCHA, and actions such as HTTP, have secrets in the JSON of the form and the flow. */
  private addDocument(value: unknown): void {
    const template = textOf(value);
    if (template === undefined) {
      return;
    }
    try {
      const document = evaluateTemplate(template, () => undefined);
      for (const { text, path } of texts(JSON.parse(String(document)))) {
        const name = path.findLast((key) => !/^\d+$/.test(key)) ?? "";
        // An expression of Forms says where the value comes from; a key of user_metadata may have any name.
        if (!isSecretName(name) || path.includes("user_metadata")) {
          continue;
        }
        if (!isExpression(text)) {
          this.addAll(text);
        }
      }
    } catch {
      // What is no JSON is not shown either.
    }
  }

  /** A plan has the values of all variables; which of them are sensitive its configuration says. */
  private addVariables(json: JsonObject): void {
    const declared = objectOf(objectOf(objectOf(member(json, "configuration")).root_module).variables);
    for (const [name, variable] of Object.entries(objectOf(member(json, "variables")))) {
      const declaration = member(declared, name);
      if (!isObject(declaration) || declaration.sensitive === true) {
        this.addAll(objectOf(variable).value);
      }
    }
  }

  private addConfiguration(configuration: JsonObject, changes: readonly ResourceChange[]): void {
    for (const provider of Object.values(objectOf(configuration.provider_config))) {
      for (const [name, expression] of Object.entries(objectOf(objectOf(provider).expressions))) {
        if (!OPEN_PROVIDER.has(name)) {
          this.addConstants(expression);
        }
      }
    }
    this.addModule(objectOf(configuration.root_module), changes);
  }

  private addModule(module: JsonObject, changes: readonly ResourceChange[]): void {
    for (const variable of Object.values(objectOf(module.variables)).map(objectOf)) {
      if (variable.sensitive === true) {
        this.addAll(variable.default);
      }
    }
    for (const output of Object.values(objectOf(module.outputs)).map(objectOf)) {
      if (output.sensitive === true) {
        this.addConstants(output.expression);
      }
    }
    for (const resource of listOf(module.resources).map(objectOf)) {
      const { type, name } = resource;
      this.addConfigured(String(type), String(name), objectOf(resource.expressions), changes);
    }
    for (const call of Object.values(objectOf(module.module_calls)).map(objectOf)) {
      const inner = objectOf(call.module);
      const declared = objectOf(inner.variables);
      for (const [name, expression] of Object.entries(objectOf(call.expressions))) {
        if (objectOf(member(declared, name)).sensitive === true) {
          this.addConstants(expression);
        }
      }
      this.addModule(inner, changes);
    }
  }

  private addSynthesised(synthesised: JsonObject, changes: readonly ResourceChange[]): void {
    for (const variable of Object.values(objectOf(synthesised.variable)).map(objectOf)) {
      if (variable.sensitive === true) {
        this.addAll(variable.default);
      }
    }
    for (const output of Object.values(objectOf(synthesised.output)).map(objectOf)) {
      if (output.sensitive === true) {
        this.addAll(output.value);
      }
    }
    for (const provider of Object.values(objectOf(synthesised.provider)).flatMap((one) => [one].flat())) {
      for (const [name, value] of Object.entries(objectOf(provider))) {
        if (!OPEN_PROVIDER.has(name)) {
          this.addAll(value);
        }
      }
    }
    for (const [type, resources] of Object.entries(objectOf(synthesised.resource))) {
      for (const [name, resource] of Object.entries(objectOf(resources))) {
        this.addConfigured(type, name, objectOf(resource), changes);
      }
    }
  }

  /** What stands in the configuration of an attribute that the plan says is sensitive, also where its value is unknown. */
  private addConfigured(type: string, name: string, configured: JsonObject, changes: readonly ResourceChange[]): void {
    const masks = changes
      .filter(({ address }) => `.${configurationAddress(address)}`.endsWith(`.${type}.${name}`))
      .map(({ change }) => objectOf(change.after_sensitive));
    for (const [attribute, value] of Object.entries(configured)) {
      const constants = constantOf(value);
      if (type === "auth0_flow_vault_connection" && attribute === "setup") {
        this.addSetUp(constants);
      } else if (type === "auth0_action" && attribute === "secrets") {
        this.addActionSecrets(constants);
      } else if (DOCUMENTS.has(`${type}.${attribute}`)) {
        this.addDocument(constants);
      } else {
        for (const mask of masks) {
          this.addMasked(constants, mask[attribute]);
        }
      }
      this.addNamed(attribute, constants);
    }
  }

  private addConstants(expression: unknown): void {
    this.addAll(constantOf(expression));
  }

  private addAll(value: unknown): void {
    if (typeof value === "number" || typeof value === "bigint") {
      this.add(String(value));
    }
    for (const { text } of texts(value)) {
      for (const part of this.read(text)) {
        this.add(part);
        this.addCredentials(part);
        for (const setting of settingsIn(part)) {
          this.add(setting);
        }
        for (const inner of [decoded(part), fromBase64(part)]) {
          if (inner !== undefined) {
            this.addAll(inner);
          }
        }
      }
    }
    if (isObject(value) || Array.isArray(value)) {
      for (const part of Object.values(value)) {
        if (typeof part !== "string") {
          this.addAll(part);
        }
      }
    }
  }

  private add(secret: string): void {
    const trimmed = secret.trim().replace(/^(?:Bearer|Basic) +/, "");
    if (trimmed.length < SHORTEST || OPEN_LITERALS.has(trimmed) || KEYS_OF_FORMS.has(trimmed)) {
      return;
    }
    this.pattern = undefined;
    this.found.add(trimmed);
    // A key of several lines, or a value made of several, may be pasted in part.
    for (const part of trimmed.split(/\s+/)) {
      if (part.length >= SHORTEST_PART && !/^-+(?:BEGIN|END)?$/.test(part)) {
        this.found.add(part);
      }
    }
  }

  private compile(): RegExp {
    this.numbers.clear();
    for (const [index, secret] of [...this.found].sort().entries()) {
      for (const spelling of spellingsOf(secret)) {
        if (spelling.length >= SHORTEST && !this.numbers.has(spelling)) {
          this.numbers.set(spelling, index + 1);
        }
      }
    }
    const longestFirst = [...this.numbers.keys()].sort(
      (one, other) => other.length - one.length || (one < other ? -1 : 1),
    );
    const sources = longestFirst.map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    return sources.length === 0 ? /(?!)/g : new RegExp(sources.join("|"), "g");
  }
}

/** Of this library's Action what says which form is shown, and for which keys; of any other the id of a form. */
export function isOpenActionSecret({ name, value }: JsonObject, all: readonly JsonObject[]): boolean {
  const isOurs = [...OPEN_ACTION_SECRETS].every((one) => all.some((secret) => secret.name === one));
  return (
    /^ap_[A-Za-z0-9]{22}$/.test(String(value)) ||
    (isOurs && OPEN_ACTION_SECRETS.has(String(name))) ||
    isOpenDocument(String(name), String(value))
  );
}

function isOpenDocument(name: string, value: string): boolean {
  const begin = OPEN_ACTION_DOCUMENTS.get(name);
  return begin !== undefined && value.startsWith(begin) && isJson(value);
}

/** What follows the scheme, and what stands in the query under the name of a secret. */
function credentialsIn(text: string): string[] {
  return [...text.matchAll(/\b[a-z][a-z\d+.-]*:\/\/[^\s"'<>\\`]+/gi)].flatMap(([url]) => {
    const [, userinfo] = /^[^:]+:\/\/([^/?#@]+(?:@[^/?#@]+)*)@/.exec(url) ?? [];
    const password = userinfo?.slice(userinfo.indexOf(":") + 1);
    const named = [...url.matchAll(/[?&#;](?:amp;)?([\w.-]+)=([^&#;]+)/g)]
      .filter(([, name = ""]) => isSecretName(name) || SECRET_QUERY_NAME.test(name))
      .map(([, , value]) => value);
    return [userinfo, password, ...named]
      .filter((credential) => credential !== undefined && !/[{}]/.test(credential))
      .flatMap((credential) => [credential ?? "", percentDecoded(credential ?? "")]);
  });
}

/** Of settings such as `Server=…;Password=…`, and of HTTP's `user:password`, what is secret by itself. */
function settingsIn(text: string): string[] {
  const named = [...text.matchAll(/(?:^|[;,\s])([\w.-]+)\s*=\s*("[^"]*"|'[^']*'|[^;,\s]+)/g)]
    .filter(([, name = ""]) => isSecretName(name) || SECRET_QUERY_NAME.test(name))
    .map(([, , value = ""]) => value.replace(/^(["'])(.*)\1$/, "$2"));
  const [, password] = /^[^\s:/]+:(\S+)$/.exec(text) ?? [];
  return [...named, ...(password === undefined ? [] : [password])];
}

/** What a text of Base64 says, where that is text. */
function fromBase64(text: string): string | undefined {
  const [, coded] = /^\s*(?:Basic\s+)?((?:[\w+/-]{4}){2,}[\w+/-]*={0,2})\s*$/.exec(text) ?? [];
  const plain = coded === undefined ? "" : Buffer.from(coded, "base64").toString("utf8");
  return plain === "" || /[\p{Cc}\ufffd]/u.test(plain.replace(/\s/g, "")) ? undefined : plain;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isWordOfForms(key: string, value: string): boolean {
  if (value === ENDING) {
    return true;
  }
  return ["type", "category", "action", "operator"].includes(key) && /^[A-Z][A-Z0-9_]*$/.test(value);
}

function spellingsOf(secret: string): string[] {
  const json = inJson(secret);
  return [
    secret,
    json,
    inGoJson(secret),
    inJson(json),
    inJson(inGoJson(secret)),
    escapeHtml(secret),
    escapeMarkdown(secret),
    inJson(escapeMarkdown(secret)),
    visible(secret),
    encoded(secret),
    ...inBase64(secret),
    ...["&", "&<>", '&<>"', "&<>\"'"].flatMap((characters) => {
      const html = withEntities(secret, characters);
      return [html, inJson(html), inGoJson(html), inJson(inGoJson(html))];
    }),
  ];
}

/** As it stands in the Base64 of any text that has it, which may begin at any of three bits. */
function inBase64(text: string): string[] {
  const bytes = Buffer.from(text);
  if (bytes.length < SHORTEST_IN_BASE64) {
    return [];
  }
  return ["base64", "base64url"].flatMap((encoding) =>
    [0, 1, 2].map((offset) => {
      const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString(encoding as BufferEncoding);
      const end = Math.floor(((offset + bytes.length) * 8) / 6);
      return whole.slice(Math.ceil((offset * 8) / 6), end);
    }),
  );
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inGoJson(text: string): string {
  return inJson(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function withEntities(text: string, characters: string): string {
  return [...text].map((one) => (characters.includes(one) ? (ENTITIES[one] ?? one) : one)).join("");
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
