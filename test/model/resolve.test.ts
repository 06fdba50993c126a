// What a project means: the model that a text resolves to.
import { expect, test } from "vitest";
import { compile } from "../../compiler/compile.ts";
import { guardrailCovers, guardrailCoversTask } from "../../compiler/model/guardrails.ts";
import { defaultSettings } from "../../compiler/model/resolve-settings.ts";
import { hasCopyIn, isAtOrBelow, rootOf } from "../../compiler/model/world/units.ts";
import { analyzed, grants, modelOf, shares } from "./project.ts";

test("entities, sets, attributes and cascades", () => {
  const { policy } = modelOf(`
    entity Account owned by user or team {
      parent?: Account parental,
      primary?: Contact cascade assign, share, delete restrict,
      backup?: Contact cascade reparent unshare merge delete cascade,
      status: Choice("open", "won"),
      tags?: Set<Long>,
      phone?: String secured masked "[0-9]",
      who?: Principal
    }
    entity Contact owned by user or team { name: String }
    entity Email, Task as Activity owned by user or team { about?: Account }
    entity Order owned by organization;
    entity Line owned by parent order { order: Order }`);
  expect(
    policy.entities.map(({ name, ownership, privilegeSet }) => [
      name,
      ownership,
      policy.privilegeSets[privilegeSet]?.name,
    ]),
  ).toEqual([
    ["Account", "userOrTeam", "Account"],
    ["Contact", "userOrTeam", "Contact"],
    ["Email", "userOrTeam", "Activity"],
    ["Task", "userOrTeam", "Activity"],
    ["Order", "organization", "Order"],
    ["Line", "parent", "Line"],
  ]);
  expect(policy.privilegeSets.find(({ name }) => name === "Activity")).toEqual({
    name: "Activity",
    entities: [2, 3],
    ownership: "userOrTeam",
    shared: true,
  });
  const [account] = policy.entities;
  expect(
    account?.attributes.map(({ name, cascades, onDelete }) => [name, [...cascades].toSorted(), onDelete]),
  ).toEqual([
    ["parent", ["assign", "merge", "reparent", "share", "unshare"], "cascade"],
    ["primary", ["assign", "share"], "restrict"],
    ["backup", ["merge", "reparent", "unshare"], "cascade"],
    ["status", [], "unlink"],
    ["tags", [], "unlink"],
    ["phone", [], "unlink"],
    ["who", [], "unlink"],
  ]);
  expect(
    account?.attributes
      .slice(3)
      .map(({ type, optional, secured, masked }) => ({ type, optional, secured, masked })),
  ).toEqual([
    {
      type: { kind: "Choice", options: ["open", "won"] },
      optional: false,
      secured: false,
      masked: undefined,
    },
    { type: { kind: "Set", element: "Long" }, optional: true, secured: false, masked: undefined },
    { type: { kind: "String" }, optional: true, secured: true, masked: "[0-9]" },
    { type: { kind: "Principal" }, optional: true, secured: false, masked: undefined },
  ]);
  expect(policy.entities[5]?.parent).toEqual({ attribute: 0, entity: 4 });
});

test("built-in types extended in several places, the context, tasks", () => {
  const { policy } = modelOf(`
    entity User { a?: String } entity User { b?: Long } entity Team, BusinessUnit { c?: Bool }
    context { mfa: Bool } context { channel?: String }
    privilege X, Y;`);
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  expect(names(policy.principals.User)).toEqual(["a", "b"]);
  expect(names(policy.principals.Team)).toEqual(["c"]);
  expect(names(policy.principals.BusinessUnit)).toEqual(["c"]);
  expect(names(policy.context)).toEqual(["mfa", "channel"]);
  expect(names(policy.tasks)).toEqual(["Merge", "X", "Y"]);
});

