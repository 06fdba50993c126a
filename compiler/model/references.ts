// A reference to people, places, roles or records: a bare name where its kind is clear, or `Team::"EU"`.
import type { Span } from "../source.ts";
import type { NameNode, ReferenceNode, ValueNode } from "../syntax/ast.ts";
import { printText } from "../syntax/strings.ts";
import { type Context, mistyped } from "./context.ts";
import type { OpenName, PrincipalName } from "./model.ts";
import type { NameSpace } from "./name-space.ts";

/**
 * Who may declare a name that the source does not: `directory` = always a directory as well (scopes of guardrails,
 * units of roles, members of column profiles), `people` = a directory where the project declares no organization.
 */
export type Openness = "directory" | "people";

const kinds = {
  user: { type: "User", article: "a user" },
  team: { type: "Team", article: "a team" },
  unit: { type: "BusinessUnit", article: "a business unit" },
  role: { type: "Role", article: "a role" },
} as const;

/** The text of a node on one line, shortened, in backticks. */
export function written(span: Span): string {
  const text = span.file.text.slice(span.start, span.end).replace(/\s+/g, " ");
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``;
}

/** Whether a name stands in quotes: then it is no word of the language. */
export function isQuoted(name: NameNode): boolean {
  return name.span.file.text[name.span.start] === '"';
}

/** A value that can name something; undefined for every other value. */
export function asReference(value: ValueNode): ReferenceNode | undefined {
  switch (value.kind) {
    case "Name":
    case "EntityId":
      return value;
    case "String":
      return { kind: "Name", value: value.value, span: value.span };
    default:
      return undefined;
  }
}

function checkType(reference: ReferenceNode, kind: keyof typeof kinds, context: Context): boolean {
  if (reference.kind === "Name" || reference.type.value === kinds[kind].type) return true;
  const type = reference.type;
  const builtIn = Object.values(kinds).some((other) => other.type === type.value) || type.value === "Action";
  if (builtIn || context.schema.entityNames.has(type.value))
    mistyped(context, {
      span: reference.span,
      expected: kinds[kind].article,
      found: written(reference.span),
    });
  else context.schema.entityNames.resolve(type, context.report);
  return false;
}

const idOf = (reference: ReferenceNode): NameNode => (reference.kind === "Name" ? reference : reference.id);

function place<T>(
  reference: ReferenceNode,
  kind: "user" | "team" | "unit",
  names: NameSpace<T>,
  openness: Openness,
  context: Context,
): string | undefined {
  if (!checkType(reference, kind, context)) return undefined;
  return known(idOf(reference), kind, names, openness, context);
}

/** The name itself, known or left open; undefined after BWK201. */
function known<T>(
  name: NameNode,
  kind: OpenName["kind"],
  names: NameSpace<T>,
  openness: Openness,
  context: Context,
): string | undefined {
  if (name.value === "") return undefined;
  if (names.has(name.value)) return name.value;
  const mayBeOpen = openness === "directory" || context.scope.root === undefined;
  if (context.openNames === undefined || !mayBeOpen) {
    names.resolve(name, context.report, otherKind(name, kind, context));
    return undefined;
  }
  context.openNames.push({ kind, name: name.value, span: name.span });
  return name.value;
}

/** A name of another kind in the wrong place deserves better than "did you mean". */
function otherKind(name: NameNode, kind: OpenName["kind"], { scope }: Context): string | undefined {
  if (kind !== "user" && scope.users.has(name.value)) return `\`${name.value}\` is a user`;
  if (kind !== "unit" && scope.units.has(name.value)) return `\`${name.value}\` is a business unit`;
  if (kind !== "team" && scope.teams.has(name.value)) return `\`${name.value}\` is a team`;
  return undefined;
}

export function resolveUnit(
  reference: ReferenceNode,
  openness: Openness,
  context: Context,
): string | undefined {
  return place(reference, "unit", context.scope.units, openness, context);
}

export function resolveUser(
  reference: ReferenceNode,
  openness: Openness,
  context: Context,
): string | undefined {
  return place(reference, "user", context.scope.users, openness, context);
}

export function resolveTeam(
  reference: ReferenceNode,
  openness: Openness,
  context: Context,
): string | undefined {
  return place(reference, "team", context.scope.teams, openness, context);
}

export function resolvePosition(reference: ReferenceNode, context: Context): string | undefined {
  if (reference.kind === "EntityId")
    return mistyped(context, {
      span: reference.span,
      expected: "a position",
      found: written(reference.span),
    });
  return known(reference, "position", context.scope.positions, "people", context);
}

/**
 * A user or a team. A bare name that both carry is BWK204. One that nobody carries and that may be left open stands as a
 * user's until a directory says whose it is: a team's where only a team carries it, BWK204 where both do.
 */
export function resolvePrincipal(
  reference: ReferenceNode,
  openness: Openness,
  context: Context,
): PrincipalName | undefined {
  const { users, teams } = context.scope;
  if (reference.kind === "EntityId") {
    const kind = reference.type.value === "Team" ? "team" : "user";
    const name =
      kind === "team" ? resolveTeam(reference, openness, context) : resolveUser(reference, openness, context);
    return name === undefined ? undefined : { kind, name };
  }
  const name = reference.value;
  if (users.has(name) && teams.has(name)) {
    const quoted = printText(name);
    context.report.add("BWK204", reference.span, {
      name,
      user: `User::${quoted}`,
      team: `Team::${quoted}`,
    });
    return undefined;
  }
  if (teams.has(name)) return { kind: "team", name };
  if (users.has(name)) return { kind: "user", name };
  return unknownPrincipal(reference, openness, context);
}

function unknownPrincipal(name: NameNode, openness: Openness, context: Context): PrincipalName | undefined {
  const { users, teams } = context.scope;
  if (context.openNames !== undefined && (openness === "directory" || context.scope.root === undefined)) {
    const open = known(name, "principal", users, openness, context);
    return open === undefined ? undefined : { kind: "user", name: open };
  }
  if (name.value !== "")
    context.report.add("BWK201", name.span, {
      kind: "user or team",
      name: name.value,
      suggestion: users.suggest(name.value) ?? teams.suggest(name.value),
    });
  return undefined;
}

/** A role's number. */
export function resolveRole(reference: ReferenceNode, context: Context): number | undefined {
  if (!checkType(reference, "role", context)) return undefined;
  return context.scope.roles.resolve(idOf(reference), context.report);
}

/** A record: a bare name, or `Account::"acc1"`. */
export function resolveRecord(
  reference: ReferenceNode,
  context: Context,
): { entity: number; id: string } | undefined {
  const { schema, scope, report } = context;
  if (reference.kind === "EntityId") {
    const asked = schema.entityNames.resolve(reference.type, report);
    if (asked === undefined) return undefined;
    const found = scope.records.get(reference.id.value);
    if (found?.entity !== undefined && found.entity !== asked)
      return mistyped(context, {
        span: reference.span,
        expected: `a record of \`${reference.type.value}\``,
        found: `a record of \`${schema.entities[found.entity]?.name}\``,
      });
  }
  const name = idOf(reference);
  const help = context.later.has(name.value)
    ? `\`${name.value}\` is declared further down: a test's records exist from there on`
    : undefined;
  const record = scope.records.resolve(name, report, help);
  return record?.entity === undefined ? undefined : { entity: record.entity, id: name.value };
}
