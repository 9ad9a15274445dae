/**
 * Shows the progressive profiling form when it is time: at the first of its stages whose condition and moment hold.
 *
 * It saves the answers itself where it is told which; otherwise the form's flow does.
 */

/** Id of the form. The stack that deploys this file puts its own values here: what a login runs is what a plan shows. */
const FORM_ID = "ap_example";

/**
 * The stages of the form in their order, each with the condition of the form's router, and when people are asked, likewise.
 *
 * @type {readonly import("./post-login").Stage[]}
 */
const STAGES = [];

/**
 * When people are asked, whatever the stage, likewise.
 *
 * @type {import("./post-login").Moment}
 */
const ASK = {};

/**
 * What is written to the user's metadata once a stage is answered, likewise.
 *
 * @type {readonly import("./post-login").SavedAnswer[]}
 */
const SAVES = [];

/** Whether the form is told the stage, as `{{vars.stage}}`, likewise. */
const TELLS_STAGE = false;

/** How many stages are shown at one login at most, one after the other, likewise. */
const STAGES_PER_LOGIN = 1;

/**
 * Key of `app_metadata` under which it is remembered when somebody was asked:
 * `{ "ap_…": { "asked_at": "2026-11-27T09:00:00.000Z", "stages": { "company": "2026-11-27T09:00:00.000Z" } } }`
 */
const MEMORY = "progressive_profiling";

/**
 * Protocols of logins in which a person sits before a browser. Everything else, such as a refresh token or a password
 * grant, would fail if a page had to be shown.
 */
const PROTOCOLS_WITH_PAGES = [
  "oidc-basic-profile",
  "oidc-implicit-profile",
  "oidc-hybrid-profile",
  "oauth2-device-code",
  "samlp",
  "wsfed",
];

/**
 * @param {import("./post-login").LoginEvent} event
 * @returns {boolean}
 */
function canShowPage(event) {
  if (event.request.query?.prompt === "none") {
    return false;
  }
  return PROTOCOLS_WITH_PAGES.includes(event.transaction?.protocol ?? "");
}

/**
 * @param {import("./post-login").LoginEvent} event
 * @returns {readonly string[]} ids of the stages that are due, as many as are shown at one login
 */
function dueStages(event) {
  if (!canShowPage(event) || !isMoment(ASK, event)) {
    return [];
  }
  return STAGES.filter(
    // What can not be told here is due: the form's router decides.
    ({ id, condition, ask = {} }) =>
      (condition === undefined || holds(condition, event) !== false) && isMoment(ask, event, id),
  )
    .slice(0, STAGES_PER_LOGIN)
    .map(({ id }) => id);
}

/**
 * What the form's routers go by: `stage` is the first one, `after_<id>` the one that is shown behind it.
 *
 * @param {readonly string[]} stages
 * @returns {Record<string, string>}
 */
function toldOf(stages) {
  return Object.fromEntries(stages.map((id, index) => [index === 0 ? "stage" : `after_${stages[index - 1]}`, id]));
}

/**
 * What a moment's options ask of a login, of a stage where it is a stage's moment.
 *
 * @type {Readonly<Record<string, (option: any, event: import("./post-login").LoginEvent, stage?: string) => boolean>>}
 */
const OPTIONS = {
  fromLogin: (count, { stats }) => stats.logins_count >= count,
  afterSignUp: (duration, { user }) => Date.now() - Date.parse(user.created_at) >= milliseconds(duration),
  // Of who was never asked the time is NaN, which is not within any.
  atMostEvery: (duration, event, stage) => !(Date.now() - Date.parse(askedAt(event, stage)) < milliseconds(duration)),
  clients: (filter, { client }) => passes(filter, client.client_id),
  connections: (filter, { connection }) => passes(filter, connection.name),
  organizations: (filter, { organization }) => passes(filter, organization?.id),
  share: (percent, { user }, stage = "") => percentile(`${FORM_ID} ${stage} ${user.user_id}`) < percent,
};

/**
 * @param {import("./post-login").Moment} moment
 * @param {import("./post-login").LoginEvent} event
 * @param {string} [stage] of which it is the moment
 * @returns {boolean}
 */
function isMoment(moment, event, stage) {
  return Object.entries(moment).every(([name, option]) => OPTIONS[name]?.(option, event, stage));
}

/**
 * @param {import("./post-login").Duration} duration
 * @returns {number}
 */
function milliseconds({ days = 0, hours = 0, minutes = 0 }) {
  return ((days * 24 + hours) * 60 + minutes) * 60_000;
}

/**
 * @param {import("./post-login").Filter} filter
 * @param {string | undefined} value
 * @returns {boolean}
 */
