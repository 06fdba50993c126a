// What fast-check draws for a story: a small world, and numbers for its steps.
import fc from "fast-check";
import { ownerNumbers, withOwnerRules } from "./design-owner-rules.ts";
import { designScript } from "./design-script.ts";
import { secured, secureNumbers } from "./design-secured.ts";
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
    .tuple(projects(where), steps, ownerNumbers, secureNumbers)
    .map(([plain, drawn, rules, columns]) => {
      const ruled = withOwnerRules(plain, rules);
      // Profiles and shares of columns are written in source alone.
      const project = where === "source" ? secured(ruled, columns) : ruled;
      return { project, steps: designScript(project, drawn) };
    });
}
