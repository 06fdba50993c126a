// The slow twin: what semantics.md sections 1 to 4 say, step by step, straight from the resolved model. It exists to be
// compared with the fast engine, so it shares no code with tables, image or core and prefers the plain over the quick.
import type { Action, Policy, User, Value, World } from "../../compiler/model/model.ts";
import { reach } from "./access.ts";
import { Conditions } from "./conditions.ts";
import { Facts, type RecordDescription, type RecordFacts } from "./facts.ts";
import { forbidOnRecord, forbidOnTask } from "./forbids.ts";
import { passesGate } from "./gate.ts";
import { grantsOfTask, grantsOnRecord, isAdministrator } from "./grants.ts";
import { actionNames, rightExists } from "./rights.ts";
import { allow, type Decision, deny, denyBy, type Source } from "./sources.ts";

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
    if (record === undefined) decision = this.#decideTask(user, this.#task(action), conditions);
    else {
      const loaded = "id" in record;
      const subject = loaded ? facts.loaded(facts.entity(record.entity), record.id) : facts.described(record);
      decision = this.#decideRecord(user, actionOf(action), subject, conditions);
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

  #decideRecord(user: User, action: Action, record: RecordFacts, conditions: Conditions): Decision {
    const facts = this.#facts;
    const forbid = forbidOnRecord(facts, user, action, record, conditions); // 1 FORBID
    if (record.entity.ownership === "parent") {
      if (forbid !== undefined) return denyBy(forbid.id);
      // E2: the same question about the parent record. Without one, nothing puts the record in reach.
      const parent = facts.parentOf(record);
      return parent === undefined ? deny("access") : this.#decideRecord(user, action, parent, conditions);
    }
    // E6: a right that the entity's ownership does not have.
    const exists = rightExists(action, record.entity.ownership);
    // Asked whatever decides: errors of conditions are reported behind a forbid as well.
    const grants = exists ? grantsOnRecord(facts, user, action, record, conditions) : []; // 3 GRANTS
    if (forbid !== undefined) return denyBy(forbid.id);
    if (!exists) return deny("privilege");
    const administrator = isAdministrator(facts, user, record); // 2 ADMIN
    if (!administrator && grants.length === 0) return deny("privilege"); // 4 PRIVILEGE
    // Every source that would allow is reported, of administrators too.
    const sources: Source[] = administrator ? [{ kind: "administrator" }] : [];
    sources.push(...reach(facts, user, action, record, grants)); // 5 ACCESS
    return sources.length === 0 ? deny("access") : allow(facts.policy, sources);
  }

  /** Steps 1 to 4 for a task privilege, which has no record to reach. */
  #decideTask(user: User, task: number, conditions: Conditions): Decision {
    const facts = this.#facts;
    const forbid = forbidOnTask(facts, user, task, conditions);
    const grants = grantsOfTask(facts, user, task, conditions);
    if (forbid !== undefined) return denyBy(forbid.id);
    const sources: Source[] = isAdministrator(facts, user, undefined) ? [{ kind: "administrator" }] : [];
    sources.push(...grants);
    return sources.length === 0 ? deny("privilege") : allow(facts.policy, sources);
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
