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
  NO_UNIT,
  NONE,
  ROLE_ADMINISTRATOR,
  ROLE_TEAM_ONLY,
} from "../../runtime-as/abi.ts";
import type { Heap } from "../changes/heap.ts";
import type { Journal } from "../changes/journal.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import { Pool, type Pooled } from "./pool.ts";
import type { Assignment } from "./world.ts";

/** Roles held together, once for all who hold them: their planes, their numbers, their grants under conditions. */
export interface RoleSet extends Pooled {
  readonly roles: readonly number[];
  readonly planes: number;
  readonly list: number;
  conditionals: number;
  conditionalBytes: number;
}

/**
 * One role set in one unit, held by somebody: a row of a context list (abi.ts, CONTEXT_*). The unit is one that keeps its
 * name when units are renumbered: see `ContextPool.unitOf`.
 */
export interface Context {
  readonly roles: readonly number[];
  readonly unit: number;
  readonly holder: number;
  /** Its role set, as long as somebody holds that. */
  set: RoleSet | undefined;
}

/** A context list in memory, with the role sets of its rows and of all of them together. */
export interface ContextList extends Pooled {
  readonly contexts: readonly Context[];
  readonly sets: readonly RoleSet[];
  readonly all: RoleSet;
}

const ascending = (a: number, b: number) => a - b;

/** Role sets and context lists in memory. What is equal is there once (architecture.md section 6), as long as it is used. */
export class ContextPool {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #journal: Journal;
  readonly #heap: Heap;
  readonly roleSets: Pool<RoleSet>;
  readonly lists: Pool<ContextList>;
  /** The last unit of each subtree. */
  #ends: Uint16Array;
  /** Units as contexts know them, by number, and back: these never change, so that nothing is looked up anew. */
  #lasting: readonly number[];
  #numbers: readonly number[];

  constructor(core: Core, memory: Memory, policy: Policy, ends: Uint16Array, journal: Journal, heap: Heap) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#journal = journal;
    this.#heap = heap;
    this.#ends = ends;
    this.#lasting = Array.from(ends, (_, unit) => unit);
    this.#numbers = this.#lasting;
    this.roleSets = new Pool<RoleSet>(journal, (set) => this.#dropRoles(set));
    this.lists = new Pool<ContextList>(journal, (list) => this.#dropList(list));
  }

  /** The grants under conditions of several roles in one list, ascending by privilege (abi.ts, CONDITIONAL_ROW_*). */
  #conditionals(roles: readonly number[]): { readonly address: number; readonly bytes: number } {
    const grants = roles
      .flatMap((role) => this.#policy.conditions.grants.get(role) ?? [])
      .sort((a, b) => a.privilege - b.privilege);
    if (grants.length === 0) return { address: 0, bytes: 0 };
    const bytes = CONDITIONAL_LIST_ROWS + grants.length * CONDITIONAL_ROW_BYTES;
    const address = this.#heap.take(bytes);
    const { words } = this.#memory;
    words[address >>> 2] = grants.length;
    grants.forEach(({ privilege, level, program, role }, i) => {
      const row = address + CONDITIONAL_LIST_ROWS + i * CONDITIONAL_ROW_BYTES;
      words[(row + CONDITIONAL_ROW_PRIVILEGE) >>> 2] = privilege;
      words[(row + CONDITIONAL_ROW_LEVEL) >>> 2] = level;
      words[(row + CONDITIONAL_ROW_PROGRAM) >>> 2] = program;
      words[(row + CONDITIONAL_ROW_ROLE) >>> 2] = role;
    });
    return { address, bytes };
  }

  get #planeBytes(): number {
    return this.#core.planeWords() * 4;
  }

