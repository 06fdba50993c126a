// What an export looks like, what it maps, and what it refuses.
import { expect, test } from "vitest";
import { analyze, type Model } from "../../compiler/index.ts";
import { ExportError, entitiesText, exportCedar } from "../../interop/cedar/index.ts";
import { complaints, Judge } from "./cedar.ts";

function modelOf(text: string): Model {
  const { model, diagnostics } = analyze([{ name: "contoso.bwk", text }]);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

const contoso = `
entity Account owned by user or team { name?: String, amount?: Decimal, seen?: Datetime, tags?: Set<String>, size?: Long }
entity Line owned by parent account { account: Account }
privilege ExportToExcel;
role Salesperson { permit read on Account at businessUnit; permit ExportToExcel; }
administrator role Admin;
@id("frozen") forbid (principal in Team::"Deal", action == write, resource is Account);
organization Contoso { unit EU { unit France disabled; } }
user alice in EU { roles: Salesperson; }
user gone in France;
user root in Contoso { roles: Admin; }
team Owners in EU { roles: Salesperson; members: alice; administrator: root; }
access team Deal in EU { members: alice; }
record acc1: Account { owner: alice; name: "First"; amount: "1.5"; seen: "2026-01-31"; tags: "a", "b"; size: 9007199254740993; }
record line1: Line { account: acc1; }
share acc1 with Deal: read, write;
share acc1 with organization: read;
`;

test("a role's line is one policy for each way in which it reaches a record", () => {
  const { policies } = exportCedar(modelOf(contoso));
  expect(policies).toContain(`\
// contoso.bwk:5: role Salesperson: permit read on Account at businessUnit
@reason("role Salesperson")
permit (
  principal in Role::"Salesperson",
  action == Action::"read",
  resource is Account
)
when {
  principal.roles has Salesperson &&
  principal.roles.Salesperson.contains(resource.businessUnit)
};
`);
  expect(policies).toContain(`\
@reason("owner")
permit (
  principal in Role::"Salesperson",
  action == Action::"read",
  resource is Account
)
when {
  resource.owner has user &&
  resource.owner.user == principal
};
`);
  expect(policies).toContain(`\
// contoso.bwk:5: role Salesperson: task privileges
@reason("role Salesperson")
permit (
  principal in Role::"Salesperson",
  action == Action::"ExportToExcel",
  resource
);
`);
});

test("an entity that its parent decides about asks the parent", () => {
  const { policies } = exportCedar(modelOf(contoso));
  expect(policies).toContain(`\
  resource is Line
)
when {
  principal.roles has Salesperson &&
  principal.roles.Salesperson.contains(resource.account.businessUnit)
};
`);
});

test("the gate and the forbids come first", () => {
  const { policies } = exportCedar(modelOf(contoso));
  const order = [...policies.matchAll(/^@reason\("(.*)"\)$/gm)].map((match) => match[1]);
  expect(order.slice(0, 2)).toEqual(["disabled", 'forbid \\"frozen\\"']);
});

test("people, places, records and shares", () => {
  const { entities } = exportCedar(modelOf(contoso));
  const byId = (type: string, id: string) => entities.find(({ uid }) => uid.type === type && uid.id === id);
  const unit = (id: string) => ({ __entity: { type: "BusinessUnit", id } });
  expect(byId("User", "alice")).toEqual({
    uid: { type: "User", id: "alice" },
    attrs: {
      disabled: false,
      businessUnit: unit("EU"),
      roles: { Salesperson: [unit("EU")] },
      ownRoles: { Salesperson: [unit("EU")] },
    },
    parents: [
      { type: "BusinessUnit", id: "EU" },
      { type: "Team", id: "Owners" },
      { type: "Team", id: "Deal" },
      { type: "Team", id: "EU" },
      { type: "Role", id: "Salesperson" },
    ],
  });
  // B2: his unit is disabled.
  expect(byId("User", "gone")?.attrs).toMatchObject({ disabled: true });
  expect(byId("Team", "Owners")?.attrs).toMatchObject({
    administrator: { __entity: { type: "User", id: "root" } },
    roles: { Salesperson: [unit("EU")] },
  });
  const deal = { __entity: { type: "Team", id: "Deal" } };
  expect(byId("Account", "acc1")).toEqual({
    uid: { type: "Account", id: "acc1" },
    attrs: {
      owner: { user: { __entity: { type: "User", id: "alice" } } },
      businessUnit: unit("EU"),
      shares: {
        read: { users: [], teams: [deal], organization: true },
        write: { users: [], teams: [deal], organization: false },
      },
      name: "First",
      amount: { __extn: { fn: "decimal", arg: "1.5" } },
      seen: { __extn: { fn: "datetime", arg: "2026-01-31" } },
      tags: ["a", "b"],
      size: 9007199254740993n,
    },
    parents: [{ type: "BusinessUnit", id: "EU" }],
  });
  // The file has every digit, which JSON.stringify would not write.
  expect(entitiesText(entities)).toContain('"size":9007199254740993}');
});

test("real Cedar takes it and decides", () => {
  const exported = exportCedar(modelOf(contoso));
  expect(complaints(exported)).toEqual([]);
  const judge = new Judge(exported);
  const ask = (principal: string, action: string, type: string, id: string) =>
    judge.ask({ principal, action, resource: { type, id }, context: {} }).allowed;
  expect(ask("alice", "read", "Account", "acc1")).toBe(true);
  expect(ask("alice", "read", "Line", "line1")).toBe(true);
  expect(ask("alice", "write", "Account", "acc1")).toBe(false);
  expect(ask("gone", "read", "Account", "acc1")).toBe(false);
  expect(ask("root", "delete", "Account", "acc1")).toBe(true);
  expect(ask("alice", "ExportToExcel", "Organization", "organization")).toBe(true);
});

test("complaints are what strict validation says", () => {
  const exported = exportCedar(modelOf(contoso));
  const policies = exported.policies.replaceAll("principal.disabled", "principal.disable");
  expect(complaints({ ...exported, policies })).toEqual([
    expect.stringContaining("attribute `disable` on entity type `User` not found"),
  ]);
  const [first, ...others] = exported.entities;
  const broken = { ...first, attrs: { x: 1 } } as (typeof exported.entities)[number];
  expect(complaints({ ...exported, entities: [broken, ...others] })).toHaveLength(1);
});

test("names that are no identifiers get one, and attributes of our own step aside", () => {
  const exported = exportCedar(
    modelOf(`
entity "Pièce jointe" owned by user or team { shares?: Long, "in"?: Bool, __x?: String }
entity "Piece jointe" owned by organization;
entity Role2 owned by organization;
entity "日本" owned by organization;
entity "1st" owned by organization;
entity in owned by organization;
entity User { disabled?: Bool }
role "__entity" { permit read on "Pièce jointe" at user; }
organization b;
user u in b { roles: "__entity"; disabled: true; }
record "О́льга \\u2028": "Pièce jointe" { owner: u; shares: 3; in: true; __x: "x"; }
`),
  );
  expect(complaints(exported)).toEqual([]);
  const { schema, policies, entities } = exported;
  expect(schema).toContain(
    '// "Pièce jointe", owned by user or team\nentity Piece_jointe in [BusinessUnit] {',
  );
  expect(schema).toContain("entity Piece_jointe2 {};");
  expect(schema).toContain("entity in_ {};");
  expect(schema).toContain("  disabled2: Bool,\n");
  expect(schema).toContain('  shares2: Shares,\n  shares?: Long,\n  "in"?: Bool,\n');
  expect(policies).toContain("principal.disabled2\n");
  const id = entities.at(-1)?.uid.id ?? "";
  const judge = new Judge(exported);
  expect(
    judge.ask({ principal: "u", action: "read", resource: { type: "Piece_jointe", id }, context: {} })
      .allowed,
  ).toBe(true);
});

test("a task privilege with the name of a record privilege has an id of its own", () => {
  const exported = exportCedar(
    modelOf("privilege read;\nentity A owned by organization;\nrole R { permit read on A; permit read; }"),
  );
  expect(complaints(exported)).toEqual([]);
  expect(exported.schema).toContain('action "Merge", "read2" appliesTo {');
});

test("a project without people is policies and a schema", () => {
  const exported = exportCedar(modelOf("entity A owned by organization;\nrole R { permit read on A; }"));
  expect(complaints(exported)).toEqual([]);
  expect(exported.entities.map(({ uid }) => uid.type)).toEqual(["Organization", "Role"]);
});

test("secured columns are named as what is left out", () => {
  const { notes, policies } = exportCedar(
    modelOf("entity A owned by organization { revenue?: Long secured }\nrole R { permit read on A; }"),
  );
  expect(notes).toEqual([expect.stringMatching(/^column security is not exported.*A\.revenue$/)]);
  expect(policies).toContain(`// Note: ${notes[0]}\n`);
});

test("owner rules are named as what is left out", () => {
  const { notes } = exportCedar(
    modelOf("entity A owned by user or team;\nrole R { permit read on A at user; }\nowner of A is creator;"),
  );
  expect(notes).toEqual([
    "owner rules are not exported: whose the records are, not whose new ones become (A)",
  ]);
});

/** What the export says of a model that the language has not yet, or not here, a text for. */
function refusals(model: Model): readonly string[] {
  try {
    exportCedar(model);
    return [];
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    expect(error).toMatchObject({ code: "BWK445", message: expect.any(String) });
    return error.refusals;
  }
}

test("hierarchy security is refused", () => {
  const model = modelOf(contoso);
  const settings = { ...model.policy.settings, hierarchy: "manager" as const };
  expect(refusals({ ...model, policy: { ...model.policy, settings } })).toEqual([
    expect.stringContaining("hierarchy security"),
  ]);
});

test("a record whose owner only a directory declares is refused", () => {
  const model = modelOf(`
entity A owned by user or team;
role R { permit read on A at user; }
record a: A { owner: User::"nobody here"; }
record b: A { owner: User::"nobody here"; }
`);
  const said = refusals(model);
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('its owner `"nobody here"` is declared nowhere');
});

test("a share with somebody who may be a user or a team is refused", () => {
  const shared = (principal: string) =>
    refusals(
      modelOf(`
entity A owned by user or team { keeper?: Principal }
role R { permit read on A at user; }
record a: A { owner: User::"ann"; }
share a with ${principal}: read;
`),
    ).filter((refusal) => refusal.includes("a user or a team"));
  expect(shared("bob")).toEqual([
    "whether `bob` is a user or a team is unknown: it is declared nowhere in the project " +
      '(say `User::"bob"` or `Team::"bob"`)',
  ]);
  expect(shared('Team::"bob"')).toEqual([]);
});
