import {
  NO_UNIT,
  NONE,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  TEAM_ACCESS,
  TEAM_BIT,
} from "../runtime-as/abi.ts";
import type { DescribedValues } from "./columns/request-values.ts";
import { BailiwickError } from "./errors.ts";
import type { LoadedWorld } from "./loaded-world.ts";
import { principalNumber } from "./names.ts";
import type { Attribute, Entity, Policy } from "./policy.ts";
import { describeValue, quote } from "./quote.ts";
import { didYouMean } from "./suggest.ts";
import type { Records } from "./tables/records.ts";
import { type ValueNames, valueProblem } from "./values.ts";
import type { World } from "./world/world.ts";

/** What the core needs to know of a record that is not loaded. */
export interface Description {
  /** Principal number, or NONE. */
  readonly owner: number;
  /** Unit number, or NO_UNIT. */
  readonly unit: number;
  /** Record number of the parent of an entity owned by its parent, or NONE. */
  readonly parent: number;
  /** Its entity and attributes, checked. */
  readonly attributes: DescribedValues;
}

const wrong = (words: string, help?: string): BailiwickError => new BailiwickError("BWK442", words, help);

/** Checks values by their declaration; undefined and null are absent. Throws BWK442. */
export function checkValues(
  values: Iterable<readonly [name: string, value: unknown]>,
  declared: ReadonlyMap<string, Attribute>,
  names: ValueNames,
  what: string,
): void {
  for (const [name, value] of values) {
    const attribute = declared.get(name);
    if (attribute === undefined) {
      throw wrong(`${what}: unknown attribute ${quote(name)}`, didYouMean(name, declared.keys()));
    }
    if (value === undefined || value === null) continue;
    const problem = valueProblem(attribute, value, names);
    if (problem !== undefined) throw wrong(`${what}, attribute ${quote(name)}: ${problem}`);
  }
}

/** `{ user: "bob" }` or `{ team: "EU" }`. */
function ownerNumber(owner: unknown, world: World, what: string): number {
  const entries = typeof owner === "object" && owner !== null ? Object.entries(owner) : [];
  const [kind, name] = entries[0] ?? [];
  if (entries.length !== 1 || (kind !== "user" && kind !== "team") || typeof name !== "string") {
    throw wrong(
      `${what}: expected an owner \`{ user: name }\` or \`{ team: name }\`, not ${describeValue(owner)}`,
    );
  }
  if (kind === "user") return principalNumber(world.users.numbers, "user", name);
  const team = principalNumber(world.teams.numbers, "team", name);
  if (world.teams.kinds[team] === TEAM_ACCESS) {
    throw wrong(`${what}: access team ${quote(name)} cannot own records`);
  }
  return (team | TEAM_BIT) >>> 0;
}

/** The number of a business unit by its name. Throws BWK440, BWK442. */
export function unitNumber(name: unknown, world: World, what: string): number {
  if (typeof name !== "string") {
    throw wrong(`${what}: expected the name of a business unit, not ${describeValue(name)}`);
  }
  const number = world.units.numbers.get(name);
  if (number !== undefined) return number;
  const help = didYouMean(name, world.units.numbers.keys());
  throw new BailiwickError("BWK440", `unknown business unit ${quote(name)}`, help);
}

/** The parent record of a described record of an entity owned by its parent, NONE where there is none. Throws BWK440, BWK442. */
export function parentNumber(
  entity: Entity,
  value: unknown,
  policy: Policy,
  records: Records,
  what: string,
): number {
  const { attribute, entity: to } = entity.parent as { attribute: Attribute; entity: number };
  if (value === undefined || value === null) {
    if (attribute.optional) return NONE;
    throw wrong(`${what}: its parent decides, and ${quote(attribute.name)} is missing`);
  }
  const record = records.find(to, value as string);
  if (record !== undefined) return record;
  throw new BailiwickError(
    "BWK440",
    `${what}: record ${quote(value as string)} of ${quote(policy.entities[to]?.name as string)} is not loaded`,
    didYouMean(value as string, records.ids(to)),
  );
}

/**
 * Checks the description of a record that is not loaded and turns it into numbers (semantics.md B7, E1 to E3): a
 * user-or-team-owned record needs an owner, and lies in the owner's unit unless the modern mode names another; a
 * unit-owned one needs its unit, a parent-owned one its parent. Throws BWK440, BWK442.
 */
export function describeRecord(
  policy: Policy,
  { world, records, names }: LoadedWorld,
  number: number,
  fields: ReadonlyMap<string, unknown>,
): Description {
  const entity = policy.entities[number] as Entity;
  const what = `described ${quote(entity.name)}`;
  const owner = fields.get("owner") ?? undefined;
  const businessUnit = fields.get("businessUnit") ?? undefined;
  const values = new Map([...fields].filter(([name]) => !["entity", "owner", "businessUnit"].includes(name)));
  checkValues(values, entity.attributes, names, what);
  const attributes = { entity: number, values };
  if (owner !== undefined && entity.ownership !== OWNED_BY_PRINCIPAL) throw wrong(`${what} has no owner`);
  const unit = businessUnit === undefined ? undefined : unitNumber(businessUnit, world, what);
  if (
    unit !== undefined &&
    (entity.ownership === OWNED_BY_ORGANIZATION || entity.ownership === OWNED_BY_PARENT)
  ) {
    throw wrong(`${what} has no business unit`);
  }
  switch (entity.ownership) {
    case OWNED_BY_PRINCIPAL: {
      const number = ownerNumber(owner, world, what);
      const { users, teams } = world;
      const ownersUnit = (
        (number & TEAM_BIT) === 0 ? users.units[number] : teams.units[number & ~TEAM_BIT]
      ) as number;
      return {
        owner: number,
        unit: policy.modern ? (unit ?? ownersUnit) : ownersUnit,
        parent: NONE,
        attributes,
      };
    }
    case OWNED_BY_ORGANIZATION:
      return { owner: NONE, unit: NO_UNIT, parent: NONE, attributes };
    case OWNED_BY_PARENT: {
      const lookup = fields.get(entity.parent?.attribute.name as string);
      const parent = parentNumber(entity, lookup, policy, records, what);
      return { owner: NONE, unit: NO_UNIT, parent, attributes };
    }
    default:
      if (unit === undefined) throw wrong(`${what}: \`businessUnit\` is missing`);
      return { owner: NONE, unit, parent: NONE, attributes };
  }
}
