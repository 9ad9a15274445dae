"use strict";

const { Buffer } = require("node:buffer");
const { types } = require("node:util");
const { createCache } = require("./cache.cjs");

/**
 * @typedef {import("../command").Command} Command
 * @typedef {import("../command").Json} Json
 */

const KILOBYTE = 1024;
const MAXIMUM_DEPTH = 100;
/** Auth0 counts the fields and the variables together. */
const MAXIMUM_RENDER_BYTES = 24 * KILOBYTE;
const MAXIMUM_METADATA_BYTES = 32 * KILOBYTE;
const MAXIMUM_CLAIMS_BYTES = 100 * KILOBYTE;
const MAXIMUM_TRANSACTION_VALUE_BYTES = 8 * KILOBYTE;
const MAXIMUM_TRANSACTION_BYTES = 16 * KILOBYTE;
const MAXIMUM_TRANSACTION_KEY = 64;

/** The characters that RFC 6749 allows in a scope. */
const SCOPE = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/** Auth0's methods that need what a local tenant does not have. */
const UNSUPPORTED = {
  authentication: [
    ...["challengeWith", "challengeWithAny", "enrollWith", "enrollWithAny", "recordMethod", "setPrimaryUser"],
  ],
  groups: ["getUserGroups", "hasGroupMembership"],
  multifactor: ["enable"],
  redirect: ["canRedirect", "encodeToken", "sendUserTo", "validateToken"],
  refreshToken: ["deleteMetadata", "evictMetadata", "revoke", "setExpiresAt", "setIdleExpiresAt", "setMetadata"],
  roles: ["getUserEffectiveRoles", "getUserEffectiveRolesByIds", "getUserEffectiveRolesByNames"],
  samlResponse: [
    ...["setAttribute", "setAudience", "setAuthnContextClassRef", "setCert", "setCreateUpnClaim", "setDestination"],
    ...["setDigestAlgorithm", "setEncryptionAlgorithm", "setEncryptionCert", "setEncryptionPublicKey"],
    ...["setIncludeAttributeNameFormat", "setIssuer", "setKey", "setLifetimeInSeconds", "setMapIdentities"],
    ...["setMapUnknownClaimsAsIs", "setNameIdentifierFormat", "setNameIdentifierProbes"],
    ...["setPassthroughClaimsWithNoMapping", "setRecipient", "setRelayState", "setSignatureAlgorithm"],
    ...["setSigningCert", "setSignResponse", "setTypedAttributes"],
  ],
  session: [
    ...["deleteMetadata", "evictMetadata", "revoke", "setCookieMode", "setExpiresAt", "setIdleExpiresAt"],
    ...["setMetadata"],
  ],
  validation: ["error"],
};

/**
 * The `api` of a post-login Action of version 3. Its methods note commands, in order, for the login to carry out.
 *
 * They throw where Auth0's do. A second form ends an Action at Auth0 even if it catches the error; so it does here, and
 * so does every method that a local tenant does not have: `failure` then tells the first of these errors.
 *
 * @param {{ user: { user_metadata: unknown, app_metadata: unknown }, transaction?: { metadata?: unknown } }} event
 *   as the Action has it, since `api.transaction.setMetadata` shows in it
 * @param {(text: string) => void} warn
 * @param {() => number} clock
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger/post-login-api-object
 */
