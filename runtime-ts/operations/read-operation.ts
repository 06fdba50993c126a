// What stands in an operation as it is given: names become numbers. Callers may have no type checker.
import { ACTION_CREATE, ORGANIZATION, TEAM_BIT } from "../../runtime-as/abi.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber, principalNumber } from "../names.ts";
import { describeValue, quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import { actionNames, actionNumber } from "../tables/rights.ts";
import type { World } from "../world/world.ts";
import type { Ground } from "./ground.ts";

export const malformed = (words: string, help?: string): BailiwickError =>
  new BailiwickError("BWK441", words, help);

/** An object and nothing else. Throws BWK441. */
export function objectOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw malformed(`${what}: expected an object, not ${describeValue(value)}`);
}

/** The fields of an object. Throws BWK441. */
export function fieldsOf(value: unknown, what: string): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(objectOf(value, what)));
}

const notAName = (value: unknown, what: string): BailiwickError =>
  malformed(`${what}: expected a name, not ${describeValue(value)}`);

export function textOf(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw notAName(value, what);
}

/** The number of a loaded record. Throws BWK440, BWK441. */
export function readRecord({ policy, loaded }: Ground, value: unknown, what: string): number {
  const { entity, id } = objectOf(value, what);
  if (typeof entity !== "string") throw notAName(entity, `${what}, \`entity\``);
  if (typeof id !== "string") throw notAName(id, `${what}, \`id\``);
  return loaded.record(policy, entityNumber(policy, entity), id);
}

/** `{ user: "bob" }` or `{ team: "EU" }`: the number of a user, or of a team with TEAM_BIT. Throws BWK440, BWK441. */
export function readPrincipal({ users, teams }: World, value: unknown, what: string): number {
  const fields = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const kind = fields[0];
  const name = kind === undefined ? undefined : (value as Record<string, unknown>)[kind];
  if (fields.length > 1 || (kind !== "user" && kind !== "team") || typeof name !== "string") {
    throw malformed(
      `${what}: expected \`{ user: name }\` or \`{ team: name }\`, not ${describeValue(value)}`,
    );
  }
  if (kind === "user") return principalNumber(users.numbers, kind, name);
  return (principalNumber(teams.numbers, kind, name) | TEAM_BIT) >>> 0;
}

/** With whom a record is shared: a principal, or ORGANIZATION. Throws BWK440, BWK441. */
export function readSharee(world: World, value: unknown, what: string): number {
  return value === "organization" ? ORGANIZATION : readPrincipal(world, value, what);
}

/** Rights by name as a mask; create is ignored (semantics.md S8). Throws BWK440, BWK441. */
export function readRightNames(value: unknown, what: string): number {
  if (!Array.isArray(value))
    throw malformed(`${what}: expected an array of actions, not ${describeValue(value)}`);
  let mask = 0;
  for (const name of value) {
    const action = actionNumber(textOf(name, what));
    if (action === undefined)
      throw new BailiwickError(
        "BWK440",
        `${what}: unknown action ${quote(name)}`,
        didYouMean(name, actionNames),
      );
    mask |= 1 << action;
  }
  return mask & ~(1 << ACTION_CREATE);
}
