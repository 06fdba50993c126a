// What a story is asked beside its loaded records: described ones with their columns, rights by name, reasons in numbers, and who
// would own what is new.
import type { Engine } from "../../runtime-ts/index.ts";
import { columnAllows } from "../oracle/columns.ts";
import { ownerByRule } from "../oracle/operations/create.ts";
import { describedFacts } from "../oracle/operations/inquiry.ts";
import { plainSources } from "../plain-sources.ts";
import type { ValuesPlan } from "./attribute-plan.ts";
import { requestOf } from "./compare.ts";
import { scatter } from "./design-attributes.ts";
import { at } from "./design-policy.ts";
import { type DescribedPlan, type Project, recordActions } from "./project.ts";
import { type Disagreement, sourceWords } from "./script-compare.ts";
import { contextForTwin, recordKey } from "./script-to-twin.ts";
import { valuesOf, valuesOfRecord } from "./to-model.ts";
import { valuesAsJson } from "./to-tables.ts";
import { inContext } from "./told-by-engine.ts";
import type { ToldByTwin } from "./told-by-twin.ts";

type Found = Disagreement | undefined;

const sorted = (names: readonly string[]): string => JSON.stringify([...names].sort());

export class Beside {
  readonly #project: Project;
  readonly #engine: Engine;
  readonly #twin: ToldByTwin;

  constructor(project: Project, engine: Engine, twin: ToldByTwin) {
    this.#project = project;
    this.#engine = engine;
    this.#twin = twin;
  }

