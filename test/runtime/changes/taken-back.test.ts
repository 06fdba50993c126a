// Parts of an update that are rare, each taken back and then done: what is asked afterwards shows what the engine keeps.
import { expect, test } from "vitest";
import { Journal } from "../../../runtime-ts/changes/journal.ts";
import { Engine, type WorldEditor } from "../../../runtime-ts/index.ts";
import { instantiate } from "../../../runtime-ts/instantiate.ts";
import { Memory } from "../../../runtime-ts/memory.ts";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";
import { answersOf } from "./answers.ts";
import { host } from "./host.ts";

function takenBack(engine: Engine, change: (world: WorldEditor) => void): void {
  expect(() =>
    engine.update((world) => {
      change(world);
      throw new Error("taken back");
    }),
  ).toThrow("taken back");
}

const unitsInAttributes = `
entity Account owned by user or team { of?: BusinessUnit, crew?: Team }
entity User { home?: BusinessUnit }
entity Team { home?: BusinessUnit }
entity BusinessUnit { country?: String, twin?: BusinessUnit }
role Of { permit read on Account at organization when { resource has of && resource.of in BusinessUnit::"B" }; }
role Home { permit write on Account at organization when { principal has home && principal.home == BusinessUnit::"B1" }; }
role Land { permit delete on Account at organization
  when { resource.businessUnit has country && resource.businessUnit.country == "FR" }; }
role Twin { permit append on Account at organization
  when { resource.businessUnit has twin && resource.businessUnit.twin == BusinessUnit::"C" }; }
role Crew { permit share on Account at organization
  when { resource has crew && resource.crew has home && resource.crew.home == BusinessUnit::"A" }; }
`;
const holders = `
user ann in A { roles: Of, Home, Land, Twin, Crew; home: B1; }
user bob in B1 { roles: Of, Home, Land, Twin, Crew; home: A; }
team T in C { roles: Of; home: A; }
record a1: Account { owner: ann; of: B1; crew: T; }
record a2: Account { owner: bob; of: C; }
record a3: Account { owner: Team::"T"; }
`;
/** Units have their attributes from an administrator. */
function withUnits(units: string): Engine {
  const engine = engineOf(`${unitsInAttributes} organization Root { ${units} } ${holders}`);
  engine.update((world) => {
    world.setAttributes({ businessUnit: "A" }, { country: "DE", twin: "C" });
    world.setAttributes({ businessUnit: "B1" }, { country: "FR", twin: "A" });
    world.setAttributes({ businessUnit: "C" }, { country: "FR", twin: "C" });
  });
  return engine;
}

test("attributes that lead to units, and those of units, follow when units get other numbers", () => {
  const engine = withUnits("unit A; unit B { unit B1; } unit C;");
  const before = answersOf(engine);
  const after = answersOf(withUnits("unit B { unit B1; unit C { unit A; } }"));
  expect(after).not.toEqual(before);
  const move = (world: WorldEditor) => {
    world.moveUnit("C", "B");
    world.moveUnit("A", "C");
  };
  takenBack(engine, move);
  expect(answersOf(engine)).toEqual(before);
  engine.update(move);
  expect(answersOf(engine)).toEqual(after);
  expect(answersOf(Engine.restore(engine.snapshot()))).toEqual(after);
  engine.update((world) => {
    world.moveUnit("A", "Root");
    world.moveUnit("C", "Root");
  });
  expect(answersOf(engine)).toEqual(before);
});

test("when a unit goes, the others keep their attributes, and a record that led to it leads to none", () => {
  const engine = withUnits("unit A; unit B { unit B1; } unit C;");
  const may = (action: string) =>
    engine.check({ principal: "ann", action, resource: { entity: "Account", id: "a2" } }).allowed;
  engine.update((world) => {
    world.moveUnit("C", "B");
    world.addUnit("D", "C");
    world.moveUnit("D", "Root");
    world.setAttributes({ businessUnit: "D" }, { country: "IT" });
    world.setAttributes({ businessUnit: "B1" }, { twin: "A" });
    world.setAttributes({ businessUnit: "A" }, { twin: "A" });
    world.setAttributes({ team: "T" }, { home: "D" });
    world.moveTeam("T", "B");
  });
  expect([may("read"), may("delete")]).toEqual([true, true]);
  const before = answersOf(engine);
  const remove = (world: WorldEditor) => {
    world.disableUnit("C");
    world.deleteUnit("C");
  };
  takenBack(engine, (world) => {
    remove(world);
    expect(may("read")).toBe(false);
  });
  expect(answersOf(engine)).toEqual(before);
  engine.update(remove);
  expect([may("read"), may("delete")]).toEqual([false, true]);
  engine.update((world) => world.moveUser("bob", "D"));
  expect(may("delete")).toBe(false);
  engine.update((world) => world.setAttributes({ businessUnit: "D" }, { country: "FR" }));
  expect(may("delete")).toBe(true);
});

