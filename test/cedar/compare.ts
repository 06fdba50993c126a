// A project in Cedar against the slow twin, question by question.
import type { Model, Value } from "../../compiler/index.ts";
import { cedarValue } from "../../interop/cedar/attributes.ts";
import { type CedarExport, exportCedar, vocabularyOf } from "../../interop/cedar/index.ts";
import { type Decision, Oracle, type Question } from "../oracle/evaluate.ts";
import { type CedarQuestion, complaints, Judge } from "./cedar.ts";
import { chooseQuestions } from "./choose-questions.ts";

/** Of so many for each that is put to Cedar, the most telling are put to it. */
const questionsOfTheTwin = 12;

const exact = (_: string, value: unknown): unknown => (typeof value === "bigint" ? `${value}` : value);

/** A question that Cedar can be asked: about a record that is loaded, or a task privilege. */
export type CedarAsks = Question & { readonly record?: { readonly entity: string; readonly id: string } };

export function isForCedar(question: Question): question is CedarAsks {
  return question.record === undefined || "id" in question.record;
}

function valuesOf(context: Question["context"]): Map<string, Value> {
  if (context === undefined) return new Map();
  return new Map(context instanceof Map ? context : Object.entries(context));
}

/** The question in the names of the export. */
export function cedarQuestion(
  { principal, action, record, context }: CedarAsks,
  model: Model,
  names = vocabularyOf(model),
): CedarQuestion {
  const given = valuesOf(context);
  const carried = Object.fromEntries(
    model.policy.context.flatMap(({ name, type }) => {
      const value = given.get(name);
      return value === undefined ? [] : [[name, cedarValue(value, type, names)]];
    }),
  ) as CedarQuestion["context"];
  const base = { principal, context: carried };
  if (record === undefined) {
    const task = model.policy.tasks.findIndex(({ name }) => name === action);
    const resource = { type: "Organization", id: "organization" };
    return { ...base, action: names.taskIds[task] ?? "", resource };
  }
  const entity = model.policy.entities.findIndex(({ name }) => name === record.entity);
  return { ...base, action, resource: { type: names.entities[entity] ?? "", id: record.id } };
}

export interface Comparison {
  /** Every difference, in words; what real Cedar does not accept is one as well. */
  readonly differences: readonly string[];
  readonly exported: CedarExport;
  readonly validated: boolean;
  readonly asked: number;
  readonly allowed: number;
}

/** `most` questions are put to Cedar, and its strict validation is asked where `validates` says so. */
export function compare(
  model: Model,
  all: readonly Question[],
  most: number,
  validates: (exported: CedarExport) => boolean = () => true,
): Comparison {
  const exported = exportCedar(model);
  const validated = validates(exported);
  const refused = validated ? complaints(exported) : [];
  if (refused.length > 0)
    return {
      differences: refused.map((complaint) => `Cedar does not accept it: ${complaint}`),
      exported,
      validated,
      asked: 0,
      allowed: 0,
    };
  const names = vocabularyOf(model);
  const judge = new Judge(exported, names);
  const oracle = new Oracle(model.policy, model.world);
  // The twin is asked more than Cedar, to choose by what it says; of very many questions, some.
  // Odd, for the actions come in eights.
  const stride = Math.ceil(all.length / (questionsOfTheTwin * most)) | 1;
  const questions = all.filter((_, place) => place % stride === 0).filter(isForCedar);
  const decisions = questions.map((question) => oracle.check(question));
  const asked = chooseQuestions(model, questions, decisions, most);
  const differences = asked.flatMap((index) => {
    const question = questions[index] as CedarAsks;
    const expected = decisions[index] as Decision;
    const got = judge.ask(cedarQuestion(question, model, names));
    if (expected.allowed === got.allowed) return [];
    const { reasons, errors } = got;
    return [
      `${JSON.stringify({ ...question, context: [...valuesOf(question.context)] }, exact)}\ntwin:  ${expected.allowed ? "allow" : "deny"} because ${expected.reason}\n` +
        `Cedar: ${got.allowed ? "allow" : "deny"} by ${reasons.join(", ")} ${JSON.stringify(errors)}`,
    ];
  });
  const allowed = asked.filter((index) => decisions[index]?.allowed).length;
  return { differences, exported, validated, asked: asked.length, allowed };
}
