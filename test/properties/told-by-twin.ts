// A story as the twin tells it: what it says of each step, and every question in between.
import type { FailedCheck } from "../oracle/operations/inquiry.ts";
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

export class ToldByTwin {
  readonly story: Story;
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
    this.story = new Story(toPolicy(project), toWorld(project));
  }

  tell(step: ScriptStep): Said {
    if (step.kind === "set") {
      const change = changeForTwin(step.change, this.#project, this.story.world.policy);
      return { done: this.story.set(change) === undefined };
    }
    return saidOf(this.story.do(step.user, operationForTwin(step.operation, this.#project)));
  }
}

export function saidOf({ allowed, reason, failed }: Verdict): Said {
  return { done: allowed, reason, ...(failed === undefined ? {} : { check: wordsOf(failed) }) };
}

function wordsOf({ action, record, principal }: FailedCheck): string {
  return `${action} of ${record?.entity ?? "-"}/${record?.id ?? "-"} by ${principal.kind} ${principal.name}`;
}
