import {
  NONE,
  OWNED_BY_PRINCIPAL,
  OWNER_CREATOR,
  OWNER_PATH,
  OWNER_RULE_ENTITY,
  OWNER_RULE_FIRST_STEP,
  OWNER_RULE_KIND,
  OWNER_RULE_PRINCIPAL,
  OWNER_RULE_STEPS,
  OWNER_RULE_WORDS,
  OWNER_TEAM,
  SECTION_OWNER_RULES,
  SECTION_OWNER_STEPS,
  TYPE_LOOKUP,
  TYPE_PRINCIPAL,
  TYPE_TEAM,
  TYPE_USER,
} from "../runtime-as/abi.ts";
import { damaged, type ImageReader } from "./image-reader.ts";
import type { Attribute, Entity } from "./policy.ts";
import { sourcePrincipal } from "./world/source-principal.ts";
import type { World } from "./world/world.ts";

/** One step on the way to an owner: an attribute of `entity`, or the owner of that record itself. */
export interface OwnerStep {
  readonly entity: number;
  /** undefined: the record's own owner, which ends the path. */
  readonly attribute: Attribute | undefined;
}

/** Who owns a record that is created without an owner: `owner of Contact is resource.country.owningTeam;` */
export type OwnerRule =
  | { readonly kind: "creator" }
  | { readonly kind: "user" | "team"; readonly name: string }
  /** Lookups, then a user, a team, a principal, or the owner of the record reached. */
  | { readonly kind: "path"; readonly steps: readonly OwnerStep[] };

/** Somebody whom a rule names; NONE where it names nobody, or one who is not there: a default team goes with its unit. */
export function namedOwner(rule: OwnerRule, world: World): number {
  if (rule.kind !== "user" && rule.kind !== "team") return NONE;
  return sourcePrincipal(rule.kind === "team", rule.name, world) ?? NONE;
}

/** Follows the attribute names from an entity. Throws BWK413 where they lead to no user or team. */
function readPath(names: readonly string[], start: number, entities: readonly Entity[]): OwnerStep[] {
  const steps: OwnerStep[] = [];
  let at: number | undefined = start;
  let isOwner = false;
  for (const name of names) {
    const entity: Entity | undefined = at === undefined ? undefined : entities[at];
    if (entity === undefined || at === undefined) throw damaged("the path of an owner rule goes on too far");
    const attribute = entity.attributes.get(name);
    const own = entity.ownership === OWNED_BY_PRINCIPAL && name === "owner" && attribute === undefined;
    if (attribute === undefined && !own)
      throw damaged("an owner rule names an attribute that does not exist");
    steps.push({ entity: at, attribute });
    at = attribute?.type === TYPE_LOOKUP ? attribute.argument : undefined;
    isOwner = own || [TYPE_USER, TYPE_TEAM, TYPE_PRINCIPAL].includes(attribute?.type ?? TYPE_LOOKUP);
  }
  if (!isOwner) throw damaged("the path of an owner rule ends in no user or team");
  return steps;
}

/** The owner rules of a validated image, by entity. Throws BWK413 where they contradict the schema. */
export function readOwnerRules(reader: ImageReader, entities: readonly Entity[]): Map<number, OwnerRule> {
  const rules = new Map<number, OwnerRule>();
  for (let row = 0; row < reader.rows(SECTION_OWNER_RULES); row++) {
    const word = (column: number) => reader.word(SECTION_OWNER_RULES, OWNER_RULE_WORDS, row, column);
    const entity = word(OWNER_RULE_ENTITY);
    const kind = word(OWNER_RULE_KIND);
    if (rules.has(entity)) throw damaged("an entity has two owner rules");
    if (entities[entity]?.ownership !== OWNED_BY_PRINCIPAL) {
      throw damaged("an owner rule of an entity without owners");
    }
    if (kind === OWNER_CREATOR) {
      rules.set(entity, { kind: "creator" });
    } else if (kind === OWNER_PATH) {
      const first = word(OWNER_RULE_FIRST_STEP);
      const names = Array.from({ length: word(OWNER_RULE_STEPS) }, (_, i) =>
        reader.name(reader.word(SECTION_OWNER_STEPS, 1, first + i, 0)),
      );
      rules.set(entity, { kind: "path", steps: readPath(names, entity, entities) });
    } else {
      const name = reader.name(word(OWNER_RULE_PRINCIPAL));
      rules.set(entity, { kind: kind === OWNER_TEAM ? "team" : "user", name });
    }
  }
  return rules;
}