function passes({ only, except = [] }, value) {
  return only === undefined ? !except.includes(value) : only.includes(value);
}

/**
 * FNV-1a, and the end of MurmurHash3, which spreads what differs in the last characters only. A module that hashes would be
 * one more thing that could be missing.
 *
 * @param {string} text
 * @returns {number} 0 to less than 100
 */
function percentile(text) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32) * 100;
}

/**
 * @param {import("./post-login").LoginEvent} event
 * @param {string} [stage]
 * @returns {string} in ISO 8601; anything else where it is not known
 */
function askedAt(event, stage) {
  const key = stage === undefined ? ["asked_at"] : ["stages", stage];
  return String(valueAt(event.user.app_metadata, [MEMORY, FORM_ID, ...key]));
}

/** Stands for what only the form knows. */
const UNKNOWN = Symbol("unknown");

/** A path of the form's `context`, alone in its braces. */
const PATH = /^\{\{\s*context\.([\p{L}_$][\p{L}\p{N}_$-]*(?:\.[\p{L}_$][\p{L}\p{N}_$-]*)*)\s*\}\}$/u;

/** What the form's `context` and this Action's `event` have alike. */
const CONTEXT = {
  user: [
    ...["user_id", "username", "name", "given_name", "family_name", "nickname", "email", "email_verified"],
    ...["phone_number", "phone_verified", "picture", "user_metadata", "app_metadata", "created_at"],
  ],
  organization: ["id", "name", "display_name", "metadata"],
  client: ["client_id", "name"],
};

/**
 * Whether a condition of the form's router holds, as far as it can be told before the form is shown.
 *
 * @param {any} condition
 * @param {import("./post-login").LoginEvent} event
 * @returns {boolean | undefined} undefined where it can not be told
 */
function holds(condition, event) {
  const { operator, operands } = condition ?? {};
  if (!Array.isArray(operands)) {
    return undefined;
  }
  if ((operator === "AND" || operator === "OR") && operands.length > 0) {
    const parts = operands.map((operand) => holds(operand, event));
    const decisive = operator === "OR";
    if (parts.includes(decisive)) {
      return decisive;
    }
    return parts.includes(undefined) ? undefined : !decisive;
  }
  const values = operands.map((operand) => resolve(operand, event));
  if (values.includes(UNKNOWN)) {
    return undefined;
  }
  switch (`${operator} of ${values.length}`) {
    case "HAS_NO_VALUE of 1":
      return isNothing(values[0]);
    case "EQ of 2":
      return isEqual(values[0], values[1]);
    case "NEQ of 2":
      return !isEqual(values[0], values[1]);
    default:
      return undefined;
  }
}

/**
 * An operand with its expressions filled in.
 *
 * @param {unknown} operand
 * @param {import("./post-login").LoginEvent} event
 * @returns {unknown} UNKNOWN where it can not be told
 */
function resolve(operand, event) {
  if (typeof operand === "string") {
    return operand.includes("{{") ? contextValue(PATH.exec(operand)?.[1]?.split(".") ?? [], event) : operand;
  }
  if (!isObject(operand) && !Array.isArray(operand)) {
    return operand;
  }
  const entries = Object.entries(operand).map(([key, part]) => [key, resolve(part, event)]);
  if (entries.some(([, part]) => part === UNKNOWN)) {
    return UNKNOWN;
  }
  return Array.isArray(operand)
    ? entries.map(([, part]) => part ?? null)
    : Object.fromEntries(entries.filter(([, part]) => part !== undefined));
}

/**
 * @param {readonly string[]} path in the form's `context`
 * @param {import("./post-login").LoginEvent} event
 * @returns {unknown}
 */
function contextValue([root, key, ...rest], event) {
  if (root !== "user" && root !== "organization" && root !== "client") {
    return UNKNOWN;
  }
  if (key === undefined || !CONTEXT[root].includes(key)) {
    return UNKNOWN;
  }
  // A user without metadata has empty ones in the form.
  const object = root === "user" ? { user_metadata: {}, app_metadata: {}, ...event.user } : event[root];
  return valueAt(object, [key, ...rest]);
}

/**
 * @param {unknown} value
 * @param {readonly string[]} path of own properties
 * @returns {unknown} undefined where there is none
 */
function valueAt(value, [key, ...rest]) {
  if (key === undefined) {
    return value;
  }
  const isHolder = typeof value === "object" && value !== null && Object.hasOwn(value, key);
  return isHolder ? valueAt(/** @type {any} */ (value)[key], rest) : undefined;
}

/**
 * Missing as the form's router sees it: HAS_NO_VALUE.
 *
 * @param {unknown} value
 * @returns {boolean}
 */
function isNothing(value) {
  return value === undefined || value === null || value === "";
}

