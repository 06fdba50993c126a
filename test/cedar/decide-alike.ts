// Random projects exported and put to real Cedar, against the slow twin.
import fc from "fast-check";
import { expect } from "vitest";
import type { Model } from "../../compiler/index.ts";
import type { CedarExport } from "../../interop/cedar/index.ts";
import type { Project } from "../properties/project.ts";
import { contextsOf, questionsOf, within } from "../properties/questions.ts";
import { toSource } from "../properties/to-source.ts";
import { compare } from "./compare.ts";
import { projectsForCedar } from "./projects-for-cedar.ts";
import { questionsOfAWorld, seed } from "./settings.ts";

/** Validation takes as long as everything else together, and longer the more policies there are: of many, now and then. */
function isValidated({ policies }: CedarExport): boolean {
  return policies.length < 6_000 || policies.length % 10 === 0;
}

/** Fails with the first difference and the smallest project found that shows one. */
export function decideAlike(
  where: "source" | "loaded",
  model: (project: Project) => Model,
  numRuns: number,
): void {
  let validated = 0;
  let asked = 0;
  let allowed = 0;
  fc.assert(
    fc.property(projectsForCedar(where), (project) => {
      const questions = questionsOf(project);
      const everywhere = contextsOf(project).flatMap((context) => within(questions, context, project));
      const compared = compare(model(project), everywhere, questionsOfAWorld, isValidated);
      validated += compared.validated ? 1 : 0;
      asked += compared.asked;
      allowed += compared.allowed;
      const [first, ...more] = compared.differences;
      if (first === undefined) return;
      const { policies, schema } = compared.exported;
      throw new Error(`${first}\n(and ${more.length} more)\n${toSource(project)}\n${schema}\n${policies}`);
    }),
    { numRuns, seed },
  );
  console.log(`${validated} of them validated; ${asked} questions put to Cedar, ${allowed} of them allowed`);
  // A comparison in which everything is denied would prove nothing.
  expect(asked).toBeGreaterThan(numRuns * questionsOfAWorld * 0.8);
  expect(validated).toBeGreaterThan(numRuns / 6);
  expect(allowed / asked).toBeGreaterThan(0.2);
}
