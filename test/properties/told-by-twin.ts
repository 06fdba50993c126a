// A story as the twin tells it: what it says of each step, and every question in between.

import type { Value } from "../../compiler/model/model.ts";
import { recordsOf } from "../oracle/operations/checks.ts";
import type { FailedCheck } from "../oracle/operations/inquiry.ts";
import { keyOf, type RecordKey } from "../oracle/plain-world.ts";
import { Story, type Verdict } from "../oracle/story.ts";
import type { Project } from "./project.ts";
import type { ScriptStep } from "./script-plan.ts";
import { changeForTwin, operationForTwin } from "./script-to-twin.ts";
import { toPolicy, toWorld } from "./to-model.ts";

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
   * Whether every record that the step speaks of is there or was, and every one that a lookup is to lead to is there; of units
   * and their teams as well, for the engine knows no names of those that are gone.
   */
  knows(step: ScriptStep): boolean {
    const { records, deleted } = this.story.world;
    if (!this.#areThere(step.kind === "do" ? step.operation : step.change)) return false;
    const isThere = (value: Value | "none"): boolean => this.#leadsSomewhere(value);
    const is = (record: RecordKey): boolean => records.has(keyOf(record)) || deleted.has(keyOf(record));
    if (step.kind === "do") {
      const operation = operationForTwin(step.operation, this.#project);
      const lookups = "attributes" in operation ? [...operation.attributes.values()] : [];
      return recordsOf(operation).every(is) && lookups.every(isThere);
    }
    const change = changeForTwin(step.change, this.#project, this.story.world.policy);
    if (change.kind === "create record") return [...change.record.attributes.values()].every(isThere);
    if (!("record" in change)) return true;
    const lookups = change.kind === "edit record" ? [...change.attributes.values()] : [];
    return is(change.record) && lookups.every(isThere);
  }

  /** Whether what a value names is there. */
  #leadsSomewhere(value: Value | "none"): boolean {
    const { records, teams, units } = this.story.world;
    if (value === "none") return true;
    if (value.kind === "Record") return records.has(keyOf(value));
    if (value.kind === "Unit") return units.has(value.name);
    return value.kind !== "Principal" || value.principal.kind !== "team" || teams.has(value.principal.name);
  }

  /** Whether the units and teams that a plan names are there. */
  #areThere(plan: unknown): boolean {
    const { units, teams } = this.story.world;
    if (typeof plan !== "object" || plan === null) return true;
    if ("kind" in plan && plan.kind === "team" && "name" in plan && !teams.has(`${plan.name}`)) return false;
    return Object.entries(plan).every(([key, part]: [string, unknown]) => {
      if (typeof part !== "string") return this.#areThere(part);
      if (key === "team") return teams.has(part);
      return (key !== "unit" && key !== "businessUnit" && key !== "under") || units.has(part);
    });
  }

  tell(step: ScriptStep): Said {
    if (step.kind === "set") {
      const change = changeForTwin(step.change, this.#project, this.story.world.policy);
      return { done: this.story.set(change) === undefined };
    }
    const operation = operationForTwin(step.operation, this.#project);
    if (recordsOf(operation).some((record) => this.story.world.record(record) === undefined)) return unknown;
    return saidOf(this.story.do(step.user, operation));
  }
}

export function saidOf({ allowed, reason, failed }: Verdict): Said {
  return { done: allowed, reason, ...(failed === undefined ? {} : { check: wordsOf(failed) }) };
}

function wordsOf({ action, record, principal }: FailedCheck): string {
  return `${action} of ${record?.entity ?? "-"}/${record?.id ?? "-"} by ${principal.kind} ${principal.name}`;
}
