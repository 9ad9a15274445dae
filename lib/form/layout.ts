/** A place in the dashboard's editor, in pixels; x grows to the right, y downwards. */
export interface Coordinates {
  readonly x: number;
  readonly y: number;
}

// The dashboard's own template leaves about 570 pixels between two steps, one below the other.
const COLUMN = 500;
const ROW = 600;

/**
 * Where the nodes stand in the editor: start, router, a column of steps, flow, ending, from left to right.
 *
 * All but the steps stand still, and each step's place follows from its position alone, so that a stage added at the
 * end moves nothing.
 */
export const layout = {
  start: { x: 0, y: 0 },
  router: { x: COLUMN, y: 0 },
  step: (index: number): Coordinates => ({ x: 2 * COLUMN, y: index * ROW }),
  flow: { x: 3 * COLUMN, y: 0 },
  ending: { x: 4 * COLUMN, y: 0 },
} satisfies Record<string, Coordinates | ((index: number) => Coordinates)>;
