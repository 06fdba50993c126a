// The hierarchy in memory after changes of people: what it says equals what a world loaded anew says.
import fc from "fast-check";
import { expect, test } from "vitest";
import { NONE, WORLD_GENERATION } from "../../runtime-as/abi.ts";
import { Journal } from "../../runtime-ts/changes/journal.ts";
import { Hierarchy } from "../../runtime-ts/world/hierarchy.ts";
import { type Host, host } from "./changes/host.ts";

const users = ["a", "b", "c", "d", "e", "f"];
const positions = ["P0", "P1", "P2", "P3"];

/** Everybody in one unit, each with a record and a team that owns one. */
function source(model: string, managers: readonly number[], seats: readonly number[]): string {
  return `
    settings { hierarchy: ${model} depth 2; hierarchyAnyUnit: true; }
    entity Account owned by user or team;
    role Seller { permit read, write on Account at user; }
    organization Root;
    position P0; position P1 under P0; position P2 under P1; position P3 under P0;
    ${users
      .map((user, i) => {
        const manager = managers[i] === NONE ? "" : `manager: ${users[managers[i] as number]};`;
        const seat = seats[i] === NONE ? "" : `position: ${positions[seats[i] as number]};`;
        return `user ${user} in Root { roles: Seller; ${manager} ${seat} }
          team T${i} in Root { roles: Seller; members: ${user}; }
          record own${i}: Account { owner: ${user}; }
          record team${i}: Account { owner: Team::"T${i}"; }`;
      })
      .join("\n")}
  `;
}

/** What everybody may read and write: a word for each user and action. */
function answers({ core, memory, loaded }: Host): number[][] {
  const records = loaded.records.pages.numbersOf(0);
  return users.map((_, user) =>
    [1, 2].flatMap((privilege) => {
      const filtered = memory.scratch(128, (out) => {
        core.filter(user, privilege, out);
        return memory.words[out >>> 2] as number;
      });
      const checked = records.reduce(
        (bits, record, i) => (core.decide(user, privilege, record) === 1 ? bits | (1 << i) : bits),
        0,
      );
      expect(filtered, "filter").toBe(checked);
      return checked;
    }),
  );
}

const some = (count: number) =>
  fc.array(fc.oneof(fc.nat(count - 1), fc.constant(NONE)), {
    minLength: users.length,
    maxLength: users.length,
  });
const change = fc.record({
  user: fc.nat(users.length - 1),
  manager: fc.oneof(fc.nat(users.length - 1), fc.constant(NONE)),
  position: fc.oneof(fc.nat(positions.length - 1), fc.constant(NONE)),
});

test.each(["manager", "position", "off"])("%s: changed is as loaded, and undone is as before", (model) => {
  fc.assert(
    fc.property(
      some(users.length),
      some(positions.length),
      fc.array(change, { maxLength: 8 }),
      (managers, seats, changes) => {
        const changed = host(source(model, managers, seats));
        const before = answers(changed);
        const { core, memory } = changed;
        const journal = new Journal(memory);
        const mark = journal.begin();
        const hierarchy = new Hierarchy(core, memory);
        const generation = (core.world() + WORLD_GENERATION) >>> 2;
        const bump = () => {
          memory.words[generation] = (memory.words[generation] as number) + 1;
        };
        const [managersNow, seatsNow] = [[...managers], [...seats]];
        for (const { user, manager, position } of changes) {
          hierarchy.setManager(journal, user, manager);
          hierarchy.setPosition(journal, user, position);
          managersNow[user] = manager;
          seatsNow[user] = position;
        }
        bump();
        expect(answers(changed)).toEqual(answers(host(source(model, managersNow, seatsNow))));
        journal.undo(mark);
        bump();
        expect(answers(changed)).toEqual(before);
      },
    ),
    { numRuns: 40 },
  );
});

test.each(["manager", "position"])("%s: room for more people, teams and units", (model) => {
  const none = users.map(() => NONE);
  const changed = host(source(model, none, none));
  const { core, memory, loaded } = changed;
  const journal = new Journal(memory);
  const mark = journal.begin();
  const hierarchy = new Hierarchy(core, memory);
  hierarchy.makeRoom(journal, 10_000, 10_000);
  hierarchy.setUnits(
    journal,
    Uint16Array.from({ length: 1_000 }, (_, unit) => (unit === 0 ? 999 : unit)),
    20_000,
  );
  hierarchy.setManager(journal, 1, 0);
  hierarchy.setPosition(journal, 0, 0);
  hierarchy.setPosition(journal, 1, 1);
  // A user whom nobody knew before: he is only where he is put.
  hierarchy.setManager(journal, 9_999, NONE);
  hierarchy.setPosition(journal, 9_999, NONE);
  expect(core.decide(0, 2, loaded.records.find(0, "own1") as number)).toBe(1);
  expect(core.decide(0, 2, loaded.records.find(0, "team1") as number)).toBe(1);
  journal.undo(mark);
  expect(core.decide(0, 2, loaded.records.find(0, "own1") as number)).not.toBe(1);
});
