// Random projects exported and put to real Cedar, against the slow twin: what the language decides without a condition.
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../compiler/index.ts";
import { questionsOf } from "../properties/questions.ts";
import { toSource } from "../properties/to-source.ts";
import { projects } from "../properties/world.ts";
import { compare } from "./compare.ts";
import { patient, questionsOfAWorld, seed, worlds } from "./settings.ts";

test(`Cedar and the twin agree on ${worlds} random worlds`, patient, () => {
  let asked = 0;
  let allowed = 0;
  fc.assert(
    fc.property(projects("source"), (project) => {
      const source = toSource(project);
      const { model, diagnostics } = analyze([{ name: "world.bwk", text: source }]);
      if (model === undefined) throw new Error(`${diagnostics[0]?.message}\n${source}`);
      const compared = compare(model, questionsOf(project), questionsOfAWorld);
      asked += compared.asked;
      allowed += compared.allowed;
      const [first, ...more] = compared.differences;
      if (first === undefined) return;
      const { policies, schema } = compared.exported;
      throw new Error(`${first}\n(and ${more.length} more)\n${source}\n${schema}\n${policies}`);
    }),
    { numRuns: worlds, seed },
  );
  console.log(`${asked} questions put to Cedar, ${allowed} of them allowed`);
  // A comparison in which everything is denied would prove nothing.
  expect(asked).toBeGreaterThan(worlds * 8);
  expect(allowed / asked).toBeGreaterThan(0.2);
});
