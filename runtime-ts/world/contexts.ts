import {
  CONDITIONAL_LIST_ROWS,
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_LEVEL,
  CONDITIONAL_ROW_PRIVILEGE,
  CONDITIONAL_ROW_PROGRAM,
  CONDITIONAL_ROW_ROLE,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_FIRST_UNIT,
  CONTEXT_HOLDER,
  CONTEXT_LAST_UNIT,
  CONTEXT_LIST_COUNT,
  CONTEXT_LIST_FLAGS,
  CONTEXT_LIST_PLANES,
  CONTEXT_LIST_ROWS,
  CONTEXT_PLANES,
  CONTEXT_ROLES,
  CONTEXTS_ADMINISTRATOR,
  CONTEXTS_CONDITIONAL,
  HOLDER_INHERITS,
  HOLDER_SELF,
  ROLE_ADMINISTRATOR,
  ROLE_TEAM_ONLY,
} from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import type { Assignment } from "./world.ts";

/** One role set in one unit, held by somebody: a row of a context list (abi.ts, CONTEXT_*). */
export interface Context {
  readonly planes: number;
  /** Address of the list of its roles, and the roles. */
  readonly roles: number;
  readonly roleNumbers: readonly number[];
  /** Address of the grants under conditions of its roles, 0 where there are none. */
  readonly conditionals: number;
  readonly unit: number;
  readonly holder: number;
  readonly administrator: boolean;
}

/** A role set in memory. */
interface RoleSet {
  readonly planes: number;
  readonly roles: number;
  readonly conditionals: number;
}

const ascending = (a: number, b: number) => a - b;

/** Writes role sets and context lists into memory. What is equal is written once (architecture.md section 6). */
export class ContextWriter {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #ends: Uint16Array;
  readonly #roleSets = new Map<string, RoleSet>();
  readonly #lists = new Map<string, number>();

  constructor(core: Core, memory: Memory, policy: Policy, ends: Uint16Array) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#ends = ends;
  }

  /** The grants under conditions of several roles in one list, ascending by privilege (abi.ts, CONDITIONAL_ROW_*). */
  #conditionals(roles: readonly number[]): number {
    const grants = roles
      .flatMap((role) => this.#policy.conditions.grants.get(role) ?? [])
      .sort((a, b) => a.privilege - b.privilege);
    if (grants.length === 0) return 0;
    const address = this.#memory.allocate(CONDITIONAL_LIST_ROWS + grants.length * CONDITIONAL_ROW_BYTES);
    const { words } = this.#memory;
    words[address >>> 2] = grants.length;
    grants.forEach(({ privilege, level, program, role }, i) => {
      const row = address + CONDITIONAL_LIST_ROWS + i * CONDITIONAL_ROW_BYTES;
      words[(row + CONDITIONAL_ROW_PRIVILEGE) >>> 2] = privilege;
      words[(row + CONDITIONAL_ROW_LEVEL) >>> 2] = level;
      words[(row + CONDITIONAL_ROW_PROGRAM) >>> 2] = program;
      words[(row + CONDITIONAL_ROW_ROLE) >>> 2] = role;
    });
    return address;
  }

  #roleSet(roles: readonly number[]): RoleSet {
    const key = roles.join();
    let set = this.#roleSets.get(key);
    if (set === undefined) {
      const list = this.#memory.list(roles);
      const planes = this.#memory.allocate(this.#core.planeWords() * 4);
      this.#core.unionPlanes(planes, list + 4, roles.length);
      set = { planes, roles: list, conditionals: this.#conditionals(roles) };
      this.#roleSets.set(key, set);
    }
    return set;
  }

  /** One context for each unit, of the roles that `counts` picks. */
  #contextsOf(
    assignments: readonly Assignment[],
    holder: number,
    counts: (role: number) => boolean,
  ): Context[] {
    const byUnit = new Map<number, Set<number>>();
    for (const { role, unit } of assignments) {
      if (!counts(role)) continue;
      const roles = byUnit.get(unit);
      if (roles === undefined) byUnit.set(unit, new Set([role]));
      else roles.add(role);
    }
    return Array.from(byUnit, ([unit, set]) => {
      const roles = [...set].sort(ascending);
      const administrator = roles.some((role) => this.#policy.roles[role]?.form === ROLE_ADMINISTRATOR);
      return { ...this.#roleSet(roles), roleNumbers: roles, unit, holder, administrator };
    });
  }

  /** What a user holds himself; a team role assigned to him acts like any role (language.md section 7). */
  ofUser(assignments: readonly Assignment[]): Context[] {
    return this.#contextsOf(assignments, HOLDER_SELF, () => true);
  }

  /** What a team holds: roles that its members inherit apart from those that they do not (semantics.md T2, T3). */
  ofTeam(team: number, assignments: readonly Assignment[]): Context[] {
    const teamOnly = (role: number) => this.#policy.roles[role]?.form === ROLE_TEAM_ONLY;
    return [
      ...this.#contextsOf(assignments, team, teamOnly),
      ...this.#contextsOf(assignments, team | HOLDER_INHERITS, (role) => !teamOnly(role)),
    ];
  }

  /** Address of a context list with these rows. */
  list(contexts: readonly Context[]): number {
    const key = contexts.map(({ planes, unit, holder }) => `${planes},${unit},${holder}`).join();
    let address = this.#lists.get(key);
    if (address === undefined) {
      address = this.#write(contexts);
      this.#lists.set(key, address);
    }
    return address;
  }

  #write(contexts: readonly Context[]): number {
    const allRoles = new Set(contexts.flatMap(({ roleNumbers }) => roleNumbers));
    const { planes: allPlanes } = this.#roleSet([...allRoles].sort(ascending));
    const address = this.#memory.allocate(CONTEXT_LIST_ROWS + contexts.length * CONTEXT_BYTES);
    const { words, halves } = this.#memory;
    words[(address + CONTEXT_LIST_COUNT) >>> 2] = contexts.length;
    words[(address + CONTEXT_LIST_FLAGS) >>> 2] =
      (contexts.some(({ administrator }) => administrator) ? CONTEXTS_ADMINISTRATOR : 0) |
      (contexts.some(({ conditionals }) => conditionals !== 0) ? CONTEXTS_CONDITIONAL : 0);
    words[(address + CONTEXT_LIST_PLANES) >>> 2] = allPlanes;
    contexts.forEach(({ planes, roles, conditionals, unit, holder }, i) => {
      const row = address + CONTEXT_LIST_ROWS + i * CONTEXT_BYTES;
      words[(row + CONTEXT_PLANES) >>> 2] = planes;
      halves[(row + CONTEXT_FIRST_UNIT) >>> 1] = unit;
      halves[(row + CONTEXT_LAST_UNIT) >>> 1] = this.#ends[unit] as number;
      words[(row + CONTEXT_HOLDER) >>> 2] = holder;
      words[(row + CONTEXT_ROLES) >>> 2] = roles;
      words[(row + CONTEXT_CONDITIONALS) >>> 2] = conditionals;
    });
    return address;
  }
}
