import { quote } from "./quote.ts";

/** Beyond these, a suggestion is not worth the search. */
const longestName = 100;
const mostCandidates = 50_000;

/** Edits (insert, remove, replace, swap neighbours) that turn one name into the other; `limit + 1` where it takes more. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, (before[column - 2] as number) + 1);
      }
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length] as number;
}

/** The candidate nearest to a mistyped name, or undefined where none is near. */
export function suggest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > longestName) return undefined;
  const lower = name.toLowerCase();
  let limit = Math.floor(name.length * 0.4) + 1;
  let nearest: string | undefined;
  let seen = 0;
  for (const candidate of candidates) {
    if (++seen > mostCandidates) break;
    const edits = candidate.toLowerCase() === lower ? 0 : distance(lower, candidate.toLowerCase(), limit);
    if (edits > limit || candidate === name) continue;
    nearest = candidate;
    limit = edits - 1;
    if (limit < 0) break;
  }
  return nearest;
}

/** The help of an error about an unknown name. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  const nearest = suggest(name, candidates);
  return nearest === undefined ? undefined : `did you mean ${quote(nearest)}?`;
}
