import { NO_UNIT } from "../../../runtime-as/abi.ts";
import { conditionalGrantsOf, isAdministratorRole, levelOf } from "../copies.ts";
import { type Found, search } from "./miss.ts";
import type { Trial } from "./trial.ts";

/** How much a role would give in this question: nothing by itself, a level, or everything. */
function weightOf({ ground, subject }: Trial, role: number): number {
  if (isAdministratorRole(ground, role)) return 16;
  const conditional = conditionalGrantsOf(ground, role, subject.privilege).map(({ level }) => level);
  return Math.max(levelOf(ground, role, subject.slot), 0, ...conditional);
}

/**
 * The units whose copy of a role is worth trying: the user's own, the record's, the role's own. A level reaches from the
 * record's unit or not at all, and where it does not matter from where, the first copy that there is will do. In the classic
 * mode there is the user's own unit alone (semantics.md B5, B6).
 */
function unitsFor({ ground, subject }: Trial, role: number): number[] {
  const { policy, loaded } = ground;
  const { units, users } = loaded.world;
  const own = users.units[subject.user] as number;
  const name = policy.roles[role]?.unit;
  const home = name === undefined ? 0 : units.numbers.get(name);
  if (home === undefined) return [];
  const last = units.ends[home] as number;
  const candidates = policy.modern ? [own, subject.unit, home] : [own];
  return [...new Set(candidates)].filter((unit) => unit !== NO_UNIT && home <= unit && unit <= last);
}

/** A role more for the user himself, those first that give least. */
export function missingRoles(trial: Trial, limit: number): Found {
  const { policy, loaded } = trial.ground;
  const { people, world } = loaded;
  const { user } = trial.subject;
  const held = people.rolesOfUser(user);
  const roles = policy.roles.map((_, role) => ({ role, weight: weightOf(trial, role) }));
  roles.sort((a, b) => a.weight - b.weight);
  return search(roles, limit, ({ role }) => {
    const unit = unitsFor(trial, role).find((unit) =>
      trial.flips(() => people.setRoles(user, [...held, { role, unit }])),
    );
    if (unit === undefined) return undefined;
    const businessUnit = world.units.names[unit] as string;
    return { kind: "assign-role", role: policy.roles[role]?.name as string, businessUnit };
  });
}
