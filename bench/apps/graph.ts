// Random graphs as the Cedar paper draws them: every edge there is, each with one probability.
import type { Random } from "../generate/random.ts";

export const EDGE_PROBABILITY = 0.05;

/** Numbers below `count`, each drawn with the edge probability. */
export function someOf(count: number, random: Random): number[] {
  const chosen: number[] = [];
  for (let i = 0; i < count; i++) if (random.chance(EDGE_PROBABILITY)) chosen.push(i);
  return chosen;
}

export function lists(count: number, make: (i: number) => number[]): number[][] {
  return Array.from({ length: count }, (_, i) => make(i));
}

/** Everything that is reached from `first` by edges, `first` among it. */
export function reached(first: readonly number[], edges: readonly (readonly number[])[]): Set<number> {
  const seen = new Set(first);
  // A set grows while it is walked.
  for (const node of seen) for (const next of edges[node] as readonly number[]) seen.add(next);
  return seen;
}

/** Edges the other way round. */
export function turned(edges: readonly (readonly number[])[], count: number): number[][] {
  const result = Array.from({ length: count }, (): number[] => []);
  edges.forEach((targets, source) => {
    for (const target of targets) result[target]?.push(source);
  });
  return result;
}
