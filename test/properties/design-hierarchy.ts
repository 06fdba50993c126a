// Hierarchy security of a random project: managers in any shape, rounds included, positions as trees.
import { at, bits } from "./design-policy.ts";
import type { HierarchyPlan, PositionPlan } from "./hierarchy-plan.ts";
import { Namer, positionNames } from "./names.ts";
import { type EntityPlan, levelWords, type UserPlan } from "./project.ts";
import type { Sketch } from "./sketch.ts";

export function designHierarchy(
  drawn: Sketch["hierarchy"],
  entities: readonly EntityPlan[],
): HierarchyPlan | undefined {
  const { model, depth, level, units, excludes, disabledReports } = drawn;
  // The shortest sketch has none.
  if (model % 5 < 2) return undefined;
  return {
    model: model % 2 === 0 ? "manager" : "position",
    depth: (depth % 4) + 1,
    level: level % 3 === 2 ? at(levelWords.slice(1), level >> 2) : undefined,
    ancestorUnits: units % 4 >= 2,
    anyUnit: units % 4 === 1,
    excludes: bits(entities, excludes % 3 === 2 ? excludes >> 3 : 0).map(({ name }) => name),
    disabledReports: disabledReports % 2 === 0,
  };
}

export function designPositions(drawn: Sketch["positions"]): PositionPlan[] {
  const namer = new Namer();
  const positions: PositionPlan[] = [];
  for (const sketch of drawn) {
    const name = namer.name(positionNames, sketch.name);
    const top = positions.length === 0 || sketch.parent % 6 === 5;
    positions.push({ name, parent: top ? undefined : at(positions, sketch.parent).name });
  }
  return positions;
}

/** The users with managers and positions, whether or not the hierarchy counts them. */
export function inHierarchy(
  users: readonly UserPlan[],
  drawn: Sketch["users"],
  positions: readonly PositionPlan[],
): UserPlan[] {
  return users.map((user, index) => {
    const { manager = 0, position = 0 } = drawn[index] ?? {};
    return {
      ...user,
      manager: manager % 4 === 0 ? undefined : at(users, manager >> 2).name,
      position: positions.length === 0 || position % 4 === 0 ? undefined : at(positions, position >> 2).name,
    };
  });
}
