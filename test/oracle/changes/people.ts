// Users, teams and units that come and go. Section 2 has no more than B3 of it; what the programming interface adds is said
// where it happens.
import type { PrincipalName, Team, Value } from "../../../compiler/model/model.ts";
import type { GivenRole } from "../../../compiler/model/script.ts";
import type { ExpressionNode } from "../../../compiler/syntax/ast.ts";
import { partsOf } from "../operations/cannot-fail.ts";
import { type PlainWorld, samePrincipal } from "../plain-world.ts";
import type { Outcome } from "./change.ts";
import { copies } from "./holders.ts";

interface Newcomer {
  readonly name: string;
  readonly unit: string;
  readonly roles: readonly GivenRole[];
  readonly attributes: ReadonlyMap<string, Value>;
}

/** What only the programming interface does. */
export type PeopleChange =
  | ({
      readonly kind: "add user";
      readonly manager: string | undefined;
      readonly position: string | undefined;
      readonly disabled: boolean;
    } & Newcomer)
  | ({
      readonly kind: "add team";
      readonly of: Team["kind"];
      readonly members: readonly string[];
      readonly administrator: string | undefined;
    } & Newcomer)
  | {
      readonly kind: "profile members";
      readonly profile: string;
      readonly members: readonly PrincipalName[];
    }
  | { readonly kind: "add unit"; readonly name: string; readonly under: string }
  | {
      readonly kind: "remove user" | "remove team";
      readonly name: string;
      /** What conditions say of him comes out the same for anybody: they do not keep him. */
      readonly meansNothing?: boolean;
    };

/** The outcome where nothing but the words of a condition keeps somebody. */
export const namedByCondition = "a condition names him";

export function addUser(world: PlainWorld, change: Extract<PeopleChange, { kind: "add user" }>): Outcome {
  const { name, unit, manager, position, disabled, attributes } = change;
  if (world.users.has(name)) return "there is such a user already";
  const roles = copies(world, change.roles, unit);
  if (typeof roles === "string") return roles;
  world.users.set(name, {
    name,
    unit,
    disabled,
    roles,
    manager,
    position,
    attributes: new Map(attributes),
  });
  return undefined;
}

export function addTeam(world: PlainWorld, change: Extract<PeopleChange, { kind: "add team" }>): Outcome {
  const { name, of: kind, unit, members, administrator, attributes } = change;
  if (world.teams.has(name)) return "there is such a team already";
  // T5
  if (kind === "access" && change.roles.length > 0) return "an access team holds no roles";
  const roles = copies(world, change.roles, unit);
  if (typeof roles === "string") return roles;
  world.teams.set(name, {
    name,
    kind,
    unit,
    roles,
    members,
    administrator,
    attributes: new Map(attributes),
  });
  return undefined;
}

/** T6: a unit comes with its default team, which has its name. */
export function addUnit(world: PlainWorld, name: string, parent: string): Outcome {
  if (world.units.has(name)) return "there is such a business unit already";
  if (world.teams.has(name)) return "there is such a team already";
  world.units.set(name, { name, parent, disabled: false });
  world.teams.set(name, {
    name,
    kind: "default",
    unit: name,
    roles: [],
    members: [],
    administrator: undefined,
    attributes: new Map(),
  });
  return undefined;
}

export function removeUser(world: PlainWorld, name: string, meansNothing = false): Outcome {
  const user = { kind: "user", name } as const;
  if (!world.users.has(name)) return "there is no such user";
  const kept = keeps(world, user, meansNothing);
  if (kept !== undefined) return kept;
  world.users.delete(name);
  for (const each of world.users.values())
    if (each.manager === name) world.users.set(each.name, { ...each, manager: undefined });
  for (const team of world.teams.values())
    world.teams.set(team.name, {
      ...team,
      members: team.members.filter((member) => member !== name),
      administrator: team.administrator === name ? undefined : team.administrator,
    });
  forget(world, user);
  return undefined;
}

export function removeTeam(world: PlainWorld, name: string, meansNothing = false): Outcome {
  const team = { kind: "team", name } as const;
  const found = world.teams.get(name);
  if (found === undefined) return "there is no such team";
  if (found.kind === "default") return "a default team goes with its business unit";
  const kept = keeps(world, team, meansNothing);
  if (kept !== undefined) return kept;
  world.teams.delete(name);
  forget(world, team);
  return undefined;
}

/** Whoever owns records, or is named by the policy, stays: without him it would mean something else. */
function keeps(world: PlainWorld, principal: PrincipalName, meansNothing: boolean): Outcome {
  const { guardrails, conditions, ownerRules = [] } = world.policy;
  const { kind, name } = principal;
  if ([...world.records.values()].some(({ owner }) => owner !== undefined && samePrincipal(owner, principal)))
    return "he owns records";
  if (guardrails.some(({ principal: scope }) => scope.kind === kind && scope.name === name))
    return "a guardrail names him";
  if (ownerRules.some(({ owner }) => owner.kind === "principal" && samePrincipal(owner.principal, principal)))
    return "an owner rule names him";
  const clauses = conditions.flatMap((condition) => condition.clauses);
  const isNamed = clauses.some(({ expression }) => names(expression, principal));
  return isNamed && !meansNothing ? namedByCondition : undefined;
}

function names(node: ExpressionNode, principal: PrincipalName): boolean {
  const type = principal.kind === "user" ? "User" : "Team";
  if (node.kind === "EntityId") return node.type.value === type && node.id.value === principal.name;
  return partsOf(node).some((part) => names(part, principal));
}

/** Nothing leads to a user or team who has gone: shares and column profiles, and values, as lookups to a deleted record (A6). */
export function forget(world: PlainWorld, principal: PrincipalName): void {
  world.forgetPrincipal(principal);
  world.profileMembers = new Map(
    [...world.profileMembers].map(([profile, members]) => [
      profile,
      members.filter((member) => !samePrincipal(member, principal)),
    ]),
  );
  forgetValues(world, (value) => value.kind === "Principal" && samePrincipal(value.principal, principal));
}

/** Values of records and people that are such are empty from now on. */
export function forgetValues(world: PlainWorld, isGone: (value: Value) => boolean): void {
  const without = <T extends { readonly attributes: ReadonlyMap<string, Value> }>(holder: T): T => ({
    ...holder,
    attributes: new Map([...holder.attributes].filter(([, value]) => !isGone(value))),
  });
  for (const record of [...world.records.values()]) world.setRecord(without(record));
  for (const user of world.users.values()) world.users.set(user.name, without(user));
  for (const team of world.teams.values()) world.teams.set(team.name, without(team));
}
