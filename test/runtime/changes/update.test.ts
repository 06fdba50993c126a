// A world that was changed answers as one that was made so.
import { expect, test } from "vitest";
import { Engine, type WorldEditor } from "../../../runtime-ts/index.ts";
import { engineOf } from "../load.ts";
import { thrown } from "../thrown.ts";
import { answersOf } from "./answers.ts";

interface Parts {
  settings?: string;
  roles?: string;
  units?: string;
  people?: string;
  records?: string;
}

const roles = `
role Own { permit read, write, assign, share on Account, Note at user; }
role Unit { permit read on Account at businessUnit; permit read on Desk at businessUnit; }
role Deep { permit read, append on Account at parentChild; permit Export; }
role Big { permit read on Account at organization when { resource has size && resource.size > 10 }; }
role Same { permit write on Account at organization when { principal has boss && resource.owner == principal.boss }; }
team role TeamOnly { permit read, write on Account at user; }
administrator role Admin;
`;
const units = "unit A { unit A1; unit A2; } unit B { unit B1; } unit C disabled;";
const people = `
user ann in A1 { roles: Own, Unit; boss: bob; }
user bob in B { roles: Deep; }
user big in B1 { roles: Big, Same; boss: ann; }
user off in A1 disabled { roles: Own; }
user boss in Root { roles: Admin; }
user mem in A;
team T in B { roles: Own; members: ann, mem; administrator: bob; }
team Only in A2 { roles: TeamOnly; members: mem; }
access team Access in A { members: big; }
default team of A1 { roles: Deep; }
`;
const records = `
record a1: Account { owner: ann; size: 20; }
record a2: Account { owner: bob; parent: a1; }
record a3: Account { owner: Team::"T"; }
record a4: Account { owner: Team::"Only"; }
record n1: Note { owner: ann; account: a1; }
record d1: Desk { businessUnit: A1; }
share a2 with ann: read;
share a3 with Team::"Access": read, write;
share a4 with organization: read;
`;

function engineWith(parts: Parts): Engine {
  const all = { settings: "", roles, units, people, records, ...parts };
  return engineOf(`
    entity Account owned by user or team { size?: Long, parent?: Account parental }
    entity Note owned by user or team { account?: Account cascade share }
    entity Desk owned by business unit;
    entity User { boss?: User }
    privilege Export;
    settings { ${all.settings} }
    ${all.roles}
    @id("unit-B") forbid (principal in BusinessUnit::"B", action == write, resource);
    @id("in-A") forbid (principal, action == append, resource is Account in BusinessUnit::"A");
    @id("own-only") permit (principal in Team::"T", action == delete, resource is Account) at user;
    organization Root { ${all.units} }
    ${all.people} ${all.records}`);
}

/** Changes one world, makes the other, and compares all answers; then the same of an update that fails. */
function same(change: (world: WorldEditor) => void, after: Parts, before: Parts = {}): void {
  const engine = engineWith(before);
  const untouched = answersOf(engine);
  expect(() =>
    engine.update((world) => {
      change(world);
      answersOf(engine);
      throw new Error("taken back");
    }),
  ).toThrow("taken back");
  expect(answersOf(engine)).toEqual(untouched);
  engine.update(change);
  expect(answersOf(engine)).toEqual(answersOf(engineWith({ ...before, ...after })));
}

const modern = "ownershipAcrossBusinessUnits: true;";

test("users: moved, disabled, enabled, other roles", () => {
  same((world) => world.moveUser("ann", "B1"), {
    people: people.replace("ann in A1 { roles: Own, Unit;", "ann in B1 {"),
  });
  same((world) => world.disableUser("bob"), { people: people.replace("bob in B {", "bob in B disabled {") });
  same((world) => world.enableUser("off"), { people: people.replace("off in A1 disabled", "off in A1") });
  same((world) => world.setRoles({ user: "bob" }, ["Unit", "Own"]), {
    people: people.replace("roles: Deep; }\nuser big", "roles: Unit, Own; }\nuser big"),
  });
  same((world) => world.setAttributes({ user: "big" }, { boss: "bob" }), {
    people: people.replace("boss: ann", "boss: bob"),
  });
});