test("settings and their defaults", () => {
  expect(modelOf("").policy.settings).toEqual(defaultSettings);
  expect(
    modelOf(`entity E owned by organization; settings { ownershipAcrossBusinessUnits: true; disabledMayOwn: true; }
      settings { hierarchy: off depth 5; hierarchyLevel: local; hierarchyExcludes: E; }`).policy.settings,
  ).toEqual({
    ...defaultSettings,
    ownershipAcrossBusinessUnits: true,
    disabledMayOwn: true,
    hierarchyDepth: 5,
    hierarchyLevel: "businessUnit",
    hierarchyExcludes: [0],
  });
  expect(modelOf("settings { hierarchyExcludes: none; }").policy.settings.hierarchyExcludes).toEqual([]);
});

const schema = `
entity Account owned by user or team; entity Product owned by organization; entity Place owned by business unit;
entity Line owned by parent account { account: Account }
privilege X;`;

test("grants: the higher wins, `all` and `*` skip what does not exist", () => {
  const { policy } = modelOf(
    `${schema}
    @description("sells") team role R in Far { permit read, update on Account at basic; permit read on Account at deep; permit X; permit read on Product at none; }
    role All { permit all on Account at user; permit all on Product at global; permit all on Place at local; }
    role Star { permit * on Account at user; }`.replace(
      "role Star { permit * on Account at user; }",
      "role Star { permit read, share on * at organization; } role Low { permit read on * at user; }",
    ),
  );
  expect(grants(policy, "R")).toEqual(["read Account parentChild", "write Account user"]);
  expect(policy.roles[0]).toMatchObject({ form: "team role", unit: "Far", description: "sells" });
  expect([...(policy.roles[0]?.tasks ?? [])]).toEqual([1]);
  expect(grants(policy, "All")).toHaveLength(8 + 6 + 6);
  expect(grants(policy, "Star")).toEqual([
    "read Account organization",
    "read Place organization",
    "read Product organization",
    "share Account organization",
  ]);
  expect(grants(policy, "Low")).toEqual(["read Account user"]);
});

test("guardrails and what they cover", () => {
  const { policy } = modelOf(`${schema}
    role R;
    @id("one") forbid (principal, action, resource);
    forbid (principal == User::"u", action == Action::"read", resource is Line);
    permit (principal in Role::"R", action == read, resource) at businessUnit;
    permit (principal in BusinessUnit::"b", action, resource in BusinessUnit::"c");
    permit (principal is User, action == share, resource == Account::"a1") at user;
    permit (principal in Team::"t", action == read, resource is Account) at none;`);
  expect(
    policy.guardrails.map(({ id, principal, resource, level }) => ({ id, principal, resource, level })),
  ).toEqual([
    {
      id: "one",
      principal: { kind: "any" },
      resource: { entities: undefined, unit: undefined, record: undefined },
      level: 4,
    },
    {
      id: "p.bwk:7",
      principal: { kind: "user", name: "u" },
      resource: { entities: [3], unit: undefined, record: undefined },
      level: 4,
    },
    {
      id: "p.bwk:8",
      principal: { kind: "role", role: 0 },
      resource: { entities: undefined, unit: undefined, record: undefined },
      level: 2,
    },
    {
      id: "p.bwk:9",
      principal: { kind: "unit", name: "b" },
      resource: { entities: undefined, unit: "c", record: undefined },
      level: 4,
    },
    {
      id: "p.bwk:10",
      principal: { kind: "any" },
      resource: { entities: [0], unit: undefined, record: { entity: 0, id: "a1" } },
      level: 1,
    },
  ]);
  expect(policy.guardrails.map(({ tasks, actions }) => [[...tasks], actions])).toEqual([
    [[0, 1], 255],
    [[], 2],
    [[], 2],
    [[0, 1], 255],
    [[], 32],
  ]);
  const covered = policy.guardrails.map((guardrail) =>
    policy.entities.map((_, entity) => guardrailCovers(policy, guardrail, entity, 1)),
  );
  expect(covered).toEqual([
    [true, true, true, true],
    [false, false, false, true],
    [true, false, true, false],
    [true, true, true, false],
    [false, false, false, false],
  ]);
  expect(policy.guardrails.map((guardrail) => guardrailCoversTask(guardrail, 1))).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});

