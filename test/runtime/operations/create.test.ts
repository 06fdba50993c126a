// Creating records: semantics.md A1 to A3, A7, B7, B10, T2, T3.
import { expect, test } from "vitest";
import { thrown } from "../thrown.ts";
import { Story } from "./story.ts";

const project = (settings: string, more: string) => `
  settings { ${settings} }
  organization Root { unit A { unit A1; } unit B; unit Closed disabled; }
  entity Account owned by user or team { name?: String, status?: Choice("open", "frozen") }
  entity Contact owned by user or team { account?: Account, second?: Account }
  entity Country owned by organization { code?: String }
  entity Facility owned by business unit;
  entity Line owned by parent account { account: Account }
  role Owns { permit read on Account, Contact at user; }
  role Nothing { permit read on Country at organization; }
  user a2 in A { roles: Owns; } user a1 in A1 { roles: Owns; } user b in B { roles: Owns; }
  user none in A { roles: Nothing; }
  ${more}`;
const classic = (more: string) => new Story(project("", more));
const modern = (more: string) => new Story(project("ownershipAcrossBusinessUnits: true;", more));

test("A1: for oneself create and read, at any level", () => {
  const story = classic(`
    role Create { permit create on Account at user; }
    user x in A { roles: Create; } user y in A { roles: Create, Owns; } user z in A { roles: Owns; }`);
  expect(story.asks("z", story.create("Account", { owner: "z" }))).toBe(
    "privilege: A1 create on new Account",
  );
  expect(story.asks("x", story.create("Account", { id: "n", owner: "x" }))).toBe(
    "privilege: A1 read on new Account",
  );
  expect(story.can("y", story.create("Account"))).toEqual({
    allowed: true,
    reason: "role Create",
    sources: [{ kind: "role", name: "Create" }, { kind: "owner" }],
  });
});

test("A1, T2, T3: a team-only grant does not serve for oneself at any level, an inheriting one does", () => {
  const story = classic(`
    team role Low { permit create, read on Account at user; }
    team role High { permit create, read on Account at organization; }
    role Inherits { permit create, read on Account at user; }
    team t1 in B { roles: Low; members: x; } team t2 in B { roles: High; members: y; }
    team t3 in B { roles: Inherits; members: z; }
    user x in A { roles: Nothing; } user y in A { roles: Nothing; } user z in A { roles: Nothing; }`);
  expect(story.asks("x", story.create("Account"))).toBe("access: A1 create on new Account");
  expect(story.asks("x", story.create("Account", { owner: "team t1" }))).toBe("allowed");
  expect(story.asks("x", story.create("Account", { owner: "team t3" }))).toBe(
    "access: A2 create on new Account",
  );
  expect(story.asks("y", story.create("Account"))).toBe("access: A1 create on new Account");
  expect(story.asks("y", story.create("Account", { owner: "b" }))).toBe("allowed");
  expect(story.asks("z", story.create("Account"))).toBe("allowed");
  expect(story.asks("z", story.create("Account", { owner: "team t3" }))).toBe("allowed");
});

test("T4: an inheriting grant above user level serves for oneself, or within its context where the switch is off", () => {
  const people = `
    role Inherits { permit create, read on Account at businessUnit; }
    team ta in A { roles: Inherits; members: x; } team tb in B { roles: Inherits; members: y; }
    user x in A { roles: Nothing; } user y in A { roles: Nothing; }`;
  const on = new Story(project("", people));
  const off = new Story(project("inheritAboveUser: false;", people));
  expect(on.asks("y", on.create("Account"))).toBe("allowed");
  expect(off.asks("y", off.create("Account"))).toBe("access: A1 create on new Account");
  expect(off.asks("x", off.create("Account"))).toBe("owner: A3 own on new Account");
});

test("A2: the level limits the owner, and the creator needs no read", () => {
  const story = classic(`
    role User { permit create on Account at user; } role Unit { permit create on Account at businessUnit; }
    role Deep { permit create on Account at parentChild; } role All { permit create on Account at organization; }
    user u in A { roles: User; } user l in A { roles: Unit; } user d in A { roles: Deep; } user g in A { roles: All; }`);
  const forOwner = (user: string) =>
    ["a2", "a1", "b"].map((owner) => story.asks(user, story.create("Account", { owner })) === "allowed");
  expect(forOwner("u")).toEqual([false, false, false]);
  expect(forOwner("l")).toEqual([true, false, false]);
  expect(forOwner("d")).toEqual([true, true, false]);
  expect(forOwner("g")).toEqual([true, true, true]);
});

