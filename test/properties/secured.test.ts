// Secured columns in the random worlds of every other test (semantics.md section 8): what each user may do with each column of
// each record, whatever else decides there.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Story } from "../oracle/story.ts";
import { secured, secureNumbers } from "./design-secured.ts";
import { engineOf } from "./engines.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { projects } from "./world.ts";

test("engine and twin agree on every column of random worlds", patient, () => {
  fc.assert(
    fc.property(projects("source"), secureNumbers, (plain, drawn) => {
      const project = secured(plain, drawn);
      const engine = engineOf(project, "plain");
      const story = new Story(toPolicy(project), toWorld(project));
      for (const { name: user } of project.users)
        for (const [entity, { name, attributes }] of project.entities.entries()) {
          const names = attributes
            .filter((attribute) => attribute.secured)
            .map((attribute) => attribute.name);
          for (const attribute of names) {
            const got = engine.checkColumn({
              principal: user,
              action: "create",
              entity: name,
              column: attribute,
            });
            const { allowed, reason } = story.can(user, { kind: "create column", entity, attribute });
            const place = `${user} create ${name}.${attribute}\n${toSource(project)}`;
            expect([got.allowed, got.reason], place).toEqual([allowed, reason]);
          }
          for (const { id } of project.records.filter((record) => record.entity === name)) {
            const may = (action: "read" | "write" | "readUnmasked", attribute: string): boolean =>
              story.can(user, { kind: "column", action, record: { entity, id }, attribute }).allowed;
            const expected = names.map((attribute) => ({
              column: attribute,
              readable: may("read", attribute),
              masked: may("read", attribute) && !may("readUnmasked", attribute),
              writable: may("write", attribute),
            }));
            const got = engine
              .columns(user, { entity: name, id })
              .map(({ column, readable, masked, writable }) => ({ column, readable, masked, writable }));
            expect(got, `${user} ${name}/${id}\n${toSource(project)}`).toEqual(expected);
          }
        }
    }),
    { numRuns: worldsOfAProperty, seed },
  );
});
