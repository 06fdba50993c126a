// Batches of more than 2,000 questions in worlds that change: what blocks of questions answer together is what each question
// answers alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { crowds } from "./crowd-sketch.ts";
import { disagreementOfCrowd } from "./crowd-story.ts";
import { patient, seed, worlds } from "./settings.ts";

test("a batch answers as its questions do alone, after every few changes", patient, () => {
  fc.assert(
    fc.property(crowds, (script) => {
      const found = disagreementOfCrowd(script);
      if (found === undefined) return;
      expect.fail(`${JSON.stringify(found)}\n${JSON.stringify(script)}`);
    }),
    { numRuns: Math.ceil(worlds / 500), seed, endOnFailure: true },
  );
});
