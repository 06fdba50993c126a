/** Of each unit in preorder the unit above it; -1 of the root. */
export function parentsOf(ends: ArrayLike<number>): number[] {
  const path: number[] = [];
  return Array.from({ length: ends.length }, (_, unit) => {
    while (path.length > 0 && (ends[path.at(-1) as number] as number) < unit) path.pop();
    const parent = path.at(-1) ?? -1;
    path.push(unit);
    return parent;
  });
}

/** A tree of units numbered anew. */
export interface Renumbering {
  /** The former number of each unit, in the new order. */
  readonly before: readonly number[];
  readonly ends: Uint16Array<ArrayBuffer>;
}

/**
 * Numbers a tree in preorder: siblings in the order of their former numbers, `last` behind its siblings. `parents` holds
 * -1 of the root and undefined of a unit that is gone.
 */
export function renumber(parents: readonly (number | undefined)[], last: number): Renumbering {
  const children = new Map<number, number[]>();
  const add = (unit: number) => {
    const parent = parents[unit];
    if (parent === undefined) return;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [unit]);
    else siblings.push(unit);
  };
  parents.forEach((_, unit) => {
    if (unit !== last) add(unit);
  });
  if (last >= 0) add(last);
  const before: number[] = [];
  const ends: number[] = [];
  // A stack of our own: a tree may be as deep as it has units. A negative number closes a subtree.
  const open = [...(children.get(-1) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next < 0) {
      ends[-next - 1] = before.length - 1;
      continue;
    }
    const number = before.push(next) - 1;
    open.push(-number - 1, ...(children.get(next) ?? []).toReversed());
  }
  return { before, ends: Uint16Array.from(ends) };
}
