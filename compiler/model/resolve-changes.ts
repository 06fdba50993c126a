// `set …` in policy tests: an administrator's changes (language.md section 8).
import type {
  ChangeNode,
  SetRecordNode,
  SetRoleNode,
  SetTeamNode,
  SetUnitNode,
  SetUnshareNode,
  SetUserNode,
} from "../syntax/ast.ts";
import type { Context } from "./context.ts";
import { actions, type PrivilegeSet, type Role } from "./model.ts";
import { actionExists } from "./privileges.ts";
import { resolveRecord, resolveRole, resolveTeam, resolveUnit, resolveUser } from "./references.ts";
import { lowerGrants, resolveGrants } from "./resolve-grants.ts";
import { resolveTeamFields, resolveUserFields } from "./resolve-people.ts";
import { resolveRecordFields, resolveSecuredColumn, resolveShare, resolveTarget } from "./resolve-records.ts";
import type { Change } from "./script.ts";
import type { GrantSite } from "./sites.ts";
import { SHARE } from "./vocabulary.ts";

/** What a statement changes; undefined after a diagnostic. */
export function resolveChange(
  node: ChangeNode,
  roles: readonly Role[],
  context: Context,
): Change | undefined {
  switch (node.kind) {
    case "SetUser":
      return userChange(node, context);
    case "SetUnit":
      return unitChange(node, context);
    case "SetTeam":
      return teamChange(node, context);
    case "SetRecord":
      return recordChange(node, context);
    case "SetRole":
      return roleChange(node, roles, context);
    case "SetShare": {
      const share = resolveShare(node.share, context);
      if (share === undefined) return undefined;
      const { record, principal, rights, column } = share;
      return column === undefined
        ? { kind: "share", record, principal, rights }
        : { kind: "share column", record, attribute: column, principal, rights };
    }
    case "SetUnshare":
      return unshareChange(node, context);
  }
}

function unshareChange(node: SetUnshareNode, context: Context): Change | undefined {
  const record = resolveRecord(node.record, context);
  const target = resolveTarget(node.with, context);
  if (record === undefined) return undefined;
  context.sites.handings.push({ span: node.record.span, action: SHARE, entity: record.entity });
  const column =
    node.column === undefined ? undefined : resolveSecuredColumn(node.column, record.entity, context);
  if (target === undefined || (node.column !== undefined && column === undefined)) return undefined;
  const { principal } = target;
  return column === undefined
    ? { kind: "unshare", record, principal }
    : { kind: "unshare column", record, attribute: column, principal };
}

function userChange(node: SetUserNode, context: Context): Change | undefined {
  const user = resolveUser(node.user, "people", context);
  const unit = node.unit === undefined ? undefined : resolveUnit(node.unit, "people", context);
  if (user === undefined) return undefined;
  if (node.unit !== undefined) return unit === undefined ? undefined : { kind: "move user", user, unit };
  if (node.state !== undefined) return { kind: "disable user", user, disabled: node.state === "disabled" };
  return {
    kind: "edit user",
    user,
    ...resolveUserFields(node.fields, { kind: "user", name: user }, context),
  };
}

function unitChange(node: SetUnitNode, context: Context): Change | undefined {
  const unit = resolveUnit(node.unit, "people", context);
  const under = node.under === undefined ? undefined : resolveUnit(node.under, "people", context);
  if (unit === undefined) return undefined;
  const change = node.under === undefined ? node.state : "moved";
  if (change !== undefined && change !== "enabled")
    context.sites.unitChanges.push({ span: node.unit.span, unit, change });
  if (node.under !== undefined) return under === undefined ? undefined : { kind: "move unit", unit, under };
  return change === "deleted"
    ? { kind: "delete unit", unit }
    : { kind: "disable unit", unit, disabled: change === "disabled" };
}

function teamChange(node: SetTeamNode, context: Context): Change | undefined {
  const team = resolveTeam(node.team, "people", context);
  const unit = node.unit === undefined ? undefined : resolveUnit(node.unit, "people", context);
  if (team === undefined) return undefined;
  if (node.unit !== undefined) return unit === undefined ? undefined : { kind: "move team", team, unit };
  // What only some teams may have is for the model to refuse.
  const kind = context.refused === true ? "owner" : (context.scope.teams.get(team)?.kind ?? "owner");
  return { kind: "edit team", team, ...resolveTeamFields(node.fields, team, kind, context) };
}

function recordChange(node: SetRecordNode, context: Context): Change | undefined {
  const record = resolveRecord(node.record, context);
  if (record === undefined) return undefined;
  const { owner, unit, attributes } = resolveRecordFields(node.fields, record.entity, context);
  return { kind: "edit record", record, owner: owner?.principal, unit: unit?.name, attributes };
}

function roleChange(node: SetRoleNode, roles: readonly Role[], context: Context): Change | undefined {
  const role = resolveRole(node.role, context);
  const edited = roles[role ?? -1];
  const { name, form } = edited ?? { name: "", form: "role" };
  const sites = resolveGrants(node.grants, { name, form }, context);
  if (role === undefined) return undefined;
  const tasks = new Map<number, boolean>();
  for (const { tasks: named, level, condition } of sites)
    for (const { task } of named)
      tasks.set(task, condition === undefined ? level > 0 : (tasks.get(task) ?? false));
  const { grants, conditionalGrants, conditionalTasks } = lowerGrants(sites, context.schema);
  const replaced = replacedBy(sites, context.schema.privilegeSets);
  return { kind: "edit role", role, replaced, grants, conditionalGrants, tasks, conditionalTasks };
}

/** Every privilege that the grants name, whatever level they give it. */
function replacedBy(
  sites: readonly GrantSite[],
  sets: readonly PrivilegeSet[],
): readonly { action: number; privilegeSet: number }[] {
  const all = [...sets.keys()];
  return sites.flatMap(({ actions: words, entities, star }) =>
    words.flatMap(({ action }) => {
      const each = action === "all" ? [...actions.keys()] : [action];
      const named = star ? all : entities.map(({ set }) => set);
      return named.flatMap((privilegeSet) =>
        each
          .filter((one) => actionExists((sets[privilegeSet] as PrivilegeSet).ownership, one))
          .map((one) => ({ action: one, privilegeSet })),
      );
    }),
  );
}
