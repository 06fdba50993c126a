import {
  ACTION_CREATE,
  ACTION_READ,
  ACTIONS,
  DECISION_ALLOW,
  FLAG_DISABLED_MAY_OWN,
  OWNED_BY_PRINCIPAL,
  TEAM_ACCESS,
  TEAM_BIT,
  USER_BYTES,
  USER_DISABLED,
  USER_FLAGS,
  WORLD_USERS,
} from "../../runtime-as/abi.ts";
import { readSources } from "../bulk.ts";
import { decodeSources, reasonOfDenial, type Source } from "../decode.ts";
import { columnRights } from "../secured/ask-columns.ts";
import { actionNames } from "../tables/rights.ts";
import type { Check } from "./checks/check.ts";
import type { Caller, Ground } from "./ground.ts";
import type { PrincipalReference } from "./operation.ts";
import type { NewRecord } from "./plan.ts";

/** A record in question: a loaded one by its number, or one that is to be created. */
export type Target = number | NewRecord;

/** Makes the elementary checks of one caller. They go through the core, as `check` does. */
export class Asking {
  readonly ground: Ground;
  readonly #caller: Caller;

  constructor(ground: Ground, caller: Caller) {
    this.ground = ground;
    this.#caller = caller;
  }

  get caller(): PrincipalReference {
    return this.#principal(this.#caller.user);
  }

