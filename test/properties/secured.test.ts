// Secured columns in the random worlds of every other test (semantics.md section 8): what each user may do with each column of
// each record, whatever else decides there.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Story } from "../oracle/story.ts";
import type { AttributePlan } from "./attribute-plan.ts";
import { at, bits } from "./design-policy.ts";
import { principalsThatOwn } from "./design-world.ts";
import { engineOf } from "./engines.ts";
import type { ColumnSharePlan, EntityPlan, PrincipalPlan, ProfilePlan, Project } from "./project.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { projects } from "./world.ts";

const pick = fc.noBias(fc.nat({ max: 65_535 }));
const item = fc.record({ what: pick, actions: pick, who: pick, more: pick });
const numbers = fc.record({
  secured: pick,
  profiles: fc.array(item, { maxLength: 4 }),
  shares: fc.array(item, { maxLength: 4 }),
});
type Item = typeof item extends fc.Arbitrary<infer T> ? T : never;
type Numbers = typeof numbers extends fc.Arbitrary<infer T> ? T : never;

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
function secured(plain: Project, { secured: mask, profiles, shares }: Numbers): Project {
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

test("engine and twin agree on every column of random worlds", patient, () => {
  fc.assert(
    fc.property(projects("source"), numbers, (plain, drawn) => {
      const project = secured(plain, drawn);
      const engine = engineOf(project, "plain");
      const story = new Story(toPolicy(project), toWorld(project));
      for (const { name: user } of project.users)
        for (const [entity, { name, attributes }] of project.entities.entries()) {
          const names = attributes
            .filter((attribute) => attribute.secured)
            .map((attribute) => attribute.name);
          for (const attribute of names) {
            const got = engine.checkColumn({
              principal: user,
              action: "create",
              entity: name,
              column: attribute,
            });
            const { allowed, reason } = story.can(user, { kind: "create column", entity, attribute });
            const place = `${user} create ${name}.${attribute}\n${toSource(project)}`;
            expect([got.allowed, got.reason], place).toEqual([allowed, reason]);
          }
          for (const { id } of project.records.filter((record) => record.entity === name)) {
            const may = (action: "read" | "write" | "readUnmasked", attribute: string): boolean =>
              story.can(user, { kind: "column", action, record: { entity, id }, attribute }).allowed;
            const expected = names.map((attribute) => ({
              column: attribute,
              readable: may("read", attribute),
              masked: may("read", attribute) && !may("readUnmasked", attribute),
              writable: may("write", attribute),
            }));
            const got = engine
              .columns(user, { entity: name, id })
              .map(({ column, readable, masked, writable }) => ({ column, readable, masked, writable }));
            expect(got, `${user} ${name}/${id}\n${toSource(project)}`).toEqual(expected);
          }
        }
    }),
    { numRuns: worldsOfAProperty, seed },
  );
});
