// What engine and twin say of the operations of semantics.md section 6, in random worlds: whether each is allowed, why, and
// which check failed on what.
import fc from "fast-check";
import { expect, test } from "vitest";
import { engineOf } from "./engines.ts";
import { scripts } from "./script-sketch.ts";
import { contextForTwin, operationForTwin } from "./script-to-twin.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toSource } from "./to-source.ts";
import { askEngine } from "./told-by-engine.ts";
import { saidOf, ToldByTwin } from "./told-by-twin.ts";

test.each(["source", "loaded"] as const)("engine and twin agree on operations: %s", patient, (where) => {
  fc.assert(
    fc.property(scripts(where, 60), ({ project, steps }) => {
      const engine = engineOf(project, "plain");
      const twin = new ToldByTwin(project);
      for (const step of steps) {
        // Nothing happens here: what a step is to make never is.
        if (step.kind !== "do" || !twin.knows(step)) continue;
        const { user, operation, context } = step;
        const carried = contextForTwin(context, project);
        const expected = saidOf(twin.story.can(user, operationForTwin(operation, project), carried));
        const got = askEngine(engine, user, operation, project, context);
        expect(got, `${user}: ${JSON.stringify(operation)}\n${toSource(project)}`).toEqual(expected);
      }
    }),
    { numRuns: worldsOfAProperty, seed },
  );
});