const firsts = `
entity Account owned by user or team;
entity User { first?: Account, tags?: Set<String> }
role Own { permit read on Account at user; }
role First { permit read on Account at organization when { principal has first && resource == principal.first }; }
role Tagged { permit write on Account at organization when { principal has tags && principal.tags.contains("x") }; }
organization Root { unit A; }
user ann in Root { roles: Own; }
record a1: Account { owner: ann; }
`;

test("lookups of users lead to a record that comes later, also after their table has grown, and after that was taken back", () => {
  const engine = engineOf(firsts);
  const add = (from: number) => (world: WorldEditor) => {
    for (let i = from; i < from + 100; i++) {
      const attributes = { first: `r${i}`, tags: i % 2 === 0 ? ["x"] : ["y"] };
      world.addUser(`u${i}`, { businessUnit: "Root", roles: ["First", "Tagged"], attributes });
    }
  };
  engine.update(add(0));
  takenBack(engine, add(100));
  const reads = (user: number, id: string) =>
    engine.check({ principal: `u${user}`, action: "read", resource: { entity: "Account", id } }).allowed;
  engine.records.load("Account", { id: ["r7"], owner: ["ann"] });
  expect([reads(7, "r7"), reads(8, "r7"), reads(7, "a1")]).toEqual([true, false, false]);
  engine.update(add(100));
  engine.records.load("Account", { id: ["r8", "r150"], owner: ["ann", "ann"] });
  expect([reads(8, "r8"), reads(150, "r150"), reads(150, "r8")]).toEqual([true, true, false]);
  expect(answersOf(Engine.restore(engine.snapshot()))).toEqual(answersOf(engine));
});

test("users who go leave their teams, those they administer and those they manage, unless a guardrail names them", () => {
  const source = (people: string) =>
    engineOf(`
      settings { hierarchy: manager depth 2; }
      entity Account owned by user or team;
      role Own { permit read, write on Account at user; }
      @id("not him") forbid (principal == User::"named", action == write, resource);
      organization Root;
      ${people}
      record a1: Account { owner: ann; }
      record a2: Account { owner: Team::"T"; }`);
  const named = "user named in Root { roles: Own; }";
  const engine =
    source(`user top in Root { roles: Own; } ${named} user ann in Root { roles: Own; manager: top; }
    team T in Root { roles: Own; members: top, ann; administrator: top; }`);
  const before = answersOf(engine);
  takenBack(engine, (world) => world.removeUser("top"));
  expect(answersOf(engine)).toEqual(before);
  engine.update((world) => world.removeUser("top"));
  const without = source(
    `${named} user ann in Root { roles: Own; } team T in Root { roles: Own; members: ann; }`,
  );
  expect(answersOf(engine)).toEqual(answersOf(without));
  // Whoever has his number then has nothing of his.
  engine.update((world) => world.addUser("next", { businessUnit: "Root" }));
  without.update((world) => world.addUser("next", { businessUnit: "Root" }));
  expect(answersOf(engine)).toEqual(answersOf(without));
  expect(thrown(() => engine.update((world) => world.removeUser("named")))).toMatchObject({
    code: "BWK449",
    message: "user `named`: guardrail `not him` names him",
  });
});

