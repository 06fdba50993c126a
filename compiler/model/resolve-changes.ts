// `set …` in policy tests: an administrator's changes (language.md section 8).
import type {
  ChangeNode,
  SetRecordNode,
  SetRoleNode,
  SetTeamNode,
  SetUnitNode,
  SetUserNode,
} from "../syntax/ast.ts";
import type { Context } from "./context.ts";
import { actions, type PrivilegeSet, type Role } from "./model.ts";
import { actionExists } from "./privileges.ts";
import { resolveRecord, resolveRole, resolveTeam, resolveUnit, resolveUser } from "./references.ts";
import { lowerGrants, resolveGrants } from "./resolve-grants.ts";
import { resolveTeamFields, resolveUserFields } from "./resolve-people.ts";
import { resolveColumn, resolveRecordFields, resolveShare, resolveTarget } from "./resolve-records.ts";
import type { Change } from "./script.ts";
import type { GrantSite } from "./sites.ts";
import { SHARE } from "./vocabulary.ts";

/** A change to run, or what the test waits for. */
export type ResolvedChange = Change | { readonly kind: "wait"; readonly what: string };

const columns = { kind: "wait", what: "column security" } as const;

/**
 */
/** The changes of one statement, in order; none after a diagnostic. */
export function resolveChange(
  node: ChangeNode,
  roles: readonly Role[],
  context: Context,
): readonly ResolvedChange[] {
  switch (node.kind) {
    case "SetUser":
      return userChanges(node, context);
    case "SetUnit":
      return unitChanges(node, context);
    case "SetTeam":
      return teamChanges(node, context);
    case "SetRecord":
      return recordChanges(node, context);
    case "SetRole":
      return roleChanges(node, roles, context);
    case "SetShare": {
      const share = resolveShare(node.share, context);
      if (share === undefined) return [];
      if (share.column !== undefined) return [columns];
      return [{ kind: "share", record: share.record, principal: share.principal, rights: share.rights }];
    }
    case "SetUnshare": {
      const record = resolveRecord(node.record, context);
      const target = resolveTarget(node.with, context);
      if (record === undefined) return [];
      context.sites.handings.push({ span: node.record.span, action: SHARE, entity: record.entity });
      if (node.column !== undefined) {
        resolveColumn(node.column, record.entity, context);
        return [columns];
      }
      return target === undefined ? [] : [{ kind: "unshare", record, principal: target.principal }];
    }
  }
}

function userChanges(node: SetUserNode, context: Context): readonly ResolvedChange[] {
  const user = resolveUser(node.user, "people", context);
  const changes: Change[] = [];
  if (node.unit !== undefined) {
    const unit = resolveUnit(node.unit, "people", context);
    if (user !== undefined && unit !== undefined) changes.push({ kind: "move user", user, unit });
  }
  if (user !== undefined && node.state !== undefined)
    changes.push({ kind: "disable user", user, disabled: node.state === "disabled" });
  if (node.fields.length > 0 && user !== undefined) {
    const later = { ...context, step: (context.step ?? 0) + changes.length };
    const fields = resolveUserFields(node.fields, { kind: "user", name: user }, later);
    changes.push({ kind: "edit user", user, ...fields });
  }
  return changes;
}

function unitChanges(node: SetUnitNode, context: Context): readonly ResolvedChange[] {
  const unit = resolveUnit(node.unit, "people", context);
  const changes: Change[] = [];
  if (node.under !== undefined) {
    const under = resolveUnit(node.under, "people", context);
    if (unit !== undefined && under !== undefined) changes.push({ kind: "move unit", unit, under });
  }
  if (unit !== undefined && node.state !== undefined)
    changes.push(
      node.state === "deleted"
        ? { kind: "delete unit", unit }
        : { kind: "disable unit", unit, disabled: node.state === "disabled" },
    );
  if (unit !== undefined) {
    const change = node.under !== undefined ? "moved" : node.state;
    if (change !== undefined && change !== "enabled")
      context.sites.unitChanges.push({ span: node.unit.span, unit, change });
  }
  return changes;
}

function teamChanges(node: SetTeamNode, context: Context): readonly ResolvedChange[] {
  const team = resolveTeam(node.team, "people", context);
  const changes: Change[] = [];
  if (node.unit !== undefined) {
    const unit = resolveUnit(node.unit, "people", context);
    if (team !== undefined && unit !== undefined) changes.push({ kind: "move team", team, unit });
  }
  if (node.fields.length > 0 && team !== undefined) {
    const later = { ...context, step: (context.step ?? 0) + changes.length };
    const kind = context.scope.teams.get(team)?.kind ?? "owner";
    changes.push({ kind: "edit team", team, ...resolveTeamFields(node.fields, team, kind, later) });
  }
  return changes;
}

function recordChanges(node: SetRecordNode, context: Context): readonly ResolvedChange[] {
  const record = resolveRecord(node.record, context);
  if (record === undefined) return [];
  const { owner, unit, attributes } = resolveRecordFields(node.fields, record.entity, context);
  // A new owner is an assignment: the children that follow it belong to the composite operations.
  if (owner !== undefined) return [{ kind: "wait", what: "composite operation `assign`" }];
  return [{ kind: "edit record", record, unit: unit?.name, attributes }];
}

function roleChanges(node: SetRoleNode, roles: readonly Role[], context: Context): readonly ResolvedChange[] {
  const role = resolveRole(node.role, context);
  const edited = roles[role ?? -1];
  const { name, form } = edited ?? { name: "", form: "role" };
  const sites = resolveGrants(node.grants, { name, form }, context);
  if (role === undefined) return [];
  const tasks = new Map<number, boolean>();
  for (const { tasks: named, level, condition } of sites)
    for (const { task } of named)
      tasks.set(task, condition === undefined ? level > 0 : (tasks.get(task) ?? false));
  const { grants, conditionalGrants, conditionalTasks } = lowerGrants(sites, context.schema);
  const replaced = replacedBy(sites, context.schema.privilegeSets);
  return [{ kind: "edit role", role, replaced, grants, conditionalGrants, tasks, conditionalTasks }];
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
