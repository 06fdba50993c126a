// Conditions in the model: equal ones once, names resolved, kept apart from what stands without a condition.
import { expect, test } from "vitest";
import { analyze } from "../../compiler/compile.ts";
import type { Model } from "../../compiler/model/model.ts";
import { peopleAfter } from "../../compiler/model/world/people-after.ts";
import { positionOf } from "../../compiler/source.ts";

const schema = `
organization Root { unit A; }
entity Account owned by user or team { name?: String, size?: Long }
entity Email, Letter as Activity owned by user or team { subject?: String }
privilege ExportToExcel;
context { mfa?: Bool }
`;
const analyzed = (text: string, more: { world?: "closed" } = {}) =>
  analyze([{ name: "p.bwk", text: schema + text }], more);
const findings = (text: string, more: { world?: "closed" } = {}): string[] =>
  analyzed(text, more).diagnostics.map(({ code, span, message, help }) => {
    const { line, column } = positionOf(span.file, span.start);
    return `${code} ${line - 6}:${column} ${message}${help === undefined ? "" : ` (${help})`}`;
  });

function modelOf(text: string): Model {
  const { model, diagnostics } = analyzed(text);
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

test("a conditional grant stands for itself, one for each privilege", () => {
  const { policy } = modelOf(`role R {
    permit read on * at user;
    permit read, write on Account, Activity at businessUnit when { resource.owner == principal };
    permit ExportToExcel;
    permit ExportToExcel when { context has mfa };
    permit delete on Account at none when { context has mfa };
  }`);
  const [role] = policy.roles;
  expect(role?.grants.map(({ action, privilegeSet, level }) => [action, privilegeSet, level])).toEqual([
    [1, 0, 1],
    [1, 1, 1],
  ]);
  expect(
    role?.conditionalGrants.map(({ action, privilegeSet, level, condition }) => [
      action,
      privilegeSet,
      level,
      condition,
    ]),
  ).toEqual([
    [1, 1, 2, 0],
    [1, 0, 2, 0],
    [2, 1, 2, 0],
    [2, 0, 2, 0],
  ]);
  expect([...(role?.tasks ?? [])]).toEqual([1]);
  expect(role?.conditionalTasks.map(({ task, condition }) => [task, condition])).toEqual([[1, 1]]);
  expect(policy.conditions).toHaveLength(2);
});

test("equal conditions are one, however they are laid out", () => {
  const { policy } = modelOf(`
    role R { permit read on Account at user when { resource has size && resource.size > 1 }; }
    role S { permit read on Account at user when { resource has size && resource.size > 1 }; }
    role T { permit read on Account at user when { (resource has "size") && resource["size"] > /* one */ 1 }; }
    role U { permit read on Account at user unless { resource has size && resource.size > 1 }; }
    @id("g") forbid (principal, action, resource is Account) when { resource has size && resource.size > 1 };
  `);
  expect(policy.conditions).toHaveLength(2);
  expect(policy.roles.flatMap((role) => role.conditionalGrants.map(({ condition }) => condition))).toEqual([
    0, 0, 0, 1,
  ]);
  expect(policy.guardrails.map(({ condition }) => condition)).toEqual([0]);
});

test("a test's conditions are numbered behind the project's and stay out of it", () => {
  const { model, tests, diagnostics } = analyzed(`
    role R {
      permit read on Account at user when { context has mfa };
      permit write on Account at user;
      permit ExportToExcel;
    }
    test "t" {
      role S { permit read on Account at user when { context has mfa }; permit write on Account at user when { resource has size }; }
      set role R { permit read, write on Account at user unless { resource has name }; permit ExportToExcel when { context has mfa }; }
    }`);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(model?.policy.conditions).toHaveLength(1);
  const [own] = tests;
  if (own === undefined) throw new Error("no test");
  expect(own.policy.conditions).toHaveLength(3);
  expect(own.policy.roles[1]?.conditionalGrants.map(({ condition }) => condition)).toEqual([0, 1]);
  const [step] = own.steps;
  if (step?.kind !== "set") throw new Error("no change");
  const after = peopleAfter({ policy: own.policy, world: own.world }, step.change);
  const edited = after.policy.roles[0];
  expect(edited?.grants).toEqual([]);
  expect(edited?.conditionalGrants.map(({ action, condition }) => [action, condition])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect([...(edited?.tasks ?? [])]).toEqual([]);
  expect(edited?.conditionalTasks.map(({ task, condition }) => [task, condition])).toEqual([[1, 0]]);
});

test("an unconditional change replaces what was conditional", () => {
  const { tests } = analyzed(`
    role R { permit read on Account at user when { context has mfa }; permit ExportToExcel when { context has mfa }; }
    test "t" { set role R { permit read on Account at none; permit ExportToExcel; permit ExportToExcel when { context has mfa }; } }`);
  const [own] = tests;
  if (own === undefined) throw new Error("no test");
  const [step] = own.steps;
  if (step?.kind !== "set") throw new Error("no change");
  const after = peopleAfter({ policy: own.policy, world: own.world }, step.change);
  const [role] = after.policy.roles;
  expect(role?.conditionalGrants).toEqual([]);
  expect([...(role?.tasks ?? [])]).toEqual([1]);
  expect(role?.conditionalTasks).toHaveLength(1);
});

test("people and places in a condition may be left to a directory, roles and actions may not", () => {
  const names = `
role R {
  permit read on Account at user when { principal == User::"zoe" || principal in Team::"T" };
  permit write on Account at user when { principal in BusinessUnit::"B" || principal in Role::"S" };
  permit delete on Account at user when { action == Action::"drop" || resource == Acount::"1" };
  permit share on Account at user when { resource is Acount || action == Action::"ExportToExel" };
}`;
  expect(findings(names)).toEqual([
    "BWK201 4:95 unknown role `S` (did you mean `R`?)",
    "BWK201 5:61 unknown action `drop`",
    "BWK201 5:83 unknown entity `Acount` (did you mean `Account`?)",
    "BWK201 6:54 unknown entity `Acount` (did you mean `Account`?)",
    "BWK201 6:82 unknown action `ExportToExel` (did you mean `ExportToExcel`?)",
  ]);
  expect(findings(names, { world: "closed" }).slice(0, 4)).toEqual([
    "BWK201 3:60 unknown user `zoe`",
    "BWK201 3:88 unknown team `T` (did you mean `A`?)",
    "BWK201 4:69 unknown business unit `B` (did you mean `A`?)",
    "BWK201 4:95 unknown role `S` (did you mean `R`?)",
  ]);
  const { openNames } = modelOf(
    'role R { permit read, write on Account at user when { principal == User::"zoe" || principal in Team::"T" }; }',
  );
  expect(openNames.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["user zoe", "team T"]);
});

test("an unknown name is reported wherever it stands", () => {
  expect(
    findings(`
role R { permit read on Account at user when { principal in Role::"S" }; }
role T { permit read on Account at user when { principal in Role::"S" }; }`),
  ).toEqual([
    "BWK201 2:67 unknown role `S` (did you mean `R`?)",
    "BWK201 3:67 unknown role `S` (did you mean `R`?)",
  ]);
});

test("records are named by id and not looked up", () => {
  expect(findings('role R { permit read on Account at user when { resource == Account::"any" }; }')).toEqual(
    [],
  );
});

test("a conditional grant covers nothing and is not covered, and may be what a privilege needs", () => {
  expect(
    findings(`role R {
  permit read on Account at organization;
  permit read on Account at user when { context has mfa };
  permit read on Activity at user when { context has mfa };
  permit write on Activity at user;
}`),
  ).toEqual([]);
});

test("who reads under a condition may own", () => {
  expect(
    findings(`
role R { permit read on Account at user when { context has mfa }; }
user u in A { roles: R; }
user v in A { roles: R; }
team T in A { roles: R; }
record a: Account { owner: u; }
record b: Account { owner: T; }`),
  ).toEqual([]);
});