  #principal(principal: number): PrincipalReference {
    const { users, teams } = this.ground.loaded.world;
    return (principal & TEAM_BIT) === 0
      ? { user: users.names.at(principal) }
      : { team: teams.names[principal & ~TEAM_BIT] as string };
  }

  entityOf(target: Target): number {
    return typeof target === "number" ? this.ground.editor.entityOf(target) : target.entity;
  }

  /** A record that is to be created has no id yet. */
  #recordOf(target: Target): { readonly entity: string; readonly id?: string } {
    const entity = this.ground.policy.entities[this.entityOf(target)]?.name as string;
    return typeof target === "number" ? { entity, id: this.ground.editor.idOf(target) } : { entity };
  }

  #privilege(action: number, target: Target): number {
    return this.entityOf(target) * ACTIONS + action;
  }

  /** Asks while conditions see the request context, and the record where it is still to be created. */
  #about<T>(target: Target | undefined, ask: () => T): T {
    const { context } = this.#caller;
    const described = typeof target === "object" ? target.attributes : undefined;
    if (context === undefined && described === undefined) return ask();
    return this.ground.loaded.during(context, described, ask);
  }

  #denialOf(code: number): string | undefined {
    return code === DECISION_ALLOW ? undefined : reasonOfDenial(code, this.ground.policy);
  }

  #decide(action: number, target: Target): number {
    const { core } = this.ground;
    const { user } = this.#caller;
    const privilege = this.#privilege(action, target);
    if (typeof target === "number") return core.decide(user, privilege, target);
    const { owner, unit, parent, ownersUnit } = target;
    return this.#isCreation(action, target)
      ? core.decideCreate(user, privilege, owner, unit, ownersUnit)
      : core.decideDescribed(user, privilege, owner, unit, parent);
  }

  /** Creation is more than a right on the record where somebody will own it (semantics.md A1, A2). */
  #isCreation(action: number, { entity }: NewRecord): boolean {
    return action === ACTION_CREATE && this.ground.policy.entities[entity]?.ownership === OWNED_BY_PRINCIPAL;
  }

  #sources(action: number, target: Target): Source[] {
    const { core, memory, policy, loaded } = this.ground;
    const { user } = this.#caller;
    const privilege = this.#privilege(action, target);
    const words = readSources(memory, (out, capacity) => {
      if (typeof target === "number") return core.explain(user, privilege, target, out, capacity);
      const { owner, unit, parent, ownersUnit } = target;
      return this.#isCreation(action, target)
        ? core.explainCreate(user, privilege, owner, unit, ownersUnit, out, capacity)
        : core.explainDescribed(user, privilege, owner, unit, parent, out, capacity);
    });
    return decodeSources(words, policy, loaded.world);
  }

  /** A right of the caller on a record. */
  right(rule: string, action: number, target: Target): Check {
    return {
      rule,
      action: actionNames[action] as string,
      record: this.#recordOf(target),
      principal: this.caller,
      denial: () => this.#about(target, () => this.#denialOf(this.#decide(action, target))),
      sources: () => this.#about(target, () => this.#sources(action, target)),
    };
  }

  /** A task privilege of the caller; undefined where the project has none of this name. */
  task(rule: string, name: string): Check | undefined {
    const { core, memory, policy, loaded } = this.ground;
    const task = policy.tasks.indexOf(name);
    if (task < 0) return undefined;
    const { user } = this.#caller;
    const privilege = policy.entities.length * ACTIONS + task;
    return {
      rule,
      action: name,
      principal: this.caller,
      denial: () => this.#about(undefined, () => this.#denialOf(core.decide(user, privilege, -1))),
      sources: () =>
        this.#about(undefined, () => {
          const ask = (out: number, capacity: number) => core.explain(user, privilege, -1, out, capacity);
          return decodeSources(readSources(memory, ask), policy, loaded.world);
        }),
    };
  }

  /** Something about a record that is no right: the reason is given where it does not hold. */
  fact(rule: string, action: string, target: Target, reason: string, holds: () => boolean): Check {
    return {
      rule,
      action,
      record: this.#recordOf(target),
      principal: this.caller,
      denial: () => (holds() ? undefined : reason),
    };
  }

  /** A right on a secured column of a record (COLUMN_*), beside the right on the record (semantics.md F1). */
  column(rule: string, action: number, record: number, column: number, right: number): Check {
    const holds = () => {
      const target = { kind: "loaded", entity: this.entityOf(record), record } as const;
      const rights = columnRights(this.ground, this.#caller.user, target);
      return ((rights[column] as number) & right) !== 0;
    };
    return this.fact(rule, actionNames[action] as string, record, "column", holds);
  }

  /** Whether somebody may own a record (semantics.md A3). */
  mayOwn(rule: string, owner: number, target: Target): Check {
    return {
      rule,
      action: "own",
      record: this.#recordOf(target),
      principal: this.#principal(owner),
      denial: () => (this.#owns(owner, target) ? undefined : "owner"),
    };
  }

  #owns(owner: number, target: Target): boolean {
    const { core, memory, policy, loaded } = this.ground;
    const privilege = this.#privilege(ACTION_READ, target);
    if ((owner & TEAM_BIT) !== 0) {
      if (loaded.world.teams.kinds[owner & ~TEAM_BIT] === TEAM_ACCESS) return false;
    } else if ((policy.switches & FLAG_DISABLED_MAY_OWN) === 0) {
      // His own mark: a disabled unit keeps people from signing in, and nothing more (semantics.md B2).
      const users = memory.words[(core.world() + WORLD_USERS) >>> 2] as number;
      const flags = memory.halves[(users + owner * USER_BYTES + USER_FLAGS) >>> 1] as number;
      if ((flags & USER_DISABLED) !== 0) return false;
    }
    return this.#about(target, () =>
      typeof target === "number"
        ? core.mayOwn(owner, privilege, target) !== 0
        : core.mayOwnDescribed(owner, privilege, target.unit) !== 0,
    );
  }

  /** Whether a user has some grant to read a record, whatever it reaches (semantics.md S6). */
  mayBeSharee(rule: string, user: number, record: number): Check {
    const privilege = this.#privilege(ACTION_READ, record);
    return {
      rule,
      action: "read",
      record: this.#recordOf(record),
      principal: this.#principal(user),
      denial: () =>
        this.#about(record, () => this.ground.core.holdsGrant(user, privilege, record)) === 0
          ? "privilege"
          : undefined,
    };
  }
}
