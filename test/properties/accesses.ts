// What an expression can read: attributes of principal, resource and context, and those one lookup away (language.md
// section 6), each with the `has` guards that it needs.
import type { AttributePlan, AttributeTypePlan } from "./attribute-plan.ts";
import type { Named } from "./design-attributes.ts";
import { type ExpressionPlan, root } from "./expression-plan.ts";
import type { EntityPlan, Project } from "./project.ts";

/** Everything that conditions of a project may speak of. */
export interface Vocabulary extends Pick<Project, "entities" | "principals" | "context"> {
  readonly named: Named;
  readonly roles: readonly string[];
  readonly actions: readonly string[];
}

/** The entity of the record in question; undefined for a task privilege, where there is none. */
export type Circumstance = EntityPlan | undefined;

/** That an optional attribute is there. */
export interface Guard {
  readonly key: string;
  readonly of: ExpressionPlan;
  readonly name: string;
}

export interface Access {
  readonly expression: Extract<ExpressionPlan, { op: "get" }>;
  readonly type: AttributeTypePlan;
  readonly guards: readonly Guard[];
}

/** The attributes of an entity's records: declared ones, its lookup, owner and unit. */
export function attributesOfRecords({ attributes, lookup, ownership }: EntityPlan): AttributePlan[] {
  const all: AttributePlan[] = [...attributes];
  if (lookup !== undefined)
    all.push({ name: lookup.name, type: { kind: "Lookup", entity: lookup.to }, optional: true });
  if (ownership === "userOrTeam") all.push({ name: "owner", type: { kind: "Principal" }, optional: false });
  if (ownership === "userOrTeam" || ownership === "businessUnit")
    all.push({ name: "businessUnit", type: { kind: "BusinessUnit" }, optional: false });
  return all;
}

const sameType = (a: AttributeTypePlan, b: AttributeTypePlan): boolean =>
  a.kind === b.kind && (a.kind === "Choice" || JSON.stringify(a) === JSON.stringify(b));

/** What the records of all these entities have, with one type; optional where it is so in one of them. */
function common(circumstances: readonly Circumstance[]): AttributePlan[] {
  const [first, ...others] = circumstances.map((entity) =>
    entity === undefined ? [] : attributesOfRecords(entity),
  );
  return (first ?? []).flatMap((attribute) => {
    const same = others.map((all) =>
      all.find(({ name, type }) => name === attribute.name && sameType(type, attribute.type)),
    );
    if (same.includes(undefined)) return [];
    return [{ ...attribute, optional: attribute.optional || same.some((other) => other?.optional) }];
  });
}

/** The attributes of what a lookup leads to. */
function beyond(type: AttributeTypePlan, vocabulary: Vocabulary): readonly AttributePlan[] {
  if (type.kind === "User" || type.kind === "Team") return vocabulary.principals[type.kind];
  if (type.kind !== "Lookup") return [];
  const entity = vocabulary.entities.find(({ name }) => name === type.entity);
  if (entity === undefined) return [];
  return attributesOfRecords(entity);
}

export function accessesIn(vocabulary: Vocabulary, circumstances: readonly Circumstance[]): Access[] {
  const accesses: Access[] = [];
  const read = (
    of: ExpressionPlan,
    path: string,
    { name, type, optional }: AttributePlan,
    guards: readonly Guard[],
  ): Access => {
    const key = `${path}.${name}`;
    const own = optional ? [...guards, { key, of, name }] : guards;
    const access = { expression: { op: "get", of, name } as const, type, guards: own };
    accesses.push(access);
    return access;
  };
  const all = [
    ["resource", common(circumstances)],
    ["principal", vocabulary.principals.User],
    ["context", vocabulary.context],
  ] as const;
  for (const [name, attributes] of all)
    for (const attribute of attributes) {
      const { expression, type, guards } = read(root(name), name, attribute, []);
      for (const further of beyond(type, vocabulary))
        read(expression, `${name}.${attribute.name}`, further, guards);
    }
  return accesses;
}
