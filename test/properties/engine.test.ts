// What must hold of the engine by itself, whatever the rules say: one question, one answer, however it is asked and however
// the project is written.
import fc from "fast-check";
import { expect, test } from "vitest";
import { answers, engineOf } from "./engines.ts";
import { recordActions } from "./project.ts";
import { renamed } from "./rename.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { projects } from "./world.ts";

const run = { numRuns: worldsOfAProperty, seed };
const anyProject = fc.oneof(projects("source"), projects("loaded"));

test("filter is the set of the records that check allows, whoCan the set of the users", patient, () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const engine = engineOf(project, "plain");
      const allowed = (principal: string, action: string, entity: string, id: string) =>
        engine.check({ principal, action, resource: { entity, id } }).allowed;
      for (const action of recordActions) {
        for (const { entity, id } of project.records) {
          const users = project.users
            .map((user) => user.name)
            .filter((user) => allowed(user, action, entity, id));
          const who = engine.whoCan(engine.privilege(action, entity), engine.record(entity, id));
          expect([...who.names()].sort()).toEqual(users.sort());
          expect(who.count).toBe(users.length);
        }
        for (const { name: user } of project.users)
          for (const { name: entity } of project.entities) {
            const ids = project.records
              .filter((record) => record.entity === entity && allowed(user, action, entity, record.id))
              .map((record) => record.id);
            const found = engine.filter(engine.principal(user), engine.privilege(action, entity));
            expect([...found.ids()].sort()).toEqual(ids.sort());
            expect(found.count).toBe(ids.length);
          }
      }
    }),
    run,
  );
});

test("names mean nothing: renaming everything changes no answer", patient, () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const other = renamed(project);
      expect(answers(other, engineOf(other, "simd"))).toBe(answers(project, engineOf(project, "simd")));
    }),
    run,
  );
});
