// What an administrator changes without a check (`set …`), and what the model's own rules refuse all the same.
import type { WorldRecord } from "../../../compiler/model/model.ts";
import type { Change as Scripted } from "../../../compiler/model/script.ts";
import {
  assignRecord,
  changeAttributes,
  createRecord,
  deleteRecords,
  deletion,
  placed,
} from "../effects/records.ts";
import { replaceShare } from "../effects/share.ts";
import { setUnit } from "../operations/lookups.ts";
import { type PlainWorld, type RecordKey, samePrincipal } from "../plain-world.ts";
import { type Administered, administer } from "./administer.ts";
import { disableUser, editTeam, editUser, moveHolder } from "./holders.ts";
import { addTeam, addUnit, addUser, type PeopleChange, removeTeam, removeUser } from "./people.ts";
import { editRole, type RoleChange } from "./roles.ts";
import { loadRecords, loadShares, type TableChange } from "./tables.ts";
import { deleteUnit, disableUnit, moveUnit } from "./units.ts";

/** Why a change is refused; undefined where it took effect. */
export type Outcome = string | undefined;

/** The changes of the test language, and those that only the programming interface and declarations make. */
export type Change =
  | Exclude<Scripted, { kind: "edit role" }>
  | RoleChange
  | PeopleChange
  | TableChange
  | { readonly kind: "administer"; readonly operation: Administered }
  | { readonly kind: "create record"; readonly record: WorldRecord }
  | { readonly kind: "delete record"; readonly record: RecordKey };

/** All or nothing: a refused change leaves the world as it is. */
export function applyChange(world: PlainWorld, change: Change): Outcome {
  const outcome = apply(world, change);
  world.changed();
  return outcome;
}

function apply(world: PlainWorld, change: Change): Outcome {
  switch (change.kind) {
    case "move user":
      return moveHolder(world, { kind: "user", name: change.user }, change.unit);
    case "move team":
      return moveHolder(world, { kind: "team", name: change.team }, change.unit);
    case "disable user":
      return disableUser(world, change.user, change.disabled);
    case "edit user":
      return editUser(world, change);
    case "edit team":
      return editTeam(world, change);
    case "profile members":
      world.profileMembers = new Map([...world.profileMembers, [change.profile, change.members]]);
      return undefined;
    case "add user":
      return addUser(world, change);
    case "add team":
      return addTeam(world, change);
    case "add unit":
      return addUnit(world, change.name, change.under);
    case "remove user":
      return removeUser(world, change.name, change.meansNothing);
    case "remove team":
      return removeTeam(world, change.name, change.meansNothing);
    case "move unit":
      return moveUnit(world, change.unit, change.under);
    case "disable unit":
      return disableUnit(world, change.unit, change.disabled);
    case "delete unit":
      return deleteUnit(world, change.unit);
    case "edit role":
      return editRole(world, change);
    case "create record":
      // An unchecked creation by its owner (language.md section 8).
      if (world.record(change.record) !== undefined) return "there is such a record already";
      createRecord(world, placed(world, change.record));
      return undefined;
    case "delete record": {
      const { records, blockedBy } = deletion(world, change.record);
      if (records.length === 0) return "there is no such record";
      if (blockedBy !== undefined) return "a child keeps it";
      deleteRecords(world, records);
      return undefined;
    }
    case "administer":
      return administer(world, change.operation);
    case "load records":
      return loadRecords(world, change.records);
    case "load shares":
      return loadShares(world, change.shares);
    case "edit record":
      return editRecord(world, change);
    case "share":
    case "unshare":
      if (world.record(change.record) === undefined) return "there is no such record";
      replaceShare(world, change.record, change.principal, change.kind === "share" ? change.rights : 0);
      return undefined;
    case "share column":
    case "unshare column":
      if (world.record(change.record) === undefined) return "there is no such record";
      world.setColumnShare(change.kind === "share column" ? change : { ...change, rights: 0 });
      return undefined;
  }
}

/** `set record`: attributes, the owner as an assignment without checks, the unit in the modern mode (B7). */
function editRecord(world: PlainWorld, change: Extract<Change, { kind: "edit record" }>): Outcome {
  const { record, owner, unit, attributes } = change;
  const before = world.record(record);
  if (before === undefined) return "there is no such record";
  const { ownership } = world.entityOf(record);
  const modern = world.policy.settings.ownershipAcrossBusinessUnits && ownership === "userOrTeam";
  if (unit !== undefined && !modern && ownership !== "businessUnit")
    return "the record is always in its owner's business unit";
  changeAttributes(world, record, attributes);
  if (owner !== undefined && !samePrincipal(owner, before.owner)) assignRecord(world, record, owner);
  if (unit !== undefined) setUnit(world, record, unit);
  return undefined;
}
