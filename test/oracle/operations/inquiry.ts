// The checks that operations are made of (semantics.md section 6): each is a question of section 1, or says why it fails.
import type { Action, PrincipalName, User, Value, WorldRecord } from "../../../compiler/model/model.ts";
import { Conditions } from "../conditions.ts";
import { decideRecord, decideTask } from "../decide.ts";
import type { Facts, RecordFacts } from "../facts.ts";
import type { PlainWorld, RecordKey } from "../plain-world.ts";
import type { Source } from "../sources.ts";

/** Which check failed, whose, and on what; `own` where somebody may not own, `column` of a secured column. */
export interface FailedCheck {
  readonly rule: string;
  readonly action: string;
  /** Without id: the record that would be created. */
  readonly record: { readonly entity: string; readonly id: string | undefined } | undefined;
  readonly principal: PrincipalName;
}

export interface Refusal {
  readonly reason: string;
  readonly failed: FailedCheck;
}

/** What a check says: the sources of a right that is there, or a refusal. */
export type Checked = { readonly sources: readonly Source[] } | Refusal;

/** Somebody who sets out to do something, in the world as it is. */
export class Inquiry {
  readonly world: PlainWorld;
  readonly facts: Facts;
  readonly user: User;
  readonly #context: ReadonlyMap<string, Value>;

  constructor(world: PlainWorld, user: string, context: ReadonlyMap<string, Value>) {
    this.world = world;
    this.facts = world.facts;
    this.user = world.facts.user(user);
    this.#context = context;
  }

  get self(): PrincipalName {
    return { kind: "user", name: this.user.name };
  }

  /** The conditions of a question about `action`, asked for the user himself or for somebody else. */
  conditions(action: string, user: User = this.user): Conditions {
    return new Conditions(this.facts, user, action, this.#context);
  }

  /** A record as questions see it. */
  factsOf(record: RecordKey): RecordFacts {
    return this.facts.loaded(this.world.entityOf(record), record.id);
  }

  /** One right of the user on one record. */
  right(rule: string, action: Action, record: RecordFacts): Checked {
    const decision = decideRecord(this.facts, this.user, action, record, this.conditions(action));
    if (decision.allowed) return { sources: decision.sources };
    return this.refuse(decision.reason, rule, action, record);
  }

  task(rule: string, name: string): Checked {
    const number = this.facts.policy.tasks.findIndex((task) => task.name === name);
    const decision = decideTask(this.facts, this.user, number, this.conditions(name));
    return decision.allowed ? { sources: decision.sources } : this.refuse(decision.reason, rule, name);
  }

  refuse(
    reason: string,
    rule: string,
    action: string,
    record?: RecordFacts,
    principal: PrincipalName = this.self,
  ): Refusal {
    const named = record === undefined ? undefined : { entity: record.entity.name, id: record.id };
    return { reason, failed: { rule, action, record: named, principal } };
  }
}

/** The first check that fails, in the order given; undefined where none does. What comes after it is not asked. */
export function firstRefusal(checks: Iterable<Checked>): Refusal | undefined {
  for (const check of checks) if ("reason" in check) return check;
  return undefined;
}

/** The record that a question would see, were it there. */
export function describedFacts(world: PlainWorld, record: WorldRecord): RecordFacts {
  const { owner, unit, parent, attributes } = record;
  return { entity: world.entityOf(record), id: undefined, owner, unit, parent, attributes };
}
