// `explain` in full: text and JSON, as they are printed.
import { expect, test } from "vitest";
import { bailiwick, Folder } from "./fixture.ts";

const files = {
  "schema.bwk": `entity Account owned by user or team { parent?: Account cascade share }
entity Line owned by parent account { account: Account }
privilege Export;
role Seller {
  permit read on Account at businessUnit;
  permit write on Account at user;
}
team role "EU reader" { permit read on Account at user; }
administrator role Admin;
@id("open house")
permit (principal in Role::"Seller", action == append, resource is Account) at parentChild;
@id("no exports") forbid (principal, action == Export, resource);
`,
  "people.bwk": `organization Contoso { unit EU { unit France; } unit US; }
settings { hierarchy: manager depth 1; hierarchyAnyUnit: true; }
user alice in EU { roles: Seller; manager: vp; }
user bob in France { roles: Seller; }
user vp in US { roles: Seller; }
user root in Contoso { roles: Admin; }
team Readers in US { roles: "EU reader"; members: alice, vp; }
record acc: Account { owner: alice; }
record sub: Account { owner: bob; parent: acc; }
record line: Line { account: sub; }
share acc with Team::"Readers": read;
`,
};

const explain = async (principal: string, action: string, record: string | undefined, ...more: string[]) => {
  using folder = new Folder(files);
  const about = record === undefined ? [] : ["--record", record];
  return await bailiwick(folder, [
    ...["explain", "--policy", folder.path, "--principal", principal, "--action", action],
    ...about,
    ...more,
  ]);
};

test("every source, one a line", async () => {
  expect((await explain("alice", "read", "Account/acc")).out).toBe(`allow role Seller
  role Seller at businessUnit, held by user "alice" in "EU", schema.bwk:5
  owner
  share: shared with team "Readers"
`);
  expect((await explain("vp", "read", "Account/acc")).out).toBe(`allow share
  share: shared with team "Readers"
  hierarchy: through user "alice"
`);
  expect((await explain("alice", "append", "Line/line")).out).toBe(`allow permit "open house"
  decided by Account "sub"
  permit "open house" at parentChild, held by user "alice" in "EU", schema.bwk:10
`);
  expect((await explain("alice", "read", "Account/sub")).out).toBe(`allow parent
  parent: inherited share of team "Readers", from Account "acc"
`);
  expect((await explain("root", "read", "Account/acc")).out).toBe(`allow administrator
  administrator by role "Admin", held by user "root" in "Contoso"
`);
});

test("a denial: the step that failed, and what would allow it", async () => {
  expect(await explain("vp", "write", "Account/sub")).toEqual({
    code: 1,
    out: `deny access
  would allow: share Account "sub" with user "vp": write
  would allow: assign role Admin in "US" to user "vp"
  would allow: permit write on Account at organization instead of user in role Seller
  would allow: permit write on Account at organization in role "EU reader"
`,
    err: "",
  });
  expect((await explain("vp", "write", "Account/sub", "--misses", "1")).out).toBe(`deny access
  would allow: share Account "sub" with user "vp": write
  would allow: assign role Admin in "US" to user "vp"
  would allow: permit write on Account at organization instead of user in role Seller
  there may be more changes that would allow it: --misses says how many are listed
`);
  expect((await explain("alice", "Export", undefined)).out).toBe('deny forbid "no exports"\n');
});

test("with what else each would change, the fewest first", async () => {
  expect((await explain("vp", "write", "Account/sub", "--effects")).out).toBe(`deny access
  would allow: share Account "sub" with user "vp": write, changes 1 other decision
  would allow: permit write on Account at organization in role "EU reader", changes 3 other decisions
  would allow: permit write on Account at organization instead of user in role Seller, changes 4 other decisions
  would allow: assign role Admin in "US" to user "vp", changes 19 other decisions
`);
});

test("JSON: the shape that programs may rely on", async () => {
  const json = async (...question: Parameters<typeof explain>) =>
    JSON.parse((await explain(...question, "--json")).out);
  expect(await json("alice", "read", "Line/line")).toEqual({
    allowed: true,
    reason: "parent",
    sources: [{ kind: "parent", to: "team", name: "Readers", from: [{ entity: "Account", id: "acc" }] }],
    errors: [],
    misses: [],
    missesCut: false,
    decidedBy: { entity: "Account", id: "sub" },
  });
  expect((await json("alice", "read", "Account/acc")).sources[0]).toEqual({
    kind: "role",
    name: "Seller",
    holder: { user: "alice" },
    businessUnit: "EU",
    level: "businessUnit",
    line: "schema.bwk:5",
  });
  expect(await json("vp", "write", "Account/sub", "--effects", "--misses", "1")).toEqual({
    allowed: false,
    reason: "access",
    sources: [],
    errors: [],
    misses: [
      { kind: "share", record: { entity: "Account", id: "sub" }, right: "write", effects: 1 },
      {
        kind: "grant",
        role: "Seller",
        action: "write",
        entity: "Account",
        level: "organization",
        insteadOf: "user",
        effects: 4,
      },
      { kind: "assign-role", role: "Admin", businessUnit: "US", effects: 19 },
    ],
    missesCut: true,
  });
});
