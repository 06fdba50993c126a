// The engine against the twin on every question that a project allows, through every way of asking.
import { type Engine, noRecord } from "../../runtime-ts/index.ts";
import { type Decision, Oracle, type Question, type Source } from "../oracle/evaluate.ts";
import { type Project, recordActions } from "./project.ts";
import { questionsOf } from "./questions.ts";
import { toPolicy, toWorld } from "./to-model.ts";

/** Where engine and twin differ: the question, and both answers. */
export interface Difference {
  readonly asked: string;
  readonly expected: string;
  readonly got: string;
}

type Request = Parameters<Engine["check"]>[0];

/** A question in the words of the programming interface. */
function requestOf({ principal, action, record }: Question, project: Project): Request {
  if (record === undefined) return { principal, action };
  if ("id" in record) return { principal, action, resource: record };
  const { entity, owner, unit, parent } = record;
  const lookup = project.entities.find((candidate) => candidate.name === entity)?.lookup;
  return {
    principal,
    action,
    resource: {
      entity,
      ...(owner === undefined
        ? {}
        : { owner: owner.kind === "user" ? { user: owner.name } : { team: owner.name } }),
      ...(unit === undefined ? {} : { businessUnit: unit }),
      ...(lookup === undefined || parent === undefined ? {} : { [lookup.name]: parent }),
    },
  };
}

const wordsOfSources = (sources: readonly Source[]): string =>
  sources
    .map(({ kind, to, name }) => JSON.stringify([kind, to, name]))
    .sort()
    .join();

/** Collects differences; each method asks in one way. */
export class Comparison {
  readonly differences: Difference[] = [];
  readonly #project: Project;
  readonly #engine: Engine;

  constructor(project: Project, engine: Engine) {
    this.#project = project;
    this.#engine = engine;
  }

  expect(way: string, question: unknown, expected: string, got: string): void {
    if (expected !== got)
      this.differences.push({ asked: `${way} ${JSON.stringify(question)}`, expected, got });
  }

  /** `check`, `explain`, and for what is loaded `allows`. */
  one(question: Question, decision: Decision): void {
    const request = requestOf(question, this.#project);
    const { allowed, reason } = this.#engine.check(request);
    const expected = `${decision.allowed ? "allow" : "deny"} because ${decision.reason}`;
    this.expect("check", request, expected, `${allowed ? "allow" : "deny"} because ${reason}`);
    const explained = this.#engine.explain(request);
    const outcome = `${explained.allowed ? "allow" : "deny"} because ${explained.reason}`;
    this.expect("explain", request, expected, outcome);
    this.expect("sources", request, wordsOfSources(decision.sources), wordsOfSources(explained.sources));
    const numbers = this.numbers(question);
    if (numbers === undefined) return;
    const [principal, privilege, record] = numbers;
    this.expect(
      "allows",
      question,
      `${decision.allowed}`,
      `${this.#engine.allows(principal, privilege, record)}`,
    );
  }

  /** The question in integers; undefined for a described record. */
  numbers({ principal, action, record }: Question): [number, number, number | undefined] | undefined {
    const engine = this.#engine;
    if (record === undefined) return [engine.principal(principal), engine.privilege(action), undefined];
    if (!("id" in record)) return undefined;
    const { entity, id } = record;
    return [engine.principal(principal), engine.privilege(action, entity), engine.record(entity, id)];
  }

  batch(questions: readonly Question[], decisions: readonly Decision[]): void {
    const asked = questions.flatMap((question, index) => {
      const numbers = this.numbers(question);
      return numbers === undefined ? [] : [{ question, numbers, decision: decisions[index] }];
    });
    const result = this.#engine.checkBatch({
      principals: Uint32Array.from(asked, ({ numbers }) => numbers[0]),
      privileges: Uint32Array.from(asked, ({ numbers }) => numbers[1]),
      records: Uint32Array.from(asked, ({ numbers }) => numbers[2] ?? noRecord),
    });
    for (const [index, { question, decision }] of asked.entries())
      this.expect("checkBatch", question, `${decision?.allowed}`, `${result.get(index)}`);
    const count = asked.filter(({ decision }) => decision?.allowed).length;
    this.expect("checkBatch", "count", `${count}`, `${result.count}`);
  }

  filters(
    questions: readonly Question[],
    decisions: readonly Decision[],
    users: readonly string[] = this.#project.users.map((user) => user.name),
  ): void {
    const engine = this.#engine;
    const allowed = new Map<string, string[]>();
    for (const [index, { principal, action, record }] of questions.entries()) {
      if (record === undefined || !("id" in record) || !decisions[index]?.allowed) continue;
      const key = JSON.stringify([principal, action, record.entity]);
      const ids = allowed.get(key);
      if (ids === undefined) allowed.set(key, [record.id]);
      else ids.push(record.id);
    }
    for (const principal of users)
      for (const { name: entity } of this.#project.entities)
        for (const action of recordActions) {
          const expected = allowed.get(JSON.stringify([principal, action, entity])) ?? [];
          const got = engine.filter(engine.principal(principal), engine.privilege(action, entity));
          this.expect("filter", [principal, action, entity], list(expected), list(got.ids()));
        }
  }

  who(questions: readonly Question[], decisions: readonly Decision[]): void {
    const engine = this.#engine;
    const groups = new Map<string, { question: Question; names: string[] }>();
    for (const [index, question] of questions.entries()) {
      const key = JSON.stringify([question.action, question.record]);
      const group = groups.get(key) ?? { question, names: [] };
      groups.set(key, group);
      if (decisions[index]?.allowed) group.names.push(question.principal);
    }
    for (const { question, names } of groups.values()) {
      const numbers = this.numbers(question);
      if (numbers === undefined) continue;
      const got = engine.whoCan(numbers[1], numbers[2]);
      this.expect("whoCan", [question.action, question.record], list(names), list(got.names()));
    }
  }

  /** The seven rights, which a record that exists can have. */
  rights(oracle: Oracle): void {
    for (const { name } of this.#project.users)
      for (const { entity, id } of this.#project.records) {
        const got = this.#engine.rights(name, entity, id);
        this.expect("rights", [name, entity, id], list(oracle.rights(name, { entity, id })), list(got));
      }
  }
}

function list(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}

/** Every difference between the engine and the twin on this project. */
export function differences(project: Project, engine: Engine): readonly Difference[] {
  const oracle = new Oracle(toPolicy(project), toWorld(project));
  const questions = questionsOf(project);
  const decisions = questions.map((question) => oracle.check(question));
  const comparison = new Comparison(project, engine);
  for (const [index, question] of questions.entries()) comparison.one(question, decisions[index] as Decision);
  comparison.batch(questions, decisions);
  comparison.filters(questions, decisions);
  comparison.who(questions, decisions);
  comparison.rights(oracle);
  return comparison.differences;
}
