// Users and teams (language.md section 7, semantics.md T5, T6).
import type { DefaultTeamNode, FieldNode, TeamNode, UserNode } from "../syntax/ast.ts";
import { type Context, mistyped } from "./context.ts";
import { oneReference, present, references, resolveFields, type Values } from "./fields.ts";
import type { Assignment, PrincipalName, Team, User } from "./model.ts";
import {
  asReference,
  resolvePosition,
  resolveRole,
  resolveUnit,
  resolveUser,
  written,
} from "./references.ts";
import { isNone } from "./resolve-values.ts";

/** A role held, its unit undefined where it is the holder's own. */
export interface Held {
  readonly role: number;
  readonly unit: string | undefined;
}

export interface UserFields {
  readonly roles: readonly Held[] | undefined;
  /** null clears. */
  readonly manager: string | null | undefined;
  readonly position: string | null | undefined;
  readonly attributes: Values;
}

export interface TeamFields {
  readonly roles: readonly Held[] | undefined;
  readonly members: readonly string[] | undefined;
  readonly administrator: string | null | undefined;
  readonly attributes: Values;
}

export function declareUsers(nodes: readonly UserNode[], context: Context): readonly UserNode[] {
  return nodes.filter(
    (node) =>
      node.name.value !== "" &&
      context.scope.users.declare(
        node.name,
        { unit: resolveUnit(node.unit, "people", context) },
        context.report,
      ),
  );
}

export function declareTeams(nodes: readonly TeamNode[], context: Context): readonly TeamNode[] {
  return nodes.filter(
    (node) =>
      node.name.value !== "" &&
      context.scope.teams.declare(
        node.name,
        { kind: node.form, unit: resolveUnit(node.unit, "people", context) },
        context.report,
      ),
  );
}

/** A user; undefined where his unit is unknown. */
export function resolveUserNode(node: UserNode, context: Context): User | undefined {
  const { unit } = context.scope.users.get(node.name.value) ?? {};
  const holder: PrincipalName = { kind: "user", name: node.name.value };
  const fields = resolveUserFields(node.fields, holder, context);
  context.sites.users.push({ node, roles: rolesWritten(node.fields) });
  if (unit === undefined) return undefined;
  return {
    name: node.name.value,
    unit,
    disabled: node.disabled,
    roles: assign(fields.roles ?? [], unit),
    manager: fields.manager ?? undefined,
    position: fields.position ?? undefined,
    attributes: present(fields.attributes),
  };
}

export function resolveUserFields(
  nodes: readonly FieldNode[],
  holder: PrincipalName,
  context: Context,
): UserFields {
  let roles: readonly Held[] | undefined;
  let manager: UserFields["manager"];
  let position: UserFields["position"];
  const attributes = resolveFields(
    nodes,
    {
      of: "a user",
      handlers: {
        roles: (field) => {
          roles = resolveRoles(field, holder, context);
        },
        manager: (field) => {
          manager = noneOr(field, "a user", context, (reference) =>
            resolveUser(reference, "people", context),
          );
        },
        position: (field) => {
          position = noneOr(field, "a position", context, (reference) => resolvePosition(reference, context));
        },
      },
      attributes: context.schema.principals.User,
    },
    context,
  );
  return { roles, manager, position, attributes };
}

/** A team; undefined where its unit is unknown. */
export function resolveTeamNode(node: TeamNode, context: Context): Team | undefined {
  const { unit } = context.scope.teams.get(node.name.value) ?? {};
  const fields = resolveTeamFields(node.fields, node.name.value, node.form, context);
  context.sites.teams.push({ node, roles: rolesWritten(node.fields) });
  return unit === undefined ? undefined : teamOf(node.name.value, node.form, unit, fields);
}

/** The default team of a unit, with the roles that `default team of` gives it; its members are the unit's users (T6). */
export function resolveDefaultTeam(unit: string, node: DefaultTeamNode | undefined, context: Context): Team {
  return teamOf(unit, "default", unit, resolveTeamFields(node?.fields ?? [], unit, "default", context));
}

function teamOf(name: string, kind: Team["kind"], unit: string, fields: TeamFields): Team {
  return {
    name,
    kind,
    unit,
    roles: assign(fields.roles ?? [], unit),
    members: fields.members ?? [],
    administrator: fields.administrator ?? undefined,
    attributes: present(fields.attributes),
  };
}

export function resolveTeamFields(
  nodes: readonly FieldNode[],
  team: string,
  kind: Team["kind"],
  context: Context,
): TeamFields {
  let roles: readonly Held[] | undefined;
  let members: readonly string[] | undefined;
  let administrator: TeamFields["administrator"];
  const membership = {
    members: (field: FieldNode) => {
      const list =
        isNone(field.values[0]) && field.values.length === 1 ? [] : references(field, "a user", context);
      members = [...new Set(list.flatMap((reference) => resolveUser(reference, "people", context) ?? []))];
    },
    administrator: (field: FieldNode) => {
      administrator = noneOr(field, "a user", context, (reference) =>
        resolveUser(reference, "people", context),
      );
    },
  };
  const attributes = resolveFields(
    nodes,
    {
      of: kind === "default" ? "a default team" : "a team",
      handlers: {
        roles: (field) => {
          const { span } = field.name;
          // An access team's roles are one mistake: BWK305, whatever they are.
          if (kind === "access") context.sites.teamRoles.push({ span, team, kind });
          else roles = resolveRoles(field, { kind: "team", name: team }, context);
        },
        ...(kind === "default" ? {} : membership),
      },
      attributes: context.schema.principals.Team,
      misplaced: { members: "the members of a default team are the users of its unit" },
    },
    context,
  );
  return { roles, members, administrator, attributes };
}

/** `roles: Salesperson, "Base user" in Contoso` */
function resolveRoles(field: FieldNode, holder: PrincipalName, context: Context): readonly Held[] {
  if (field.values.length === 1 && isNone(field.values[0])) return [];
  const held = new Map<string, Held>();
  for (const value of field.values) {
    const reference = value.kind === "RoleReference" ? value.role : asReference(value);
    if (reference === undefined) {
      mistyped(context, { span: value.span, expected: "a role", found: written(value.span) });
      continue;
    }
    const inUnit = value.kind === "RoleReference" ? value.unit : undefined;
    const role = resolveRole(reference, context);
    const unit = inUnit === undefined ? undefined : resolveUnit(inUnit, "people", context);
    if (role === undefined || (inUnit !== undefined && unit === undefined)) continue;
    held.set(`${role} ${unit ?? ""}`, { role, unit });
    context.sites.assignments.push({ span: value.span, holder, role, unit, step: context.step });
  }
  return [...held.values()];
}

/** Roles named without a unit are the copies of the holder's own unit (language.md section 7). */
export function assign(held: readonly Held[], own: string): readonly Assignment[] {
  return held.map(({ role, unit }) => ({ role, unit: unit ?? own }));
}

function noneOr(
  field: FieldNode,
  expected: string,
  context: Context,
  resolve: (reference: NonNullable<ReturnType<typeof oneReference>>) => string | undefined,
): string | null | undefined {
  if (field.values.length === 1 && isNone(field.values[0])) return null;
  const reference = oneReference(field, expected, context);
  return reference === undefined ? undefined : resolve(reference);
}

/** How many roles a block names, known or not. */
function rolesWritten(fields: readonly FieldNode[]): number {
  return fields
    .filter(({ name }) => name.value === "roles")
    .reduce((count, { values }) => count + values.filter((value) => !isNone(value)).length, 0);
}