  #roleSet(roles: readonly number[]): RoleSet {
    return this.roleSets.get(roles.join(), () => {
      const list = this.#heap.take((roles.length + 1) * 4);
      const { words } = this.#memory;
      words[list >>> 2] = roles.length;
      words.set(roles, (list >>> 2) + 1);
      const planes = this.#heap.take(this.#planeBytes);
      this.#core.unionPlanes(planes, list + 4, roles.length);
      const { address, bytes } = this.#conditionals(roles);
      return {
        key: "",
        address: 0,
        holders: 0,
        roles,
        planes,
        list,
        conditionals: address,
        conditionalBytes: bytes,
      };
    });
  }

  #dropRoles({ roles, planes, list, conditionals, conditionalBytes }: RoleSet): void {
    this.#heap.give(list, (roles.length + 1) * 4);
    this.#heap.give(planes, this.#planeBytes);
    this.#heap.give(conditionals, conditionalBytes);
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
    return Array.from(byUnit, ([unit, set]) => ({
      roles: [...set].sort(ascending),
      unit: this.#lasting[unit] ?? NO_UNIT,
      holder,
      set: undefined,
    }));
  }

  /** The number of a unit as contexts know it; NO_UNIT where it is gone. */
  unitOf({ unit }: Context): number {
    return this.#numbers[unit] ?? NO_UNIT;
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

  #key(contexts: readonly Context[]): string {
    return contexts.map(({ roles, unit, holder }) => `${roles.join()}@${unit}:${holder}`).join(";");
  }

  /** The context list with these rows, held once more. */
  list(contexts: readonly Context[]): ContextList {
    return this.lists.get(this.#key(contexts), () => this.#write(contexts));
  }

  /** A list that nobody else has, held once. An empty one is everybody's. */
  ownList(key: string, contexts: readonly Context[]): ContextList {
    return contexts.length === 0 ? this.list(contexts) : this.lists.get(key, () => this.#write(contexts));
  }

  #setOf(context: Context): RoleSet {
    const known = context.set;
    if (known !== undefined && known.holders > 0) {
      this.roleSets.hold(known);
      return known;
    }
    context.set = this.#roleSet(context.roles);
    return context.set;
  }

  /** The roles of all sets together. */
  #union(sets: readonly RoleSet[]): RoleSet {
    const first = sets[0];
    if (first !== undefined && sets.every((set) => set === first)) {
      this.roleSets.hold(first);
      return first;
    }
    return this.#roleSet([...new Set(sets.flatMap(({ roles }) => roles))].sort(ascending));
  }

  #write(contexts: readonly Context[]): ContextList {
    const sets = contexts.map((context) => this.#setOf(context));
    const all = this.#union(sets);
    const address = this.#heap.take(CONTEXT_LIST_ROWS + contexts.length * CONTEXT_BYTES);
    const list = { key: "", address, holders: 0, contexts, sets, all };
    this.#fill(list);
    return list;
  }

  #dropList({ contexts, sets, all, address }: ContextList): void {
    for (const set of sets) this.roleSets.release(set);
    this.roleSets.release(all);
    this.#heap.give(address, CONTEXT_LIST_ROWS + contexts.length * CONTEXT_BYTES);
  }

  /** Writes the words of a list, or again when its units or the conditions of its roles have changed. */
  #fill({ contexts, sets, all, address }: Pick<ContextList, "contexts" | "sets" | "all" | "address">): void {
    const journal = this.#journal;
    const isAdministrator = all.roles.some((role) => this.#policy.roles[role]?.form === ROLE_ADMINISTRATOR);
    const isConditional = sets.some(({ conditionals }) => conditionals !== 0);
    journal.word(address + CONTEXT_LIST_COUNT, contexts.length);
    journal.word(
      address + CONTEXT_LIST_FLAGS,
      (isAdministrator ? CONTEXTS_ADMINISTRATOR : 0) | (isConditional ? CONTEXTS_CONDITIONAL : 0),
    );
    journal.word(address + CONTEXT_LIST_PLANES, all.planes);
    contexts.forEach(({ holder }, i) => {
      const row = address + CONTEXT_LIST_ROWS + i * CONTEXT_BYTES;
      const set = sets[i] as RoleSet;
      journal.word(row + CONTEXT_PLANES, set.planes);
      journal.word(row + CONTEXT_HOLDER, holder);
      journal.word(row + CONTEXT_ROLES, set.list);
      journal.word(row + CONTEXT_CONDITIONALS, set.conditionals);
    });
    this.#fillUnits(contexts, address);
  }

  #fillUnits(contexts: readonly Context[], address: number): void {
    for (let i = 0; i < contexts.length; i++) {
      const row = address + CONTEXT_LIST_ROWS + i * CONTEXT_BYTES;
      const unit = this.unitOf(contexts[i] as Context);
      this.#journal.half(row + CONTEXT_FIRST_UNIT, unit);
      // A unit that is gone (NO_UNIT) has nothing below it.
      this.#journal.half(row + CONTEXT_LAST_UNIT, this.#ends[unit] ?? unit);
    }
  }

  /** Units have other numbers now, or other subtrees: `before` has the former number of each, NONE of a new one. */
  renumber(ends: Uint16Array, before: readonly number[]): void {
    const former = { ends: this.#ends, lasting: this.#lasting, numbers: this.#numbers };
    let next = this.#numbers.length;
    this.#ends = ends;
    this.#lasting = before.map((unit) => (unit === NONE ? next++ : (former.lasting[unit] as number)));
    const numbers = new Array<number>(next).fill(NO_UNIT);
    this.#lasting.forEach((unit, number) => {
      numbers[unit] = number;
    });
    this.#numbers = numbers;
    for (const { contexts, address } of this.lists.all()) this.#fillUnits(contexts, address);
    this.#journal.done(() => {
      this.#ends = former.ends;
      this.#lasting = former.lasting;
      this.#numbers = former.numbers;
    });
  }

  /** A role grants something else: its role sets, and the lists that hold one of them, are worked out again. */
  editRole(role: number): void {
    const { words } = this.#memory;
    for (const set of this.roleSets.all()) {
      if (!set.roles.includes(role)) continue;
      for (let at = 0; at < this.#planeBytes; at += 4) {
        this.#journal.note(set.planes + at);
        words[(set.planes + at) >>> 2] = 0;
      }
      this.#core.unionPlanes(set.planes, set.list + 4, set.roles.length);
      const { conditionals, conditionalBytes } = set;
      this.#heap.give(conditionals, conditionalBytes);
      const { address, bytes } = this.#conditionals(set.roles);
      set.conditionals = address;
      set.conditionalBytes = bytes;
      this.#journal.done(() => Object.assign(set, { conditionals, conditionalBytes }));
    }
    for (const list of this.lists.all()) if (list.all.roles.includes(role)) this.#fill(list);
  }
}
