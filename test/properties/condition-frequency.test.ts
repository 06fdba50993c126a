// What the random conditions are worth: every word of the expression language in them, and every outcome often.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Policy } from "../../compiler/model/model.ts";
import { Oracle } from "../oracle/evaluate.ts";
import { evaluateCondition } from "../oracle/expressions/interpret.ts";
import { Facts } from "../oracle/facts.ts";
import { type ConditionPlan, type ExpressionPlan, partsOf } from "./expression-plan.ts";
import type { Project } from "./project.ts";
import { contextsOf, questionsOf, within } from "./questions.ts";
import { patient } from "./settings.ts";
import { sideOf } from "./sides.ts";
import { toPolicy, toWorld, valuesOf } from "./to-model.ts";
import { projects } from "./world.ts";

/** Every condition of a project, of grants, tasks and guardrails, in the order of the policy's. */
function conditionsOf({ roles, guardrails }: Project): readonly { of: string; condition: ConditionPlan }[] {
  return [
    ...roles.flatMap(({ grants, tasks }) => [
      ...grants.map(({ on, condition }) => ({ of: on.includes("*") ? "grant on *" : "grant", condition })),
      ...tasks.map(({ condition }) => ({ of: "task", condition })),
    ]),
    ...guardrails.map(({ effect, condition }) => ({ of: effect, condition })),
  ].filter(({ condition }) => condition.length > 0);
}

/** The operator, method or root, and of what is read by how many steps. */
function wordOf(plan: ExpressionPlan): string {
  if (plan.op === "call") return plan.method;
  if (plan.op === "root") return plan.name;
  if (plan.op === "id")
    return `id ${/^(User|Team|BusinessUnit|Role|Action)$/.test(plan.type) ? plan.type : "record"}`;
  if (plan.op === "has") return plan.path.length > 1 ? "has a.b" : "has";
  if (plan.op === "is") return plan.in === undefined ? "is" : "is in";
  return plan.op === "get" && plan.of.op === "get" ? "get get" : plan.op;
}

function countWords(plan: ExpressionPlan, add: (key: string) => void): void {
  add(wordOf(plan));
  for (const part of partsOf(plan)) countWords(part, add);
}

/** How the conditions that cover a record come out about it: true, false, or what went wrong. */
function countOutcomes(project: Project, policy: Policy, add: (key: string) => void): void {
  const world = toWorld(project);
  const facts = new Facts(policy, world);
  const contexts = contextsOf(project).map((carried) => valuesOf(project.context, carried ?? {}, project));
  for (const { conditionalGrants } of policy.roles)
    for (const { condition, privilegeSet } of conditionalGrants)
      for (const { entity, id } of world.records) {
        const found = policy.entities[entity];
        if (found === undefined || found.privilegeSet !== privilegeSet) continue;
        const record = facts.loaded(found, id);
        for (const user of world.users)
          for (const context of contexts) {
            const { clauses = [] } = policy.conditions[condition] ?? {};
            const outcome = evaluateCondition(clauses, { facts, user, action: "read", record, context });
            add("value" in outcome ? `outcome ${outcome.value}` : `outcome ${outcome.fault}`);
            add("value" in outcome ? "outcome" : "outcome error");
          }
      }
}

const operators = ["||", "&&", "==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*", "not", "negate"];
const methods = ["contains", "containsAll", "containsAny", "isEmpty", "lessThan"];
const decimalMethods = ["lessThanOrEqual", "greaterThan", "greaterThanOrEqual"];
const others = [
  "if",
  "has",
  "has a.b",
  "like",
  "is",
  "is in",
  "get",
  "get get",
  "set",
  "decimal",
  "datetime",
];
const leaves = ["string", "long", "bool", "principal", "resource", "context", "action", "id record"];
const ids = ["id User", "id Team", "id BusinessUnit", "id Role", "id Action"];

test.each(["source", "loaded"] as const)(
  "in 1,200 worlds (%s) conditions are true, false and in error, one-sided and mixed, and use every word",
  patient,
  (where) => {
    const counts = new Map<string, number>();
    const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
    const sample = fc.sample(projects(where), { numRuns: 1200, seed: 20261123 });
    for (const project of sample) {
      const conditions = conditionsOf(project);
      add(conditions.length === 0 ? "worlds without" : "worlds with");
      for (const { of, condition } of conditions) {
        add(`of ${of}`);
        add(`side ${sideOf(condition)}`);
        for (const { form, expression } of condition) {
          add(form);
          countWords(expression, add);
        }
      }
      const policy = toPolicy(project);
      if (conditions.length > 0) countOutcomes(project, policy, add);
      const oracle = new Oracle(policy, toWorld(project));
      for (const carried of contextsOf(project))
        for (const question of within(questionsOf(project), carried, project))
          for (const { kind, fault } of oracle.check(question).errors) add(`error ${kind} ${fault}`);
    }
    const wanted = [
      ...[...operators, ...methods, ...decimalMethods, ...others, ...leaves, ...ids, "when", "unless"],
      ...["grant", "grant on *", "task", "permit", "forbid"].map((of) => `of ${of}`),
      ...["principal", "resource", "context", "mixed"].map((side) => `side ${side}`),
      ...["role", "guardrail"].map((kind) => `error ${kind} missing attribute`),
      ...["overflow", "missing record", "missing attribute"].map((fault) => `outcome ${fault}`),
    ];
    const rare = wanted.filter((key) => (counts.get(key) ?? 0) < 30);
    expect(rare.map((key) => `${key}: ${counts.get(key) ?? 0}`)).toEqual([]);
    const share = (key: string, of: readonly string[]): number =>
      (counts.get(key) ?? 0) / of.reduce((sum, each) => sum + (counts.get(each) ?? 0), 0);
    // The shares by which a third of the worlds has no condition, and no outcome drowns the others.
    expect(share("worlds without", ["worlds without", "worlds with"])).toBeGreaterThan(0.25);
    expect(share("worlds without", ["worlds without", "worlds with"])).toBeLessThan(0.5);
    const outcomes = ["outcome", "outcome error"];
    expect(share("outcome true", outcomes)).toBeGreaterThan(0.15);
    expect(share("outcome false", outcomes)).toBeGreaterThan(0.15);
    expect(share("outcome error", outcomes)).toBeGreaterThan(0.05);
    const sides = ["principal", "resource", "context", "mixed", "constant"].map((side) => `side ${side}`);
    expect(share("side mixed", sides)).toBeGreaterThan(0.2);
    expect(share("side mixed", sides) + share("side constant", sides)).toBeLessThan(0.7);
  },
);