test("users in the modern mode: roles and records stay or go as the settings say", () => {
  const moved = people.replace("ann in A1 { roles: Own, Unit;", "ann in B1 {");
  const kept = people.replace("ann in A1 { roles: Own, Unit;", "ann in B1 { roles: Own in A1, Unit in A1;");
  const stays = records.replaceAll("owner: ann;", "owner: ann; businessUnit: A1;");
  same((world) => world.moveUser("ann", "B1"), { people: moved }, { settings: modern });
  same(
    (world) => world.moveUser("ann", "B1"),
    { people: kept },
    { settings: `${modern} keepRolesOnUnitChange: true;` },
  );
  same(
    (world) => world.moveUser("ann", "B1"),
    { people: moved, records: stays },
    { settings: `${modern} moveRecordsWithOwner: false;` },
  );
});

test("teams: moved, members, administrator, roles", () => {
  const moveTeam = (world: WorldEditor) => {
    world.moveTeam("T", "A2");
    world.setRoles({ team: "T" }, ["Own"]);
  };
  same(moveTeam, { people: people.replace("T in B {", "T in A2 {") });
  same((world) => world.setMembers("T", ["bob"]), { people: people.replace("ann, mem;", "bob;") });
  same((world) => world.setAdministrator("T", "big"), {
    people: people.replace("administrator: bob", "administrator: big"),
  });
  same((world) => world.setRoles({ team: "A1" }, ["Unit"]), {
    people: people
      .replace("roles: Deep; }\n`", "")
      .replace("of A1 { roles: Deep; }", "of A1 { roles: Unit; }"),
  });
  same((world) => world.setRoles({ team: "Only" }, ["Own", "Admin"]), {
    people: people.replace("roles: TeamOnly;", "roles: Own, Admin;"),
  });
});

test("units: moved with their subtree, disabled, added, deleted", () => {
  same((world) => world.moveUnit("A", "B1"), {
    units: "unit B { unit B1 { unit A { unit A1; unit A2; } } } unit C disabled;",
  });
  same((world) => world.moveUnit("B1", "A1"), {
    units: "unit A { unit A1 { unit B1; } unit A2; } unit B; unit C disabled;",
  });
  same((world) => world.disableUnit("A"), { units: units.replace("unit A {", "unit A disabled {") });
  same((world) => world.enableUnit("C"), { units: units.replace("C disabled", "C") });
  same((world) => world.deleteUnit("C"), { units: units.replace("unit C disabled;", "") });
  same(
    (world) => {
      world.addUnit("A0", "A");
      world.moveUser("bob", "A0");
      world.setRoles({ user: "bob" }, ["Deep"]);
    },
    {
      units: units.replace("unit A2;", "unit A2; unit A0;"),
      people: people.replace("bob in B { roles: Deep; }", "bob in A0 { roles: Deep; }"),
    },
  );
});

test("people who come and go", () => {
  const more = `${people} user new in A1 { roles: Unit; } team New in A1 { roles: Deep; members: new, big; }`;
  const add = (world: WorldEditor) => {
    world.addUser("new", { businessUnit: "A1", roles: ["Unit"] });
    world.addTeam("New", { businessUnit: "A1", roles: ["Deep"], members: ["new", "big"] });
  };
  same(add, { people: more });
  same((world) => {
    add(world);
    world.removeTeam("New");
    world.removeUser("new");
  }, {});
  same((world) => world.removeTeam("Access"), {
    people: people.replace(/access team.*\n/, ""),
    records: records.replace(/share a3.*\n/, ""),
  });
});

test("roles: privileges replaced, conditions included, and one like another", () => {
  same(
    (world) =>
      world.editRole("Unit", {
        grants: [{ actions: ["read", "write"], entities: ["Account"], level: "parentChild" }],
        tasks: { Export: true },
      }),
    {
      roles: roles.replace(
        "permit read on Account at businessUnit;",
        "permit read, write on Account at parentChild; permit Export;",
      ),
    },
  );
  same(
    (world) =>
      world.editRole("Big", { grants: [{ actions: ["read"], entities: ["Account"], level: "none" }] }),
    {
      roles: roles.replace(/role Big.*\n/, "role Big { permit read on Note at none; }\n"),
    },
  );
  same((world) => world.editRole("Deep", { like: "Big" }), {
    roles: roles.replace(
      /role Deep.*\n/,
      "role Deep { permit read on Account at organization when { resource has size && resource.size > 10 }; }\n",
    ),
  });
});

