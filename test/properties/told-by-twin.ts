// A story as the twin tells it: what it says of each step, and every question in between.

import type { Value, WorldRecord } from "../../compiler/model/model.ts";
import { namedByCondition } from "../oracle/changes/people.ts";
import { recordsOf } from "../oracle/operations/checks.ts";
import type { FailedCheck } from "../oracle/operations/inquiry.ts";
import { keyOf, type RecordKey } from "../oracle/plain-world.ts";
import { Story, type Verdict } from "../oracle/story.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import type { DescribedPlan, Project } from "./project.ts";
import type { ChangePlan, OperationPlan, SingleStep } from "./script-plan.ts";
import { changeForTwin, contextForTwin, operationForTwin, recordKey } from "./script-to-twin.ts";
import { toPolicy, toWorld, valuesOfRecord } from "./to-model.ts";

/** What is said of a step. `check`: which one failed, on what and whose. */
export interface Said {
  readonly done: boolean;
  /** Of operations alone. */
  readonly reason?: string;
  readonly check?: string;
}

/** The name of a deleted record is free again: the engine knows no such record (BWK440), and a test says "state". */
export const unknown: Said = { done: false, reason: "unknown" };

export class ToldByTwin {
  readonly story: Story;
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
    this.story = new Story(toPolicy(project), toWorld(project));
  }

  /**
   * Whether every record that the step speaks of is there or was, and every one that a lookup is to lead to is there; of people
   * and units as well, for the engine knows no names of those that are gone.
   */
  knows(step: SingleStep): boolean {
    const { records, deleted } = this.story.world;
    if (!this.#areThere(step)) return false;
    const isThere = (value: Value | "none"): boolean => this.#leadsSomewhere(value);
    const is = (record: RecordKey, where = [records, deleted]): boolean =>
      where.some((keys) => keys.has(keyOf(record)));
    if (step.kind === "do") {
      const operation = operationForTwin(step.operation, this.#project);
      if (!this.mayCarry(step.context)) return false;
      const lookups = "attributes" in operation ? [...operation.attributes.values()] : [];
      // No operation makes a record that is there: the interface says so, and no rule of the model.
      if (operation.kind === "create" && is({ ...operation, id: operation.id ?? "" }, [records]))
        return false;
      return recordsOf(operation).every((record) => is(record)) && lookups.every(isThere);
    }
    const change = changeForTwin(step.change, this.#project, this.story.world.policy);
    if (change.kind === "load records") return change.records.every((record) => this.#mayBeLoaded(record));
    if (change.kind === "load shares") return change.shares.every(({ record }) => is(record));
    if (change.kind === "administer") return recordsOf(change.operation).every((record) => is(record));
    if (change.kind === "create record") return [...change.record.attributes.values()].every(isThere);
    if ("attributes" in change && ![...change.attributes.values()].every(isThere)) return false;
    return !("record" in change) || is(change.record);
  }

  /** What its parent owns waits for this, and nobody is told anything until it is there (BWK436). */
  #mayBeLoaded(record: WorldRecord): boolean {
    const entity = this.story.world.entityOf(record);
    const parent = entity.parent && entity.attributes[entity.parent.attribute];
    const above = parent && record.attributes.get(parent.name);
    const isThere = parent === undefined || (above !== undefined && this.#leadsSomewhere(above));
    return isThere && [...record.attributes.values()].every((value) => this.mayName(value));
  }

  /** Whether the people and units that a request context names are there; records need not be. */
  mayCarry(context: ValuesPlan | undefined): boolean {
    const values = contextForTwin(context, this.#project).values();
    return [...values].every((value) => this.mayName(value));
  }

  /** The same of one value. */
  mayName(value: Value): boolean {
    return value.kind === "Record" || this.#leadsSomewhere(value);
  }

  /** Whether a described record's owner, unit and parent are there, and what its attributes name. */
  mayDescribe(described: DescribedPlan): boolean {
    const { entity, parent, owner } = described;
    // A team that came under the name of one that went may be of another kind.
    if (owner?.kind === "team" && this.story.world.teams.get(owner.name)?.kind === "access") return false;
    const lookup = this.#project.entities.find(({ name }) => name === entity)?.lookup;
    const above = recordKey({ entity: lookup?.to ?? "", id: parent ?? "" }, this.#project);
    const isThere = parent === undefined || this.story.world.records.has(keyOf(above));
    const values = [...valuesOfRecord(described, this.#project).values()];
    return isThere && this.#areThere(described) && values.every((value) => this.mayName(value));
  }

  /** Whether what a value names is there. */
  #leadsSomewhere(value: Value | "none"): boolean {
    const { records, teams, units, users } = this.story.world;
    if (value === "none") return true;
    if (value.kind === "Record") return records.has(keyOf(value));
    if (value.kind === "Unit") return units.has(value.name);
    if (value.kind !== "Principal") return true;
    const { kind, name } = value.principal;
    return kind === "user" ? users.has(name) : teams.has(name);
  }

  /** Whether the people and units that a plan names are there. */
  #areThere(plan: unknown): boolean {
    const { units, teams, users } = this.story.world;
    const all: Readonly<Record<string, ReadonlyMap<string, unknown>>> = {
      ...{ user: users, manager: users, administrator: users, members: users, team: teams },
      ...{ unit: units, businessUnit: units, under: units },
    };
    if (typeof plan !== "object" || plan === null) return true;
    if ("kind" in plan && "name" in plan && (plan.kind === "user" || plan.kind === "team"))
      return (plan.kind === "user" ? users : teams).has(`${plan.name}`);
    return Object.entries(plan).every(([key, part]: [string, unknown]) => {
      if (typeof part === "string") return all[key]?.has(part) ?? true;
      if (key === "members" && Array.isArray(part))
        return part.every((each) => (typeof each === "string" ? users.has(each) : this.#areThere(each)));
      return this.#areThere(part);
    });
  }

  /** What would become of an operation of somebody; undefined where a record is no more. */
  wouldTell(user: string, plan: OperationPlan, context: ValuesPlan | undefined): Said | undefined {
    const operation = operationForTwin(plan, this.#project);
    if (recordsOf(operation).some((record) => this.story.world.record(record) === undefined))
      return undefined;
    return saidOf(this.story.can(user, operation, contextForTwin(context, this.#project)));
  }

  /** `done`: what the engine said. It alone knows whether the words of a condition mean anything where they name somebody. */
  tell(step: SingleStep, done: boolean, withinUpdate = false): Said {
    if (step.kind === "set") {
      // Tables are loaded before or after an update (BWK444).
      if (withinUpdate && isTable(step.change)) return { done: false };
      const change = changeForTwin(step.change, this.#project, this.story.world.policy);
      const outcome = this.story.set(change);
      if (outcome !== namedByCondition || !done) return { done: outcome === undefined };
      return { done: this.story.set({ ...change, meansNothing: true } as typeof change) === undefined };
    }
    const operation = operationForTwin(step.operation, this.#project);
    if (recordsOf(operation).some((record) => this.story.world.record(record) === undefined)) return unknown;
    return saidOf(this.story.do(step.user, operation, contextForTwin(step.context, this.#project)));
  }
}

export const isTable = ({ kind }: ChangePlan): boolean => kind === "load records" || kind === "load shares";

export function saidOf({ allowed, reason, failed }: Verdict): Said {
  return { done: allowed, reason, ...(failed === undefined ? {} : { check: wordsOf(failed) }) };
}

function wordsOf({ action, record, principal }: FailedCheck): string {
  return `${action} of ${record?.entity ?? "-"}/${record?.id ?? "-"} by ${principal.kind} ${principal.name}`;
}
