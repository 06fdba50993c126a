// Every question that a small project allows: each user, each action, each record, and the described records.
import type { Question } from "../oracle/evaluate.ts";
import { type Project, recordActions } from "./project.ts";

export function questionsOf(project: Project): Question[] {
  const questions: Question[] = [];
  for (const { name: principal } of project.users) {
    for (const { entity, id } of project.records)
      for (const action of recordActions) questions.push({ principal, action, record: { entity, id } });
    for (const { entity, owner, unit, parent, action } of project.described)
      questions.push({ principal, action, record: { entity, owner, unit, parent } });
    for (const action of [...project.tasks, "Merge"]) questions.push({ principal, action });
  }
  return questions;
}