test("records and shares, by an administrator", () => {
  same((world) => world.share({ entity: "Account", id: "a1" }, { user: "big" }, ["read", "write"]), {
    records: `${records} share a1 with big: read, write;`,
  });
  same((world) => world.assign({ entity: "Account", id: "a4" }, { user: "bob" }), {
    records: records.replace('a4: Account { owner: Team::"Only"; }', "a4: Account { owner: bob; }"),
  });
  same((world) => world.upsert({ entity: "Account", id: "a1" }, { attributes: { size: 1 } }), {
    records: records.replace("size: 20", "size: 1"),
  });
  same(
    (world) =>
      world.upsert({ entity: "Note", id: "n2" }, { owner: { user: "ann" }, attributes: { account: "a2" } }),
    {
      records: records.replace("record d1", "record n2: Note { owner: ann; account: a2; } record d1"),
    },
  );
  same((world) => world.delete({ entity: "Note", id: "n1" }), {
    records: records.replace(/record n1.*\n/, ""),
  });
});

test("what the model forbids changes nothing", () => {
  const engine = engineWith({});
  const before = answersOf(engine);
  const refusals: [(world: WorldEditor) => void, string][] = [
    [(world) => world.disableUnit("Root"), "BWK309"],
    [(world) => world.deleteUnit("Root"), "BWK309"],
    [(world) => world.moveUnit("Root", "A"), "BWK309"],
    [(world) => world.moveUnit("A", "A1"), "BWK447"],
    [(world) => world.moveUnit("A", "A"), "BWK447"],
    [(world) => world.deleteUnit("A1"), "BWK446"],
    [(world) => world.deleteUnit("A"), "BWK446"],
    [(world) => world.moveTeam("A1", "B"), "BWK447"],
    [(world) => world.setMembers("A1", []), "BWK447"],
    [(world) => world.removeTeam("A1"), "BWK447"],
    [(world) => world.removeTeam("T"), "BWK449"],
    [(world) => world.removeUser("ann"), "BWK449"],
    [(world) => world.setRoles({ team: "Access" }, ["Own"]), "BWK305"],
    [(world) => world.assign({ entity: "Account", id: "a1" }, { team: "Access" }), "BWK305"],
    [(world) => world.setRoles({ user: "ann" }, [{ role: "Own", businessUnit: "B" }]), "BWK304"],
    [(world) => world.addUser("ann", { businessUnit: "A" }), "BWK448"],
    [(world) => world.addTeam("A", { businessUnit: "A" }), "BWK448"],
    [(world) => world.addUnit("A", "B"), "BWK448"],
    [(world) => world.moveUser("nobody", "A"), "BWK440"],
    [
      (world) =>
        world.editRole("Unit", {
          grants: [{ actions: ["assign"], entities: ["Desk"], level: "organization" }],
        }),
      "BWK441",
    ],
    [(world) => world.do("bob", { kind: "delete", record: { entity: "Account", id: "a2" } }), "BWK445"],
    [() => engine.records.load("Desk", { id: [] }), "BWK444"],
  ];
  for (const [change, code] of refusals) {
    const { code: found, message } = thrown(() =>
      engine.update((world) => {
        world.moveUser("bob", "A2");
        change(world);
      }),
    );
    expect([found, message]).toEqual([code, message]);
    expect(answersOf(engine)).toEqual(before);
  }
  let kept: WorldEditor | undefined;
  engine.update((world) => {
    kept = world;
  });
  expect(thrown(() => kept?.moveUser("bob", "A2")).code).toBe("BWK444");
});

test("a guardrail does not keep a unit whose default team it names, and means the next team of that name", () => {
  const engine = engineOf(`
    organization Root { unit A disabled; unit B; }
    entity Account owned by user or team;
    role Reader { permit read on Account at organization; }
    @id("no") forbid (principal in Team::"A", action, resource);
    user ann in B { roles: Reader; }
    record a1: Account { owner: ann; }`);
  const reason = () =>
    engine.check({ principal: "ann", action: "read", resource: { entity: "Account", id: "a1" } }).reason;
  expect(() =>
    engine.update((world) => {
      world.deleteUnit("A");
      throw new Error("taken back");
    }),
  ).toThrow("taken back");
  engine.update((world) => world.deleteUnit("A"));
  engine.update((world) => world.addTeam("Other", { businessUnit: "B" }));
  engine.update((world) => world.setMembers("Other", ["ann"]));
  expect(reason()).toBe("role Reader");
  for (const of of [engine, Engine.restore(engine.snapshot())]) {
    of.update((world) => world.addUnit("A", "Root"));
    const asked = { principal: "ann", action: "read", resource: { entity: "Account", id: "a1" } };
    expect(of.check(asked).reason).toBe("role Reader");
    of.update((world) => world.moveUser("ann", "A"));
    expect(of.check(asked).reason).toBe('forbid "no"');
  }
});

