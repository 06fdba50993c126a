// Engine and twin in the middle of a story: questions of every kind, some after each step and all at the end.
import { expect } from "vitest";
import { BailiwickError, type Engine, noRecord } from "../../runtime-ts/index.ts";
import { matrix } from "../../runtime-ts/matrix/index.ts";
import type { Decision, Source } from "../oracle/sources.ts";
import type { Story } from "../oracle/story.ts";
import { plainSources } from "../plain-sources.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import { scatter } from "./design-attributes.ts";
import { type Project, recordActions } from "./project.ts";
import { contextForTwin } from "./script-to-twin.ts";
import { inContext } from "./told-by-engine.ts";
import type { ToldByTwin } from "./told-by-twin.ts";

/** What is asked, and what both say where they differ. */
export interface Disagreement {
  readonly asked: string;
  readonly expected: string;
  readonly got: string;
}

interface Ask {
  readonly principal: string;
  readonly action: string;
  readonly record: { readonly entity: string; readonly id: string };
  readonly carried?: ValuesPlan | undefined;
}

const words = ({ allowed, reason }: { allowed: boolean; reason: string }): string =>
  `${allowed ? "allow" : "deny"} because ${reason}`;

const list = (names: Iterable<string>): string => JSON.stringify([...names].sort());

export const sourceWords = (sources: readonly Source[]): string =>
  list(sources.map(({ kind, to, name }) => JSON.stringify([kind, to, name])));

/** The records that are there, and those that were. */
function recordsOf(story: Story, project: Project): { there: Ask["record"][]; gone: Ask["record"][] } {
  const named = (entity: number, id: string) => ({ entity: project.entities[entity]?.name ?? "", id });
  const there = [...story.world.records.values()].map(({ entity, id }) => named(entity, id));
  const gone = [...story.world.deleted].map((key) => {
    const at = key.indexOf("/");
    return named(Number(key.slice(0, at)), key.slice(at + 1));
  });
  return { there, gone };
}

export class ScriptComparison {
  readonly #project: Project;
  readonly #engine: Engine;
  readonly #twin: ToldByTwin;
  readonly found: Disagreement[] = [];

  constructor(project: Project, engine: Engine, twin: ToldByTwin) {
    this.#project = project;
    this.#engine = engine;
    this.#twin = twin;
  }

