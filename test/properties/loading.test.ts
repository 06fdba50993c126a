// Conditions are worked out early where they can be, so it must not matter when: records that come one by one, in any order
// and with questions between them, give the answers of a world that was loaded at once.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import { differences } from "./compare.ts";
import { answers, engineOf, imageOf } from "./engines.ts";
import type { Project } from "./project.ts";
import { contextsOf } from "./questions.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { type RecordTable, split, valuesAsJson } from "./to-tables.ts";
import { projects } from "./world.ts";

/** Each world is loaded and asked many times over. */
const run = { numRuns: Math.ceil(worldsOfAProperty / 2), seed };

/** Tables of one row each, those of one entity in their order, the entities in turns. */
function rowByRow(tables: readonly RecordTable[]): RecordTable[] {
  const longest = Math.max(0, ...tables.map(({ columns }) => columns.id.length));
  return Array.from({ length: longest }, (_, row) => row).flatMap((row) =>
    [...tables].reverse().flatMap(({ entity, columns }) => {
      if (row >= columns.id.length) return [];
      const cells = Object.entries(columns).map(([name, column]) => [name, [column?.[row]]]);
      return [{ entity, columns: { ...Object.fromEntries(cells), id: [columns.id[row] ?? ""] } }];
    }),
  );
}

/** Asks about everything that is there, so that facts are worked out before all is there; a record whose parent is still to come is nothing to ask about. */
function askAll(project: Project, engine: Engine): void {
  for (const { name: entity } of project.entities)
    for (const { name: user } of project.users.slice(0, 3))
      for (const action of ["read", "write"]) {
        for (const carried of contextsOf(project)) {
          const context = carried === undefined ? {} : { context: valuesAsJson(project.context, carried) };
          try {
            engine.filter(engine.principal(user), engine.privilege(action, entity), context);
          } catch (error) {
            if (!(error instanceof BailiwickError) || error.code !== "BWK436") throw error;
          }
        }
      }
}

test("records that come one by one, with questions between them, change no answer", patient, () => {
  fc.assert(
    fc.property(projects("loaded"), fc.constantFrom("plain" as const, "simd" as const), (project, core) => {
      const { source, directory, records, shares } = split(project);
      if (records.length === 0) return;
      const engine = Engine.load(imageOf(source), { core });
      if (directory !== undefined) engine.directory.load(directory);
      for (const { entity, columns } of rowByRow(records)) {
        engine.records.load(entity, columns);
        askAll(project, engine);
      }
      if (shares !== undefined) engine.shares.load(shares);
      expect(differences(project, engine)).toEqual([]);
    }),
    run,
  );
});

test("a refused request context leaves no trace", patient, () => {
  fc.assert(
    fc.property(projects("loaded"), (project) => {
      const [first] = project.context;
      const [user] = project.users;
      const [record] = project.records;
      if (first === undefined || user === undefined || record === undefined) return;
      const engine = engineOf(project, "plain");
      const before = answers(project, engine);
      const { entity, id } = record;
      for (const context of [{ [first.name]: { no: "value" } }, { "declared nowhere": 1 }]) {
        const asked = { principal: user.name, action: "read", resource: { entity, id }, context };
        expect(() => engine.check(asked)).toThrow(BailiwickError);
        const privilege = engine.privilege("read", entity);
        expect(() => engine.filter(engine.principal(user.name), privilege, { context })).toThrow(
          BailiwickError,
        );
        expect(() => engine.whoCan(privilege, engine.record(entity, id), { context })).toThrow(
          BailiwickError,
        );
      }
      expect(answers(project, engine)).toBe(before);
    }),
    run,
  );
});
