import {
  ACTIONS,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  LEVEL_USER,
  OWNED_BY_UNIT,
} from "../../../runtime-as/abi.ts";
import { actionNames } from "../../tables/rights.ts";
import { copiesOf, isAdministratorRole, levelNames, levelOf } from "../copies.ts";
import type { AccessLevel } from "../explanation.ts";
import { isFlat, type Subject } from "../subject.ts";
import { type Found, mostTries, search } from "./miss.ts";
import { raise } from "./raise.ts";
import type { Trial } from "./trial.ts";

/** The levels that exist for the entity's ownership, lowest first (semantics.md E1, E3). */
function levelsFor(subject: Subject): number[] {
  if (isFlat(subject)) return [LEVEL_ORGANIZATION];
  const above = [LEVEL_UNIT, LEVEL_CHILDREN, LEVEL_ORGANIZATION];
  return subject.kind === OWNED_BY_UNIT ? above : [LEVEL_USER, ...above];
}

/** How a policy names the privilege: an action on an entity or privilege set, or a task privilege. */
function privilegeNamed({ ground, subject }: Trial): { readonly action: string; readonly entity?: string } {
  const { entities, tasks } = ground.policy;
  const entity = entities[Math.floor(subject.privilege / ACTIONS)];
  if (entity === undefined) return { action: tasks[subject.privilege - entities.length * ACTIONS] as string };
  return { action: actionNames[subject.privilege % ACTIONS] as string, entity: entity.privilegeSet };
}

/** A grant to add, or to raise, in a role that the user holds himself or through a team; the lowest levels first. */
export function missingGrants(trial: Trial, limit: number): Found {
  const { ground, subject } = trial;
  const levels = levelsFor(subject);
  const roles = new Set(copiesOf(ground, subject).map(({ role }) => role));
  const candidates = [...roles].filter((role) => !isAdministratorRole(ground, role)).sort((a, b) => a - b);
  const named = privilegeNamed(trial);
  const rank = new Map<string, number>();
  const { misses, isCut } = search(candidates, mostTries, (role) => {
    const before = levelOf(ground, role, subject.slot);
    const level = levels.find(
      (each) => each > before && trial.flips(() => raise(ground, subject, role, each)),
    );
    if (level === undefined) return undefined;
    const name = ground.policy.roles[role]?.name as string;
    rank.set(name, level);
    const insteadOf = levelNames.get(before);
    return {
      kind: "grant",
      role: name,
      ...named,
      level: levelNames.get(level) as AccessLevel,
      ...(insteadOf === undefined ? {} : { insteadOf }),
    };
  });
  const rankOf = (miss: (typeof misses)[number]) => (miss.kind === "grant" ? (rank.get(miss.role) ?? 0) : 0);
  const sorted = [...misses].sort((a, b) => rankOf(a) - rankOf(b));
  return { misses: sorted.slice(0, limit), isCut: isCut || sorted.length > limit };
}
