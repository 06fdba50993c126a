// Entities, privilege sets, task privileges and the request context (language.md section 3).
import type { AttributeNode, ContextNode, EntityNode, NameNode, PrivilegeNode } from "../syntax/ast.ts";
import { attributeNames, attributePosition } from "./attributes.ts";
import { type Context, mistyped, type Schema } from "./context.ts";
import type { Attribute, Entity, Ownership, Policy } from "./model.ts";
import { NameSpace } from "./name-space.ts";
import { written } from "./references.ts";
import { builtInTypes, resolveAttribute } from "./resolve-types.ts";
import type { UnprotectedSite } from "./sites.ts";
import { ownershipKeyword } from "./vocabulary.ts";

type Extended = keyof Policy["principals"];

/** Fields of the built-in types, which an added attribute cannot repeat (language.md section 7). */
const builtInFields: Record<Extended, readonly string[]> = {
  User: ["roles", "manager", "position"],
  Team: ["roles", "members", "administrator"],
  BusinessUnit: [],
};

const recordFields: Record<Ownership, readonly string[]> = {
  userOrTeam: ["owner", "businessUnit"],
  businessUnit: ["businessUnit"],
  organization: [],
  parent: [],
};

export function emptySchema(): Schema {
  const schema: Schema = {
    entities: [],
    privilegeSets: [],
    tasks: [],
    entityNames: new NameSpace("entity"),
    setNames: new NameSpace("privilege set"),
    taskNames: new NameSpace("privilege"),
    context: [],
    principals: { User: [], Team: [], BusinessUnit: [] },
    grants: 0,
  };
  for (const type of builtInTypes) schema.entityNames.reserve(type);
  // The task privilege of merging exists in every project (language.md section 3).
  schema.taskNames.builtIn("Merge", 0);
  schema.tasks.push({ name: "Merge" });
  return schema;
}

export function resolveSchema(
  nodes: {
    entities: readonly EntityNode[];
    privileges: readonly PrivilegeNode[];
    contexts: readonly ContextNode[];
  },
  context: Context,
): void {
  const { schema, report } = context;
  for (const { names } of nodes.privileges)
    for (const name of names) {
      if (name.value === "") continue;
      // `Merge` may be declared once more: it says what is so anyway.
      if (name.value === "Merge" && schema.taskNames.spanOf("Merge") === undefined) continue;
      if (schema.taskNames.declare(name, schema.tasks.length, report))
        schema.tasks.push({ name: name.value });
    }
  const declared = declareEntities(nodes.entities, context);
  const attributes = new Map<EntityNode, readonly Attribute[]>();
  for (const { node, ownership } of declared)
    if (!attributes.has(node))
      attributes.set(node, resolveAttributes(node.attributes, recordFields[ownership], context));
  for (const [index, { node }] of declared.entries()) {
    const entity = schema.entities[index] as Entity;
    schema.entities[index] = { ...entity, attributes: attributes.get(node) ?? [] };
  }
  for (const [index, { node }] of declared.entries()) resolveParent(index, node, context);
  reportParentCycles(context);
  schema.principals = extensions(nodes.entities, context);
  schema.context = resolveAttributes(
    nodes.contexts.flatMap((node) => node.attributes),
    [],
    context,
    "context",
  );
}

const isExtension = (node: EntityNode, name: NameNode): boolean =>
  node.ownership === undefined && Object.hasOwn(builtInFields, name.value);

/** Gives every entity its number and its privilege set; attributes come later, because lookups lead anywhere. */
function declareEntities(
  nodes: readonly EntityNode[],
  context: Context,
): { node: EntityNode; ownership: Ownership }[] {
  const { schema, report } = context;
  const declared: { node: EntityNode; ownership: Ownership; name: NameNode }[] = [];
  for (const node of nodes)
    for (const name of node.names) {
      if (name.value === "") continue;
      if (isExtension(node, name)) {
        if (node.set !== undefined)
          report.add("BWK202", name.span, {
            kind: "entity",
            name: name.value,
            builtIn: true,
            help: `leave \`as ${node.set.value}\` out to add attributes to it: it has no privileges to share`,
          });
        continue;
      }
      if (!schema.entityNames.declare(name, declared.length, report)) continue;
      if (node.ownership === undefined)
        report.add("BWK201", name.span, {
          kind: "built-in type",
          name: name.value,
          suggestion: undefined,
          help: "say who owns it: `owned by user or team`, `organization`, `business unit` or `parent <lookup>`",
        });
      // Declared all the same, so that its uses are not reported as well.
      const ownership = node.ownership?.form ?? "userOrTeam";
      declared.push({ node, ownership, name });
    }
  // Sets first: an entity that has the name of a set must not become a set of its own.
  const own = new Set(
    declared.flatMap(({ node, name }) => (node.set?.value === name.value ? name.value : [])),
  );
  for (const { node } of declared) if (node.set !== undefined) declareSet(node.set, node, own, context);
  const members = schema.privilegeSets.map((): number[] => []);
  for (const [index, { node, ownership, name }] of declared.entries()) {
    const privilegeSet = node.set === undefined ? ownSet(name, ownership, context) : joinSet(node, context);
    members[privilegeSet] = members[privilegeSet] ?? [];
    members[privilegeSet].push(index);
    schema.entities.push({
      name: name.value,
      ownership,
      privilegeSet,
      attributes: [],
      parent: undefined,
      span: name.span,
    });
  }
  for (const [number, set] of schema.privilegeSets.entries())
    schema.privilegeSets[number] = { ...set, entities: members[number] ?? [] };
  for (const [index, entity] of schema.entities.entries()) checkSetOwnership(index, entity, context);
  return declared;
}

