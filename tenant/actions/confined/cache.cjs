"use strict";

const { Buffer } = require("node:buffer");

const FIFTEEN_MINUTES = 15 * 60 * 1000;
const ONE_DAY = 24 * 60 * 60 * 1000;
const MAXIMUM_ENTRIES = 20;
const MAXIMUM_KEY_BYTES = 64;
const MAXIMUM_VALUE_BYTES = 4 * 1024;
const MAXIMUM_BYTES = 8 * 1024;

/**
 * @typedef {{ value: string, expires_at: number }} CacheRecord
 * @typedef {{ type: "error", code: string }} CacheError
 */

/**
 * `api.cache`: Auth0's, that forgets after each run. Auth0 promises no more between two logins.
 *
 * Errors are answered, not thrown.
 *
 * @param {() => number} clock
 * @see https://auth0.com/docs/customize/actions/limitations#cached-data
 */
function createCache(clock) {
  /** @type {Map<string, CacheRecord>} */
  const records = new Map();
  return {
    /** @param {string} key */
    delete(key) {
      return records.delete(key) ? { type: "success" } : failure("CacheKeyDoesNotExist");
    },
    /** @param {string} key */
    get(key) {
      const record = records.get(key);
      return record === undefined || record.expires_at < clock() ? undefined : { ...record };
    },
    /**
     * @param {string} key
     * @param {string} value
     * @param {{ ttl?: number, expires_at?: number }} [options]
     */
    set(key, value, options) {
      for (const [name, argument] of Object.entries({ key, value })) {
        if (typeof argument !== "string") {
          throw new TypeError(`api.cache.set: ${name} must be a string, got ${typeof argument}`);
        }
      }
      const now = clock();
      const expiries = [options?.ttl === undefined ? undefined : now + options.ttl, options?.expires_at].filter(
        (expiry) => expiry !== undefined,
      );
      const expiresAt = Math.min(...(expiries.length > 0 ? expiries : [now + FIFTEEN_MINUTES]), now + ONE_DAY);
      const others = [...records].filter(([name]) => name !== key);
      if (byteLength(key) > MAXIMUM_KEY_BYTES) {
        return failure("CacheKeySizeExceeded");
      }
      if (byteLength(value) > MAXIMUM_VALUE_BYTES) {
        return failure("CacheValueSizeExceeded");
      }
      const used = others.reduce((sum, [name, record]) => sum + byteLength(name) + byteLength(record.value), 0);
      if (others.length >= MAXIMUM_ENTRIES) {
        return failure("CacheSizeExceeded");
      }
      if (used + byteLength(key) + byteLength(value) > MAXIMUM_BYTES) {
        return failure("CacheSizeExceeded");
      }
      if (!Number.isFinite(expiresAt)) {
        return failure("InvalidExpiry");
      }
      if (expiresAt <= now) {
        return failure("ItemAlreadyExpired");
      }
      const record = { value, expires_at: Math.floor(expiresAt) };
      records.set(key, record);
      return { type: "success", record: { ...record } };
    },
  };
}

/** @type {(text: string) => number} */
const byteLength = (text) => Buffer.byteLength(text, "utf8");

/**
 * @param {string} code
 * @returns {CacheError}
 */
function failure(code) {
  return { type: "error", code };
}

exports.createCache = createCache;
