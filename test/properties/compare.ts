// The engine against the twin on every question that a project allows, through every way of asking.
import { type Engine, noRecord } from "../../runtime-ts/index.ts";
import { type Decision, Oracle, type Source } from "../oracle/evaluate.ts";
import type { Fault } from "../oracle/expressions/values.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import { type Project, recordActions } from "./project.ts";
import { type Asked, contextsOf, questionsOf, within } from "./questions.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { valuesAsJson } from "./to-tables.ts";

/** Where engine and twin differ: the question, and both answers. */
export interface Difference {
  readonly asked: string;
  readonly expected: string;
  readonly got: string;
}

type Request = Parameters<Engine["check"]>[0];

/** `{ context }`, as every entry point takes it. */
function contextOf(carried: ValuesPlan | undefined, project: Project): { context?: Record<string, unknown> } {
  return carried === undefined ? {} : { context: valuesAsJson(project.context, carried) };
}

/** A question in the words of the programming interface. */
export function requestOf(
  { principal, action, record, described, carried }: Asked,
  project: Project,
): Request {
  const asked = { principal, action, ...contextOf(carried, project) };
  if (record === undefined) return asked;
  if (described === undefined) return "id" in record ? { ...asked, resource: record } : asked;
  const { entity, owner, unit, parent } = described;
  const { lookup, attributes = [] } = project.entities.find((candidate) => candidate.name === entity) ?? {};
  return {
    ...asked,
    resource: {
      ...valuesAsJson(attributes, described.attributes),
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

/** The words in which the engine says what went wrong. */
const faults: Readonly<Record<string, Fault>> = {
  "a number leaves the 64-bit range": "overflow",
  "a lookup leads to a record that is not loaded": "missing record",
  "an attribute has no value": "missing attribute",
};

type Owner = readonly [kind: "role" | "guardrail", name: string | undefined];

const keyOf = (owner: Owner): string => JSON.stringify(owner);

function wordsOfErrors(
  errors: readonly { readonly owner: Owner; readonly fault: Fault | undefined }[],
): string {
  return [...new Set(errors.map(({ owner, fault }) => `${keyOf(owner)} ${fault}`))].sort().join();
}

/** A question in integers, and what the twin says. */
interface InNumbers {
  readonly question: Asked;
  readonly numbers: readonly [principal: number, privilege: number, record: number | undefined];
  readonly decision: Decision | undefined;
}

/** Collects differences; each method asks in one way. */
export class Comparison {
  readonly differences: Difference[] = [];
  readonly #project: Project;
  readonly #engine: Engine;
  #asked = 0;

  constructor(project: Project, engine: Engine) {
    this.#project = project;
    this.#engine = engine;
  }

  expect(way: string, question: unknown, expected: string, got: string): void {
    if (expected === got) return;
    const shown = JSON.stringify(question, (_, value) => (value instanceof Map ? undefined : value));
    this.differences.push({ asked: `${way} ${shown}`, expected, got });
  }

  /** `check`, `explain`, and for what is loaded `allows`. */
  one(question: Asked, decision: Decision): void {
    const request = requestOf(question, this.#project);
    const { allowed, reason } = this.#engine.check(request);
    const expected = `${decision.allowed ? "allow" : "deny"} because ${decision.reason}`;
    this.expect("check", request, expected, `${allowed ? "allow" : "deny"} because ${reason}`);
    const explained = this.#engine.explain(request);
    const outcome = `${explained.allowed ? "allow" : "deny"} because ${explained.reason}`;
    this.expect("explain", request, expected, outcome);
    this.expect("sources", request, wordsOfSources(decision.sources), wordsOfSources(explained.sources));
    const errors = decision.errors.map(({ kind, name, fault }) => ({ owner: [kind, name] as const, fault }));
    const found = explained.errors.map(({ role, guardrail, message }) => {
      const owner: Owner = role === undefined ? ["guardrail", guardrail] : ["role", role];
      return { owner, fault: faults[message] };
    });
    this.expect("errors", request, wordsOfErrors(errors), wordsOfErrors(found));
    const numbers = this.numbers(question);
    if (numbers === undefined) return;
    const [principal, privilege, record] = numbers;
    // `reason` is `check` in numbers.
    if (this.#asked++ % 4 === 0) {
      const inContext = contextOf(question.carried, this.#project);
      const answer = this.#engine.reason(principal, privilege, record, inContext);
      const told = `${answer.allowed ? "allow" : "deny"} because ${answer.reason}`;
      this.expect("reason", question, expected, told);
    }
    // The hot path has no request context.
    if (question.carried !== undefined) return;
    this.expect(
      "allows",
      question,
      `${decision.allowed}`,
      `${this.#engine.allows(principal, privilege, record)}`,
    );
  }

  /** The question in integers; undefined for a described record. */
  numbers({ principal, action, record }: Asked): [number, number, number | undefined] | undefined {
    const engine = this.#engine;
    if (record === undefined) return [engine.principal(principal), engine.privilege(action), undefined];
    if (!("id" in record)) return undefined;
    const { entity, id } = record;
    return [engine.principal(principal), engine.privilege(action, entity), engine.record(entity, id)];
  }

  /** All questions have one context. */
  batch(questions: readonly Asked[], decisions: readonly Decision[], carried?: ValuesPlan): void {
    const asked = questions.flatMap((question, index): InNumbers[] => {
      const numbers = this.numbers(question);
      return numbers === undefined ? [] : [{ question, numbers, decision: decisions[index] }];
    });
    const result = this.#engine.checkBatch({
      principals: Uint32Array.from(asked, ({ numbers }) => numbers[0]),
      privileges: Uint32Array.from(asked, ({ numbers }) => numbers[1]),
      records: Uint32Array.from(asked, ({ numbers }) => numbers[2] ?? noRecord),
      ...contextOf(carried, this.#project),
    });
    for (const [index, { question, decision }] of asked.entries())
      this.expect("checkBatch", question, `${decision?.allowed}`, `${result.get(index)}`);
    const count = asked.filter(({ decision }) => decision?.allowed).length;
    this.expect("checkBatch", "count", `${count}`, `${result.count}`);
    this.#crowd(asked, carried);
  }

  /** The same with questions of one user and privilege in long rows: the core answers those of a block together. */
  #crowd(asked: readonly InNumbers[], carried?: ValuesPlan): void {
    const rows = new Map<string, InNumbers[]>();
    for (const one of asked) {
      const pair = `${one.numbers[0]} ${one.numbers[1]}`;
      const row = rows.get(pair);
      if (row === undefined) rows.set(pair, [one]);
      else row.push(one);
    }
    const crowd = [...rows.values()].flatMap((row) => [row, row, row, row].flat());
    const result = this.#engine.checkBatch({
      principals: Uint32Array.from(crowd, ({ numbers }) => numbers[0]),
      privileges: Uint32Array.from(crowd, ({ numbers }) => numbers[1]),
      records: Uint32Array.from(crowd, ({ numbers }) => numbers[2] ?? noRecord),
      ...contextOf(carried, this.#project),
    });
    for (const [index, { question, decision }] of crowd.entries()) {
      if (result.get(index) === decision?.allowed) continue;
      this.expect("checkBatch in rows", question, `${decision?.allowed}`, `${result.get(index)}`);
    }
  }

  filters(
    questions: readonly Asked[],
    decisions: readonly Decision[],
    carried?: ValuesPlan,
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
          const privilege = engine.privilege(action, entity);
          const got = engine.filter(
            engine.principal(principal),
            privilege,
            contextOf(carried, this.#project),
          );
          this.expect("filter", [principal, action, entity, carried], list(expected), list(got.ids()));
          this.expect("filter, count", [principal, action, entity], `${expected.length}`, `${got.count}`);
        }
  }

  who(questions: readonly Asked[], decisions: readonly Decision[], carried?: ValuesPlan): void {
    const engine = this.#engine;
    const groups = new Map<string, { question: Asked; names: string[] }>();
    for (const [index, question] of questions.entries()) {
      // Described records are asked about one by one.
      if (question.described !== undefined) continue;
      const key = JSON.stringify([question.action, question.record]);
      const group = groups.get(key) ?? { question, names: [] };
      groups.set(key, group);
      if (decisions[index]?.allowed) group.names.push(question.principal);
    }
    for (const { question, names } of groups.values()) {
      const numbers = this.numbers(question);
      if (numbers === undefined) continue;
      const got = engine.whoCan(numbers[1], numbers[2], contextOf(carried, this.#project));
      this.expect("whoCan", [question.action, question.record, carried], list(names), list(got.names()));
      this.expect("whoCan, count", [question.action, question.record], `${names.length}`, `${got.count}`);
    }
  }

  /** The seven rights, which a record that exists can have, without a request context. */
  rights(questions: readonly Asked[], decisions: readonly Decision[]): void {
    const held = new Map<string, string[]>();
    for (const [index, { principal, action, record }] of questions.entries()) {
      if (record === undefined || !("id" in record)) continue;
      const key = JSON.stringify([principal, record.entity, record.id]);
      const actions = held.get(key) ?? [];
      held.set(key, actions);
      if (decisions[index]?.allowed && action !== "create") actions.push(action);
    }
    for (const { name } of this.#project.users)
      for (const { entity, id } of this.#project.records) {
        const key = JSON.stringify([name, entity, id]);
        this.expect(
          "rights",
          [name, entity, id],
          list(held.get(key) ?? []),
          list(this.#engine.rights(name, entity, id)),
        );
      }
  }
}

function list(names: readonly string[]): string {
  return JSON.stringify([...names].sort());
}

/** Every difference between the engine and the twin on this project. */
export function differences(project: Project, engine: Engine): readonly Difference[] {
  const oracle = new Oracle(toPolicy(project), toWorld(project));
  const all = questionsOf(project);
  const comparison = new Comparison(project, engine);
  for (const carried of contextsOf(project)) {
    const questions = within(all, carried, project);
    const decisions = questions.map((question) => oracle.check(question));
    // Every question is in a batch; one by one, those without a context and some with one.
    for (const [index, question] of questions.entries())
      if (carried === undefined || index % 3 === 0) comparison.one(question, decisions[index] as Decision);
    comparison.batch(questions, decisions, carried);
    comparison.filters(questions, decisions, carried);
    comparison.who(questions, decisions, carried);
    if (carried === undefined) comparison.rights(questions, decisions);
  }
  return comparison.differences;
}