/**
 * @param {unknown} left
 * @param {unknown} right
 * @returns {boolean} whether they are the same JSON
 */
function isEqual(left, right) {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) {
    return left === right;
  }
  const keys = Object.keys(left);
  return (
    Array.isArray(left) === Array.isArray(right) &&
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && isEqual(valueAt(left, [key]), valueAt(right, [key])))
  );
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {import("./post-login").LoginEvent} event
 * @returns {readonly string[]} ids of the stages that were shown
 */
function shownStages(event) {
  if (!TELLS_STAGE) {
    return STAGES.length === 1 ? STAGES.map(({ id }) => id) : [];
  }
  const { vars = {} } = event.prompt ?? {};
  /** @type {string[]} */
  const shown = [];
  for (let id = vars.stage; id !== undefined && !shown.includes(id); id = vars[`after_${id}`]) {
    shown.push(id);
  }
  return shown;
}

/**
 * What is to be written of stages, by property of the user and key: answers that were given, and constants, unless they
 * go with a field that has no answer.
 *
 * @param {import("./post-login").LoginEvent} event
 * @param {readonly string[]} stages
 * @returns {{ readonly [property: string]: Record<string, unknown> }}
 */
function changes(event, stages) {
  const answer = (/** @type {readonly string[]} */ path) => valueAt(event.prompt?.fields, path);
  const given = SAVES.filter((save) => stages.includes(save.stage))
    .filter((save) => save.with === undefined || !isNothing(answer([save.with])))
    .filter(({ field, path = [] }) => field === undefined || !isNothing(answer([field, ...path])))
    .map(({ field, path = [], value, to }) => ({
      to,
      value: field === undefined ? constant(value) : answer([field, ...path]),
    }));
  /** @type {Record<"user_metadata" | "app_metadata", Record<string, unknown>>} */
  const changed = { user_metadata: {}, app_metadata: {} };
  for (const { to, value } of given) {
    const [property, key, ...path] = to;
    const before = valueAt({ ...event.user[property], ...changed[property] }, [key]);
    changed[property][key] = withValue(before, path, value);
  }
  return changed;
}

/**
 * @param {unknown} value
 * @returns {unknown}
 */
function constant(value) {
  return value === "{{functions.now()}}" ? new Date().toISOString() : value;
}

/**
 * @param {unknown} before
 * @param {readonly string[]} path
 * @param {unknown} value
 * @returns {unknown} what was before, with the value at the path
 */
function withValue(before, [key, ...rest], value) {
  if (key === undefined) {
    return value;
  }
  return { ...(isObject(before) ? before : {}), [key]: withValue(valueAt(before, [key]), rest, value) };
}

/**
 * @param {readonly string[]} stages
 * @returns {boolean} whether it matters at a later login when this one was
 */
function isToBeRemembered(stages) {
  const moments = STAGES.filter(({ id }) => stages.includes(id)).map(({ ask }) => ask);
  return [ASK, ...moments].some((ask) => ask?.atMostEvery !== undefined);
}

/**
 * Whatever goes wrong, the login goes on without questions: profiling keeps nobody out.
 *
 * @param {import("./post-login").LoginEvent} event
 * @param {import("./post-login").PostLoginAPI} api
 */
exports.onExecutePostLogin = async (event, api) => {
  try {
    const stages = dueStages(event);
    if (stages.length > 0) {
      api.prompt.render(FORM_ID, ...(TELLS_STAGE ? [{ vars: toldOf(stages) }] : []));
    }
  } catch (error) {
    console.error("progressive profiling asks nothing at this login:", error);
  }
};

/**
 * The login goes on here after the form, also where nothing can be saved: then a later login asks again.
 *
 * @param {import("./post-login").LoginEvent} event
 * @param {import("./post-login").MetadataAPI} api
 */
exports.onContinuePostLogin = async (event, api) => {
  try {
    const stages = shownStages(event);
    const { user_metadata, app_metadata } = changes(event, stages);
    for (const [key, value] of Object.entries(user_metadata ?? {})) {
      api.user.setUserMetadata(key, value);
    }
    for (const [key, value] of Object.entries(app_metadata ?? {})) {
      api.user.setAppMetadata(key, value);
    }
    if (isToBeRemembered(stages)) {
      const memory = valueAt(event.user.app_metadata, [MEMORY]);
      const now = new Date().toISOString();
      const times = [["asked_at"], ...stages.map((stage) => ["stages", stage])];
      const remembered = times.reduce((before, path) => withValue(before, [FORM_ID, ...path], now), memory);
      api.user.setAppMetadata(MEMORY, remembered);
    }
  } catch (error) {
    console.error("progressive profiling could not save all of this login:", error);
  }
};
