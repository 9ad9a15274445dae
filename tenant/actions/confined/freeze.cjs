"use strict";

const vm = require("node:vm");

/** What the language has that no global leads to. */
const UNNAMED = [
  ...[async () => {}, function* () {}, async function* () {}],
  ...[[].values(), new Map().values(), new Set().values(), "".matchAll(/a/g), ""[Symbol.iterator]()],
];

/** All of this realm that is of the language, and not of Node. */
function language() {
  const names = Reflect.ownKeys(vm.createContext(vm.constants.DONT_CONTEXTIFY));
  // the console is Node's, and opens its streams when they are read
  const {
    globalThis: _,
    console: __,
    ...named
  } = Object.fromEntries(names.map((name) => [name, /** @type {any} */ (globalThis)[name]]));
  return [...Object.values(named), ...UNNAMED];
}

/**
 * Freezes this realm: the language, and all that these objects lead to by their properties and prototypes. So a run does not change it
 * for the next; what Node keeps where no property leads, and who looks for it, is beyond this.
 *
 * What inherits a property can still have one of its own by assignment, which a plain frozen prototype would refuse.
 *
 * @param {readonly unknown[]} roots
 */
function freezeRealm(roots) {
  const seen = new Set();
  const queue = [...language(), ...roots];
  while (queue.length > 0) {
    const value = queue.pop();
    const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
    // elements cannot be frozen, and those of a module's arrays are buffers of its own
    if (!isObject || seen.has(value) || ArrayBuffer.isView(value)) {
      continue;
    }
    seen.add(value);
    queue.push(Object.getPrototypeOf(value));
    const isPrototype = Object.hasOwn(value, "constructor");
    for (const key of Reflect.ownKeys(value)) {
      if (!isPrototype) {
        // what Node makes when it is first read, it cannot make any more when this is frozen
        queue.push(Reflect.get(value, key));
      }
      const property = /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(value, key));
      queue.push(property.value, property.get, property.set);
      // by its constructor Node tells what an object is
      if (isPrototype && property.configurable && "value" in property && key !== "constructor") {
        Object.defineProperty(value, key, inherited(value, key, property));
      }
    }
    // what cannot be inherited and replaced then, such as a symbol of emitters, stays as it is
    (isPrototype ? Object.preventExtensions : Object.freeze)(value);
  }
}

/**
 * @param {object} owner
 * @param {string | symbol} key
 * @param {PropertyDescriptor} property
 * @returns {PropertyDescriptor}
 */
function inherited(owner, key, { value, enumerable }) {
  return {
    enumerable,
    configurable: false,
    get: Object.freeze(() => value),
    set: Object.freeze(
      /** @this {object} @param {unknown} own */
      function (own) {
        if (this === owner) {
          throw new TypeError(`Cannot assign to read only property '${String(key)}' of object`);
        }
        Object.defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
      },
    ),
  };
}

exports.freezeRealm = freezeRealm;
