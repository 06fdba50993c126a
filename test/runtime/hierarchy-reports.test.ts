// Who counts as a report (semantics.md section 7: H4 to H6): units, positions, the disabled.
import { expect, test } from "vitest";
import { rightsOnAccount as account, direct, schema, world } from "./hierarchy-worlds.ts";
import { engineOf } from "./load.ts";

const units = `
  organization Root { unit Sales { unit Inner { unit Deep; } } unit Support; }
  user top in Root { roles: Seller; }
  user same in Root { roles: Seller; manager: top; }
  user child in Sales { roles: Seller; manager: top; }
  user grandchild in Inner { roles: Seller; manager: top; }
  user sibling in Support { roles: Seller; }
  user under in Sales { roles: Seller; manager: sibling; }
  user low in Inner { roles: Seller; }
  user above in Sales { roles: Seller; manager: low; }
  record ofSame: Account { owner: same; }
  record ofChild: Account { owner: child; }
  record ofGrandchild: Account { owner: grandchild; }
  record ofUnder: Account { owner: under; }
  record ofAbove: Account { owner: above; }
`;

test.each([
  ["", ["ofSame", "ofChild"], [], []],
  ["hierarchyAncestorUnits: true;", ["ofSame", "ofChild", "ofGrandchild"], [], []],
  ["hierarchyAnyUnit: true;", ["ofSame", "ofChild", "ofGrandchild"], ["ofUnder"], ["ofAbove"]],
])("the manager is in the report's unit or above it: %s (H4)", (setting, ofTop, ofSibling, ofLow) => {
  const engine = world(`hierarchy: manager; ${setting}`, units);
  const read = engine.privilege("read", "Account");
  const ids = (user: string) => engine.filter(engine.principal(user), read).ids();
  expect([ids("top"), ids("sibling"), ids("low")]).toEqual([ofTop, ofSibling, ofLow]);
  for (const id of engine.recordIds("Account")) account(engine, "top", id);
});

test("the unit rule is between the manager and the report, not between neighbours (H4)", () => {
  const engine = world(
    "hierarchy: manager;",
    `
    organization Root { unit Sales; unit Support; }
    user boss in Sales { roles: Seller; }
    user elsewhere in Support { roles: Seller; manager: boss; }
    user near in Sales { roles: Seller; manager: elsewhere; }
    record ofElsewhere: Account { owner: elsewhere; }
    record ofNear: Account { owner: near; }
  `,
  );
  expect(account(engine, "boss", "ofElsewhere")).toBe("");
  expect(account(engine, "boss", "ofNear")).toBe("read");
  expect(account(engine, "elsewhere", "ofNear")).toBe("");
});

const positions = `
  organization Root { unit Sales; unit Support; }
  position CEO; position Sales under CEO; position Lead under Sales; position Rep under Lead; position IT under CEO;
  user ceo in Sales { roles: Seller; position: CEO; }
  user ceo2 in Support { roles: Seller; position: CEO; }
  user sales in Support { roles: Seller; position: Sales; }
  user sales2 in Sales { roles: Seller; position: Sales; }
  user rep in Support { roles: Seller; position: Rep; }
  user it in Sales { roles: Seller; position: IT; manager: sales; }
  user nobody in Sales { roles: Seller; }
  record ofCeo: Account { owner: ceo; }
  record ofSales: Account { owner: sales; }
  record ofRep: Account { owner: rep; }
  record ofIt: Account { owner: it; }
  record ofNobody: Account { owner: nobody; }
`;

test("positions: shared by several, without a unit rule, along the path alone; an empty one counts a step (H5)", () => {
  const engine = world("hierarchy: position depth 3;", positions);
  const read = engine.privilege("read", "Account");
  const ids = (user: string) => engine.filter(engine.principal(user), read).ids();
  expect(ids("ceo")).toEqual(["ofCeo", "ofSales", "ofRep", "ofIt"]);
  expect(ids("ceo2")).toEqual(["ofSales", "ofRep", "ofIt"]);
  // Nothing between two of one position, nothing beside the path, nothing by managers.
  expect(ids("sales2")).toEqual(["ofRep"]);
  expect(ids("sales")).toEqual(["ofSales", "ofRep"]);
  expect(ids("nobody")).toEqual(["ofNobody"]);
  // Lead is empty: Rep is two steps below Sales.
  expect(account(engine, "sales2", "ofRep")).toBe("read");
  expect(account(engine, "ceo2", "ofSales")).toBe(direct);
  const short = world("hierarchy: position depth 2;", positions);
  expect(account(short, "ceo2", "ofRep")).toBe("");
});

test("a disabled report counts with his teams, or does not and still passes his own reports on (H6)", () => {
  const people = `
    organization Root { unit Sales { unit Shut disabled; } }
    user boss in Sales { roles: Seller; }
    user gone in Sales disabled { roles: Seller; manager: boss; }
    user inShut in Shut { roles: Seller; manager: boss; }
    user below in Sales { roles: Seller; manager: gone; }
    team Crew in Sales { roles: Seller; members: gone; }
    record ofGone: Account { owner: gone; }
    record ofCrew: Account { owner: Team::"Crew"; }
    record ofShut: Account { owner: inShut; }
    record ofBelow: Account { owner: below; }
  `;
  const counting = world("hierarchy: manager;", people);
  const read = counting.privilege("read", "Account");
  expect(counting.filter(counting.principal("boss"), read).ids()).toEqual([
    "ofGone",
    "ofCrew",
    "ofShut",
    "ofBelow",
  ]);
  const strict = world("hierarchy: manager; hierarchyDisabledReports: false;", people);
  expect(account(strict, "boss", "ofGone")).toBe("");
  expect(account(strict, "boss", "ofCrew")).toBe("");
  // Disabled is the user's own mark, not his unit's.
  expect(account(strict, "boss", "ofShut")).toBe(direct);
  expect(account(strict, "boss", "ofBelow")).toBe("read");
});

test("managers and positions of a directory", () => {
  const engine = engineOf(`settings { hierarchy: position; } ${schema}`);
  engine.directory.load({
    businessUnits: [{ id: "Root" }],
    positions: [{ id: "Low", parent: "High" }, { id: "High" }],
    users: [
      { id: "low", businessUnit: "Root", roles: ["Seller"], position: "Low" },
      { id: "high", businessUnit: "Root", roles: ["Seller"], position: "High" },
    ],
  });
  engine.records.load("Account", { id: ["a"], owner: ["low"] });
  expect(account(engine, "high", "a")).toBe(direct);
  expect(engine.whoCan(engine.privilege("write", "Account"), engine.record("Account", "a")).names()).toEqual([
    "low",
    "high",
  ]);
});
