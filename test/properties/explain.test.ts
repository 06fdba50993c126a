// What `explain` says beside the decision, against the slow twin (semantics.md section 10): every source in full, and the
// nearest misses.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ExplainedSource, Miss } from "../../runtime-ts/index.ts";
import { Oracle } from "../oracle/evaluate.ts";
import { type TwinMiss, TwinMisses } from "../oracle/explain/misses.ts";
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

/** Every question of a world is told in full. */
const sourceWorlds = Math.ceil(worldsOfAProperty / 2);

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

test(`sources in full: engine and twin agree on ${sourceWorlds} worlds`, patient, () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const world = new PlainWorld(toPolicy(project), toWorld(project));
      const oracle = new Oracle(world.policy, world.world());
      const engine = engineOf(project, "auto");
      for (const carried of contextsOf(project))
        for (const question of within(questionsOf(project), carried, project)) {
          const { sources } = engine.explain(requestOf(question, project), { misses: 0 });
          const expected = toldByTwin(fullSources(world, oracle, question));
          const got = toldByEngine(sources, project);
          if (expected.join() === got.join()) continue;
          expect
            .soft(got, `${JSON.stringify({ ...question, context: undefined })}\n${toSource(project)}`)
            .toEqual(expected);
          expect.fail("the sources differ");
        }
    }),
    { numRuns: sourceWorlds, seed },
  );
});

/** A miss as the twin names it. */
function toTwin(miss: Miss): TwinMiss {
  switch (miss.kind) {
    case "share":
      return { kind: "share" };
    case "assign-role":
      return { kind: "assign-role", role: miss.role, unit: miss.businessUnit };
    case "join-team":
      return { kind: "join-team", team: miss.team };
    case "grant":
      return { kind: "grant", role: miss.role, level: miss.level };
    case "move-user":
      return { kind: "move-user", unit: miss.businessUnit };
  }
}

/** Of a role one unit in which it would do is enough. */
const wordsOf = (misses: readonly TwinMiss[]): string[] =>
  sorted(misses.map((miss) => JSON.stringify(miss.kind === "assign-role" ? { ...miss, unit: "" } : miss)));

/** A world with the twin's and the engine's view of it, and its questions that a change may mend. */
function deniedIn(project: Project) {
  const world = new PlainWorld(toPolicy(project), toWorld(project));
  const oracle = new Oracle(world.policy, world.world());
  const denials = contextsOf(project)
    .flatMap((carried) => within(questionsOf(project), carried, project))
    .filter((question) => ["privilege", "access"].includes(oracle.check(question).reason));
  return { world, engine: engineOf(project, "auto"), denials };
}

/** The twin asks everything about everybody for each change: a few worlds. */
const effectWorlds = Math.ceil(worldsOfAProperty / 4);

test(`effects: how many other decisions each miss changes, in ${effectWorlds} worlds`, patient, () => {
  let counted = 0;
  fc.assert(
    fc.property(anyProject, fc.nat({ max: 1000 }), (project, pick) => {
      const { world, engine, denials } = deniedIn(project);
      const question = denials[pick % denials.length];
      if (question === undefined) return;
      engine.explain(requestOf(question, project), { misses: 0 });
      const before = engine.snapshot();
      const { misses } = engine.explain(requestOf(question, project), { misses: 2, effects: true });
      const twin = new TwinMisses(world, question);
      for (const miss of misses) {
        const expected = twin.effects(toTwin(miss));
        counted += expected;
        if (miss.effects === expected) continue;
        const shown = `${JSON.stringify({ ...question, context: undefined })}\n${toSource(project)}`;
        expect(miss, shown).toEqual({ ...miss, effects: expected });
      }
      const effects = misses.map((miss) => miss.effects as number);
      expect(effects).toEqual([...effects].sort((a, b) => a - b));
      expect(Buffer.compare(engine.snapshot(), before), "the world is as it was").toBe(0);
    }),
    { numRuns: effectWorlds, seed },
  );
  if (effectWorlds >= 25) expect(counted).toBeGreaterThan(100);
});

/** Denials of a world that are looked at: every so many, so that each world has a few. */
const denialsOfAWorld = 5;

test(`nearest misses: none that fails, and none left out, in ${worldsOfAProperty} worlds`, patient, () => {
  const kinds = new Map<string, number>();
  fc.assert(
    fc.property(anyProject, fc.nat({ max: 1000 }), (project, pick) => {
      const { world, engine, denials } = deniedIn(project);
      const step = Math.max(1, Math.floor(denials.length / denialsOfAWorld));
      const asked = denials.filter((_, i) => i % step === pick % step);
      // A question may bring texts with it that make their table wider, once.
      for (const question of asked) engine.explain(requestOf(question, project), { misses: 0 });
      const before = engine.snapshot();
      for (const question of asked) {
        const twin = new TwinMisses(world, question);
        const { misses, missesCut } = engine.explain(requestOf(question, project), { misses: 1_000 });
        const got = misses.map(toTwin);
        const failing = got.filter((miss) => !twin.flips(miss));
        const [found, expected] = [wordsOf(got), wordsOf(twin.all())];
        if (failing.length > 0 || missesCut || found.join() !== expected.join()) {
          // Only now: the source of a world takes longer than its questions.
          const shown = `${JSON.stringify({ ...question, context: undefined })}\n${toSource(project)}`;
          expect({ failing, missesCut, found }, shown).toEqual({
            failing: [],
            missesCut: false,
            found: expected,
          });
        }
        for (const { kind } of misses) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      expect(Buffer.compare(engine.snapshot(), before), "the world is as it was").toBe(0);
    }),
    { numRuns: worldsOfAProperty, seed },
  );
  // Every kind comes up, or the worlds are too small to tell.
  if (worldsOfAProperty >= 100)
    for (const kind of ["share", "assign-role", "join-team", "grant", "move-user"])
      expect(kinds.get(kind), kind).toBeGreaterThan(20);
});