function createPostLoginApi(event, warn, clock) {
  /** @type {Command[]} */
  const commands = [];
  /** @type {Error | undefined} */
  let failure;

  /**
   * @param {string} message
   * @returns {never}
   */
  function abort(message) {
    const error = new Error(message);
    failure ??= error;
    throw error;
  }

  /**
   * @param {Command} command
   * @param {number} bytes how large all commands of its type may be
   * @param {string} what
   */
  function note(command, bytes, what) {
    limit([...commands.filter(({ type }) => type === command.type), command], bytes, what);
    commands.push(command);
  }

  /**
   * @param {"setUserMetadata" | "setAppMetadata"} type
   * @param {"user_metadata" | "app_metadata"} property
   */
  function metadataSetter(type, property) {
    const method = `api.user.${type}`;
    return (/** @type {unknown} */ key, /** @type {unknown} */ value) => {
      if (!isObject(event.user[property])) {
        throw new Error(`${method}: event.user.${property} is not an object`);
      }
      const name = text(key, `${method}: key`);
      if (value === undefined) {
        warn(`${method}(${JSON.stringify(name)}): the value is undefined, so nothing changes`);
        return api;
      }
      note(
        { type, key: name, value: json(value, `${method}: value of ${JSON.stringify(name)}`) },
        MAXIMUM_METADATA_BYTES,
        `${method}: all metadata of one run`,
      );
      return api;
    };
  }

  /**
   * @param {"setIdTokenClaim" | "setAccessTokenClaim"} type
   * @param {string} method
   */
  function claimSetter(type, method) {
    return (/** @type {unknown} */ key, /** @type {unknown} */ value) => {
      const name = text(key, `${method}: key`);
      if (value === undefined) {
        warn(`${method}(${JSON.stringify(name)}): the value is undefined, so the token has no such claim`);
        return api;
      }
      note(
        { type, name, value: json(value, `${method}: value of ${JSON.stringify(name)}`) },
        MAXIMUM_CLAIMS_BYTES,
        `${method}: all claims of one run`,
      );
      return api;
    };
  }

  /** @param {"addScope" | "removeScope"} type */
  function scopeChanger(type) {
    return (/** @type {unknown} */ value) => {
      const scope = text(value, `api.accessToken.${type}: scope`).trim();
      if (!SCOPE.test(scope)) {
        throw new Error(`api.accessToken.${type}: ${JSON.stringify(value)} is not one scope`);
      }
      commands.push({ type, scope });
    };
  }

  /**
   * @param {unknown} promptId
   * @param {unknown} [promptOptions]
   */
  function render(promptId, promptOptions = {}) {
    if (commands.some((command) => command.type === "render")) {
      abort("api.prompt.render: only 1 render command per action is allowed");
    }
    const formId = text(promptId, "api.prompt.render: promptId");
    const { fields, vars, ...others } = object(promptOptions ?? {}, "api.prompt.render: promptOptions");
    for (const name of Object.keys(others)) {
      warn(`api.prompt.render: promptOptions has fields and vars, no ${JSON.stringify(name)}`);
    }
    const options = {
      ...(fields === undefined ? {} : { fields: object(fields, "api.prompt.render: fields") }),
      ...(vars === undefined ? {} : { vars: object(vars, "api.prompt.render: vars") }),
    };
    limit(options, MAXIMUM_RENDER_BYTES, "api.prompt.render: promptOptions");
    commands.push({ type: "render", formId, ...options });
  }

  /**
   * @param {unknown} first
   * @param {unknown} [second]
   */
  function deny(first, second) {
    const reason = text(second ?? first, "api.access.deny: reason");
    if (second !== undefined) {
      warn(
        "api.access.deny: Auth0 documents one argument for post-login, the reason; the first of these two is taken as a code",
      );
    }
    commands.push({
      type: "deny",
      code: second === undefined ? "access_denied" : text(first, "api.access.deny: code"),
      reason,
    });
    return api;
  }

  /**
   * @param {unknown} key
   * @param {unknown} value
   */
  function setTransactionMetadata(key, value) {
    const method = "api.transaction.setMetadata";
    const name = text(key, `${method}: key`);
    if (name.length > MAXIMUM_TRANSACTION_KEY) {
      throw new Error(`${method}: key is longer than ${MAXIMUM_TRANSACTION_KEY} characters`);
    }
    if (
      value !== null &&
      typeof value !== "string" &&
      typeof value !== "boolean" &&
      !(
        typeof value === "number" &&
        Number.isFinite(value) &&
        (!Number.isInteger(value) || Number.isSafeInteger(value))
      )
    ) {
      throw new TypeError(`${method}: value must be a string, a safe number or a boolean, got ${typeof value}`);
    }
    limit(value, MAXIMUM_TRANSACTION_VALUE_BYTES, `${method}: value`);
    const { [name]: _, ...others } = /** @type {Record<string, unknown>} */ (event.transaction?.metadata ?? {});
    const metadata = value === null ? others : { ...others, [name]: value };
    limit(metadata, MAXIMUM_TRANSACTION_BYTES, `${method}: all metadata together`);
    event.transaction ??= {};
    event.transaction.metadata = metadata;
    commands.push({ type: "setTransactionMetadata", key: name, value });
  }

  const api = {
    ...unsupported(abort),
    access: { deny },
    accessToken: {
      addScope: scopeChanger("addScope"),
      removeScope: scopeChanger("removeScope"),
      setCustomClaim: claimSetter("setAccessTokenClaim", "api.accessToken.setCustomClaim"),
    },
    cache: createCache(clock),
    idToken: { setCustomClaim: claimSetter("setIdTokenClaim", "api.idToken.setCustomClaim") },
    prompt: { render },
    // a local tenant has no rules
    rules: { wasExecuted: () => false },
    transaction: { setMetadata: setTransactionMetadata },
    user: {
      setAppMetadata: metadataSetter("setAppMetadata", "app_metadata"),
      setUserMetadata: metadataSetter("setUserMetadata", "user_metadata"),
    },
  };

  return { api, commands, failure: () => failure };
}

