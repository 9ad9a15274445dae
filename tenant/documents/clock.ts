const Real = Date;
let ahead = 0;

/** How far this process is ahead of the machine's clock, in milliseconds. */
export function clockAhead(): number {
  return ahead;
}

/**
 * Moves the clock of this process: whatever asks for the time follows, the library of OpenID Connect too. Timers do not.
 *
 * @param milliseconds ahead of the machine's clock
 */
export function moveClock(milliseconds: number): void {
  ahead = milliseconds;
  globalThis.Date = ahead === 0 ? Real : moved();
}

function moved(): DateConstructor {
  const now = () => Real.now() + ahead;
  return new Proxy(Real, {
    apply: () => new Real(now()).toString(),
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    get: (target, key, receiver) => (key === "now" ? now : Reflect.get(target, key, receiver)),
  });
}
