// What else a miss would change: counted in worlds that are small enough to count by hand.
import { expect, test } from "vitest";
import type { Engine } from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";

const people = `
organization Root { unit EU; unit US; }
entity Account owned by user or team { parent?: Account cascade share }
entity Line owned by parent account { account: Account }
privilege Export;
role Base { permit read on Account at user; }
role Unit { permit read on Account at businessUnit; permit Export; }
user alice in US { roles: Base; manager: boss; }
user bob in EU { roles: Base; }
user carol in EU { roles: Base; }
user boss in US { roles: Base; }
team Unit2 in EU { roles: Unit; members: carol; }
record one: Account { owner: bob; }
record two: Account { owner: bob; parent: one; }
record line: Line { account: two; }
record hers: Account { owner: alice; }
`;

const effectsOf = (engine: Engine, principal: string, action: string, id: string) =>
  engine
    .explain({ principal, action, resource: { entity: "Account", id } }, { effects: true })
    .misses.map((miss) => {
      const { kind, effects } = miss;
      const what = miss.kind === "grant" ? miss.role : "";
      return `${kind} ${what} ${effects}`;
    });

test("a share reaches children, and lines of theirs; a grant everybody who holds the role; the fewest first", () => {
  expect(effectsOf(engineOf(people), "alice", "read", "one")).toEqual([
    // Beside one: two by the cascade, and its line, which the record above decides about.
    "share  2",
    // One, two and the line, and to export.
    "join-team  3",
    // Four users times three accounts and a line, less the seven that are allowed by now and the question itself.
    "grant Base 8",
  ]);
});

test("those above in the hierarchy gain what is shared with a report", () => {
  const engine = engineOf(`${people} settings { hierarchy: manager depth 1; hierarchyAnyUnit: true; }`);
  // Boss reads the three records too.
  expect(effectsOf(engine, "alice", "read", "one")).toContain("share  5");
});

test("records that move with their owner concern others", () => {
  const engine = engineOf(`${people} default team of EU { roles: Unit; }`);
  const { misses } = engine.explain(
    { principal: "alice", action: "read", resource: { entity: "Account", id: "one" } },
    { effects: true },
  );
  // Alice: two, the line, and to export; bob and carol: hers.
  expect(misses.find(({ kind }) => kind === "move-user")).toEqual({
    kind: "move-user",
    businessUnit: "EU",
    effects: 5,
  });
});

test("a described record is none of the decisions; without the option nothing is counted", () => {
  const engine = engineOf(people);
  const resource = { entity: "Account", owner: { user: "bob" } };
  const question = { principal: "alice", action: "read", resource };
  const grants = (effects: boolean) =>
    engine.explain(question, { effects }).misses.filter(({ kind }) => kind === "grant");
  expect(grants(true).map(({ effects }) => effects)).toEqual([9]);
  expect("effects" in (grants(false)[0] as object)).toBe(false);
});

test("a task privilege", () => {
  const { misses } = engineOf(people).explain({ principal: "alice", action: "Export" }, { effects: true });
  expect(misses).toContainEqual({
    kind: "grant",
    role: "Base",
    action: "Export",
    level: "organization",
    effects: 2,
  });
});

test("what conditions ask of others is counted", () => {
  const engine = engineOf(`
    organization Root;
    entity Account owned by user or team;
    role Base { permit read on Account at user; }
    role Desk { permit read on Account at organization when { resource.owner in Team::"Sales" }; }
    user alice in Root { roles: Base; }
    user bob in Root { roles: Desk; }
    team Sales in Root { roles: Base; }
    record hers: Account { owner: alice; }
    share hers with Team::"Sales": write;
    role Writer { permit write on Account at user; }
    user ann in Root { roles: Base, Writer; }
    record anns: Account { owner: ann; }
    share anns with Team::"Sales": write;
    user wil in Root { roles: Writer, Base; }`);
  // Bob then reads hers, since its owner is in the team.
  const question = { principal: "wil", action: "write", resource: { entity: "Account", id: "anns" } };
  const joining = engine.explain(question, { effects: true }).misses.find(({ kind }) => kind === "join-team");
  expect(joining?.effects).toBe(1);
});
