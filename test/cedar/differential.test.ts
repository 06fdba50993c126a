// Random projects exported and put to real Cedar, against the slow twin. Half of them are compiled from source; the other half
// are models as a directory and tables make them too, with lookups that lead nowhere and attributes that are left out.
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze, type Model } from "../../compiler/index.ts";
import type { Project } from "../properties/project.ts";
import { contextsOf, questionsOf, within } from "../properties/questions.ts";
import { toPolicy, toWorld } from "../properties/to-model.ts";
import { toSource } from "../properties/to-source.ts";
import { compare } from "./compare.ts";
import { projectsForCedar } from "./projects-for-cedar.ts";
import { patient, questionsOfAWorld, seed, worlds } from "./settings.ts";

function compiled(project: Project): Model {
  const source = toSource(project);
  const { model, diagnostics } = analyze([{ name: "world.bwk", text: source }]);
  if (model === undefined) throw new Error(`${diagnostics[0]?.message}\n${source}`);
  return model;
}

function loaded(project: Project): Model {
  return { policy: toPolicy(project), world: toWorld(project), openNames: [] };
}

test.each([
  ["source", compiled],
  ["loaded", loaded],
] as const)(
  `Cedar and the twin agree on ${Math.ceil(worlds / 2)} random worlds: %s`,
  patient,
  (where, model) => {
    const numRuns = Math.ceil(worlds / 2);
    let asked = 0;
    let allowed = 0;
    fc.assert(
      fc.property(projectsForCedar(where), (project) => {
        const questions = questionsOf(project);
        const everywhere = contextsOf(project).flatMap((context) => within(questions, context, project));
        const compared = compare(model(project), everywhere, questionsOfAWorld);
        asked += compared.asked;
        allowed += compared.allowed;
        const [first, ...more] = compared.differences;
        if (first === undefined) return;
        const { policies, schema } = compared.exported;
        throw new Error(`${first}\n(and ${more.length} more)\n${toSource(project)}\n${schema}\n${policies}`);
      }),
      { numRuns, seed },
    );
    console.log(`${asked} questions put to Cedar, ${allowed} of them allowed`);
    // A comparison in which everything is denied would prove nothing.
    expect(asked).toBeGreaterThan(numRuns * 8);
    expect(allowed / asked).toBeGreaterThan(0.2);
  },
);
