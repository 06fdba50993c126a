// The core for threads on random worlds: alone against the slow twin, and with workers that answer everything against the
// ordinary core.
import fc from "fast-check";
import { expect, test } from "vitest";
import { startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { differences } from "../properties/compare.ts";
import { engineOf } from "../properties/engines.ts";
import { contextsOf } from "../properties/questions.ts";
import { patient, seed, worldsOfAProperty } from "../properties/settings.ts";
import { valuesAsJson } from "../properties/to-tables.ts";
import { projects } from "../properties/world.ts";
import { expectSame } from "./everything.ts";

/** Each takes a pool of its own, which takes longer to start than its questions to answer. */
const numRuns = Math.min(50, worldsOfAProperty);

test("the core for threads and the twin agree", patient, () => {
  fc.assert(
    fc.property(projects("loaded"), (project) => {
      expect(differences(project, engineOf(project, threadsCore()))).toEqual([]);
    }),
    { numRuns, seed },
  );
});

test("workers and the ordinary core agree", patient, async () => {
  await fc.assert(
    fc.asyncProperty(projects("loaded"), async (project) => {
      const shared = engineOf(project, threadsCore());
      const pool = await startPool(shared, { workers: 2, mainRests: true });
      try {
        const pair = { right: engineOf(project, "simd"), shared, pool };
        for (const carried of contextsOf(project)) {
          await expectSame(pair, carried && valuesAsJson(project.context, carried), 10_000);
        }
      } finally {
        await pool.close();
      }
    }),
    { numRuns, seed },
  );
});
