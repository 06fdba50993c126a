// What an administrator changes in a story (language.md section 8, `set …`).

import { scatter } from "./design-attributes.ts";
import { designColumnChange } from "./design-columns.ts";
import { designOperation, designWritten } from "./design-operations.ts";
import { designPeople } from "./design-people.ts";
import { actionExists, at, bits, grantable } from "./design-policy.ts";
import { designTable } from "./design-tables.ts";
import { type GrantPlan, levelWords, recordActions, shareRights } from "./project.ts";
import { type Cast, reference, type StepSketch } from "./script-cast.ts";
import type { ChangePlan } from "./script-plan.ts";

export function designChange(cast: Cast, sketch: StepSketch): ChangePlan | undefined {
  const { kind, who, what, to, more } = sketch;
  const { users, units, teams, project } = cast;
  const { positions = [] } = project;
  const user = at(users, who);
  // What the story made itself is mostly empty, so that it can go again.
  const unit = what % 4 > 0 ? at(units, what >> 2) : (units.at(-1) as string);
  const owned = cast.record(what, (record) => record.owned);
  const team = at([...teams.map(({ name }) => name), ...teams.map(({ name }) => name), ...units], who);
  switch ((kind >> 1) % 29) {
    case 0:
    case 1:
      return { kind: "move user", user, unit };
    case 2:
      return { kind: "disable user", user, disabled: more % 8 === 0 };
    case 3:
    case 4:
      return { kind: "edit user", user, roles: cast.roles(more) };
    case 5:
      return { kind: "edit user", user, manager: to % 4 === 0 ? null : at(users, to >> 2) };
    case 6:
      if (positions.length === 0) return undefined;
      return { kind: "edit user", user, position: to % 4 === 0 ? null : at(positions, to >> 2).name };
    case 7:
    case 8:
      return { kind: "move unit", unit, under: at(units, to) };
    case 9:
      return { kind: "disable unit", unit, disabled: more % 4 === 0 || what % 4 === 0 };
    case 10:
      if (more % 2 === 1) return { kind: "move team", team, unit: at(units, to) };
      cast.leave("unit", unit);
      return { kind: "delete unit", unit };
    case 11:
      return { kind: "edit team", team, roles: cast.roles(more) };
    case 12:
      return {
        kind: "edit team",
        team,
        members: bits(users, more),
        administrator: to % 3 === 0 ? null : at(users, to >> 2),
      };
    case 13:
      return designRoleEdit(cast, sketch);
    case 14:
      return designEdit(cast, sketch);
    case 15: {
      if (more % 3 === 0) return { kind: "create record", record: cast.newRecord(sketch) };
      const record = cast.record(what);
      if (more % 3 === 2 || record === undefined) return designEdit(cast, sketch);
      cast.leave("record", record.id);
      return { kind: "delete record", record };
    }
    case 16: {
      const rights = bits(shareRights, more);
      return owned && rights.length > 0
        ? { kind: "share", record: owned, with: cast.sharee(to), rights }
        : undefined;
    }
    case 17:
      return owned && { kind: "unshare", record: owned, with: cast.sharee(to) };
    case 18:
      return designColumnChange(cast, sketch);
    case 25:
    case 26:
      return designAdministered(cast, sketch);
    case 27:
      return designTable(cast, sketch);
    default:
      return designPeople(cast, sketch);
  }
}

/** What a user may do, and an administrator makes happen; now and then what even he cannot. */
function designAdministered(cast: Cast, sketch: StepSketch): ChangePlan | undefined {
  // What designs operations counts in pairs, too.
  const operation = designOperation(cast, { ...sketch, kind: scatter(sketch.kind, sketch.more) });
  if (operation === undefined) return undefined;
  const { kind } = operation;
  if (kind === "create" || kind === "update" || kind === "delete") return undefined;
  if (kind === "merge" && sketch.more % 4 === 0) {
    const into = cast.record(sketch.to);
    return into && { kind: "administer", operation: { ...operation, into } };
  }
  // Access teams come first.
  const sharee = cast.sharee(sketch.more % 3 === 0 ? 0 : sketch.to);
  if (kind === "assign" && sharee !== undefined)
    return { kind: "administer", operation: { ...operation, to: reference(sharee) } };
  return { kind: "administer", operation };
}

function designRoleEdit(cast: Cast, { who, to, more }: StepSketch): ChangePlan | undefined {
  const { roles, tasks } = cast.project;
  const role = at(roles, who);
  if (role.form === "administrator role") return undefined;
  // Conditions stand in roles of the image: one is taken over whole.
  const like = to % 2 === 0 ? { like: at(roles, to >> 2).name } : {};
  const task = at([...tasks, "Merge"], to >> 3);
  return {
    kind: "edit role",
    role: role.name,
    ...like,
    grants: to % 4 === 0 ? [] : [designGrant(cast, more)],
    ...(to % 5 === 0 ? { tasks: { [task]: more % 2 === 0 } } : {}),
  };
}

function designGrant(cast: Cast, pick: number): GrantPlan {
  const targets = [...grantable(cast.project.entities)];
  const [name, ownership] = at(targets, pick);
  const actions = bits(recordActions, pick >> 3).filter((action) => actionExists(action, ownership));
  const wanted = at(levelWords, pick >> 11);
  const level = ownership === "organization" ? (wanted === "none" ? "none" : "organization") : wanted;
  return {
    actions: actions.length === 0 ? ["read"] : actions,
    on: [name],
    level: ownership === "businessUnit" && level === "user" ? "businessUnit" : level,
    condition: [],
  };
}

function designEdit(cast: Cast, sketch: StepSketch): ChangePlan | undefined {
  const { what, to, more } = sketch;
  const record = cast.record(what);
  if (record === undefined) return undefined;
  const plan = cast.entity(record.entity);
  const owned = plan.ownership === "userOrTeam";
  const placed = plan.ownership === "businessUnit" || (owned && cast.modern);
  return {
    kind: "edit record",
    record,
    ...(owned && to % 4 === 1 ? { owner: cast.principal(to >> 2) } : {}),
    ...(placed && more % 3 === 1 ? { unit: at(cast.units, to >> 1) } : {}),
    written: designWritten(cast, record, sketch),
  };
}
