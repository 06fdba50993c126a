import type { Policy, World } from "../model.ts";
import { indexOf } from "./state.ts";

/** Whether `unit` is `above` or lies below it. Ends on cycles and unknown units, which are never below anything. */
export function isAtOrBelow(world: World, unit: string, above: string): boolean {
  const units = indexOf(world.units);
  const seen = new Set<string>();
  for (let at: string | undefined = unit; at !== undefined && !seen.has(at); at = units.get(at)?.parent) {
    if (at === above) return true;
    seen.add(at);
  }
  return false;
}

/** The unit that has none above it; undefined where only a directory declares units. */
export function rootOf(world: World): string | undefined {
  return world.units.find(({ parent }) => parent === undefined)?.name;
}

/**
 * Whether a role has a copy in a unit (semantics.md B5): the role's own unit and everything below. True where the units
 * are not all known here.
 */
export function hasCopyIn({ roles }: Policy, world: World, role: number, unit: string): boolean {
  const home = roles[role]?.unit;
  const units = indexOf(world.units);
  if (home === undefined || !units.has(home) || !units.has(unit)) return true;
  return isAtOrBelow(world, unit, home);
}
