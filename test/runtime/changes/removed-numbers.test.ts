// The number of somebody who was removed is nobody's: a table that still has it is refused, for a newcomer may get the number.
import { expect, test } from "vitest";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";

const source = `
entity Account owned by user or team { size?: Long }
role Owner { permit read on Account at user; }
organization Contoso;
user ann in Contoso { roles: Owner; }
user bob in Contoso { roles: Owner; }
team T in Contoso { roles: Owner; }
record a: Account { owner: ann; }
`;

test("tables with numbers of users and teams who were removed", () => {
  const engine = engineOf(source);
  const bob = engine.principal("bob");
  const team = engine.teamNames().indexOf("T") + 2 ** 31;
  const a = Uint32Array.of(engine.record("Account", "a"));
  engine.update((world) => {
    world.removeUser("bob");
    world.removeTeam("T");
  });
  for (const [number, words] of [
    [bob, `user with number ${bob}`],
    [team, `team with number ${team - 2 ** 31}`],
  ] as const) {
    const whose = Uint32Array.of(number);
    const share = () => engine.shares.load({ id: a, principal: whose, rights: ["read"] });
    const record = () => engine.records.load("Account", { id: ["b"], owner: whose });
    const inUnit = () =>
      engine.records.load("Account", { id: ["b"], owner: whose, business_unit: ["Contoso"] });
    for (const load of [share, record, inUnit])
      expect(thrown(load)).toMatchObject({ code: "BWK431", message: expect.stringContaining(words) });
  }
  engine.update((world) => {
    world.addUser("cid", { businessUnit: "Contoso", roles: ["Owner"] });
    world.addTeam("U", { businessUnit: "Contoso", roles: ["Owner"], members: ["cid"] });
  });
  expect(engine.principal("cid")).toBe(bob);
  expect(engine.recordIds("Account")).toEqual(["a"]);
  expect(engine.filter(engine.principal("cid"), engine.privilege("read", "Account")).ids()).toEqual([]);
});
