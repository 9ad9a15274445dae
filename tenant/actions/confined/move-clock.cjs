"use strict";

/**
 * Makes the `Date` of a realm run ahead. It is to be evaluated in that realm, so that what it leaves there is of it.
 *
 * @param {{ Date: DateConstructor }} global of the realm
 * @param {number} milliseconds
 */
function moveClock(global, milliseconds) {
  const Real = global.Date;
  const now = () => Real.now() + milliseconds;
  global.Date = new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
  });
  Real.prototype.constructor = global.Date;
}

module.exports = { moveClock };
