// Guardrails: Cedar policies over all roles (language.md section 5).
import { suggest } from "../diagnostics/suggest.ts";
import { baseName, positionOf } from "../source.ts";
import type { GuardrailNode, NameNode, ReferenceNode } from "../syntax/ast.ts";
import { type Context, mistyped } from "./context.ts";
import type { Guardrail, PrincipalScope, ResourceScope } from "./model.ts";
import {
  resolveRole as resolveRoleName,
  resolveTeam,
  resolveUnit,
  resolveUser,
  written,
} from "./references.ts";
import { resolveConditions } from "./resolve-conditions.ts";
import { resolveEntityWord, resolveLevel } from "./resolve-grants.ts";
import { annotation } from "./resolve-roles.ts";
import type { EntityWord, GuardrailSite } from "./sites.ts";
import { ALL_ACTIONS, actionNumber, actionWords } from "./vocabulary.ts";

/** A guardrail; undefined where a name in it is unknown or where it grants `at none`. */
export function resolveGuardrail(node: GuardrailNode, context: Context): Guardrail | undefined {
  const principal = principalScope(node, context);
  const { actions, tasks, complete } = actionScope(node, context);
  const resource = resourceScope(node, context);
  const level = resolveLevel(node.level, context);
  const condition = resolveConditions(node.conditions, context);

  const bare = node.action.operator === "any";
  const guardrail: Guardrail | undefined =
    principal === undefined || resource === undefined || !complete
      ? undefined
      : {
          effect: node.effect,
          id: idOf(node),
          principal,
          actions: bare ? ALL_ACTIONS : actions.reduce((mask, { action }) => mask | (1 << action), 0),
          tasks: new Set(bare ? context.schema.tasks.keys() : tasks.map(({ task }) => task)),
          resource: resource.scope,
          level,
          condition,
          span: node.span,
        };
  const team = principal?.kind === "team" ? context.scope.teams.get(principal.name) : undefined;
  const site: GuardrailSite = {
    node,
    guardrail,
    actions,
    tasks,
    entity: resource?.entity,
    teamKind: team?.kind,
    level,
  };
  context.sites.guardrails.push(site);
  return level === 0 ? undefined : guardrail;
}

/**
 * `@id("…")`, else the place where it was written: `guards.bwk:12` (language.md section 5). The folder is left out, so
 * that the name does not depend on where the compiler is started.
 */
function idOf(node: GuardrailNode): string {
  const { file } = node.span;
  return annotation(node.annotations, "id") ?? `${baseName(file)}:${positionOf(file, node.span.start).line}`;
}

/** Makes the ids of guardrails known to `because forbid "…"`; a repeated `@id` is BWK202. */
export function declareGuardrails(nodes: readonly GuardrailNode[], { scope, report }: Context): void {
  for (const node of nodes) {
    const written = node.annotations.find(({ key }) => key.value === "id");
    const id = idOf(node);
    if (written?.value !== undefined)
      scope.guardrails.declare({ kind: "Name", value: id, span: written.span }, true, report);
    else scope.guardrails.builtIn(id, true);
  }
}

function principalScope(node: GuardrailNode, context: Context): PrincipalScope | undefined {
  const { operator, entity, type, span } = node.principal;
  if (operator === "is") {
    // Every principal is a user, so `is User` says nothing.
    if (type === undefined || type.value === "User") return { kind: "any" };
    return mistyped(context, { span: type.span, expected: "`User`", found: written(type.span) });
  }
  if (operator === "any" || entity === undefined) return { kind: "any" };
  const named = <K extends "user" | "team" | "unit">(kind: K, name: string | undefined) =>
    name === undefined ? undefined : { kind, name };
  if (operator === "==") return named("user", resolveUser(entity, "directory", context));
  switch (entity.type.value) {
    case "Team":
      return named("team", resolveTeam(entity, "directory", context));
    case "BusinessUnit":
      return named("unit", resolveUnit(entity, "directory", context));
    case "Role": {
      const role = resolveRoleName(entity, context);
      return role === undefined ? undefined : { kind: "role", role };
    }
    default:
      return mistyped(context, {
        span: entity.span,
        expected: 'a `Team::"…"`, a `Role::"…"` or a `BusinessUnit::"…"`',
        found: written(entity.span),
        help:
          span.file === entity.span.file && entity.type.value === "User" ? "say `principal ==`" : undefined,
      });
  }
}

function actionScope(
  node: GuardrailNode,
  context: Context,
): { actions: GuardrailSite["actions"]; tasks: GuardrailSite["tasks"]; complete: boolean } {
  const actions: GuardrailSite["actions"][number][] = [];
  const tasks: GuardrailSite["tasks"][number][] = [];
  let complete = true;
  for (const reference of node.action.actions) {
    const name = actionName(reference, context);
    const action = actionNumber(name?.value ?? "");
    const task = context.schema.taskNames.get(name?.value ?? "");
    if (name === undefined) complete = false;
    else if (action !== undefined) actions.push({ span: reference.span, word: name.value, action });
    else if (task !== undefined) tasks.push({ span: reference.span, word: name.value, task });
    else {
      complete = false;
      if (name.value !== "")
        context.report.add("BWK201", name.span, {
          kind: "action",
          name: name.value,
          suggestion: suggest(name.value, [
            ...actionWords.filter((word) => word !== "all"),
            ...context.schema.taskNames.names(),
          ]),
          help: name.value === "all" ? "say `action` alone: it means every action" : undefined,
        });
    }
  }
  return { actions, tasks, complete };
}

/** `read` or `Action::"read"`. */
function actionName(reference: ReferenceNode, context: Context): NameNode | undefined {
  if (reference.kind === "Name") return reference;
  if (reference.type.value === "Action") return reference.id;
  return mistyped(context, {
    span: reference.span,
    expected: "an action",
    found: written(reference.span),
  });
}

function resourceScope(
  node: GuardrailNode,
  context: Context,
): { scope: ResourceScope; entity: EntityWord | undefined } | undefined {
  const { schema } = context;
  const { operator, type, entity } = node.resource;
  const scope: { -readonly [K in keyof ResourceScope]: ResourceScope[K] } = {
    entities: undefined,
    unit: undefined,
    record: undefined,
  };
  let word: EntityWord | undefined;
  if (type !== undefined) {
    word = resolveEntityWord(type, context);
    if (word === undefined) return undefined;
    scope.entities = word.sharing
      ? [schema.entityNames.get(type.value) as number]
      : schema.privilegeSets[word.set]?.entities;
  }
  if (operator === "in" && entity !== undefined) {
    scope.unit = resolveUnit(entity, "directory", context);
    if (scope.unit === undefined) return undefined;
  }
  if (operator === "==" && entity !== undefined) {
    // A record may come from a table: only its entity is known here.
    const number = schema.entityNames.resolve(entity.type, context.report);
    const privilegeSet = schema.entities[number ?? -1]?.privilegeSet;
    if (number === undefined || privilegeSet === undefined) return undefined;
    scope.entities = [number];
    scope.record = { entity: number, id: entity.id.value };
    word = {
      node: entity.type,
      set: privilegeSet,
      sharing: schema.privilegeSets[privilegeSet]?.shared === true,
    };
  }
  return { scope, entity: word };
}
