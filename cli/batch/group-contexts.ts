import type { Cell } from "../tables/read-cells.ts";

/** Requests that share one context. */
export interface ContextGroup {
  /** Attributes by name, as text; an empty cell is absent. */
  readonly context: Readonly<Record<string, string>>;
  /** Places in the window, ascending. */
  readonly rows: Uint32Array;
}

/** Puts the rows of a window together by equal contexts; `columns` holds the cells of each attribute. */
export function groupContexts(
  columns: ReadonlyMap<string, readonly Cell[]>,
  rows: number,
): readonly ContextGroup[] {
  const groups = new Map<string, number[]>();
  const cells = [...columns.values()];
  for (let row = 0; row < rows; row++) {
    const key = JSON.stringify(cells.map((column) => column[row]));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return Array.from(groups.values(), (group) => {
    const given = [...columns].flatMap(([name, column]) => {
      const cell = column[group[0] as number] ?? null;
      return cell === null ? [] : [[name, cell] as const];
    });
    return { context: Object.fromEntries(given), rows: Uint32Array.from(group) };
  });
}