test("what a user's attribute leads to may go, its number may be another's, and it may come back", () => {
  const engine = engineOf(`
    organization Root;
    entity Account owned by user or team { open: Bool }
    entity User { first?: Account }
    role Reader { permit read on Account at organization when { principal has first && principal.first.open }; }
    role Owner { permit create, read, delete on Account at user; }
    user ann in Root { roles: Reader, Owner; first: a1; }
    user bob in Root { roles: Owner; }
    record a1: Account { owner: bob; open: true; }
    record a2: Account { owner: bob; open: false; }`);
  const asked = () =>
    engine.explain({ principal: "ann", action: "read", resource: { entity: "Account", id: "a2" } });
  const missing = [{ role: "Reader", message: "a lookup leads to a record that is not loaded" }];
  const record = (id: string) => ({ entity: "Account", id }) as const;
  const values = { owner: { user: "bob" }, attributes: { open: true } } as const;
  expect(asked().reason).toBe("role Reader");
  engine.update((world) => world.delete(record("a1")));
  expect(asked()).toMatchObject({ reason: "access", errors: missing });
  engine.update((world) => world.upsert(record("a3"), values));
  expect(asked()).toMatchObject({ reason: "access", errors: missing });
  expect(() =>
    engine.update((world) => {
      world.upsert(record("a1"), values);
      throw new Error("taken back");
    }),
  ).toThrow("taken back");
  expect(asked()).toMatchObject({ reason: "access", errors: missing });
  engine.update((world) => world.upsert(record("a1"), values));
  expect(asked().reason).toBe("role Reader");
});

test("operations of users within an update", () => {
  const engine = engineWith({});
  engine.update((world) => {
    world.do("ann", {
      kind: "share",
      record: { entity: "Account", id: "a1" },
      with: { user: "bob" },
      rights: ["read"],
    });
    expect(
      engine.check({ principal: "bob", action: "read", resource: { entity: "Account", id: "a1" } }).reason,
    ).toBe("share");
  });
});

test("a long run of changes back and forth leaves memory where it was", () => {
  const engine = engineWith({});
  const before = answersOf(engine);
  const round = (i: number) =>
    engine.update((world) => {
      world.moveUser("mem", i % 2 === 0 ? "B1" : "A");
      world.setRoles({ user: "bob" }, i % 2 === 0 ? ["Own", "Unit"] : ["Deep"]);
      world.setMembers("Access", i % 2 === 0 ? ["ann", "mem"] : ["big"]);
      world.share({ entity: "Account", id: "a1" }, { user: "bob" }, ["read"]);
      world.unshare({ entity: "Account", id: "a1" }, { user: "bob" });
      if (i % 10 === 0) world.moveUnit("B1", "A1");
      if (i % 10 === 1) world.moveUnit("B1", "B");
    });
  for (let i = 0; i < 100; i++) round(i);
  const settled = engine.memoryBytes;
  for (let i = 0; i < 15_000; i++) round(i);
  expect(engine.memoryBytes).toBe(settled);
  expect(answersOf(engine)).toEqual(before);
}, 60_000);

test("what has no owner is neither assigned nor shared, and an unknown name of any kind is one message", () => {
  const engine = engineOf(`
    entity Country owned by organization;
    entity Account owned by user or team;
    entity Line owned by parent account { account?: Account }
    organization Root; user ann in Root; record c1: Country; record l1: Line;`);
  const ann = { user: "ann" };
  for (const record of [
    { entity: "Country", id: "c1" },
    { entity: "Line", id: "l1" },
  ]) {
    const changes: Parameters<typeof engine.update>[0][] = [
      (world) => world.assign(record, ann),
      (world) => world.share(record, ann, ["read"]),
      (world) => world.setShare(record, ann, ["read"]),
      (world) => world.unshare(record, ann),
    ];
    for (const change of changes)
      expect(thrown(() => engine.update(change))).toMatchObject({ code: "BWK442" });
  }
  const assign = (entity: string, id: string) =>
    engine.can("ann", { kind: "assign", record: { entity, id }, to: ann });
  expect(assign("Country", "c1").reason).toBe("privilege");
  expect(thrown(() => assign("Line", "l1"))).toMatchObject({ code: "BWK442" });
  const nobody = undefined as unknown as string;
  expect(thrown(() => engine.update((world) => world.removeUser(nobody)))).toMatchObject({ code: "BWK440" });
});
