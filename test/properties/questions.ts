// Every question that a small project allows: each user, each action, each record, and the described records, without a
// request context and in each that the project has.
import type { Question } from "../oracle/evaluate.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import { type ClausePlan, occurs } from "./expression-plan.ts";
import { type DescribedPlan, type Project, recordActions } from "./project.ts";
import { valuesOf, valuesOfRecord } from "./to-model.ts";

/** A question, and the plans of what the programming interface takes as JSON. */
export interface Asked extends Question {
  readonly described?: DescribedPlan;
  readonly carried?: ValuesPlan;
}

export function questionsOf(project: Project): Asked[] {
  const questions: Asked[] = [];
  for (const { name: principal } of project.users) {
    for (const { entity, id } of project.records)
      for (const action of recordActions) questions.push({ principal, action, record: { entity, id } });
    for (const described of project.described) {
      const { entity, owner, unit, parent, action } = described;
      const attributes = valuesOfRecord(described, project);
      questions.push({ principal, action, record: { entity, owner, unit, parent, attributes }, described });
    }
    for (const action of [...project.tasks, "Merge"]) questions.push({ principal, action });
  }
  return questions;
}

export function clausesOf({ roles, guardrails }: Project): ClausePlan[] {
  const grants = roles.flatMap((role) => [...role.grants, ...role.tasks]);
  return [...grants, ...guardrails].flatMap(({ condition }) => condition);
}

/** The contexts in which questions have different answers: none, and where a condition looks at them, those of the project. */
export function contextsOf(project: Project): readonly (ValuesPlan | undefined)[] {
  const looks = clausesOf(project).some(({ expression }) =>
    occurs(expression, (part) => part.op === "root" && part.name === "context"),
  );
  return looks ? [undefined, ...project.contexts] : [undefined];
}

export function within(
  questions: readonly Asked[],
  carried: ValuesPlan | undefined,
  project: Project,
): Asked[] {
  if (carried === undefined) return [...questions];
  const context = valuesOf(project.context, carried, project);
  return questions.map((question) => ({ ...question, context, carried }));
}
