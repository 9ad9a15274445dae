/** A place in the dashboard's editor, in pixels; x grows to the right, y downwards. */
export interface Coordinates {
  readonly x: number;
  readonly y: number;
}

// The dashboard's own template leaves about 570 pixels between two steps, one below the other.
const COLUMN = 500;
const ROW = 600;

/**
 * Where the nodes stand in the editor: start, router, a row for each stage, flow, ending, from left to right.
 *
 * All but the stages stand still, and the place of a stage's nodes follows from the stage's position alone, so that a stage
 * added at the end moves nothing. What follows a stage's first node stands half a row below it, past the flow.
 */
export const layout = {
  start: { x: 0, y: 0 },
  router: { x: COLUMN, y: 0 },
  ofStage: (row: number, index: number): Coordinates => ({
    x: (2 + index) * COLUMN,
    y: row * ROW + (index === 0 ? 0 : ROW / 2),
  }),
  flow: { x: 3 * COLUMN, y: 0 },
  ending: { x: 4 * COLUMN, y: 0 },
} satisfies Record<string, Coordinates | ((row: number, index: number) => Coordinates)>;

/** Where the nodes of any graph stand, from left to right: in the column of the fewest steps that lead to each. */
export function graphLayout(
  start: string,
  ids: readonly string[],
  nextOf: (id: string) => readonly string[],
): { readonly of: (id: string) => Coordinates; readonly ending: Coordinates } {
  const columns: (readonly string[])[] = [];
  const left = new Set(ids);
  for (let column = [start].filter((id) => left.has(id)); column.length > 0; ) {
    columns.push(column);
    for (const id of column) {
      left.delete(id);
    }
    column = [...new Set(column.flatMap(nextOf))].filter((id) => left.has(id));
  }
  // What nothing leads to stands behind all else.
  columns.push([...left]);
  const places = columns.flatMap((column, index) =>
    column.map((id, row) => [id, { x: (1 + index) * COLUMN, y: row * ROW }] as const),
  );
  const byId = new Map(places);
  return {
    of: (id) => byId.get(id) ?? layout.start,
    ending: { x: (columns.length + (left.size > 0 ? 1 : 0)) * COLUMN, y: 0 },
  };
}
