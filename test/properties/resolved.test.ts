// The compiler's model against the model made without it: the meaning of every word of a policy, of roles held, of the
// units of records, and of what cascades make of declared shares (language.md sections 3 to 8, semantics.md B7, S5, R1).
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../compiler/index.ts";
import { policyByName, worldByName } from "./by-name.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { fileName, toPolicy, toWorld } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { projects } from "./world.ts";

test("the resolved model says what the project says", patient, () => {
  fc.assert(
    fc.property(projects("source"), (project) => {
      const text = toSource(project);
      const { model, diagnostics } = analyze([{ name: fileName, text }], {
        world: "closed",
      });
      const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
      expect(
        errors.map(({ code, message }) => `${code} ${message}`),
        text,
      ).toEqual([]);
      if (model === undefined) throw new Error(`no model and no error\n${text}`);
      const policy = toPolicy(project);
      expect(policyByName(model.policy), text).toEqual(policyByName(policy));
      expect(worldByName(model.world, model.policy), text).toEqual(worldByName(toWorld(project), policy));
      expect(model.openNames).toEqual([]);
    }),
    { numRuns: worldsOfAProperty, seed },
  );
});