/** `own`: the entities that give their own name to their set, which is no repetition. */
function declareSet(
  set: NameNode,
  node: EntityNode,
  own: ReadonlySet<string>,
  { schema, report }: Context,
): void {
  if (schema.setNames.has(set.value) || set.value === "") return;
  const entity = schema.entityNames.get(set.value);
  if (entity !== undefined && !own.has(set.value)) {
    const span = schema.entityNames.spanOf(set.value);
    report.add(
      "BWK202",
      set.span,
      { kind: "privilege set", name: set.value, help: "an entity has this name: choose another one" },
      span === undefined ? [] : [{ span, message: "the entity is declared here" }],
    );
  }
  schema.setNames.declare(set, schema.privilegeSets.length, report);
  const first = node.names[0]?.value;
  schema.entityNames.hint(
    set.value,
    `\`${set.value}\` is a privilege set: say \`${first}\`, or another of the entities that share it`,
  );
  const ownership = node.ownership?.form ?? "userOrTeam";
  schema.privilegeSets.push({ name: set.value, entities: [], ownership, shared: true });
}

function ownSet(name: NameNode, ownership: Ownership, { schema, report }: Context): number {
  const existing = schema.setNames.get(name.value);
  if (existing !== undefined) return existing;
  schema.setNames.declare(name, schema.privilegeSets.length, report);
  schema.privilegeSets.push({ name: name.value, entities: [], ownership, shared: false });
  return schema.privilegeSets.length - 1;
}

function joinSet(node: EntityNode, { schema }: Context): number {
  return schema.setNames.get(node.set?.value ?? "") ?? 0;
}

/** One ownership a privilege set: its levels and actions are those of the ownership. */
function checkSetOwnership(index: number, entity: Entity, { schema, report }: Context): void {
  const set = schema.privilegeSets[entity.privilegeSet];
  const first = schema.entities[set?.entities[0] ?? index];
  if (set === undefined || first === undefined || entity.ownership === set.ownership) return;
  report.add(
    "BWK206",
    entity.span,
    {
      set: set.name,
      entity: entity.name,
      ownership: ownershipKeyword[entity.ownership],
      first: first.name,
      expected: ownershipKeyword[set.ownership],
    },
    [{ span: first.span, message: "the first entity of the set" }],
  );
}

function resolveAttributes(
  nodes: readonly AttributeNode[],
  builtIn: readonly string[],
  context: Context,
  /** Whose attributes these are where they are no columns of records. */
  bearer?: UnprotectedSite["bearer"],
): readonly Attribute[] {
  const names = new NameSpace<true>("attribute");
  for (const name of builtIn) names.builtIn(name, true);
  const attributes: Attribute[] = [];
  for (const node of nodes) {
    if (node.name.value === "" || !names.declare(node.name, true, context.report)) continue;
    const attribute = resolveAttribute(node, context, bearer);
    if (attribute !== undefined) attributes.push(attribute);
  }
  return attributes;
}

/** `owned by parent <lookup>` (semantics.md E2). */
function resolveParent(index: number, node: EntityNode, context: Context): void {
  const { schema, report } = context;
  const entity = schema.entities[index] as Entity;
  const lookup = node.ownership?.lookup;
  if (entity.ownership !== "parent" || lookup === undefined || lookup.value === "") return;
  const attribute = attributePosition(entity.attributes, lookup.value);
  const type = entity.attributes[attribute]?.type;
  if (type === undefined) {
    // An attribute of an unknown type was reported where the type stands.
    if (node.attributes.some(({ name }) => name.value === lookup.value)) return;
    attributeNames("attribute", entity.attributes, `\`${entity.name}\``).resolve(lookup, report);
  } else if (type.kind !== "Lookup")
    mistyped(context, {
      span: lookup.span,
      expected: "a lookup to the entity that owns it",
      found: `${written(lookup.span)}, which is ${type.kind}`,
    });
  else schema.entities[index] = { ...entity, parent: { attribute, entity: type.entity } };
}

function reportParentCycles({ schema, report }: Context): void {
  const done = new Set<number>();
  for (const start of schema.entities.keys()) {
    const path: number[] = [];
    let at: number | undefined = start;
    while (at !== undefined && !done.has(at)) {
      done.add(at);
      path.push(at);
      at = schema.entities[at]?.parent?.entity;
    }
    const from = at === undefined ? -1 : path.indexOf(at);
    if (from < 0) continue;
    const cycle = [...path.slice(from), path[from] as number].map(
      (entity) => schema.entities[entity] as Entity,
    );
    report.add("BWK205", (cycle[0] as Entity).span, { path: cycle.map(({ name }) => name) });
  }
}

/** `entity User { department?: String }`: attributes added to a built-in type, in any number of places. */
function extensions(nodes: readonly EntityNode[], context: Context): Policy["principals"] {
  const attributesOf = (type: Extended) =>
    resolveAttributes(
      nodes.flatMap((node) =>
        node.names.some((name) => name.value === type && isExtension(node, name)) ? node.attributes : [],
      ),
      builtInFields[type],
      context,
      type,
    );
  return {
    User: attributesOf("User"),
    Team: attributesOf("Team"),
    BusinessUnit: attributesOf("BusinessUnit"),
  };
}
