// Copies of roles lie in units, and go with them (semantics.md B5).
import { expect, test } from "vitest";
import { Engine } from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";

const source = `
settings { ownershipAcrossBusinessUnits: true; }
entity Account owned by user or team;
role All { permit read on Account at organization; }
role Own { permit write on Account at user when { resource.owner == principal }; }
administrator role Admin;
organization Root { unit A disabled; unit B; }
user ann in B { roles: All in A, Own in A; }
user adm in B { roles: Admin in A; }
user cid in B;
team T in B { roles: All in A, Own; members: cid; }
record x: Account { owner: ann; }
`;

test("a role held in a unit that is deleted is held no more; taken back, it is", () => {
  const engine = engineOf(source);
  const rights = (of: Engine): string[][] =>
    ["ann", "adm", "cid"].map((user) => of.rights(user, "Account", "x"));
  const before = rights(engine);
  expect(before.map((each) => each.length)).toEqual([2, 7, 1]);
  expect(() =>
    engine.update((world) => {
      world.deleteUnit("A");
      expect(rights(engine)).toEqual([[], [], []]);
      throw new Error("taken back");
    }),
  ).toThrow("taken back");
  expect(rights(engine)).toEqual(before);
  engine.update((world) => world.deleteUnit("A"));
  expect(rights(engine)).toEqual([[], [], []]);
  expect(rights(Engine.restore(engine.snapshot()))).toEqual([[], [], []]);
});