/** @param {(message: string) => never} abort */
function unsupported(abort) {
  return Object.fromEntries(
    Object.entries(UNSUPPORTED).map(([namespace, methods]) => [
      namespace,
      Object.fromEntries(
        methods.map((method) => [
          method,
          () => abort(`api.${namespace}.${method} is not supported by the local tenant`),
        ]),
      ),
    ]),
  );
}

/**
 * @param {unknown} value
 * @param {string} what
 */
function text(value, what) {
  if (typeof value !== "string" || value === "") {
    throw new TypeError(`${what} must be a string that is not empty, got ${value === "" ? '""' : typeof value}`);
  }
  if (value === "__proto__") {
    throw new TypeError(`${what} must not be "__proto__"`);
  }
  return value;
}

/**
 * A copy, as JSON carries it: what the Action does to the value later changes nothing.
 *
 * @param {unknown} value
 * @param {string} what
 * @returns {Json}
 */
function json(value, what) {
  let copied;
  try {
    copied = JSON.stringify(value);
  } catch (error) {
    throw new TypeError(`${what} must be a JSON value: ${types.isNativeError(error) ? error.message : "it throws"}`);
  }
  if (copied === undefined) {
    throw new TypeError(`${what} must be a JSON value, got ${typeof value}`);
  }
  const copy = JSON.parse(copied);
  check(copy, what, 0);
  return copy;
}

/**
 * What the login would not take from this process.
 *
 * @param {Json} value
 * @param {string} what
 * @param {number} depth
 */
function check(value, what, depth) {
  if (typeof value !== "object" || value === null) {
    return;
  }
  if (depth === MAXIMUM_DEPTH) {
    throw new TypeError(`${what} must not be nested deeper than ${MAXIMUM_DEPTH} levels`);
  }
  for (const [key, part] of Object.entries(value)) {
    if (key === "__proto__") {
      throw new TypeError(`${what} must not have a key "__proto__"`);
    }
    check(part, what, depth + 1);
  }
}

/**
 * @param {unknown} value
 * @param {string} what
 * @returns {{ [key: string]: Json }}
 */
function object(value, what) {
  const copy = json(value, what);
  if (!isObject(copy)) {
    throw new TypeError(`${what} must be an object, got ${JSON.stringify(copy)}`);
  }
  return /** @type {{ [key: string]: Json }} */ (copy);
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @param {number} bytes
 * @param {string} what
 */
function limit(value, bytes, what) {
  const size = Buffer.byteLength(JSON.stringify(value));
  if (size > bytes) {
    throw new RangeError(`${what} may have ${bytes} bytes as JSON, got ${size}`);
  }
}

exports.createPostLoginApi = createPostLoginApi;