test("an administrator's words that mean nothing are refused, and nothing has changed", () => {
  const engine = engineOf(`
    entity Account owned by user or team { open: Bool }
    entity Step owned by user or team { account?: Account cascade delete restrict }
    entity Desk owned by business unit;
    entity User { level: Long }
    role Own { permit read on Step at user; permit read on Account at organization; permit delete on Account at user when { resource.open }; permit write on Account at user when { principal.level > 1 }; }
    organization Root { unit A { unit A1; } unit Full; unit Used; unit Kept; }
    position Chief;
    user ann in Root { roles: Own; level: 2; }
    user bob in Full { level: 1; }
    team T in Used { roles: Own; }
    record a1: Account { owner: ann; open: true; }
    record d1: Desk { businessUnit: Kept; }
    record s1: Step { owner: ann; account: a1; }`);
  const before = answersOf(engine);
  const account = { entity: "Account", id: "a1" };
  const without = (unit: string) => (world: WorldEditor) => {
    world.disableUnit(unit);
    world.deleteUnit(unit);
  };
  const refused: [(world: WorldEditor) => void, string, string, string?][] = [
    [(world) => world.moveUnit("B", "Root"), "BWK440", "unknown business unit `B`"],
    [
      (world) => world.moveUser("ann", "Fill"),
      "BWK440",
      "unknown business unit `Fill`",
      "did you mean `Full`?",
    ],
    [
      (world) => world.setRoles({ user: "ann" }, ["Owm"]),
      "BWK440",
      "unknown role `Owm`",
      "did you mean `Own`?",
    ],
    [(world) => world.editRole("Owm", {}), "BWK440", "unknown role `Owm`", "did you mean `Own`?"],
    [
      (world) => world.editRole("Own", { like: "Owm" }),
      "BWK440",
      "unknown role `Owm`",
      "did you mean `Own`?",
    ],
    [
      (world) =>
        world.editRole("Own", { grants: [{ actions: ["read"], entities: ["Account"], level: "globl" }] }),
      "BWK441",
      "unknown access level `globl`",
      "did you mean `global`?",
    ],
    [
      (world) => world.setPosition("ann", "Chef"),
      "BWK440",
      "unknown position `Chef`",
      "did you mean `Chief`?",
    ],
    [
      (world) => world.setAttributes({ user: "ann" }, { levl: 1 }),
      "BWK425",
      "unknown attribute `levl`",
      "did you mean `level`?",
    ],
    [
      (world) => world.setAttributes({ user: "ann" }, { level: null }),
      "BWK425",
      "attribute `level`: it is not optional and cannot be cleared",
    ],
    [
      (world) => world.addTeam("New", { businessUnit: "A", kind: "any" as "owner" }),
      "BWK441",
      "unknown kind of team `any`",
      "say `owner`, `access` or `group`",
    ],
    [without("A"), "BWK446", "business unit `A` is not empty: business unit `A1` is in it"],
    [without("Full"), "BWK446", "business unit `Full` is not empty: user `bob` is in it"],
    [without("Used"), "BWK446", "business unit `Used` is not empty: team `T` is in it"],
    [without("Kept"), "BWK446", "business unit `Kept` is not empty: a record is in it"],
    [
      (world) => world.upsert({ entity: "Account", id: "a2" }, { attributes: { open: true } }),
      "BWK441",
      "a record that is created needs an `owner`",
    ],
    [(world) => world.delete(account), "BWK447", "record `s1` leads to it and forbids its deletion"],
  ];
  for (const [change, code, message, help] of refused) {
    expect(thrown(() => engine.update(change))).toMatchObject({
      code,
      message: expect.stringContaining(message),
      ...(help === undefined ? {} : { help }),
    });
    expect(answersOf(engine)).toEqual(before);
  }
});

test("a position is taken and left", () => {
  const engine = engineOf(`
    settings { hierarchy: position depth 2; }
    entity Account owned by user or team;
    role Own { permit read, write on Account at user; }
    organization Root;
    position Chief; position Clerk under Chief;
    user ann in Root { roles: Own; }
    user bob in Root { roles: Own; position: Clerk; }
    record b1: Account { owner: bob; }`);
  const reads = () =>
    engine.check({ principal: "ann", action: "read", resource: { entity: "Account", id: "b1" } }).allowed;
  expect(reads()).toBe(false);
  takenBack(engine, (world) => world.setPosition("ann", "Chief"));
  expect(reads()).toBe(false);
  engine.update((world) => world.setPosition("ann", "Chief"));
  expect(reads()).toBe(true);
  engine.update((world) => world.setPosition("ann", null));
  expect(reads()).toBe(false);
});

