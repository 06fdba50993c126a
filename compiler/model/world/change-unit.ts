import { indexOf, type Outcome, replaced, type State } from "./state.ts";
import { isAtOrBelow } from "./units.ts";

const isRoot = ({ world }: State, unit: string): boolean =>
  indexOf(world.units).get(unit)?.parent === undefined;

/** A unit under another one; its subtree comes along (semantics.md B1, B4). */
export function moveUnit(state: State, unit: string, under: string): Outcome {
  const { policy, world } = state;
  if (isRoot(state, unit)) return { refused: `\`${unit}\` is the root business unit and cannot be moved` };
  if (isAtOrBelow(world, under, unit)) return { refused: `\`${under}\` lies in \`${unit}\`` };
  const units = replaced(world.units, unit, (before) => ({ ...before, parent: under }));
  return { policy, world: { ...world, units } };
}

/** A unit disabled or enabled (semantics.md B1, B2). */
export function disableUnit(state: State, unit: string, disabled: boolean): Outcome {
  const { policy, world } = state;
  if (disabled && isRoot(state, unit))
    return { refused: `\`${unit}\` is the root business unit and cannot be disabled` };
  const units = replaced(world.units, unit, (before) => ({ ...before, disabled }));
  return { policy, world: { ...world, units } };
}

/** A unit deleted, with its default team: only a disabled and empty one (semantics.md B1, B3). */
export function deleteUnit(state: State, unit: string): Outcome {
  const { policy, world } = state;
  if (isRoot(state, unit)) return { refused: `\`${unit}\` is the root business unit and cannot be deleted` };
  if (indexOf(world.units).get(unit)?.disabled !== true) return { refused: `\`${unit}\` is not disabled` };
  const inside =
    world.units.find(({ parent }) => parent === unit)?.name ??
    world.users.find((user) => user.unit === unit)?.name ??
    world.teams.find((team) => team.unit === unit && team.kind !== "default")?.name ??
    world.records.find(
      ({ unit: own, owner }) => own === unit || (owner?.kind === "team" && owner.name === unit),
    )?.id;
  if (inside !== undefined) return { refused: `\`${unit}\` is not empty: \`${inside}\` is in it` };
  return {
    policy,
    world: {
      ...world,
      units: world.units.filter(({ name }) => name !== unit),
      teams: world.teams.filter(({ name }) => name !== unit),
      shares: world.shares.filter(({ principal }) => principal?.kind !== "team" || principal.name !== unit),
    },
  };
}