test("an id of a guardrail does not depend on the folder", () => {
  const text = "entity E owned by organization;\nforbid (principal, action == read, resource is E);";
  const ids = ["a/b/guards.bwk", "guards.bwk", "c:\\x\\guards.bwk"].map((name) => {
    const { image } = compile([{ name, text }]);
    return image?.length;
  });
  expect(new Set(ids).size).toBe(1);
});

const places = `
organization Root { unit A { unit A1; } unit B disabled; }
position Boss; position Clerk under Boss;
entity Account owned by user or team { name?: String }
entity User { department?: String } entity Team { region?: String }
role R { permit read on Account at user; }
role Local in A { permit read on Account at user; }`;

test("people and places", () => {
  const { world } = modelOf(`${places}
    user ann in A { roles: R, "Local", R; manager: bo; position: Clerk; department: "d"; }
    user bo in B disabled { roles: Role::"R"; }
    team T in A { roles: R; members: ann, User::"bo", ann; administrator: bo; region: "r"; }
    access team X in B { members: ann; }
    group team G in BusinessUnit::"A1" { roles: R; members: none; }
    default team of A { roles: Local; region: "south"; }
    column profile P { members: ann, T, Team::"A"; }`);
  expect(world.units).toEqual([
    { name: "Root", parent: undefined, disabled: false },
    { name: "A", parent: "Root", disabled: false },
    { name: "A1", parent: "A", disabled: false },
    { name: "B", parent: "Root", disabled: true },
  ]);
  expect(world.positions).toEqual([
    { name: "Boss", parent: undefined },
    { name: "Clerk", parent: "Boss" },
  ]);
  expect(world.users).toEqual([
    {
      name: "ann",
      unit: "A",
      disabled: false,
      roles: [
        { role: 0, unit: "A" },
        { role: 1, unit: "A" },
      ],
      manager: "bo",
      position: "Clerk",
      attributes: new Map([["department", { kind: "String", value: "d" }]]),
    },
    {
      name: "bo",
      unit: "B",
      disabled: true,
      roles: [{ role: 0, unit: "B" }],
      manager: undefined,
      position: undefined,
      attributes: new Map(),
    },
  ]);
  expect(
    world.teams.map(({ name, kind, unit, roles, members, administrator }) => [
      name,
      kind,
      unit,
      roles.length,
      members,
      administrator,
    ]),
  ).toEqual([
    ["Root", "default", "Root", 0, [], undefined],
    ["A", "default", "A", 1, [], undefined],
    ["A1", "default", "A1", 0, [], undefined],
    ["B", "default", "B", 0, [], undefined],
    ["T", "owner", "A", 1, ["ann", "bo"], "bo"],
    ["X", "access", "B", 0, ["ann"], undefined],
    ["G", "group", "A1", 1, [], undefined],
  ]);
  expect(world.profileMembers.get("P")).toEqual([
    { kind: "user", name: "ann" },
    { kind: "team", name: "T" },
    { kind: "team", name: "A" },
  ]);
  expect(rootOf(world)).toBe("Root");
  expect(isAtOrBelow(world, "A1", "Root")).toBe(true);
  expect(isAtOrBelow(world, "A", "A1")).toBe(false);
});

test("a role has copies from its own unit down, and anywhere where units are not known", () => {
  const { policy, world } = modelOf(places);
  expect(["Root", "A", "A1", "B", "Far"].map((unit) => hasCopyIn(policy, world, 1, unit))).toEqual([
    false,
    true,
    true,
    false,
    true,
  ]);
  expect(hasCopyIn(policy, world, 0, "B")).toBe(true);
});

test("records come before shares, wherever they stand", () => {
  const { world } = modelOf(`${places}
    entity Contact owned by user or team { account?: Account parental }
    role C { permit read on Contact at user; }
    share a with bo: read;
    share a with bo: write;
    share a with organization: append;
    record c: Contact { owner: bo; account: a; }
    record a: Account { owner: ann; }
    user ann in A { roles: R; } user bo in B { roles: R, C; }`);
  expect(world.records.map(({ id, unit }) => [id, unit])).toEqual([
    ["c", "B"],
    ["a", "A"],
  ]);
  expect(shares(world).toSorted()).toEqual(["a * p|", "a bo rw|", "c * |p", "c ann |rwdasp+", "c bo |rw"]);
});