test("A2: a grant at user level serves for oneself, a team's for that team as well", () => {
  const story = classic(`
    role User { permit create, read on Account at user; }
    team mine in B { roles: Owns; members: x, y; } team other in B { roles: Owns; }
    team makers in B { roles: User; members: y; administrator: z; }
    user x in A { roles: User; } user y in A { roles: Nothing; } user z in A { roles: Owns; }`);
  expect(story.asks("x", story.create("Account", { owner: "team mine" }))).toBe(
    "access: A2 create on new Account",
  );
  expect(story.asks("y", story.create("Account", { owner: "team makers" }))).toBe("allowed");
  expect(story.asks("y", story.create("Account", { owner: "team mine" }))).toBe(
    "access: A2 create on new Account",
  );
  // T8: the administrator of the team that is to own the record.
  expect(story.asks("z", story.create("Account", { owner: "team makers" }))).toBe("allowed");
  expect(story.asks("z", story.create("Account", { owner: "team other" }))).toBe(
    "privilege: A2 create on new Account",
  );
});

test("A2 before ownership was recomputed: what limits owners (B9) does not limit creation", () => {
  const story = new Story(
    project(
      "ownershipAcrossBusinessUnits: true; recomputeOwnership: false;",
      `
      role Unit { permit create on Account at businessUnit; permit read on Account at user; }
      user x in A { roles: Unit in B, Owns in A; }`,
    ),
  );
  expect(story.asks("x", story.create("Account"))).toBe("allowed");
});

test("A2 in the modern mode: the owner's unit counts, not the record's", () => {
  const story = modern(`
    role Unit { permit create, read on Account at businessUnit; }
    user x in A { roles: Unit; }`);
  expect(story.asks("x", story.create("Account", { owner: "b" }))).toBe("access: A2 create on new Account");
  expect(story.asks("x", story.create("Account", { owner: "b", unit: "A" }))).toBe(
    "access: A2 create on new Account",
  );
  expect(story.asks("x", story.create("Account", { owner: "a2", unit: "B" }))).toBe("allowed");
  expect(story.can("x", story.create("Account", { owner: "a2", unit: "B" })).reason).toBe("role Unit");
});

test("A3: whoever is to own needs to read", () => {
  const story = classic(`
    role All { permit create on Account at organization; }
    team role Low { permit read on Account at parentChild; } team role High { permit read on Account at organization; }
    administrator role Admin;
    team low in Root { roles: Low; members: p; } team high in Root { roles: High; members: q; }
    team admins in B { roles: Admin; members: r; } team empty in A; access team deal in A;
    user x in A { roles: All; } user p in A; user q in A; user r in A; user gone in A disabled { roles: Owns; }
    user "in closed" in Closed { roles: Owns; } user sys in Root { roles: Admin; }`);
  const forOwner = (owner: string) => story.asks("x", story.create("Account", { owner }));
  expect(forOwner("in closed")).toBe("allowed");
  expect(forOwner("none")).toBe("owner: A3 own on new Account of none");
  expect(forOwner("p")).toBe("owner: A3 own on new Account of p");
  expect(forOwner("gone")).toBe("owner: A3 own on new Account of gone");
  expect(forOwner("team empty")).toBe("owner: A3 own on new Account of team empty");
  expect(forOwner("team deal")).toBe("owner: A3 own on new Account of team deal");
  for (const owner of ["q", "r", "sys", "team low", "team high", "team admins"])
    expect(forOwner(owner)).toBe("allowed");
  expect(story.asks("sys", story.create("Account", { owner: "none" }))).toBe(
    "owner: A3 own on new Account of none",
  );
});

test("A3 X10: a disabled user may own where the switch says so, but only if he reads", () => {
  const story = new Story(
    project(
      "disabledMayOwn: true;",
      `
      administrator role Admin; user sys in Root { roles: Admin; }
      user gone in A disabled { roles: Owns; } user off in A disabled;`,
    ),
  );
  expect(story.asks("sys", story.create("Account", { owner: "gone" }))).toBe("allowed");
  expect(story.asks("sys", story.create("Account", { owner: "off" }))).toBe(
    "owner: A3 own on new Account of off",
  );
});

