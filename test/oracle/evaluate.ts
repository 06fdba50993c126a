// The slow twin: what semantics.md says of a single right, step by step, straight from the resolved model. It exists to be
// compared with the fast engine, so it shares no code with tables, image or core and prefers the plain over the quick.
import type { Action, Policy, Value, World } from "../../compiler/model/model.ts";
import { Conditions } from "./conditions.ts";
import { decideRecord, decideTask } from "./decide.ts";
import { Facts, type RecordDescription } from "./facts.ts";
import { passesGate } from "./gate.ts";
import { actionNames } from "./rights.ts";
import { type Decision, deny } from "./sources.ts";

export type { Decision, Source } from "./sources.ts";

/** A record that the world holds. */
export interface RecordName {
  readonly entity: string;
  readonly id: string;
}

/** `action` is a record privilege where a record is given, and the name of a task privilege where none is. */
export interface Question {
  /** A user's name. */
  readonly principal: string;
  readonly action: string;
  readonly record?: RecordName | RecordDescription | undefined;
  /** What the request carries; what is not in it is absent. */
  readonly context?: RequestContext | undefined;
}

export type RequestContext = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

export class Oracle {
  readonly #facts: Facts;

  constructor(policy: Policy, world: World) {
    this.#facts = new Facts(policy, world);
  }

  /** Throws where the question names something that policy or world do not have. */
  check({ principal, action, record, context = {} }: Question): Decision {
    const facts = this.#facts;
    const user = facts.user(principal);
    if (!passesGate(facts, user)) return deny("disabled"); // 0 GATE
    const carried = context instanceof Map ? context : new Map<string, Value>(Object.entries(context));
    const conditions = new Conditions(facts, user, action, carried);
    let decision: Decision;
    if (record === undefined) decision = decideTask(facts, user, this.#task(action), conditions);
    else {
      const loaded = "id" in record;
      const subject = loaded ? facts.loaded(facts.entity(record.entity), record.id) : facts.described(record);
      decision = decideRecord(facts, user, actionOf(action), subject, conditions);
    }
    return { ...decision, errors: conditions.errors };
  }

  /** The ids of the entity's records on which the user may do it. */
  filter(principal: string, action: string, entity: string, context?: RequestContext): string[] {
    const number = this.#facts.policy.entities.indexOf(this.#facts.entity(entity));
    return this.#facts.world.records
      .filter((record) => record.entity === number)
      .map((record) => record.id)
      .filter((id) => this.check({ principal, action, record: { entity, id }, context }).allowed);
  }

  /** The users who may do it, to the record or, of a task privilege, at all. */
  whoCan(
    action: string,
    record: RecordName | RecordDescription | undefined,
    context?: RequestContext,
  ): string[] {
    return this.#facts.world.users
      .map((user) => user.name)
      .filter((principal) => this.check({ principal, action, record, context }).allowed);
  }

  /** Which of the seven rights on an existing record the user has; `create` never counts (language.md section 8). */
  rights(principal: string, record: RecordName, context?: RequestContext): Action[] {
    return actionNames.filter(
      (action) => action !== "create" && this.check({ principal, action, record, context }).allowed,
    );
  }

  #task(name: string): number {
    const task = this.#facts.policy.tasks.findIndex((candidate) => candidate.name === name);
    if (task < 0) throw new Error(`the policy has no task privilege ${name}`);
    return task;
  }
}

function actionOf(name: string): Action {
  const action = actionNames.find((candidate) => candidate === name);
  if (action === undefined) throw new Error(`there is no record privilege ${name}`);
  return action;
}