test("column shares and profiles resolve and change no record share", () => {
  const { policy, world } = modelOf(`${places}
    entity Deal owned by user or team { price?: Long secured, note?: String }
    role D { permit read on Deal at user; } user ann in A { roles: D; }
    column profile P { permit read, update, readUnmasked on Deal.price; permit create on Deal.price; members: x; }
    record d: Deal { owner: ann; }
    share d.price with ann: read;`);
  expect(world.shares).toEqual([]);
  expect(policy.columnProfiles).toEqual([
    {
      name: "P",
      grants: ["read", "write", "readUnmasked", "create"].map((action) => ({
        action,
        entity: 1,
        attribute: 0,
      })),
    },
  ]);
});

test("the data security inventory", () => {
  const { policy } = modelOf(`${places}
    entity Country owned by organization { owningTeam?: Team }
    entity Lead owned by user or team { country?: Country }
    entity Contact owned by user or team { lead?: Lead }
    entity Visit owned by user or team;
    owner of Lead is resource.country.owningTeam;
    owner of Contact is resource.lead.owner;
    owner of Account is creator;
    owner of Visit is Team::"anyone";`);
  expect(policy.ownerRules?.map(({ entity, owner }) => [policy.entities[entity]?.name, owner])).toEqual([
    ["Lead", { kind: "path", attributes: ["country", "owningTeam"] }],
    ["Contact", { kind: "path", attributes: ["lead", "owner"] }],
    ["Account", { kind: "creator" }],
    ["Visit", { kind: "principal", principal: { kind: "team", name: "anyone" } }],
  ]);
});

test("a project is any number of files, and none is an empty one", () => {
  const { image, diagnostics } = compile([]);
  expect(diagnostics).toEqual([]);
  expect(image).toBeInstanceOf(Uint8Array);
  const two = compile([
    { name: "a.bwk", text: "role R { permit read on Account at user; }" },
    { name: "b.bwk", text: "entity Account owned by user or team;" },
  ]);
  expect(two.diagnostics).toEqual([]);
});

test("a source whose people only a directory knows compiles", () => {
  const { image, diagnostics } = compile([
    {
      name: "p.bwk",
      text: `entity Account owned by user or team; role R { permit read on Account at user; }
        user u in Far { roles: R; } record r: Account { owner: o; } share r with Team::"g": read; default team of Far { roles: R; }`,
    },
  ]);
  expect(diagnostics).toEqual([]);
  expect(image).toBeInstanceOf(Uint8Array);
});

test("no image where there is an error, and one where there are warnings", () => {
  expect(compile([{ name: "p.bwk", text: "role R { permit read on X at user; }" }]).image).toBeUndefined();
  const warned = compile([{ name: "p.bwk", text: "organization Root; user u in Root;" }]);
  expect(warned.diagnostics.map(({ code }) => code)).toEqual(["BWK901"]);
  expect(warned.image).toBeInstanceOf(Uint8Array);
});

test("many grants take linear time", () => {
  const entities = Array.from({ length: 640 }, (_, e) => `entity E${e} owned by user or team;`).join("\n");
  const all = Array.from({ length: 640 }, (_, e) => `E${e}`).join(", ");
  const roles = Array.from(
    { length: 107 },
    (_, r) =>
      `role R${r} { permit create, read, write, delete, assign, share, append, appendTo on ${all} at user; }`,
  ).join("\n");
  const started = performance.now();
  const { model, diagnostics } = analyzed(`${entities}\n${roles}`);
  const taken = performance.now() - started;
  expect(diagnostics).toEqual([]);
  expect(model?.policy.roles[106]?.grants).toHaveLength(640 * 8);
  // 547,840 grants; generous, since the machine may be busy: what is quadratic takes minutes.
  expect(taken).toBeLessThan(10_000);
});
