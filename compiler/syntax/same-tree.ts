/** Whether two trees say the same: spans and comments aside. */
export function sameTree(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((x, i) => sameTree(x, b[i]));
  const left = Object.entries(a).filter(meaningful);
  const right = new Map(Object.entries(b).filter(meaningful));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameTree(value, right.get(key)))
  );
}

function meaningful([key, value]: [string, unknown]): boolean {
  return key !== "span" && key !== "comments" && key !== "lost" && value !== undefined;
}