test("the first value of a lookup in a page is taken back with the room that it took", () => {
  const { loaded } = host(`
    entity Account owned by user or team { open: Bool, name?: String, parent?: Account parental }
    role Below { permit read on Account at organization when { resource.open && resource has parent && resource.parent.open }; }
    organization Root; user ann in Root { roles: Below; }
    record a1: Account { owner: ann; open: true; } record a2: Account { owner: ann; open: true; }`);
  const { editor } = loaded;
  const [a1, a2] = [loaded.records.find(0, "a1") as number, loaded.records.find(0, "a2") as number];
  const { journal } = editor;
  const first: [() => void, number[]][] = [
    [() => editor.setLookup(a2, "parent", a1), [a2]],
    [() => editor.setValue(a2, "parent", "later"), []],
  ];
  for (const [set, children] of first) {
    const mark = journal.begin();
    set();
    expect(editor.childrenOf(a1, 0, "parent")).toEqual(children);
    journal.undo(mark);
    expect(editor.childrenOf(a1, 0, "parent")).toEqual([]);
  }
  expect(thrown(() => editor.setValue(a1, "open", null))).toMatchObject({
    code: "BWK433",
    message: "record `a1` of `Account`: attribute `open` is not optional and cannot be cleared",
  });
  // What nobody reads is not kept, and whoever asks for it nevertheless is told so.
  expect(() => editor.lookup(a1, "name")).toThrow("attribute name of Account is not kept");
});

test("an update of many words gives its room back, and what comes after it is taken back as ever", () => {
  const memory = new Memory(instantiate("plain"));
  const journal = new Journal(memory);
  const count = 70_000;
  const first = memory.allocate(count * 4);
  const all = () => memory.words.slice(first >>> 2, (first >>> 2) + count);
  const write = (value: number) => {
    const mark = journal.begin();
    for (let i = 0; i < count; i++) journal.word(first + i * 4, value + i);
    return mark;
  };
  const zeros = all();
  journal.undo(write(1));
  expect(all()).toEqual(zeros);
  write(1);
  journal.end();
  const written = all();
  expect(written).toEqual(Uint32Array.from({ length: count }, (_, i) => i + 1));
  journal.undo(write(5));
  expect(all()).toEqual(written);
});

test("what led to a unit that is gone leads nowhere, and to no other that is gone", () => {
  const engine = engineOf(`
    entity Account owned by user or team { of?: BusinessUnit, other?: BusinessUnit }
    entity User { home?: BusinessUnit }
    role R {
      permit read on Account at organization when { resource has of };
      permit write on Account at organization when { resource has of && resource.of == BusinessUnit::"C" };
      permit append on Account at organization
        when { resource has of && resource has other && resource.of == resource.other };
      permit delete on Account at organization when { principal has home };
    }
    organization Root { unit A; unit C; unit D; }
    user ann in A { roles: R; home: D; }
    record a1: Account { owner: ann; of: C; other: D; }
    record a2: Account { owner: ann; of: D; other: D; }
  `);
  const may = (engine: Engine) =>
    ["a1", "a2"].map((id) =>
      ["read", "write", "append", "delete"].filter((action) => {
        const allowed = engine.check({
          principal: "ann",
          action,
          resource: { entity: "Account", id },
        }).allowed;
        const [record, privilege] = [engine.record("Account", id), engine.privilege(action, "Account")];
        expect(engine.allows(engine.principal("ann"), privilege, record)).toBe(allowed);
        expect(engine.filter(engine.principal("ann"), privilege).ids().includes(id)).toBe(allowed);
        return allowed;
      }),
    );
  const before = [
    ["read", "write", "delete"],
    ["read", "append", "delete"],
  ];
  expect(may(engine)).toEqual(before);
  const go = (world: WorldEditor) => {
    for (const unit of ["C", "D"]) {
      world.disableUnit(unit);
      world.deleteUnit(unit);
    }
  };
  takenBack(engine, go);
  expect(may(engine)).toEqual(before);
  engine.update(go);
  expect(may(engine)).toEqual([[], []]);
  expect(may(Engine.restore(engine.snapshot()))).toEqual([[], []]);
});
