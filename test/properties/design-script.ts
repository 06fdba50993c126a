// Random stories: every operation and every change, about things that the project has or that the story made before.
import { scatter } from "./design-attributes.ts";
import { designChange } from "./design-changes.ts";
import { designOperation } from "./design-operations.ts";
import { at } from "./design-policy.ts";
import type { Project } from "./project.ts";
import { Cast, type StepSketch } from "./script-cast.ts";
import type { ScriptStep, SingleStep } from "./script-plan.ts";

/** One step; what it makes takes part from then on. */
function designSingle(cast: Cast, sketch: StepSketch): SingleStep | undefined {
  const { kind, who, what, more } = sketch;
  if (kind % 2 === 0) {
    const operation = designOperation(cast, sketch);
    // Every other time whoever owned the record at first: others are mostly refused.
    const record = operation !== undefined && "record" in operation ? operation.record : undefined;
    const owner = cast.records.find(({ entity, id }) => entity === record?.entity && id === record.id)?.owner;
    const user = at(cast.users, who);
    const contexts = [undefined, ...cast.project.contexts];
    const context = at(contexts, scatter(more, what));
    return (
      operation && {
        kind: "do",
        user: who % 2 === 0 ? (owner ?? user) : user,
        operation,
        ...(context === undefined ? {} : { context }),
      }
    );
  }
  const change = designChange(cast, sketch);
  return change && { kind: "set", change };
}

/** Now and then several steps are one update, and the engine is written down and read again. */
export function designScript(project: Project, sketches: readonly StepSketch[]): ScriptStep[] {
  const cast = new Cast(project);
  const script: ScriptStep[] = [];
  let together: SingleStep[] = [];
  let wanted = 0;
  for (const sketch of sketches) {
    const step = designSingle(cast, sketch);
    const salt = scatter(sketch.to, sketch.kind);
    if (wanted === 0 && salt % 12 === 1) script.push({ kind: "restore" });
    if (wanted === 0 && salt % 6 === 0) wanted = 2 + (salt % 4);
    if (step === undefined) continue;
    const unit = step.kind === "set" && step.change.kind === "delete unit" ? step.change.unit : undefined;
    // B3: one that is not disabled stays.
    if (unit !== undefined && salt % 4 > 0)
      script.push({ kind: "set", change: { kind: "disable unit", unit, disabled: true } });
    if (wanted === 0) {
      script.push(step);
      continue;
    }
    together.push(step);
    if (together.length < wanted) continue;
    script.push({ kind: "together", steps: together, takenBack: salt % 3 > 0 });
    [together, wanted] = [[], 0];
  }
  return [...script, ...together];
}
