// The data security inventory (language.md section 7): for every entity who owns its records, by which rule, and who reads it.
import {
  actions,
  type Entity,
  guardrailCovers,
  type Level,
  levels,
  type OwnerRule,
  type Policy,
  printName,
} from "../../compiler/index.ts";

const READ = actions.indexOf("read");

/** The roles that grant read at one level; those of `conditional` do so under a condition. */
export interface ReadersAtLevel {
  readonly level: Level;
  readonly roles: readonly string[];
  readonly conditional: readonly string[];
}

export interface InventoryRow {
  readonly entity: string;
  /** As the language says it: `user or team`, `organization`, `business unit`, `parent order`. */
  readonly ownership: string;
  /** What owns a record: `user`, `team`, `user or team`, `organization`, `business unit`, or `as Order`. */
  readonly owner: string;
  /** `creator`, `resource.country.owningTeam`, `Team::"Deal desk"`; undefined where no rule is declared. */
  readonly rule: string | undefined;
  /** What grants name; undefined where the parent decides. */
  readonly privilegeSet: string | undefined;
  /** The entity that is asked instead; of entities that their parent owns. */
  readonly parent: string | undefined;
  /** Highest level first; a level that no role has is left out. */
  readonly readers: readonly ReadersAtLevel[];
  /** Administrator roles read everything. */
  readonly administrators: readonly string[];
  /** Guardrails that permit reading, by id. */
  readonly permits: readonly string[];
}

function ownershipOf(entity: Entity): string {
  const parent = entity.parent === undefined ? undefined : entity.attributes[entity.parent.attribute];
  return {
    userOrTeam: "user or team",
    organization: "organization",
    businessUnit: "business unit",
    parent: `parent ${printName(parent?.name ?? "")}`,
  }[entity.ownership];
}

/** The type of what a path ends in: `user`, `team`, or either. */
function endOf(policy: Policy, start: number, path: readonly string[]): string {
  let entity: Entity | undefined = policy.entities[start];
  let end = "user or team";
  for (const name of path) {
    const type = entity?.attributes.find((attribute) => attribute.name === name)?.type;
    if (type?.kind === "User") end = "user";
    else if (type?.kind === "Team") end = "team";
    entity = type?.kind === "Lookup" ? policy.entities[type.entity] : undefined;
  }
  return end;
}

function ownerByRule(policy: Policy, number: number, rule: OwnerRule | undefined): string {
  if (rule === undefined) return "user or team";
  const { owner } = rule;
  if (owner.kind === "creator") return "user";
  return owner.kind === "path" ? endOf(policy, number, owner.attributes) : owner.principal.kind;
}

function ruleText(rule: OwnerRule | undefined): string | undefined {
  if (rule === undefined) return undefined;
  const { owner } = rule;
  if (owner.kind === "creator") return "creator";
  if (owner.kind === "path") return ["resource", ...owner.attributes.map(printName)].join(".");
  const type = owner.principal.kind === "team" ? "Team" : "User";
  return `${type}::${JSON.stringify(owner.principal.name)}`;
}

function readersOf({ roles }: Policy, set: number): ReadersAtLevel[] {
  const reads = (grant: { action: number; privilegeSet: number; level: number }, level: number) =>
    grant.action === READ && grant.privilegeSet === set && grant.level === level;
  const byLevel = levels.map((level, number) => ({
    level,
    roles: roles.filter(({ grants }) => grants.some((grant) => reads(grant, number))).map(({ name }) => name),
    conditional: roles
      .filter(({ conditionalGrants }) => conditionalGrants.some((grant) => reads(grant, number)))
      .map(({ name }) => name),
  }));
  return byLevel.toReversed().filter(({ roles, conditional }) => roles.length + conditional.length > 0);
}

/** One row for each entity, as declared. */
export function inventoryOf(policy: Policy): InventoryRow[] {
  const administrators = policy.roles
    .filter(({ form }) => form === "administrator role")
    .map(({ name }) => name);
  return policy.entities.map((entity, number) => {
    const { name, ownership, privilegeSet, parent } = entity;
    const rule = policy.ownerRules?.find((each) => each.entity === number);
    const asked = parent === undefined ? undefined : policy.entities[parent.entity]?.name;
    return {
      entity: name,
      ownership: ownershipOf(entity),
      owner: {
        userOrTeam: ownerByRule(policy, number, rule),
        organization: "organization",
        businessUnit: "business unit",
        parent: `as ${asked}`,
      }[ownership],
      rule: ruleText(rule),
      privilegeSet: asked === undefined ? policy.privilegeSets[privilegeSet]?.name : undefined,
      parent: asked,
      readers: asked === undefined ? readersOf(policy, privilegeSet) : [],
      administrators: asked === undefined ? administrators : [],
      permits: policy.guardrails
        .filter(
          (guardrail) => guardrail.effect === "permit" && guardrailCovers(policy, guardrail, number, READ),
        )
        .map(({ id }) => id),
    };
  });
}
