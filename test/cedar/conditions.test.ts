// Conditions in the exported text: the readable cases, and errors, which Cedar and the project treat differently in forbids.
import { expect, test } from "vitest";
import { analyze, type Model } from "../../compiler/index.ts";
import { exportCedar } from "../../interop/cedar/index.ts";
import { Oracle } from "../oracle/evaluate.ts";
import { complaints, Judge } from "./cedar.ts";

const project = `
entity Country owned by organization { name: String }
entity Account owned by user or team { status: String, amount?: Decimal, size: Long, country?: Country, keeper?: Principal }
entity User { level: Long }
context { mfa: Bool, channel?: String }
privilege Export;
role Salesperson { permit read on Account at organization; permit write on Account at organization; permit Export; }
organization Contoso { unit EU; }
user alice in EU { roles: Salesperson; level: 1; }
user bob in EU { roles: Salesperson; level: 2; }
team Owners in EU { roles: Salesperson; administrator: alice; }
record fr: Country { name: "France" }
record acc1: Account { owner: alice; status: "open"; size: 9223372036854775807; amount: "1.5"; country: fr; keeper: Team::"Owners"; }
record acc2: Account { owner: Team::"Owners"; status: "won"; size: 3; }
`;

function modelOf(
  condition: string,
  head = "forbid (principal, action == write, resource is Account)",
): Model {
  const files = [{ name: "contoso.bwk", text: `${project}@id("g") ${head}\n${condition};` }];
  const { model, diagnostics } = analyze(files);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

/** The policies that carry the guardrail `g`: the forbid itself, and permits that wait for it. */
function textOf(model: Model): string {
  const { policies } = exportCedar(model);
  return policies.slice(policies.indexOf('@reason("forbid'));
}

/** In Cedar, once it agrees with the twin. */
function mayWrite(model: Model, principal: string, id: string): boolean {
  const exported = exportCedar(model);
  expect(complaints(exported)).toEqual([]);
  const resource = { type: "Account", id };
  const { allowed } = new Judge(exported).ask({ principal, action: "write", resource, context: {} });
  const oracle = new Oracle(model.policy, model.world);
  const record = { entity: "Account", id };
  expect(oracle.check({ principal, action: "write", record }).allowed).toBe(allowed);
  return allowed;
}

test.each([
  ['when { resource.status == "won" }', 'resource.status == "won"'],
  ['when { resource.status != "won" }', '!(resource.status == "won")'],
  [
    'when { 3 < principal.level && resource.status like "a*\\*" }',
    '3 < principal.level && resource.status like "a*\\*"',
  ],
  [
    'when { resource has amount && resource.amount.greaterThan(decimal("1.50")) }',
    'resource has amount && resource.amount.greaterThan(decimal("1.5"))',
  ],
  ["when { resource.owner == principal }", "resource.owner has user && resource.owner.user == principal"],
  [
    'when { resource.owner == Team::"Owners" }',
    'resource.owner has team && resource.owner.team == Team::"Owners"',
  ],
  ["when { resource.owner is User }", "resource.owner has user"],
  [
    'when { resource.owner in BusinessUnit::"EU" }',
    'resource.owner has user && resource.owner.user in BusinessUnit::"EU" || ' +
      "resource.owner has team && (resource.owner.team has businessUnit && " +
      'resource.owner.team.businessUnit in BusinessUnit::"EU")',
  ],
  [
    "when { resource has keeper && resource.keeper == resource.owner }",
    "resource has keeper && resource.keeper == resource.owner",
  ],
  [
    'when { ["won", "lost"].contains(resource.status) } unless { principal.level == 2 }',
    '["won", "lost"].contains(resource.status) && !(principal.level == 2)',
  ],
  [
    'when { if resource has country then principal.level < 2 else resource.status == "won" }',
    '(if resource has country then principal.level < 2 else resource.status == "won")',
  ],
])("%s", (condition, text) => {
  const model = modelOf(condition);
  const flat = textOf(model).replace(/\s+/g, " ");
  expect(flat).toContain(`{ ${text} };`.replace(/^\{ (.*\|\|.*) \};$/s, "{ ($1) };"));
  expect(complaints(exportCedar(model))).toEqual([]);
  // What cannot fail is not repeated.
  expect(flat).not.toContain("unless");
});

test("membership counts the administrator of the team that owns the record (T8)", () => {
  const model = modelOf('when { principal in Team::"Owners" }');
  expect(mayWrite(model, "alice", "acc2")).toBe(false);
  expect(mayWrite(model, "alice", "acc1")).toBe(true);
  expect(mayWrite(model, "bob", "acc2")).toBe(true);
});

test("a forbid that overflows forbids", () => {
  const model = modelOf("when { resource.size + 1 < 0 }");
  expect(mayWrite(model, "bob", "acc1")).toBe(false);
  expect(mayWrite(model, "bob", "acc2")).toBe(true);
  expect(textOf(model)).toContain(`\
permit (
  principal in Role::"Salesperson",
  action == Action::"write",
  resource is Account
)
unless {
  resource.size + 1 < 0
};
`);
});

test("only the permits that it concerns wait for a forbid", () => {
  const text = textOf(modelOf("when { resource.size + 1 < 0 }"));
  expect(text.match(/unless/g)).toHaveLength(
    (text.match(/action == Action::"write"/g)?.length as number) - 1,
  );
});

test("a permit that overflows does not apply", () => {
  const model = modelOf(
    "when { resource.size + 1 > 0 }",
    "permit (principal, action == delete, resource is Account)",
  );
  const exported = exportCedar(model);
  expect(complaints(exported)).toEqual([]);
  const judge = new Judge(exported);
  const mayDelete = (id: string) =>
    judge.ask({ principal: "bob", action: "delete", resource: { type: "Account", id }, context: {} }).allowed;
  expect(mayDelete("acc1")).toBe(false);
  expect(mayDelete("acc2")).toBe(true);
});

test("a forbid about an attribute of the request forbids where the request does not say it", () => {
  const model = modelOf("when { !context.mfa }", "forbid (principal, action == Export, resource)");
  const exported = exportCedar(model);
  expect(complaints(exported)).toEqual([]);
  const judge = new Judge(exported);
  const resource = { type: "Organization", id: "organization" };
  const mayExport = (context: Record<string, boolean>) =>
    judge.ask({ principal: "bob", action: "Export", resource, context }).allowed;
  expect(mayExport({ mfa: true })).toBe(true);
  expect(mayExport({ mfa: false })).toBe(false);
  expect(mayExport({})).toBe(false);
});

test("an attribute that is not optional but absent is an error in Cedar as well", () => {
  const model = modelOf("when { principal.level > 1 }");
  const [alice, ...others] = model.world.users;
  const users = [{ ...(alice as (typeof others)[number]), attributes: new Map() }, ...others];
  const without = { ...model, world: { ...model.world, users } };
  expect(exportCedar(without).schema).toContain("  level?: Long,\n");
  expect(mayWrite(without, "alice", "acc1")).toBe(false);
  expect(mayWrite(model, "alice", "acc1")).toBe(true);
});

test("a forbid of every record that concerns no task privilege", () => {
  const model = modelOf("when { principal.level > 1 }", "forbid (principal, action == write, resource)");
  expect(mayWrite(model, "alice", "acc1")).toBe(true);
  expect(mayWrite(model, "bob", "acc1")).toBe(false);
});
