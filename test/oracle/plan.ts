// A world for the twin's own tests, as a test writes it: names instead of numbers, and only what the test is about.
import type { Settings, Team, Value } from "../../compiler/model/model.ts";
import { actionNames } from "./rights.ts";

/** A role's name, or a role and the unit of its copy. */
export type RolePlan = string | readonly [role: string, unit: string];

/** A String, Long, Bool or Set as itself; every other value as the model has it. */
export type ValuePlan = string | bigint | boolean | readonly (string | bigint)[] | Value;

export type ValuesPlan = Readonly<Record<string, ValuePlan>>;

export interface GuardrailPlan {
  readonly effect: "permit" | "forbid";
  readonly id: string;
  /** `user a`, `team t`, `unit u`, `role R`; absent: everybody. */
  readonly principal?: string;
  /** Record actions or task privileges; absent: every one. */
  readonly actions?: readonly string[];
  readonly entities?: readonly string[];
  readonly unit?: string;
  readonly record?: string;
  readonly level?: string;
  /** `when { … } unless { … }` */
  readonly condition?: string;
}

export interface Plan {
  readonly settings?: Partial<Settings>;
  /** Name -> ownership; `parent Order` for one that an Order decides; `userOrTeam as Activity` for a shared set. */
  readonly entities?: Readonly<Record<string, string>>;
  /**
   * By entity and attribute: a type (`String`, `Choice active inactive`), or an entity and the cascades of the lookup
   * (`Account share reparent delete:restrict`); `secured` and `masked [0-9]` behind it.
   */
  readonly attributes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** `read Account.phone` */
  readonly profiles?: Readonly<Record<string, { permits: readonly string[]; members: readonly string[] }>>;
  readonly tasks?: readonly string[];
  /** Grants are written `read Account user`, task privileges by their name alone, each with `when { … }` where it has one. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  readonly teamRoles?: Readonly<Record<string, readonly string[]>>;
  readonly administratorRoles?: readonly string[];
  readonly guardrails?: readonly GuardrailPlan[];
  /** Name -> parent; the root has none. */
  readonly units?: Readonly<Record<string, string | undefined>>;
  readonly users?: Readonly<
    Record<
      string,
      {
        in: string;
        roles?: readonly RolePlan[];
        manager?: string;
        position?: string;
        attributes?: ValuesPlan;
      }
    >
  >;
  /** Name -> the position above. */
  readonly positions?: Readonly<Record<string, string | undefined>>;
  readonly teams?: Readonly<
    Record<
      string,
      {
        kind?: Team["kind"];
        in: string;
        roles?: readonly RolePlan[];
        members?: readonly string[];
        administrator?: string;
        attributes?: ValuesPlan;
      }
    >
  >;
  /** `owner` is a user's name or `team t`; a text as the value of a lookup is the id of a record. */
  readonly records?: Readonly<
    Record<
      string,
      { entity: string; owner?: string; unit?: string; parent?: string; attributes?: ValuesPlan }
    >
  >;
  /** `with` is a user's name, `team t` or `organization`. */
  readonly shares?: readonly {
    record: string;
    with: string;
    direct?: readonly string[];
    inherited?: readonly string[];
  }[];
  /** Names of users and units. */
  readonly disabled?: readonly string[];
}

/** Where a name stands in a list; throws where it does not. */
export function place(list: readonly string[], name: string): number {
  const index = list.indexOf(name);
  if (index < 0) throw new Error(`the plan does not declare ${name}`);
  return index;
}

export function mask(actions: readonly string[]): number {
  return actions.reduce((bits, action) => bits | (1 << place(actionNames, action)), 0);
}

/** The names of all roles of a plan, in the order of their numbers. */
export function rolesIn(plan: Plan): readonly string[] {
  return [
    ...Object.keys(plan.roles ?? {}),
    ...Object.keys(plan.teamRoles ?? {}),
    ...(plan.administratorRoles ?? []),
  ];
}
