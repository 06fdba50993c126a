// What fast-check draws for a story of batches: a world of many users, conditions over numbers, and steps of which most change
// what these look at.
import fc from "fast-check";
import { at } from "./design-policy.ts";
import { withRanges } from "./design-ranges.ts";
import { designScript } from "./design-script.ts";
import type { StepSketch } from "./script-cast.ts";
import type { Script } from "./script-sketch.ts";
import { crowdSketch } from "./sketch.ts";
import { design } from "./world.ts";

const pick = fc.noBias(fc.nat({ max: 65_535 }));
const step = fc.record({ kind: pick, who: pick, what: pick, to: pick, more: pick });

/** Changes of what conditions look at, as `designChange` and `designPeople` number them. */
const weighty: readonly ((sketch: StepSketch) => StepSketch)[] = [
  ...[14, 14, 3, 13, 2].map((number) => (sketch: StepSketch) => ({ ...sketch, kind: 2 * number + 1 })),
  // A user gets values, another one goes, a record goes.
  ...[9, 9, 9, 3].map((number) => (sketch: StepSketch) => ({ ...sketch, kind: 2 * 19 + 1, what: number })),
  (sketch) => ({ ...sketch, kind: 2 * 15 + 1, more: sketch.more - (sketch.more % 3) + 1 }),
];

export const crowds: fc.Arbitrary<Script> = fc
  .tuple(
    crowdSketch,
    fc.array(pick, { minLength: 8, maxLength: 8 }),
    fc.array(step, { minLength: 9, maxLength: 9, size: "max" }),
  )
  .map(([drawn, picks, sketches]) => {
    const project = withRanges(design(drawn, "loaded"), picks);
    // Every third step is any that a story may have.
    const steps = sketches.map((sketch, index) =>
      index % 3 === 0 ? sketch : at(weighty, sketch.kind)(sketch),
    );
    return { project, steps: designScript(project, steps) };
  });
