// What the tests let Cedar read of a world is enough: with all of it, it answers the same.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Model } from "../../compiler/index.ts";
import { exportCedar, vocabularyOf } from "../../interop/cedar/index.ts";
import { contextsOf, questionsOf, within } from "../properties/questions.ts";
import { toPolicy, toWorld } from "../properties/to-model.ts";
import { Judge } from "./cedar.ts";
import { cedarQuestion, isForCedar } from "./compare.ts";
import { projectsForCedar } from "./projects-for-cedar.ts";
import { patient, seed, worlds } from "./settings.ts";

const numRuns = Math.ceil(worlds / 125);
const questionsOfEach = 24;

test(`what Cedar is given to read changes no answer: ${numRuns} random worlds`, patient, () => {
  fc.assert(
    fc.property(projectsForCedar("loaded"), (project) => {
      const model: Model = { policy: toPolicy(project), world: toWorld(project), openNames: [] };
      const all = contextsOf(project)
        .flatMap((context) => within(questionsOf(project), context, project))
        .filter(isForCedar);
      const names = vocabularyOf(model);
      const exported = exportCedar(model);
      const sliced = new Judge(exported, names);
      const whole = new Judge(exported);
      const stride = Math.ceil(all.length / questionsOfEach) | 1;
      for (const [place, asked] of all.entries()) {
        if (place % stride !== 0) continue;
        const question = cedarQuestion(asked, model, names);
        const answer = whole.ask(question);
        // Why a policy fails may differ: a record that is not there has not the attribute either.
        const decided = ({ allowed, reasons, errors }: typeof answer) => ({
          allowed,
          reasons: [...reasons].sort(),
          failed: errors.map(({ policy }) => policy).sort(),
        });
        expect(decided(sliced.ask(question))).toEqual(decided(answer));
      }
    }),
    { numRuns, seed },
  );
});