  get #story(): Story {
    return this.#twin.story;
  }

  /** One of the request contexts in which there is something to ask; the first is none. */
  carried(pick: number): ValuesPlan | undefined {
    const contexts = this.#project.contexts.filter((context) => this.#twin.mayCarry(context));
    return [undefined, ...contexts][pick % (contexts.length + 1)];
  }

  #expect(way: string, question: unknown, expected: string, got: string): void {
    if (expected !== got) this.found.push({ asked: `${way} ${JSON.stringify(question)}`, expected, got });
  }

  #one(ask: Ask, expected: Decision): void {
    const { principal, action, record, carried } = ask;
    const engine = this.#engine;
    const request = { principal, action, resource: record, ...inContext(carried, this.#project) };
    this.#expect("check", ask, words(expected), words(engine.check(request)));
    const { sources } = engine.explain(request, { misses: 0 });
    this.#expect("sources", ask, sourceWords(expected.sources), sourceWords(plainSources(sources)));
    // The hot path knows no request context.
    if (carried !== undefined) return;
    const allowed = engine.allows(
      engine.principal(principal),
      engine.privilege(action, record.entity),
      engine.record(record.entity, record.id),
    );
    this.#expect("allows", ask, `${expected.allowed}`, `${allowed}`);
  }

  #filter({ principal, action, record: { entity }, carried }: Ask): void {
    const engine = this.#engine;
    const options = inContext(carried, this.#project);
    const got = engine.filter(engine.principal(principal), engine.privilege(action, entity), options).ids();
    const context = contextForTwin(carried, this.#project);
    const expected = this.#story.oracle.filter(principal, action, entity, context);
    this.#expect("filter", [principal, action, entity, carried], list(expected), list(got));
  }

  #who({ action, record, carried }: Omit<Ask, "principal">): void {
    const engine = this.#engine;
    const { entity, id } = record;
    const options = inContext(carried, this.#project);
    const got = engine.whoCan(engine.privilege(action, entity), engine.record(entity, id), options).names();
    const expected = this.#story.oracle.whoCan(action, record, contextForTwin(carried, this.#project));
    this.#expect("whoCan", [action, record, carried], list(expected), list(got));
  }

  /** Every secured column of a record, to one user. */
  #columns({ principal, record, carried }: Omit<Ask, "action">): void {
    const { entity: name, id } = record;
    const entity = this.#project.entities.findIndex((each) => each.name === name);
    const secured = this.#project.entities[entity]?.attributes.filter((attribute) => attribute.secured) ?? [];
    if (secured.length === 0) return;
    const context = contextForTwin(carried, this.#project);
    const may = (action: "read" | "write" | "readUnmasked", attribute: string): boolean =>
      this.#story.can(principal, { kind: "column", action, record: { entity, id }, attribute }, context)
        .allowed;
    const expected = secured.map(({ name: column }) => [
      column,
      may("read", column),
      may("read", column) && !may("readUnmasked", column),
      may("write", column),
    ]);
    const got = this.#engine
      .columns(principal, record, inContext(carried, this.#project))
      .map(({ column, readable, masked, writable }) => [column, readable, masked, writable]);
    this.#expect("columns", [principal, record, carried], JSON.stringify(expected), JSON.stringify(got));
  }

  /** Everybody and everything at once: the rows that are worked out, and those that are said to be equal to one. */
  #matrix(users: readonly string[], asks: readonly Omit<Ask, "principal">[]): void {
    const engine = this.#engine;
    const carried = asks[0]?.carried;
    const { tasks } = this.#project;
    const got = matrix(engine, {
      principals: Uint32Array.from(users, (user) => engine.principal(user)),
      privileges: Uint32Array.from([
        ...asks.map(({ action, record }) => engine.privilege(action, record.entity)),
        ...tasks.map((task) => engine.privilege(task)),
      ]),
      records: Uint32Array.from([
        ...asks.map(({ record }) => engine.record(record.entity, record.id)),
        ...tasks.map(() => noRecord),
      ]),
      ...inContext(carried, this.#project),
    });
    const context = contextForTwin(carried, this.#project);
    const questions = [...asks, ...tasks.map((action) => ({ action }))];
    for (const [row, principal] of users.entries())
      for (const [column, question] of questions.entries()) {
        const { allowed } = this.#story.oracle.check({ ...question, principal, context });
        this.#expect("matrix", [principal, question.action], `${allowed}`, `${got.get(row, column)}`);
      }
  }

  /** The name of what was deleted is unknown. */
  #gone({ entity, id }: Ask["record"]): void {
    expect(() => this.#engine.record(entity, id)).toThrow(BailiwickError);
  }

  /** All in a batch and one request context, the first `detailed` of them one by one as well. */
  #batch(asks: readonly Ask[], detailed: number): void {
    const engine = this.#engine;
    const carried = asks[0]?.carried;
    const context = contextForTwin(carried, this.#project);
    const expected = asks.map((ask) => this.#story.oracle.check({ ...ask, context }));
    for (const [index, decision] of expected.entries())
      if (index < detailed) this.#one(asks[index] as Ask, decision);
    const result = engine.checkBatch({
      principals: Uint32Array.from(asks, ({ principal }) => engine.principal(principal)),
      privileges: Uint32Array.from(asks, ({ action, record }) => engine.privilege(action, record.entity)),
      records: Uint32Array.from(asks, ({ record }) => engine.record(record.entity, record.id)),
      ...inContext(carried, this.#project),
    });
    for (const [index, ask] of asks.entries())
      this.#expect("checkBatch", ask, `${expected[index]?.allowed}`, `${result.get(index)}`);
  }

  /** Who and what is there. */
  #names(): void {
    const { users, teams, units } = this.#story.world;
    const engine = this.#engine;
    const present = (names: readonly string[]): string => list(names.filter((name) => name !== ""));
    this.#expect("userNames", [], list(users.keys()), present(engine.userNames()));
    this.#expect("teamNames", [], list(teams.keys()), present(engine.teamNames()));
    this.#expect("unitNames", [], list(units.keys()), list(engine.unitNames()));
  }

  /** A few questions, others after each step. */
  some(step: number): void {
    this.#names();
    const { there, gone } = recordsOf(this.#story, this.#project);
    const pick = <T>(items: readonly T[], salt: number): T => items[scatter(step, salt) % items.length] as T;
    const users = [...this.#story.world.users.keys()];
    const carried = this.carried(scatter(step, 97));
    const asks = Array.from({ length: there.length === 0 || users.length === 0 ? 0 : 8 }, (_, index) => ({
      principal: pick(users, index * 3),
      action: pick(recordActions, index * 3 + 1),
      record: pick(there, index * 3 + 2),
      carried,
    }));
    this.#batch(asks, 3);
    const [first] = asks;
    for (const ask of asks.slice(0, 3)) this.#columns(ask);
    if (first !== undefined && step % 3 === 0) this.#filter(first);
    if (first !== undefined && step % 3 === 1) this.#who({ ...first, action: pick(recordActions, 99) });
    if (step % 3 === 2) this.#matrix(users, asks.slice(3));
    if (gone.length > 0) this.#gone(pick(gone, 98));
  }

  /** Everything in a batch, a third of the sets, and `detailed` questions one by one. */
  all(salt: number, detailed = 60): void {
    const { there, gone } = recordsOf(this.#story, this.#project);
    const users = [...this.#story.world.users.keys()];
    const carried = this.carried(salt);
    const asks: Ask[] = there.flatMap((record) =>
      recordActions.flatMap((action) => users.map((principal) => ({ principal, action, record, carried }))),
    );
    // Every question in a batch, and as many one by one as a small world has.
    const step = Math.max(1, Math.ceil(asks.length / detailed));
    const first = asks.filter((_, index) => index % step === 0);
    this.#batch([...first, ...asks.filter((_, index) => index % step !== 0)], first.length);
    for (const [index, record] of there.entries())
      for (const principal of users)
        if ((index + salt) % 2 === 0) this.#columns({ principal, record, carried });
    for (const [index, record] of there.entries())
      for (const action of recordActions)
        if ((index + salt) % 3 === 0) this.#who({ action, record, carried });
    for (const [index, { name: entity }] of this.#project.entities.entries())
      for (const action of recordActions)
        for (const principal of users)
          if ((index + salt) % 3 === 0)
            this.#filter({ principal, action, record: { entity, id: "" }, carried });
    for (const record of gone) this.#gone(record);
  }
}
