// A forbid whose condition ends with an error applies in the project and is skipped by Cedar. Random worlds rarely hinge on one:
// here each gets a forbid with a condition that does fail where something would be allowed.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Condition, Guardrail, Model, PrincipalScope } from "../../compiler/index.ts";
import { Oracle, type Question } from "../oracle/evaluate.ts";
import { namedIn } from "../properties/design-conditions.ts";
import { designCondition } from "../properties/design-expressions.ts";
import { clauseNode } from "../properties/expression-tree.ts";
import { type Project, recordActions } from "../properties/project.ts";
import { questionsOf } from "../properties/questions.ts";
import { toPolicy, toWorld } from "../properties/to-model.ts";
import { withoutConditions } from "../properties/without-conditions.ts";
import { compare, isForCedar } from "./compare.ts";
import { projectsForCedar } from "./projects-for-cedar.ts";
import { patient, seed, worlds } from "./settings.ts";

const span = { file: { name: "forbid", text: "" }, start: 0, end: 0 };
const numbers = fc.array(fc.noBias(fc.nat({ max: 65_535 })), { minLength: 8, maxLength: 64, size: "max" });
const plan = fc.record({
  project: projectsForCedar("loaded"),
  tapes: fc.array(numbers, { minLength: 30, maxLength: 30 }),
  pick: fc.nat({ max: 65_535 }),
});

/** The conditions that the tapes make for records of the first entity. */
function conditionsOf(project: Project, tapes: readonly (readonly number[])[]): readonly Condition[] {
  const [entity] = project.entities;
  const vocabulary = {
    entities: project.entities,
    principals: project.principals,
    context: project.context,
    named: namedIn(project),
    roles: project.roles.map((role) => role.name),
    actions: [...recordActions, ...project.tasks, "Merge"],
  };
  return tapes.map((tape) => ({
    clauses: designCondition(tape, vocabulary, [entity]).map(clauseNode),
    span,
  }));
}

function scopeOf(project: Project, pick: number): PrincipalScope {
  const unit = project.units[pick % project.units.length]?.name ?? "";
  const role = pick % project.roles.length;
  const scopes: readonly PrincipalScope[] = [
    { kind: "any" },
    { kind: "team", name: project.teams[pick % (project.teams.length || 1)]?.name ?? unit },
    { kind: "role", role },
    { kind: "unit", name: unit },
  ];
  return scopes[(pick >> 4) % scopes.length] as PrincipalScope;
}

/** The model with one more forbid, on records of the first entity. */
function withForbid(model: Model, condition: Condition, principal: PrincipalScope): Model {
  const { policy } = model;
  const forbid: Guardrail = {
    effect: "forbid",
    id: "risky",
    principal,
    actions: 255,
    tasks: new Set(),
    resource: { entities: [0], unit: undefined, record: undefined },
    level: 4,
    condition: 0,
    span,
  };
  return {
    ...model,
    policy: { ...policy, guardrails: [...policy.guardrails, forbid], conditions: [condition] },
  };
}

/** What the forbid denies by an error of its condition, and would be allowed without it. */
function hinging(before: Oracle, model: Model, questions: readonly Question[]): readonly Question[] {
  const after = new Oracle(model.policy, model.world);
  return questions.filter((question) => {
    const { reason, errors } = after.check(question);
    return (
      reason === 'forbid "risky"' &&
      errors.some(({ name }) => name === "risky") &&
      before.check(question).allowed
    );
  });
}

const numRuns = Math.ceil(worlds / 25);

test(`a forbid that fails forbids in Cedar: ${numRuns} random worlds`, patient, () => {
  let hinged = 0;
  fc.assert(
    fc.property(plan, ({ project: drawn, tapes, pick }) => {
      const project = withoutConditions(drawn);
      const model: Model = { policy: toPolicy(project), world: toWorld(project), openNames: [] };
      const questions = questionsOf(project).filter(isForCedar);
      const before = new Oracle(model.policy, model.world);
      if (!questions.some((question) => before.check(question).allowed)) return;
      for (const condition of conditionsOf(project, tapes)) {
        const forbidding = withForbid(model, condition, scopeOf(project, pick));
        const decided = hinging(before, forbidding, questions);
        if (decided.length === 0) continue;
        hinged += 1;
        const others = questions.filter((question) => !decided.includes(question));
        expect(compare(forbidding, decided, 6).differences).toEqual([]);
        expect(compare(forbidding, others, 4).differences).toEqual([]);
        return;
      }
    }),
    { numRuns, seed, endOnFailure: true },
  );
  console.log(`${hinged} worlds in which an error of a forbid decides`);
  expect(hinged).toBeGreaterThan(numRuns / 10);
});