test("A3: conditional grants and permits count where their condition can be asked and holds", () => {
  const story = classic(`
    role Open { permit read on Account at user when { resource has status && resource.status == "open" }; }
    team role Mine { permit read on Account at user when { principal == User::"p" }; }
    permit (principal == User::"q", action == read, resource is Account) at user;
    permit (principal in Team::"guests", action == read, resource is Account) at user;
    administrator role Admin; user sys in Root { roles: Admin; }
    user p in A { roles: Open; } user q in A; team guests in A { members: q; }
    team open in A { roles: Open; } team mine in A { roles: Mine; members: p; } team bare in A;`);
  const forOwner = (owner: string, status: string) =>
    story.asks("sys", story.create("Account", { owner, attributes: { status } })) === "allowed";
  expect([forOwner("p", "open"), forOwner("p", "frozen")]).toEqual([true, false]);
  expect([forOwner("team open", "open"), forOwner("team open", "frozen")]).toEqual([true, false]);
  expect([forOwner("q", "open"), forOwner("team guests", "open")]).toEqual([true, true]);
  expect([forOwner("team mine", "open"), forOwner("team bare", "open")]).toEqual([false, false]);
});

test("forbids concern the record as it would be", () => {
  const story = classic(`
    role All { permit create, read on Account at organization; } user x in A { roles: All; }
    @id("no frozen") forbid (principal, action == create, resource is Account)
      when { resource has status && resource.status == "frozen" };
    @id("not for b") forbid (principal, action == create, resource in BusinessUnit::"B");`);
  expect(story.asks("x", story.create("Account", { attributes: { status: "open" } }))).toBe("allowed");
  expect(story.asks("x", story.create("Account", { attributes: { status: "frozen" } }))).toBe(
    'forbid "no frozen": A1 create on new Account',
  );
  expect(story.asks("x", story.create("Account", { owner: "b" }))).toBe(
    'forbid "not for b": A2 create on new Account',
  );
});

test("A7: lookups that are set on creation, in the order of their declaration", () => {
  const story = classic(`
    role Make { permit create, read on Contact at user; permit read on Account at user; }
    role Child { permit append, write on Contact at user; }
    role Parent { permit appendTo on Account at user; }
    user x in A { roles: Make; } user y in A { roles: Make, Child; } user z in A { roles: Make, Child, Parent; }
    record mine: Account { owner: z; } record other: Account { owner: b; }`);
  const make = (attributes: Record<string, unknown>) => story.create("Contact", { attributes });
  expect(story.asks("x", make({}))).toBe("allowed");
  expect(story.asks("x", make({ account: "mine" }))).toBe("privilege: A7 append on new Contact");
  expect(story.asks("y", make({ account: "mine" }))).toBe("privilege: A7 appendTo on mine");
  expect(story.asks("z", make({ account: "mine" }))).toBe("allowed");
  expect(story.asks("z", make({ second: "other", account: "mine" }))).toBe("access: A7 appendTo on other");
  expect(story.asks("z", make({ account: null }))).toBe("allowed");
});

test("E1 to E3: records without an owner need create alone", () => {
  const story = classic(`
    role Makes {
      permit create on Country at organization; permit create on Facility at businessUnit; permit create on Account at user;
      permit append, appendTo, write, read on Account at user;
    }
    user x in A { roles: Makes; } record acc: Account { owner: x; } record far: Account { owner: b; }`);
  expect(story.asks("x", story.create("Country"))).toBe("allowed");
  expect(story.asks("b", story.create("Country"))).toBe("privilege: A1 create on new Country");
  expect(story.asks("x", story.create("Facility", { unit: "A" }))).toBe("allowed");
  expect(story.asks("x", story.create("Facility", { unit: "B" }))).toBe("access: A1 create on new Facility");
  // B7: where nothing is said it lies in the creator's unit.
  expect(story.asks("x", story.create("Facility"))).toBe("allowed");
  expect(story.asks("b", story.create("Facility"))).toBe("privilege: A1 create on new Facility");
  expect(story.asks("x", story.create("Line", { attributes: { account: "acc" } }))).toBe("allowed");
  expect(story.asks("x", story.create("Line", { attributes: { account: "far" } }))).toBe(
    "access: A1 create on new Line",
  );
});

