// All or nothing: a table or directory with one mistake is refused with a code, and afterwards every answer is as before.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BailiwickError, type Engine } from "../../runtime-ts/index.ts";
import { answers, engineOf } from "./engines.ts";
import type { Project } from "./project.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { split } from "./to-tables.ts";
import { projects } from "./world.ts";

function refused(load: () => void): void {
  try {
    load();
  } catch (error) {
    expect(error).toBeInstanceOf(BailiwickError);
    expect(error).toMatchObject({ code: expect.stringMatching(/^BWK4[0-9]{2}$/) });
    return;
  }
  expect.fail("it was taken");
}

/** Shares that would open every owned record to everybody, and one of a record that is not there. */
function tooManyShares({ records }: Project, engine: Engine): void {
  const owned = records.filter((record) => record.owner !== undefined);
  if (owned.length === 0) return;
  refused(() => {
    engine.shares.load({
      entity: [...owned.map((record) => record.entity), owned[0]?.entity],
      id: [...owned.map((record) => record.id), "nobody has seen this record"],
      principal_type: Array.from({ length: owned.length + 1 }, () => "organization"),
      rights: Array.from(
        { length: owned.length + 1 },
        () => "read|write|delete|assign|share|append|appendTo",
      ),
    });
  });
}

/** New records under other ids, and the first one once more. */
function repeatedRecords(project: Project, engine: Engine): void {
  for (const { entity, columns } of split({ ...project, placement: "policy" }).records) {
    const again = Object.entries(columns).map(([name, cells]) => [
      name,
      [...Array.from(cells ?? []), cells?.[0]],
    ]);
    const id = [...columns.id.map((text) => `another ${text}`), columns.id[0] ?? ""];
    refused(() => {
      engine.records.load(entity, { ...Object.fromEntries(again), id });
    });
  }
}

test("what is refused leaves no trace", patient, () => {
  fc.assert(
    fc.property(projects("loaded"), fc.constantFrom("plain" as const, "simd" as const), (project, core) => {
      const engine = engineOf(project, core);
      const before = answers(project, engine);
      const ids = project.entities.map(({ name }) => engine.recordIds(name).join());
      tooManyShares(project, engine);
      repeatedRecords(project, engine);
      const { directory, records, shares } = split(project);
      // Records and shares speak of the directory that they were loaded with.
      if (directory !== undefined && (records.length > 0 || shares !== undefined))
        refused(() => {
          engine.directory.load(directory);
        });
      expect(answers(project, engine)).toBe(before);
      expect(project.entities.map(({ name }) => engine.recordIds(name).join())).toEqual(ids);
    }),
    { numRuns: worldsOfAProperty, seed },
  );
});
