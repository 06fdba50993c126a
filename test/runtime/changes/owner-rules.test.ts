// Who an owner rule names, while people come and go.
import { expect, test } from "vitest";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";

const source = `
entity Account owned by user or team;
entity Contact owned by user or team;
entity Lead owned by user or team;
role All { permit all on Account, Contact, Lead at organization; }
organization Root { unit A disabled; }
user ann in Root { roles: All; }
user bob in Root { roles: All; }
team T in Root { roles: All; }
owner of Account is bob;
owner of Contact is Team::"T";
owner of Lead is Team::"A";
`;

test("whom an owner rule names stays", () => {
  const engine = engineOf(source);
  expect(thrown(() => engine.update((world) => world.removeUser("bob")))).toMatchObject({
    code: "BWK449",
    message: "user `bob`: the owner rule of `Account` names him",
  });
  expect(thrown(() => engine.update((world) => world.removeTeam("T")))).toMatchObject({
    code: "BWK449",
    message: "team `T`: the owner rule of `Contact` names it",
  });
  expect(engine.ownerFor({ entity: "Account" })).toEqual({ user: "bob" });
});

test("a default team that an owner rule names goes with its unit: the creator owns, until there is such a team again", () => {
  const engine = engineOf(source);
  expect(engine.ownerFor({ entity: "Lead" })).toEqual({ team: "A" });
  engine.update((world) => world.deleteUnit("A"));
  expect(engine.ownerFor({ entity: "Lead" })).toBe("creator");
  engine.update((world) => world.do("ann", { kind: "create", entity: "Lead", id: "l" }));
  expect(thrown(() => engine.update((world) => world.removeUser("ann")))).toMatchObject({ code: "BWK449" });
  engine.update((world) => world.addUnit("A", "Root"));
  expect(engine.ownerFor({ entity: "Lead" })).toEqual({ team: "A" });
});
