import {
  ACTIONS,
  KIND_TASK,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  LEVEL_USER,
  NONE,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_UNIT,
  SLOTS_PER_WORD,
} from "../../runtime-as/abi.ts";
import type { ConditionalGrant } from "../conditions.ts";
import { BailiwickError } from "../errors.ts";
import type { Core } from "../instantiate.ts";
import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";
import { privilegeNumber } from "../names.ts";
import type { Policy } from "../policy.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";

/** Privileges of a role that are replaced. */
export interface RoleEdit {
  /** Each names actions, entities and the level that they get: `none`, `user`, `businessUnit`, … as in a policy. */
  readonly grants?: readonly {
    readonly actions: readonly string[];
    readonly entities: readonly string[];
    readonly level: string;
  }[];
  /** Task privileges: held from now on, or not. */
  readonly tasks?: Readonly<Record<string, boolean>>;
  /** Takes over everything that another role grants, conditions included, before the rest of the edit. */
  readonly like?: string;
}

const levelBits = new Map([
  ["none", 0],
  ["user", LEVEL_USER],
  ["basic", LEVEL_USER],
  ["businessUnit", LEVEL_UNIT],
  ["local", LEVEL_UNIT],
  ["parentChild", LEVEL_CHILDREN],
  ["deep", LEVEL_CHILDREN],
  ["organization", LEVEL_ORGANIZATION],
  ["global", LEVEL_ORGANIZATION],
]);

/** Edits roles, all copies at once (semantics.md B5). */
export class RoleEditor {
  readonly #core: Core;
  readonly #memory: Memory;
  readonly #policy: Policy;
  readonly #loaded: LoadedWorld;

  constructor(core: Core, memory: Memory, policy: Policy, loaded: LoadedWorld) {
    this.#core = core;
    this.#memory = memory;
    this.#policy = policy;
    this.#loaded = loaded;
  }

  #role(name: string): number {
    const role = this.#policy.roleNumbers.get(name);
    if (role !== undefined) return role;
    const help = didYouMean(name, this.#policy.roleNumbers.keys());
    throw new BailiwickError("BWK440", `unknown role ${quote(name)}`, help);
  }

  /** Throws BWK440, and BWK441 for a level that does not exist for the privilege. */
  edit(name: string, { like, grants = [], tasks = {} }: RoleEdit): void {
    const role = this.#role(name);
    if (like !== undefined) this.#become(role, this.#role(like));
    for (const { actions, entities, level } of grants) {
      const bits = levelBits.get(level);
      if (bits === undefined) {
        const help = didYouMean(level, levelBits.keys());
        throw new BailiwickError("BWK441", `unknown access level ${quote(level)}`, help);
      }
      for (const entity of entities) {
        for (const action of actions) this.#grant(role, action, entity, bits, level);
      }
    }
    for (const [task, isHeld] of Object.entries(tasks)) {
      this.#set(role, privilegeNumber(this.#policy, task, undefined), isHeld ? LEVEL_ORGANIZATION : 0);
    }
    this.#loaded.people.contexts.editRole(role);
    this.#loaded.peopleEditor.renewAll();
  }

  #grant(role: number, action: string, entity: string, bits: number, level: string): void {
    const privilege = privilegeNumber(this.#policy, action, entity);
    const ownership = this.#policy.entities[Math.floor(privilege / ACTIONS)]?.ownership ?? KIND_TASK;
    const exists =
      bits === 0 ||
      ((ownership !== OWNED_BY_ORGANIZATION || bits === LEVEL_ORGANIZATION) &&
        (ownership !== OWNED_BY_UNIT || bits !== LEVEL_USER));
    if (this.#core.slotOf(privilege) >>> 0 === NONE || !exists) {
      throw new BailiwickError(
        "BWK441",
        `${quote(action)} on ${quote(entity)} at ${quote(level)} does not exist for the entity's ownership`,
      );
    }
    this.#set(role, privilege, bits);
  }

  /** One privilege at one level and without a condition, in place of what there was. */
  #set(role: number, privilege: number, bits: number): void {
    const slot = this.#core.slotOf(privilege);
    const at = (this.#core.rolePlanes(role) >>> 0) + Math.floor(slot / SLOTS_PER_WORD) * 4;
    const shift = (slot % SLOTS_PER_WORD) * 4;
    const word = this.#memory.words[at >>> 2] as number;
    this.#loaded.editor.journal.word(at, ((word & ~(15 << shift)) | (bits << shift)) >>> 0);
    const grants = this.#policy.conditions.grants.get(role) ?? [];
    this.#setConditional(
      role,
      grants.filter((grant) => this.#core.slotOf(grant.privilege) !== slot),
    );
  }

  #setConditional(role: number, grants: readonly ConditionalGrant[]): void {
    const ofRoles = this.#policy.conditions.grants as Map<number, readonly ConditionalGrant[]>;
    const before = ofRoles.get(role) ?? [];
    ofRoles.set(role, grants);
    this.#loaded.editor.journal.done(() => ofRoles.set(role, before));
  }

  #become(role: number, other: number): void {
    const words = this.#core.planeWords();
    const [to, from] = [this.#core.rolePlanes(role) >>> 0, this.#core.rolePlanes(other) >>> 0];
    for (let i = 0; i < words; i++) {
      this.#loaded.editor.journal.word(to + i * 4, this.#memory.words[(from >>> 2) + i] as number);
    }
    const grants = this.#policy.conditions.grants.get(other) ?? [];
    this.#setConditional(
      role,
      grants.map((grant) => ({ ...grant, role })),
    );
  }
}
