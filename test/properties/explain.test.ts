// What `explain` says beside the decision, against the slow twin (semantics.md section 10): every source in full.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ExplainedSource } from "../../runtime-ts/index.ts";
import { Oracle } from "../oracle/evaluate.ts";
import { type FullSource, fullSources } from "../oracle/explain/sources.ts";
import { keyOf, PlainWorld } from "../oracle/plain-world.ts";
import { requestOf } from "./compare.ts";
import { engineOf } from "./engines.ts";
import type { Project } from "./project.ts";
import { contextsOf, questionsOf, within } from "./questions.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { projects } from "./world.ts";

const anyProject = fc.oneof(projects("source"), projects("loaded"));

/** Sources as texts that can be compared, each once. */
const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

function toldByEngine(sources: readonly ExplainedSource[], project: Project): string[] {
  const entity = (name: string) => project.entities.findIndex((each) => each.name === name);
  return sorted(
    sources.map((source) => {
      const { kind } = source;
      const { name, to } = source as { name?: string; to?: string };
      const held = "holder" in source ? source : undefined;
      const holder =
        held && ("user" in held.holder ? ["user", held.holder.user] : ["team", held.holder.team]);
      const level = "level" in source ? source.level : undefined;
      const role = kind === "administrator" ? source.role : undefined;
      const from =
        kind === "parent"
          ? source.from.map((record) => keyOf({ ...record, entity: entity(record.entity) })).sort()
          : undefined;
      return JSON.stringify({ kind, name, to, holder, level, context: held?.businessUnit, role, from });
    }),
  );
}

function toldByTwin(sources: readonly FullSource[]): string[] {
  return sorted(
    sources.map(({ kind, name, to, holder, level, context, role, from }) =>
      JSON.stringify({
        kind,
        name,
        to,
        holder: holder && [holder.kind, holder.name],
        level,
        context,
        role,
        from,
      }),
    ),
  );
}

test(`sources in full: engine and twin agree on ${worldsOfAProperty} worlds`, patient, () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const world = new PlainWorld(toPolicy(project), toWorld(project));
      const oracle = new Oracle(world.policy, world.world());
      const engine = engineOf(project, "auto");
      for (const carried of contextsOf(project))
        for (const question of within(questionsOf(project), carried, project)) {
          const { sources } = engine.explain(requestOf(question, project));
          const expected = toldByTwin(fullSources(world, oracle, question));
          const got = toldByEngine(sources, project);
          if (expected.join() === got.join()) continue;
          expect
            .soft(got, `${JSON.stringify({ ...question, context: undefined })}\n${toSource(project)}`)
            .toEqual(expected);
          expect.fail("the sources differ");
        }
    }),
    { numRuns: worldsOfAProperty, seed },
  );
});
