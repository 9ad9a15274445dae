import type { FlowOfTenant } from "./code";
import type { ConnectionOfFile, FormOfFile } from "./form-file";

/** A flow that several forms run. */
export interface SharedFlow {
  readonly flow: FlowOfTenant;
  readonly connections: Readonly<Record<string, ConnectionOfFile>>;
  /** How many forms run it. */
  readonly users: number;
}

/** What a flow is known by: an export of the dashboard has only numbers for ids, which say nothing outside of it. */
export function flowKey(id: string, { flows, connections }: FormOfFile): string {
  const { name, actions } = flows[id] ?? {};
  const text = Object.entries(connections).reduce(
    (all, [placeholder, connection]) => all.replaceAll(JSON.stringify(placeholder), JSON.stringify(connection)),
    JSON.stringify(actions),
  );
  return JSON.stringify([id.startsWith("#") ? "" : id, name, text]);
}

/** The flows that more than one of the forms run, by what they are known by. */
export function sharedFlows(forms: readonly FormOfFile[]): ReadonlyMap<string, SharedFlow> {
  const all = new Map<string, SharedFlow>();
  for (const form of forms) {
    const own = new Map(Object.keys(form.flows).map((id) => [flowKey(id, form), id]));
    for (const [key, id] of own) {
      const { users = 0 } = all.get(key) ?? {};
      all.set(key, { flow: form.flows[id] as FlowOfTenant, connections: form.connections, users: users + 1 });
    }
  }
  return new Map([...all].filter(([, { users }]) => users > 1));
}
