// The fast engine against the slow twin on random worlds: `check` (decision and reason), `explain` (sources), `allows`,
// `checkBatch`, `filter`, `whoCan`, loaded and described records, source and tables, both builds of the core.
import fc from "fast-check";
import { test } from "vitest";
import { assertSame } from "./assert-same.ts";
import { patient, seed, worlds } from "./settings.ts";
import { projects } from "./world.ts";

const numRuns = Math.ceil(worlds / 2);
const core = fc.constantFrom("plain" as const, "simd" as const);

test.each(["source", "loaded"] as const)(
  `engine and twin agree on ${numRuns} random worlds: %s`,
  patient,
  (where) => {
    fc.assert(fc.property(projects(where), core, assertSame), { numRuns, seed });
  },
);
