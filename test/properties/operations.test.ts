// What engine and twin say of the operations of semantics.md section 6, in random worlds: whether each is allowed, why, and
// which check failed on what.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Story } from "../oracle/story.ts";
import { engineOf } from "./engines.ts";
import { scripts } from "./script-sketch.ts";
import { operationForTwin } from "./script-to-twin.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { askEngine } from "./told-by-engine.ts";
import { saidOf } from "./told-by-twin.ts";

test.each(["source", "loaded"] as const)("engine and twin agree on operations: %s", patient, (where) => {
  fc.assert(
    fc.property(scripts(where, 60), ({ project, steps }) => {
      const engine = engineOf(project, "plain");
      const story = new Story(toPolicy(project), toWorld(project));
      const there = new Set(project.records.map(({ entity, id }) => `${entity}/${id}`));
      for (const step of steps) {
        if (step.kind === "set") continue;
        const { user, operation } = step;
        // Records that the story would have made by now.
        const records = Object.values(operation).flatMap((part: unknown) =>
          typeof part === "object" && part !== null && "entity" in part && "id" in part
            ? [`${part.entity}/${part.id}`]
            : [],
        );
        if (records.some((record) => !there.has(record))) continue;
        const expected = saidOf(story.can(user, operationForTwin(operation, project)));
        const got = askEngine(engine, user, operation, project);
        expect(got, `${user}: ${JSON.stringify(operation)}\n${toSource(project)}`).toEqual(expected);
      }
    }),
    { numRuns: worldsOfAProperty * 2, seed },
  );
});
