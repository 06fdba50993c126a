// Secured columns for random worlds (semantics.md section 8): some attributes secured, profiles for them, and shares of columns.
import fc from "fast-check";
import type { AttributePlan } from "./attribute-plan.ts";
import { at, bits } from "./design-policy.ts";
import { principalsThatOwn } from "./design-world.ts";
import type { ColumnSharePlan, EntityPlan, PrincipalPlan, ProfilePlan, Project } from "./project.ts";

const pick = fc.noBias(fc.nat({ max: 65_535 }));
const item = fc.record({ what: pick, actions: pick, who: pick, more: pick });
export const secureNumbers = fc.record({
  secured: pick,
  profiles: fc.array(item, { maxLength: 4 }),
  shares: fc.array(item, { maxLength: 4 }),
});
type Item = typeof item extends fc.Arbitrary<infer T> ? T : never;
type Numbers = typeof secureNumbers extends fc.Arbitrary<infer T> ? T : never;

const actions = ["create", "read", "write", "readUnmasked"] as const;

/** Principals of every kind, access teams among them. */
function everybody(project: Project): PrincipalPlan[] {
  const access = project.teams.filter(({ kind }) => kind === "access");
  return [...principalsThatOwn(project), ...access.map(({ name }) => ({ kind: "team", name }) as const)];
}

/** Some columns secured, of texts some masked. */
function withSecured(entities: readonly EntityPlan[], mask: number): EntityPlan[] {
  return entities.map((entity, number) => ({
    ...entity,
    attributes: entity.attributes.map((attribute, place): AttributePlan => {
      if (((mask >> ((number + place) % 8)) & 1) === 0) return attribute;
      const isMasked = attribute.type.kind === "String" && mask % 3 > 0;
      return { ...attribute, secured: true, ...(isMasked ? { masked: "[a-z]" } : {}) };
    }),
  }));
}

interface Column {
  readonly entity: string;
  readonly attribute: AttributePlan;
}

function profileOf(project: Project, columns: readonly Column[], { what, actions: wanted, who, more }: Item) {
  const { entity, attribute } = at(columns, what);
  // Only a masked column has a value that is not masked.
  const words = bits(actions, wanted).filter(
    (word) => word !== "readUnmasked" || attribute.masked !== undefined,
  );
  const members = [at(everybody(project), who), at(everybody(project), more)];
  const different = JSON.stringify(members[0]) !== JSON.stringify(members[1]);
  return {
    grants: [{ actions: words.length === 0 ? ["read"] : words, entity, attribute: attribute.name }],
    members: different ? members : members.slice(1),
  };
}

/** The project with secured columns, profiles for them, and shares of columns. */
export function secured(plain: Project, { secured: mask, profiles, shares }: Numbers): Project {
  const project = { ...plain, entities: withSecured(plain.entities, mask) };
  const columns = project.entities.flatMap(({ name, attributes }) =>
    attributes.flatMap((attribute): Column[] => (attribute.secured ? [{ entity: name, attribute }] : [])),
  );
  if (columns.length === 0) return project;
  const given = new Map<string, ColumnSharePlan>();
  for (const { what, actions: wanted, who, more } of shares) {
    const { entity, attribute } = at(columns, what);
    const records = project.records.filter(
      (record) => record.entity === entity && record.owner !== undefined,
    );
    if (records.length === 0) continue;
    const to = who % 7 === 6 ? undefined : at(everybody(project), who);
    const { id } = at(records, more);
    const rights = bits(["read", "write"], (wanted % 3) + 1);
    const share = { entity, id, attribute: attribute.name, with: to, rights };
    given.set(JSON.stringify([entity, id, attribute.name, to]), share);
  }
  return {
    ...project,
    profiles: profiles.map(
      (drawn, index): ProfilePlan => ({ name: `profile ${index}`, ...profileOf(project, columns, drawn) }),
    ),
    columnShares: [...given.values()],
  };
}
