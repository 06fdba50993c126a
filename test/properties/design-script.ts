// Random stories: every operation and every change, about things that the project has or that the story made before.
import { designChange } from "./design-changes.ts";
import { designOperation } from "./design-operations.ts";
import { at } from "./design-policy.ts";
import type { Project } from "./project.ts";
import { Cast, type StepSketch } from "./script-cast.ts";
import type { ScriptStep } from "./script-plan.ts";

/** One step; what it makes takes part from then on. */
function designStep(cast: Cast, sketch: StepSketch): ScriptStep | undefined {
  const { kind, who } = sketch;
  if (kind % 2 === 0) {
    const operation = designOperation(cast, sketch);
    // Every other time whoever owned the record at first: others are mostly refused.
    const record = operation !== undefined && "record" in operation ? operation.record : undefined;
    const owner = cast.records.find(({ entity, id }) => entity === record?.entity && id === record.id)?.owner;
    const user = at(cast.users, who);
    return operation && { kind: "do", user: who % 2 === 0 ? (owner ?? user) : user, operation };
  }
  const change = designChange(cast, sketch);
  return change && { kind: "set", change };
}

export function designScript(project: Project, sketches: readonly StepSketch[]): ScriptStep[] {
  const cast = new Cast(project);
  return sketches.flatMap((sketch) => designStep(cast, sketch) ?? []);
}
