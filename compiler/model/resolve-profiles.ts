// Column profiles (language.md section 7, semantics.md F2) and the data security inventory.
import { suggest } from "../diagnostics/suggest.ts";
import type {
  ColumnGrantNode,
  ColumnNode,
  ColumnProfileNode,
  MemberNode,
  NameNode,
  OwnerRuleNode,
} from "../syntax/ast.ts";
import { attributeNames, attributePosition, findAttribute } from "./attributes.ts";
import { type Context, mistyped } from "./context.ts";
import { references, resolveFields } from "./fields.ts";
import type { Attribute, ColumnProfile, OwnerRule, PrincipalName } from "./model.ts";
import type { NameSpace } from "./name-space.ts";
import { resolvePrincipal, written } from "./references.ts";
import { resolveSecuredColumn } from "./resolve-records.ts";

const columnActions = ["create", "read", "write", "readUnmasked"] as const;
type ColumnAction = (typeof columnActions)[number];

/** `read`, `write` (or `update`), `create`, `readUnmasked`; undefined after BWK201. */
export function resolveColumnAction(node: NameNode, { report }: Context): ColumnAction | undefined {
  const word = node.value === "update" ? "write" : node.value;
  const action = columnActions.find((known) => known === word);
  if (action === undefined && word !== "")
    report.add("BWK201", node.span, {
      kind: "action on a column",
      name: word,
      suggestion: suggest(word, columnActions),
    });
  return action;
}

/** A profile and its members; undefined where its name is declared twice. */
export function resolveProfile(
  node: ColumnProfileNode,
  context: Context,
): { profile: ColumnProfile; members: readonly PrincipalName[] } | undefined {
  const profile = {
    name: node.name.value,
    grants: node.grants.flatMap((grant) => columnGrants(grant, context)),
  };
  let members: readonly PrincipalName[] = [];
  resolveFields(
    node.fields,
    {
      of: "a column profile",
      handlers: {
        members: (field) => {
          members = references(field, "a user or team", context).flatMap(
            (reference) => resolvePrincipal(reference, "directory", context) ?? [],
          );
        },
      },
      attributes: [],
    },
    context,
  );
  if (node.name.value === "" || !context.scope.profiles.declare(node.name, profile, context.report))
    return undefined;
  return { profile, members };
}

function columnGrants(node: ColumnGrantNode, context: Context): ColumnProfile["grants"] {
  const columns = node.columns.flatMap((column) => resolveColumnNode(column, context) ?? []);
  return node.actions.flatMap((name) => {
    const action = resolveColumnAction(name, context);
    return action === undefined ? [] : columns.map((column) => ({ action, ...column }));
  });
}

function resolveColumnNode(
  node: ColumnNode,
  context: Context,
): { entity: number; attribute: number } | undefined {
  const { schema, report } = context;
  const entity = schema.entityNames.resolve(node.entity, report);
  if (entity === undefined) return undefined;
  const name = resolveSecuredColumn(node.attribute, entity, context);
  if (name === undefined) return undefined;
  return { entity, attribute: attributePosition(schema.entities[entity]?.attributes ?? [], name) };
}

/** `owner of Contact is resource.country.owningTeam;` */
export function resolveOwnerRule(
  node: OwnerRuleNode,
  declared: NameSpace<true>,
  context: Context,
): OwnerRule | undefined {
  const { schema, report } = context;
  const entity = schema.entityNames.resolve(node.entity, report);
  if (entity === undefined || !declared.declare(node.entity, true, report)) return undefined;
  if (schema.entities[entity]?.ownership !== "userOrTeam")
    return mistyped(context, {
      span: node.entity.span,
      expected: "an entity owned by user or team",
      found: written(node.entity.span),
    });
  const { rule, span } = node;
  if (rule.kind === "Member") {
    const path = resolvePath(rule, entity, context);
    return path === undefined ? undefined : { entity, owner: { kind: "path", attributes: path }, span };
  }
  if (rule.kind === "Name" && rule.value === "creator") return { entity, owner: { kind: "creator" }, span };
  const principal = resolvePrincipal(rule, "directory", context);
  return principal === undefined ? undefined : { entity, owner: { kind: "principal", principal }, span };
}

/** The attributes of `resource.a.b`, ending in a user or team. */
function resolvePath(rule: MemberNode, start: number, context: Context): readonly string[] | undefined {
  const steps: NameNode[] = [];
  // That it begins with `resource` is what the parser sees to.
  for (let at: MemberNode["object"] = rule; at.kind === "Member"; at = at.object) steps.unshift(at.attribute);
  let entity: number | undefined = start;
  let last: Attribute["type"] | "owner" | undefined;
  for (const step of steps) {
    const holder: number | undefined = entity;
    if (holder === undefined)
      return mistyped(context, {
        span: step.span,
        expected: "the end of the path",
        found: written(step.span),
      });
    const { attributes, name, ownership } = context.schema.entities[
      holder
    ] as (typeof context.schema.entities)[number];
    const owned = ownership === "userOrTeam" && step.value === "owner";
    // A rule is asked where a record is created without an owner: it has none to be read.
    if (owned && step === steps[0])
      return mistyped(context, {
        span: rule.span,
        expected: "a path to another record's owner, or to a user or team",
        found: written(rule.span),
        help: "say `creator`, or follow a lookup: `resource.….owner`",
      });
    last = owned ? "owner" : findAttribute(attributes, step.value)?.type;
    if (last === undefined) {
      attributeNames("attribute", attributes, `\`${name}\``).resolve(step, context.report);
      return undefined;
    }
    entity = last !== "owner" && last.kind === "Lookup" ? last.entity : undefined;
  }
  const end = last === "owner" || last === undefined ? "Principal" : last.kind;
  if (end === "Principal" || end === "User" || end === "Team") return steps.map(({ value }) => value);
  return mistyped(context, {
    span: rule.span,
    expected: "a path that ends in a user or team",
    found: written(rule.span),
  });
}
