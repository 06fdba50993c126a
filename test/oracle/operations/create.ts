// semantics.md A1 to A3, A5 and B10: creating a record.
import type { PrincipalName, WorldRecord } from "../../../compiler/model/model.ts";
import { createRecord, placed, withParent } from "../effects/records.ts";
import type { RecordFacts } from "../facts.ts";
import { forbidOnRecord } from "../forbids.ts";
import { grantsOnRecord, type HeldGrant, isAdministrator } from "../grants.ts";
import type { PlainWorld } from "../plain-world.ts";
import { denyBy } from "../sources.ts";
import { type Checked, describedFacts, type Inquiry } from "./inquiry.ts";
import { setsLookups, setsUnit } from "./lookups.ts";
import type { Operation } from "./operation.ts";
import { mayOwn } from "./own.ts";

type Create = Extract<Operation, { kind: "create" }>;

/** The record that the operation makes: its owner (given, by rule, or the creator), and its unit (B7). */
export function recordToBe({ world, user, self }: Inquiry, operation: Create): WorldRecord {
  const { entity, id, owner, unit, attributes } = operation;
  const owned = world.policy.entities[entity]?.ownership === "userOrTeam";
  const draft = { entity, id: id ?? "", owner: undefined, unit, parent: undefined, attributes };
  const given = owner ?? ownerByRule(world, draft) ?? self;
  return withParent(world, placed(world, { ...draft, owner: owned ? given : undefined }, user.unit));
}

/** `owner of Contact is …`; undefined where there is no rule, where it says the creator, or where it leads nowhere. */
export function ownerByRule(world: PlainWorld, draft: WorldRecord): PrincipalName | undefined {
  const rule = world.policy.ownerRules?.find(({ entity }) => entity === draft.entity)?.owner;
  if (rule?.kind === "principal")
    return world.unitOfPrincipal(rule.principal) === undefined ? undefined : rule.principal;
  if (rule?.kind !== "path") return undefined;
  let at: WorldRecord | undefined = draft;
  for (const name of rule.attributes) {
    if (name === "owner" && at.owner !== undefined) return at.owner;
    const value = at?.attributes.get(name);
    if (value?.kind === "Principal") return value.principal;
    at = value?.kind === "Record" ? world.record(value) : undefined;
    if (at === undefined) return undefined;
  }
  return undefined;
}

export function* checksOfCreate(inquiry: Inquiry, operation: Create): Generator<Checked> {
  const { world, user } = inquiry;
  const record = recordToBe(inquiry, operation);
  const facts = describedFacts(world, record);
  const forSelf = record.owner?.kind === "user" && record.owner.name === user.name;
  yield mayCreate(inquiry, facts);
  // A1: and read; A2: the creator of another's record needs none.
  if (forSelf) yield inquiry.right("A1", "read", facts);
  if (record.owner !== undefined) yield mayOwn(inquiry, record.owner, facts);
  if (operation.unit !== undefined && record.owner !== undefined) yield* setsUnit(inquiry);
  yield* setsLookups(inquiry, undefined, record, facts);
}

/** A1, A2: the create right, usable for this owner. What has no owner is a question of section 1. */
function mayCreate(inquiry: Inquiry, record: RecordFacts): Checked {
  const { facts, user } = inquiry;
  const { owner } = record;
  if (owner === undefined) return inquiry.right("A1", "create", record);
  const conditions = inquiry.conditions("create");
  const forbid = forbidOnRecord(facts, user, "create", record, conditions);
  if (forbid !== undefined) return inquiry.refuse(denyBy(forbid.id).reason, "A1", "create", record);
  const grants = grantsOnRecord(facts, user, "create", record, conditions);
  const usable = grants.filter((grant) => serves(inquiry, grant, owner));
  if (isAdministrator(facts, user, record))
    return { sources: [{ kind: "administrator" }, ...usable.map(({ source }) => source)] };
  const rule = owner.kind === "user" && owner.name === user.name ? "A1" : "A2";
  if (grants.length === 0) return inquiry.refuse("privilege", rule, "create", record);
  if (usable.length === 0) return inquiry.refuse("access", rule, "create", record);
  return { sources: usable.map(({ source }) => source) };
}

/** A1: for himself; A2: the level limits the owner. */
function serves(
  { facts, user }: Inquiry,
  { holder, level, context }: HeldGrant,
  owner: PrincipalName,
): boolean {
  // A1, T2: for himself by his own role, or one that his team passes on (T3, T4); never by a team-only one.
  const self = owner.kind === "user" && owner.name === user.name;
  if (self && holder.kind === "team" && !holder.inherits) return false;
  if (level === "organization") return true;
  const unit = facts.unitOfPrincipal(owner);
  if (level === "parentChild" && facts.isAtOrBelow(unit, context)) return true;
  if (level === "businessUnit" && unit === context) return true;
  // T1: every level includes that of the user: oneself, or the team that has the role.
  if (holder.kind === "user") return self;
  if (owner.kind === "team") return owner.name === holder.team.name;
  return self && (level === "user" || facts.policy.settings.inheritAboveUser);
}

export function effectOfCreate(inquiry: Inquiry, operation: Create): void {
  createRecord(inquiry.world, recordToBe(inquiry, operation));
}
