// Settings that few random worlds feel (semantics.md section 11): each both ways, in Cedar and by the twin.
import { expect, test } from "vitest";
import { analyze } from "../../compiler/index.ts";
import { exportCedar } from "../../interop/cedar/index.ts";
import { Oracle } from "../oracle/evaluate.ts";
import { complaints, Judge } from "./cedar.ts";

const project = (settings: string): string => `
settings { ${settings} }
entity Account owned by user or team;
role Reader { permit read on Account at user; }
role Writer { permit write on Account at businessUnit; }
team role Deleter { permit delete, read on Account at user; }
role Appender { permit append, read on Account at businessUnit; }
team role Careful { permit append on Account at user when { resource.owner == principal }; }
organization Contoso { unit A; unit B; }
user dora in A { roles: Reader, Appender; }
team Carefuls in B { roles: Careful; members: dora; }
user alice in A { roles: Reader; }
user carol in A { roles: Reader, Appender; }
user adam in A;
team Writers in B { roles: Writer; members: alice; }
team Deleters in B { roles: Deleter; members: alice; }
team Owners in B { roles: Appender; administrator: adam; }
record own: Account { owner: alice; }
record others: Account { owner: carol; }
record theirs: Account { owner: Team::"Owners"; }
record away: Account { owner: carol;${settings.includes("ownershipAcross") ? " businessUnit: B;" : ""} }
share others with alice: delete;
record doras: Account { owner: dora;${settings.includes("ownershipAcross") ? " businessUnit: B;" : ""} }
record apart: Account { owner: Team::"Owners";${settings.includes("ownershipAcross") ? " businessUnit: A;" : ""} }
share apart with adam: append;
`;

function allows(settings: string, principal: string, action: string, id: string): boolean {
  const { model, diagnostics } = analyze([{ name: "contoso.bwk", text: project(settings) }]);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const exported = exportCedar(model);
  expect(complaints(exported)).toEqual([]);
  const resource = { type: "Account", id };
  const { allowed } = new Judge(exported).ask({ principal, action, resource, context: {} });
  const record = { entity: "Account", id };
  expect(new Oracle(model.policy, model.world).check({ principal, action, record }).allowed).toBe(allowed);
  return allowed;
}

const modern = "ownershipAcrossBusinessUnits: true";

test.each([
  [
    "X1: an inherited grant above user level serves for one's own record",
    "inheritAboveUser",
    "alice",
    "write",
    "own",
  ],
  [
    "X2: a team-only grant at user level serves for a share to oneself",
    "teamGrantServesDirectShare",
    "alice",
    "delete",
    "others",
  ],
])("%s", (_, key, principal, action, id) => {
  expect(allows(`${key}: true;`, principal, action, id)).toBe(true);
  expect(allows(`${key}: false;`, principal, action, id)).toBe(false);
});

test("B9: without ownership recomputed, an owner needs a grant at user level or the unit", () => {
  expect(allows(`${modern};`, "carol", "append", "away")).toBe(true);
  expect(allows(`${modern}; recomputeOwnership: false;`, "carol", "append", "away")).toBe(false);
  // A grant at user level counts even where it does not serve for the record itself, and it may have a condition.
  expect(allows(`${modern}; recomputeOwnership: false;`, "dora", "append", "doras")).toBe(true);
  // She has read at user level, and her own unit for what lies in it.
  expect(allows(`${modern}; recomputeOwnership: false;`, "carol", "read", "away")).toBe(true);
  expect(allows(`${modern}; recomputeOwnership: false;`, "carol", "append", "others")).toBe(true);
});

test("T8: the administrator of the owning team reaches its record by its roles, with B9 by their level", () => {
  expect(allows("", "adam", "append", "theirs")).toBe(true);
  expect(allows("", "adam", "append", "others")).toBe(false);
  expect(allows(`${modern}; recomputeOwnership: false;`, "adam", "append", "theirs")).toBe(true);
  // Out of that level, he has the grant all the same: what is shared with him, he reaches.
  expect(allows(`${modern}; recomputeOwnership: false;`, "adam", "append", "apart")).toBe(true);
  expect(allows(`${modern}; recomputeOwnership: false;`, "adam", "read", "apart")).toBe(false);
});

test("B9: the grant at user level must be one on the entity in question", () => {
  const settings = `${modern}; recomputeOwnership: false;`;
  const text = `settings { ${settings} }
entity Account owned by user or team { size?: Long }
entity Contact owned by user or team;
role Both { permit read on Account, Contact at businessUnit; }
role One { permit read on Account at user; }
organization Contoso { unit A; unit B; }
user u in A { roles: Both, One; }
record account: Account { owner: u; businessUnit: B; }
record contact: Contact { owner: u; businessUnit: B; }
`;
  const { model } = analyze([{ name: "contoso.bwk", text }]);
  if (model === undefined) throw new Error("does not compile");
  const exported = exportCedar(model);
  expect(complaints(exported)).toEqual([]);
  const judge = new Judge(exported);
  const oracle = new Oracle(model.policy, model.world);
  for (const [type, id, allowed] of [
    ["Account", "account", true],
    ["Contact", "contact", false],
  ] as const) {
    const question = { principal: "u", action: "read" };
    expect(oracle.check({ ...question, record: { entity: type, id } }).allowed).toBe(allowed);
    expect(judge.ask({ ...question, resource: { type, id }, context: {} }).allowed).toBe(allowed);
  }
});
