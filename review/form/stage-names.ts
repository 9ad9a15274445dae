import type { FormGraph } from "./form-graph";

/** What a stage is called, with its id where it shares its name. */
export interface StageName {
  readonly alias: string;
  readonly id?: string;
}

/** By the ids of their steps. */
export function stageNames({ stages }: FormGraph): ReadonlyMap<string, StageName> {
  const counts = new Map<string, number>();
  for (const { alias } of stages) {
    counts.set(alias, (counts.get(alias) ?? 0) + 1);
  }
  return new Map(
    stages.map(({ id, alias }) => [id, counts.get(alias) === 1 || alias === id ? { alias } : { alias, id }]),
  );
}

export function nameIn(names: ReadonlyMap<string, StageName>, id: string): StageName {
  return names.get(id) ?? { alias: id };
}
