// The formatter changes how a project looks and nothing else.
import fc from "fast-check";
import { expect, test } from "vitest";
import { format } from "../../compiler/index.ts";
import { answers, engineOf } from "./engines.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { fileName } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { projects } from "./world.ts";

const run = { numRuns: worldsOfAProperty, seed };
const anyProject = fc.oneof(projects("source"), projects("loaded"));

test("a formatted project gives the same answers, and formats to itself", patient, () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const formatted = (text: string): string => {
        const result = format({ name: fileName, text });
        if (result.text === undefined) throw new Error(`${JSON.stringify(result.diagnostics)}\n${text}`);
        return result.text;
      };
      const once = formatted(toSource(project));
      expect(formatted(once)).toBe(once);
      expect(answers(project, engineOf(project, "plain", formatted))).toBe(
        answers(project, engineOf(project, "plain")),
      );
    }),
    run,
  );
});