  /** One kind of question after each step. */
  ask(step: number, carried: ValuesPlan | undefined): Found {
    const { users, records } = this.#twin.story.world;
    if (users.size === 0) return undefined;
    const user = at([...users.keys()], scatter(step, 31));
    const record = records.size === 0 ? undefined : at([...records.values()], scatter(step, 32));
    const described = this.#project.described.filter((plan) => this.#twin.mayDescribe(plan));
    const about = described.length === 0 ? undefined : at(described, scatter(step, 33));
    if (step % 2 === 0 && about !== undefined)
      return this.#described(user, about, carried) ?? this.#columns(user, about, carried);
    const found = this.#ownerFor(step);
    if (found !== undefined || record === undefined) return found;
    const name = { entity: this.#project.entities[record.entity]?.name ?? "", id: record.id };
    return this.#rights(user, name) ?? this.#reason(user, name, scatter(step, 34), carried);
  }

  #described(user: string, described: DescribedPlan, carried: ValuesPlan | undefined): Found {
    const attributes = valuesOfRecord(described, this.#project);
    const { entity, owner, unit, parent, action } = described;
    const context = contextForTwin(carried, this.#project);
    const record = { entity, owner, unit, parent, attributes };
    const asked = { principal: user, action, record, described, context };
    const { allowed, reason, sources } = this.#twin.story.oracle.check(asked);
    const request = requestOf({ ...asked, ...(carried === undefined ? {} : { carried }) }, this.#project);
    const expected = `${allowed} ${reason} ${sourceWords(sources)}`;
    // Changes are tried and taken back: what is asked afterwards finds nothing of them.
    const answer = this.#engine.explain(request, { misses: 1 });
    const got = `${answer.allowed} ${answer.reason} ${sourceWords(plainSources(answer.sources))}`;
    const plain = this.#engine.check(request);
    const same = plain.allowed === answer.allowed && plain.reason === answer.reason;
    if (expected === got && same) return undefined;
    return {
      asked: `described ${JSON.stringify(request)}`,
      expected,
      got: same ? got : JSON.stringify(plain),
    };
  }

  #columns(user: string, described: DescribedPlan, carried: ValuesPlan | undefined): Found {
    const { entity: name, owner, unit, parent } = described;
    const { story } = this.#twin;
    const attributes = valuesOfRecord(described, this.#project);
    const { entity } = recordKey({ entity: name, id: "" }, this.#project);
    const record = { entity: name, owner, unit, parent, attributes };
    const facts = describedFacts(story.world, { ...record, entity, id: "" });
    const context = contextForTwin(carried, this.#project);
    const may = (action: "read" | "write"): boolean =>
      story.oracle.check({ principal: user, action, record, context }).allowed;
    const who = story.world.facts.user(user);
    const secured = this.#project.entities[entity]?.attributes.filter((attribute) => attribute.secured) ?? [];
    if (secured.length === 0) return undefined;
    const expected = secured.map(({ name: column }) => {
      const of = (action: "read" | "write" | "readUnmasked"): boolean =>
        columnAllows(story.world, who, action, entity, column, facts);
      const readable = may("read") && of("read");
      return [column, readable, readable && !of("readUnmasked"), may("write") && of("write")];
    });
    const { resource } = requestOf({ principal: user, action: "read", record, described }, this.#project);
    if (resource === undefined) return undefined;
    const got = this.#engine
      .columns(user, resource, inContext(carried, this.#project))
      .map(({ column, readable, masked, writable }) => [column, readable, masked, writable]);
    if (JSON.stringify(expected) === JSON.stringify(got)) return undefined;
    return {
      asked: `columns ${JSON.stringify([user, resource])}`,
      expected: JSON.stringify(expected),
      got: JSON.stringify(got),
    };
  }

  /** Whoever the entity's owner rule names, from values that some record might have. */
  #ownerFor(step: number): Found {
    const rules = this.#project.ownerRules ?? [];
    if (rules.length === 0) return undefined;
    const { entity } = at(rules, scatter(step, 35));
    const { attributes = [], lookup } = this.#project.entities.find(({ name }) => name === entity) ?? {};
    const known = this.#project.records.filter((record) => record.entity === entity);
    const like = known.length === 0 ? undefined : at(known, scatter(step, 36));
    const values = valuesOf(attributes, like?.attributes ?? {}, this.#project);
    if (![...values.values()].every((value) => this.#twin.mayName(value))) return undefined;
    const key = recordKey({ entity, id: "" }, this.#project);
    const draft = { ...key, owner: undefined, unit: undefined, parent: undefined, attributes: values };
    const owner = ownerByRule(this.#twin.story.world, draft);
    const expected = owner === undefined ? "creator" : JSON.stringify({ [owner.kind]: owner.name });
    // The lookup of the entity is left empty: no rule of a story reads it.
    const described = { entity, ...valuesAsJson(attributes, like?.attributes ?? {}) };
    const answer = this.#engine.ownerFor(described);
    const got = answer === "creator" ? answer : JSON.stringify(answer);
    if (expected === got) return undefined;
    return { asked: `ownerFor ${JSON.stringify(described)} ${lookup?.name}`, expected, got };
  }

  #rights(user: string, { entity, id }: { entity: string; id: string }): Found {
    const expected = sorted(this.#twin.story.oracle.rights(user, { entity, id }));
    const got = sorted(this.#engine.rights(user, entity, id));
    return expected === got
      ? undefined
      : { asked: `rights ${JSON.stringify([user, entity, id])}`, expected, got };
  }

  #reason(
    user: string,
    record: { entity: string; id: string },
    pick: number,
    carried: ValuesPlan | undefined,
  ): Found {
    const action = at(recordActions, pick);
    const context = contextForTwin(carried, this.#project);
    const { allowed, reason } = this.#twin.story.oracle.check({ principal: user, action, record, context });
    const engine = this.#engine;
    const answer = engine.reason(
      engine.principal(user),
      engine.privilege(action, record.entity),
      engine.record(record.entity, record.id),
      inContext(carried, this.#project),
    );
    const expected = `${allowed} ${reason}`;
    const got = `${answer.allowed} ${answer.reason}`;
    return expected === got
      ? undefined
      : { asked: `reason ${JSON.stringify([user, action, record])}`, expected, got };
  }
}
