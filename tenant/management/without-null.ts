/** Settings after an update: null removes one. */
export function withoutNull<T extends object>(settings: T): T {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null)) as T;
}
