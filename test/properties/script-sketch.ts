// What fast-check draws for a story: a small world, and numbers for its steps.
import fc from "fast-check";
import { designScript } from "./design-script.ts";
import type { Project } from "./project.ts";
import type { StepSketch } from "./script-cast.ts";
import type { ScriptStep } from "./script-plan.ts";
import { projects } from "./world.ts";

const pick = fc.noBias(fc.nat({ max: 65_535 }));
const step: fc.Arbitrary<StepSketch> = fc.record({ kind: pick, who: pick, what: pick, to: pick, more: pick });

/** A world and what happens in it. */
export interface Script {
  readonly project: Project;
  readonly steps: readonly ScriptStep[];
}

/** `length` steps are drawn; a few have nothing to be about in a small world. */
export function scripts(where: "source" | "loaded", length: number): fc.Arbitrary<Script> {
  const steps = fc.array(step, { minLength: length, maxLength: length, size: "max" });
  return fc
    .tuple(projects(where), steps)
    .map(([project, drawn]) => ({ project, steps: designScript(project, drawn) }));
}
