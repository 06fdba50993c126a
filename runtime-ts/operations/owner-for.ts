import {
  NONE,
  OWNED_BY_PRINCIPAL,
  TEAM_BIT,
  TYPE_LOOKUP,
  TYPE_TEAM,
  TYPE_USER,
} from "../../runtime-as/abi.ts";
import { checkValues } from "../describe-record.ts";
import { BailiwickError } from "../errors.ts";
import { entityNumber } from "../names.ts";
import { namedOwner, type OwnerStep } from "../owner-rules.ts";
import type { Attribute, Entity } from "../policy.ts";
import { quote } from "../quote.ts";
import { parsePrincipal } from "../values.ts";
import type { Ground } from "./ground.ts";
import type { PrincipalReference } from "./operation.ts";
import { fieldsOf, textOf } from "./read-operation.ts";
import { storedWord } from "./stored.ts";

/** A record that is to be created: its entity, and its attributes by name. */
export interface NewRecordDescription {
  readonly entity: string;
  readonly [attribute: string]: unknown;
}

/** Who owns a record that is created without an owner, by the entity's owner rule (language.md section 7). */
export type OwnerAnswer = PrincipalReference | "creator";

type Values = ReadonlyMap<string, unknown>;

/** The user or team that a value given with an operation names; it has been checked. */
function givenPrincipal({ loaded: { names } }: Ground, { type }: Attribute, value: string): number {
  if (type === TYPE_USER) return names.users.get(value) ?? NONE;
  if (type === TYPE_TEAM) return ((names.teams.get(value) as number) | TEAM_BIT) >>> 0;
  const principal = parsePrincipal(value, names);
  return typeof principal === "number" ? principal : NONE;
}

/** The first step looks at what the new record is given, the others at loaded records. NONE where the way ends early. */
function follow(ground: Ground, steps: readonly OwnerStep[], values: Values): number {
  const { editor } = ground;
  let at: number | undefined;
  for (const { attribute } of steps) {
    // A new record's own owner is what is being asked for.
    if (attribute === undefined) return at === undefined ? NONE : editor.ownerOf(at);
    const isLookup = attribute.type === TYPE_LOOKUP;
    let next: number;
    if (at === undefined) {
      const value = values.get(attribute.name) ?? undefined;
      if (value === undefined) return NONE;
      next = isLookup
        ? (editor.find(attribute.argument, value as string) ?? NONE)
        : givenPrincipal(ground, attribute, value as string);
    } else {
      next = isLookup ? editor.lookup(at, attribute.name) : storedWord(ground, at, attribute);
    }
    if (next === NONE || !isLookup) return next;
    at = next;
  }
  return NONE;
}

/** The principal whom the owner rule of an entity names for a new record; NONE: its creator. */
function ruledOwner(ground: Ground, entity: number, values: Values): number {
  const rule = ground.policy.ownerRules.get(entity);
  if (rule === undefined || rule.kind === "creator") return NONE;
  return rule.kind === "path" ? follow(ground, rule.steps, values) : namedOwner(rule, ground.loaded.world);
}

/** The owner of a new record for which none is given: by the owner rule, else its creator. */
export function ownerOfNew(ground: Ground, entity: number, values: Values, creator: number): number {
  const owner = ruledOwner(ground, entity, values);
  return owner === NONE ? creator : owner;
}

/**
 * Who would own a record of an entity with these attributes. `creator` where the rule says so, where there is no rule, and
 * where its way leads to nobody: an empty lookup, a record that is not loaded. Throws BWK440 to BWK442.
 */
export function ownerFor(ground: Ground, description: NewRecordDescription): OwnerAnswer {
  const fields = fieldsOf(description, "the record");
  const { policy, loaded } = ground;
  const number = entityNumber(policy, textOf(fields.get("entity"), "the record, `entity`"));
  const entity = policy.entities[number] as Entity;
  const what = `new ${quote(entity.name)}`;
  if (entity.ownership !== OWNED_BY_PRINCIPAL) throw new BailiwickError("BWK442", `${what} has no owner`);
  const values = new Map([...fields].filter(([name]) => name !== "entity"));
  checkValues(values, entity.attributes, loaded.names, what);
  const owner = ruledOwner(ground, number, values);
  if (owner === NONE) return "creator";
  const { users, teams } = loaded.world;
  return (owner & TEAM_BIT) === 0
    ? { user: users.names.at(owner) }
    : { team: teams.names[owner & ~TEAM_BIT] as string };
}
