// Policies as the host knows them, by hand, for what can be tested without an image.
import {
  FLAG_MODERN,
  HIERARCHY_OFF,
  OWNED_BY_PRINCIPAL,
  ROLE_ADMINISTRATOR,
  ROLE_INHERITING,
  ROLE_TEAM_ONLY,
  TYPE_STRING,
} from "../../runtime-as/abi.ts";
import { GrantLines } from "../../runtime-ts/explain/grant-lines.ts";
import type { Attribute, OpenName, Policy } from "../../runtime-ts/policy.ts";

export function attribute(name: string, type: number, more: Partial<Attribute> = {}): Attribute {
  return { name, type, argument: 0, options: [], optional: true, cascades: 0, onDelete: 0, ...more };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}

export interface PolicyPlan {
  readonly modern?: boolean;
  readonly userAttributes?: readonly Attribute[];
  readonly teamAttributes?: readonly Attribute[];
  readonly unitAttributes?: readonly Attribute[];
  readonly openNames?: readonly OpenName[];
  /** Role `Local` belongs to this unit. */
  readonly localUnit?: string;
}

/** One entity; roles `Reader`, `Team reader` (team role), `Local` (of a unit) and `Admin`. */
export function policyOf(plan: PolicyPlan = {}): Policy {
  const roles = [
    { name: "Reader", form: ROLE_INHERITING, unit: undefined },
    { name: "Team reader", form: ROLE_TEAM_ONLY, unit: undefined },
    { name: "Local", form: ROLE_INHERITING, unit: plan.localUnit },
    { name: "Admin", form: ROLE_ADMINISTRATOR, unit: undefined },
  ];
  return {
    modern: plan.modern ?? false,
    hierarchy: HIERARCHY_OFF,
    switches: plan.modern === true ? FLAG_MODERN : 0,
    entities: [
      {
        name: "Account",
        ownership: OWNED_BY_PRINCIPAL,
        privilegeSet: "Account",
        attributes: byName([attribute("name", TYPE_STRING)]),
        parent: undefined,
      },
    ],
    entityNumbers: new Map([["Account", 0]]),
    tasks: ["Merge"],
    roles,
    roleNumbers: new Map(roles.map(({ name }, number) => [name, number])),
    guardrails: [],
    context: new Map(),
    userAttributes: byName(plan.userAttributes ?? []),
    teamAttributes: byName(plan.teamAttributes ?? []),
    unitAttributes: byName(plan.unitAttributes ?? []),
    openNames: plan.openNames ?? [],
    ownerRules: new Map(),
    grantLines: new GrantLines(1, [], [], new Map()),
    secured: { columns: [[]], profiles: [], profileNumbers: new Map() },
    conditions: {
      entities: [[]],
      users: [],
      teams: [],
      units: [],
      context: [],
      references: [],
      grants: new Map(),
      userFacts: 0,
      reads: { people: [], followers: [], followedByUsers: new Set() },
      recordFacts: [0],
      names: undefined,
    },
  };
}
