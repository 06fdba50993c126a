import {
  HIERARCHY_BY_POSITION,
  HIERARCHY_BYTES,
  HIERARCHY_CACHE,
  HIERARCHY_CACHE_SLOT_BYTES,
  HIERARCHY_CACHE_SLOTS,
  HIERARCHY_NODES,
  HIERARCHY_OFF,
  HIERARCHY_SEATS,
  HIERARCHY_UNIT_PARENTS,
  HIERARCHY_UNIT_ROOM,
  HIERARCHY_USER_ROOM,
  NO_UNIT,
  NODE_ABOVE,
  NODE_BYTES,
  NODE_FIRST,
  NODE_NEXT,
  NODE_USER,
  NONE,
  SEAT_BYTES,
  SEAT_NEXT,
  SEAT_NODE,
  USER_BYTES,
  USER_FLAGS,
  USER_MANAGES,
  WORLD_HIERARCHY,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import type { Core } from "../instantiate.ts";
import type { Memory } from "../memory.ts";
import type { Policy } from "../policy.ts";
import type { World } from "./world.ts";

/** Whoever writes into the world: its memory when it is made, the journal of an update afterwards. */
export interface WorldTarget {
  word(address: number, value: number): void;
  half(address: number, value: number): void;
}

function plainTarget(memory: Memory): WorldTarget {
  return {
    word: (address, value) => {
      memory.words[address >>> 2] = value;
    },
    half: (address, value) => {
      memory.halves[address >>> 1] = value;
    },
  };
}

/** A head of a list, and where an item of it names the next one. */
interface Chain {
  readonly head: number;
  next(item: number): number;
}

/**
 * The hierarchy in memory (abi.ts, HIERARCHY_*): who stands below whom, as the core walks it. Everything is kept in memory,
 * so the object may be made anew for any loaded world. Where hierarchy security is off, every call does nothing.
 *
 * After a change of the world:
 * - a user's manager or position: `setManager`, `setPosition` (each does something in its own model alone);
 * - units moved, added, deleted or renumbered, with their default teams: `setUnits` (rule H4 asks for the parent of a unit);
 * - users or teams added: `makeRoom`, before anything is said of the new ones; users removed: `setManager` and `setPosition`
 *   with NONE, of him and of those whose manager he was.
 * Units of users, memberships and the mark `disabled` (USER_DISABLED) are read from the user rows. What the core caches of
 * them counts for one WORLD_GENERATION: every one of these changes, and the undoing of it, has to be followed by a number
 * that was not used before.
 */
export class Hierarchy {
  readonly #memory: Memory;
  readonly #header: number;

  constructor(core: Core, memory: Memory) {
    this.#memory = memory;
    this.#header = core.world();
  }

  #word(address: number): number {
    return this.#memory.words[address >>> 2] as number;
  }

  get #address(): number {
    return this.#word(this.#header + WORLD_HIERARCHY);
  }

  #node(node: number, field: number): number {
    return this.#word(this.#address + HIERARCHY_NODES) + node * NODE_BYTES + field;
  }

  #seat(user: number, field: number): number {
    return this.#word(this.#address + HIERARCHY_SEATS) + user * SEAT_BYTES + field;
  }

  get #byPosition(): boolean {
    return this.#word(this.#address + HIERARCHY_SEATS) !== 0;
  }

  #below(node: number): Chain {
    return { head: this.#node(node, NODE_FIRST), next: (item) => this.#node(item, NODE_NEXT) };
  }

  #holders(position: number): Chain {
    return { head: this.#node(position, NODE_USER), next: (item) => this.#seat(item, SEAT_NEXT) };
  }

  #link(target: WorldTarget, { head, next }: Chain, item: number): void {
    target.word(next(item), this.#word(head));
    target.word(head, item);
  }

  #unlink(target: WorldTarget, { head, next }: Chain, item: number): void {
    let place = head;
    while (this.#word(place) !== item) place = next(this.#word(place));
    target.word(place, this.#word(next(item)));
  }

  /** Whether a user has somebody below him: nobody else is ever asked about (USER_MANAGES). */
  #mark(target: WorldTarget, user: number, node: number): void {
    const manages = node !== NONE && this.#word(this.#node(node, NODE_FIRST)) !== NONE;
    const flags = this.#word(this.#header + WORLD_USERS) + user * USER_BYTES + USER_FLAGS;
    const before = this.#memory.halves[flags >>> 1] as number;
    target.half(flags, manages ? before | USER_MANAGES : before & ~USER_MANAGES);
  }

  #setAbove(target: WorldTarget, node: number, above: number): void {
    const before = this.#word(this.#node(node, NODE_ABOVE));
    if (before === above) return;
    if (before !== NONE) this.#unlink(target, this.#below(before), node);
    target.word(this.#node(node, NODE_ABOVE), above);
    if (above !== NONE) this.#link(target, this.#below(above), node);
    if (this.#byPosition) return;
    for (const user of [before, above]) if (user !== NONE) this.#mark(target, user, user);
  }

  /** Gives a user another manager; NONE: none. */
  setManager(target: WorldTarget, user: number, manager: number): void {
    if (this.#address !== 0 && !this.#byPosition) this.#setAbove(target, user, manager);
  }

  /** Gives a user another position; NONE: none. */
  setPosition(target: WorldTarget, user: number, position: number): void {
    if (this.#address === 0 || !this.#byPosition) return;
    const before = this.#word(this.#seat(user, SEAT_NODE));
    if (before !== NONE) this.#unlink(target, this.#holders(before), user);
    target.word(this.#seat(user, SEAT_NODE), position);
    if (position !== NONE) this.#link(target, this.#holders(position), user);
    this.#mark(target, user, position);
  }

  /**
   * Takes the tree of units as it is now: of each unit, in preorder, the last one of its subtree; and how many teams there
   * are. Throws BWK414.
   */
  setUnits(target: WorldTarget, ends: ArrayLike<number>, teams: number): void {
    if (this.#address === 0) return;
    if (this.#word(this.#address + HIERARCHY_CACHE_SLOT_BYTES) < slotBytesOf(teams))
      this.#makeCache(target, teams);
    if (ends.length > this.#word(this.#address + HIERARCHY_UNIT_ROOM)) {
      const room = ends.length + (ends.length >>> 2) + 64;
      const table = this.#memory.allocate(room * 2);
      target.word(this.#address + HIERARCHY_UNIT_PARENTS, table);
      target.word(this.#address + HIERARCHY_UNIT_ROOM, room);
    }
    const parents = this.#word(this.#address + HIERARCHY_UNIT_PARENTS);
    const path: number[] = [];
    for (let unit = 0; unit < ends.length; unit++) {
      while (path.length > 0 && (ends[path.at(-1) as number] as number) < unit) path.pop();
      target.half(parents + unit * 2, path.at(-1) ?? NO_UNIT);
      path.push(unit);
    }
  }

  /** Makes room for so many users and teams, with some to spare where it has to grow. Throws BWK414. */
  makeRoom(target: WorldTarget, users: number, teams: number): void {
    if (this.#address === 0) return;
    if (this.#word(this.#address + HIERARCHY_CACHE_SLOT_BYTES) < slotBytesOf(teams)) {
      this.#makeCache(target, spare(teams));
    }
    const room = this.#word(this.#address + HIERARCHY_USER_ROOM);
    if (users <= room) return;
    const byPosition = this.#byPosition;
    const table = this.#address + (byPosition ? HIERARCHY_SEATS : HIERARCHY_NODES);
    const bytes = byPosition ? SEAT_BYTES : NODE_BYTES;
    target.word(table, this.#rows(this.#word(table), room * bytes, spare(users) * bytes));
    target.word(this.#address + HIERARCHY_USER_ROOM, spare(users));
  }

  /** A table of so many bytes that begins with another one; what is new is NONE. */
  #rows(before: number, bytesBefore: number, bytes: number): number {
    const address = this.#memory.allocate(bytes);
    const { words } = this.#memory;
    words.copyWithin(address >>> 2, before >>> 2, (before + bytesBefore) >>> 2);
    words.fill(NONE, (address + bytesBefore) >>> 2, (address + bytes) >>> 2);
    return address;
  }

  #makeCache(target: WorldTarget, teams: number): void {
    const slotBytes = slotBytesOf(teams);
    let slots = 256;
    while (slots > 1 && slots * slotBytes > cacheBytes) slots /= 2;
    const cache = this.#memory.allocate(slots * slotBytes);
    target.word(this.#address + HIERARCHY_CACHE, cache);
    target.word(this.#address + HIERARCHY_CACHE_SLOTS, slots);
    target.word(this.#address + HIERARCHY_CACHE_SLOT_BYTES, slotBytes);
  }

  /** Writes the hierarchy of a world that has just been written. Throws BWK414. */
  write(policy: Policy, { users, positions, teams, units }: World): void {
    if (policy.hierarchy === HIERARCHY_OFF) return;
    const target = plainTarget(this.#memory);
    const byPosition = policy.hierarchy === HIERARCHY_BY_POSITION;
    const above = byPosition ? positions.parents : users.managers;
    const address = this.#memory.allocate(HIERARCHY_BYTES);
    target.word(address + HIERARCHY_NODES, this.#rows(0, 0, above.length * NODE_BYTES));
    if (byPosition) target.word(address + HIERARCHY_SEATS, this.#rows(0, 0, users.names.length * SEAT_BYTES));
    target.word(address + HIERARCHY_USER_ROOM, users.names.length);
    target.word(this.#header + WORLD_HIERARCHY, address);
    above.forEach((parent, node) => {
      if (parent >= 0) this.#setAbove(target, node, parent);
    });
    users.positions.forEach((position, user) => {
      if (position >= 0) this.setPosition(target, user, position);
    });
    this.setUnits(target, units.ends, teams.names.length);
  }
}

/** So many, and some more for those to come. */
const spare = (count: number): number => count + (count >>> 2) + 64;

/** Bytes that the cached standing of teams may take, where one user's does not take more. */
const cacheBytes = 1 << 20;

/** Bytes of a slot of the cache: eight, and one a team. */
const slotBytesOf = (teams: number): number => (8 + teams + 7) & ~7;

/** Writes the hierarchy of a world that has just been written. Throws BWK414. */
export function writeHierarchy(core: Core, memory: Memory, policy: Policy, world: World): void {
  new Hierarchy(core, memory).write(policy, world);
}
