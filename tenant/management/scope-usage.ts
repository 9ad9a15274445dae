/** Which scopes each client's requests used: from it follows what a client needs to be granted. */
export class ScopeUsage {
  private readonly used = new Map<string, Set<string>>();

  add(clientId: string, scope: string): void {
    const scopes = this.used.get(clientId) ?? new Set();
    this.used.set(clientId, scopes.add(scope));
  }

  reset(): void {
    this.used.clear();
  }

  /** Sorted scopes by client id. */
  toJSON(): Record<string, string[]> {
    return Object.fromEntries([...this.used].map(([clientId, scopes]) => [clientId, [...scopes].sort()]));
  }
}
