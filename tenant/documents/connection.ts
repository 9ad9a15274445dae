/** A source of users: here only the database kind holds any, others are kept as they are given. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly enabled_clients: readonly string[];
  readonly realms: readonly string[];
  readonly [setting: string]: unknown;
}