test("B7: where a new record lies", () => {
  const reader = `role Unit { permit create, read on Account at businessUnit; } role Owner { permit create, read on Account at organization; }
    user x in A { roles: Owner; } user inA in A { roles: Unit; } user inB in B { roles: Unit; }`;
  const lies = (story: Story, id: string) =>
    ["inA", "inB"].filter((user) => story.reason(user, "read", id) === "allowed").join();
  const old = classic(reader);
  old.does("x", old.create("Account", { id: "n", owner: "b", unit: "A" }));
  expect(lies(old, "n")).toBe("inB");
  const now = modern(reader);
  now.does("x", now.create("Account", { id: "n1", owner: "b" }));
  now.does("x", now.create("Account", { id: "n2", owner: "x", unit: "B" }));
  expect([lies(now, "n1"), lies(now, "n2")]).toEqual(["inA", "inB"]);
});

test("B10: saying where a record lies needs AppendToBusinessUnit, where it is declared", () => {
  const people = `role Makes { permit create, read, write on Account at user; permit create on Facility at businessUnit; }
    role Sets { permit AppendToBusinessUnit; } user x in A { roles: Makes; } user y in A { roles: Makes, Sets; }
    record o: Account { owner: x; }`;
  const story = modern(`privilege AppendToBusinessUnit; ${people}`);
  expect(story.asks("x", story.create("Account"))).toBe("allowed");
  expect(story.asks("x", story.create("Account", { unit: "A" }))).toBe("privilege: B10 AppendToBusinessUnit");
  expect(story.asks("y", story.create("Account", { unit: "B" }))).toBe("allowed");
  expect(story.asks("x", story.create("Facility", { unit: "A" }))).toBe("allowed");
  expect(story.asks("x", story.update("o", { unit: "B" }))).toBe("privilege: B10 AppendToBusinessUnit");
  const without = modern(people.replace("role Sets { permit AppendToBusinessUnit; }", "role Sets;"));
  expect(without.asks("x", without.create("Account", { unit: "B" }))).toBe("allowed");
});

test("what does not fit is an error", () => {
  const story = classic("user x in A; record acc: Account { owner: b; }");
  const error = (make: () => unknown) => {
    const { code, message, help } = thrown(make);
    return [code, message, ...(help === undefined ? [] : [help])];
  };
  const asks = (operation: unknown) => error(() => story.asks("x", operation as never));
  expect(asks({ kind: "create", entity: "Acount" })).toEqual([
    "BWK440",
    "unknown entity `Acount`",
    "did you mean `Account`?",
  ]);
  expect(asks(story.create("Country", { owner: "b" }))).toEqual(["BWK442", "new `Country` has no owner"]);
  expect(asks(story.create("Country", { unit: "A" }))).toEqual([
    "BWK442",
    "new `Country` has no business unit",
  ]);
  expect(asks(story.create("Account", { owner: "zed" }))[0]).toBe("BWK440");
  expect(asks(story.create("Account", { unit: "Q" }))[0]).toBe("BWK440");
  expect(asks(story.create("Account", { attributes: { owner: "b" } }))[0]).toBe("BWK442");
  expect(asks(story.create("Contact", { attributes: { account: "zed" } }))[0]).toBe("BWK440");
  expect(asks(story.create("Line"))).toEqual([
    "BWK442",
    "new `Line`: its parent decides, and `account` is missing",
  ]);
  expect(asks({ kind: "create", entity: "Account", id: 7 })).toEqual([
    "BWK441",
    "new `Account`: an id is a text",
  ]);
  expect(asks({ kind: "creat" })).toEqual(["BWK441", "unknown operation `creat`", "did you mean `create`?"]);
  expect(asks(null)).toEqual(["BWK441", "the operation: expected an object, not null"]);
  expect(asks({ kind: "create", entity: "Account", owner: "b" })).toEqual([
    "BWK441",
    "new `Account`, `owner`: expected `{ user: name }` or `{ team: name }`, not `b`",
  ]);
  expect(error(() => story.does("x", story.create("Account")))).toEqual([
    "BWK441",
    "a record that is created needs an `id`",
  ]);
});
