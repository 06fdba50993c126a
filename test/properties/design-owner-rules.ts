// Owner rules for random worlds (language.md section 7): somebody, the creator, or whoever the attributes lead to.
import fc from "fast-check";
import { attributesOfRecords } from "./accesses.ts";
import { at } from "./design-policy.ts";
import { principalsThatOwn } from "./design-world.ts";
import type { EntityPlan, OwnerRulePlan, Project } from "./project.ts";

const pick = fc.noBias(fc.nat({ max: 65_535 }));
export const ownerNumbers = fc.array(fc.record({ entity: pick, owner: pick, path: pick }), { maxLength: 3 });
type Numbers = typeof ownerNumbers extends fc.Arbitrary<infer T> ? T : never;

/** A path of an owner rule is written without quotes. */
const isWord = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** Every way of at most `steps` steps from a record of an entity to a user or team. */
function pathsFrom(project: Project, entity: EntityPlan, steps: number, isNew: boolean): string[][] {
  return attributesOfRecords(entity).flatMap(({ name, type }) => {
    // The owner of the new record is what is asked for.
    if (!isWord(name) || (isNew && name === "owner")) return [];
    if (["User", "Team", "Principal"].includes(type.kind)) return [[name]];
    const to =
      type.kind === "Lookup" ? project.entities.find((each) => each.name === type.entity) : undefined;
    if (to === undefined || steps <= 1) return [];
    return pathsFrom(project, to, steps - 1, false).map((path) => [name, ...path]);
  });
}

export function withOwnerRules(project: Project, drawn: Numbers): Project {
  const owned = project.entities.filter(({ ownership }) => ownership === "userOrTeam");
  const rules = new Map<string, OwnerRulePlan>();
  for (const { entity: what, owner, path } of drawn) {
    const entity = at(owned, what);
    const paths = pathsFrom(project, entity, 3, true);
    const { name } = entity;
    if (owner % 8 === 7) rules.set(name, { entity: name, owner: "creator" });
    else if (owner % 8 < 5 && paths.length > 0)
      rules.set(name, { entity: name, owner: { path: at(paths, path) } });
    else rules.set(name, { entity: name, owner: at(principalsThatOwn(project), path) });
  }
  return { ...project, ownerRules: [...rules.values()] };
}
