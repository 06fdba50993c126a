// semantics.md B1 to B4: business units while they change.
import type { PlainWorld } from "../plain-world.ts";
import type { Outcome } from "./change.ts";
import { forget, forgetValues } from "./people.ts";

/** B1: the root cannot be moved. B4: the subtree comes along, so a unit cannot go below itself. */
export function moveUnit(world: PlainWorld, name: string, under: string): Outcome {
  const unit = world.units.get(name);
  if (unit === undefined || !world.units.has(under)) return "there is no such business unit";
  if (unit.parent === undefined) return "the root business unit cannot be moved";
  if (world.isAtOrBelow(under, name)) return "a business unit cannot lie below itself";
  world.units.set(name, { ...unit, parent: under });
  return undefined;
}

/** B1, B2: what lies below keeps its own mark. */
export function disableUnit(world: PlainWorld, name: string, disabled: boolean): Outcome {
  const unit = world.units.get(name);
  if (unit === undefined) return "there is no such business unit";
  if (disabled && unit.parent === undefined) return "the root business unit cannot be disabled";
  world.units.set(name, { ...unit, disabled });
  return undefined;
}

/** B1, B3: only a disabled unit without child units, users, teams and records; its default team goes with it. */
export function deleteUnit(world: PlainWorld, name: string): Outcome {
  const unit = world.units.get(name);
  if (unit === undefined) return "there is no such business unit";
  if (unit.parent === undefined) return "the root business unit cannot be deleted";
  if (!unit.disabled) return "a business unit that is not disabled cannot be deleted";
  const isHere = (thing: { readonly unit: string | undefined }): boolean => thing.unit === name;
  if ([...world.units.values()].some(({ parent }) => parent === name)) return "there are units below it";
  if ([...world.users.values()].some(isHere)) return "there are users in it";
  if ([...world.teams.values()].some((team) => team.kind !== "default" && isHere(team)))
    return "there are teams in it";
  const owns = (record: { owner: { kind: string; name: string } | undefined }): boolean =>
    record.owner?.kind === "team" && record.owner.name === name;
  if ([...world.records.values()].some((record) => isHere(record) || owns(record)))
    return "there are records in it";
  world.units.delete(name);
  world.teams.delete(name);
  forget(world, { kind: "team", name });
  forgetValues(world, (value) => value.kind === "Unit" && value.name === name);
  // B5: a copy of a role that somebody holds lies in a unit; without the unit there is no copy.
  for (const user of world.users.values())
    world.users.set(user.name, { ...user, roles: user.roles.filter((held) => !isHere(held)) });
  for (const team of world.teams.values())
    world.teams.set(team.name, { ...team, roles: team.roles.filter((held) => !isHere(held)) });
  return undefined;
}
