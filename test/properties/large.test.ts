// A few large worlds: more users than a word has bits, more records than a page, more shares of a record than a block, more
// sources than an answer has room for at first. Small worlds never leave the first of each.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Engine } from "../../runtime-ts/index.ts";
import { type Decision, Oracle } from "../oracle/evaluate.ts";
import { plainSources } from "../plain-sources.ts";
import { Comparison, differences } from "./compare.ts";
import { engineOf, imageOf } from "./engines.ts";
import { type Project, recordActions } from "./project.ts";
import { type Asked, contextsOf, within } from "./questions.ts";
import { patient, seed, worlds } from "./settings.ts";
import { largeSketch } from "./sketch.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { type RecordTable, split } from "./to-tables.ts";
import { design } from "./world.ts";

/** Every `step`th of a list. */
const some = <T>(list: readonly T[], step: number): T[] => list.filter((_, index) => index % step === 0);

const rowsOf = (table: RecordTable, from: number, to: number): RecordTable["columns"] => ({
  id: table.columns.id.slice(from, to),
  ...Object.fromEntries(
    Object.entries(table.columns).map(([name, cells]) => [name, Array.from(cells ?? []).slice(from, to)]),
  ),
});

/** Names as the numbers that the engine gives them: the quick way to hand over a column. Teams have the highest bit set. */
function numbered(engine: Engine, columns: RecordTable["columns"]): RecordTable["columns"] {
  const { owner, owner_type: types, business_unit: unit, ...others } = columns;
  const teams = new Map(engine.teamNames().map((name, index) => [name, index + 2 ** 31]));
  const units = new Map(engine.unitNames().map((name, index) => [name, index]));
  const principal = (name: string, row: number): number =>
    (types?.[row] === "team" ? teams.get(name) : engine.principal(name)) ?? Number.NaN;
  const everyUnit = unit !== undefined && Array.from(unit).every((name) => name !== "");
  return {
    ...others,
    ...(owner === undefined ? {} : { owner: Uint32Array.from(Array.from(owner) as string[], principal) }),
    ...(everyUnit
      ? {
          business_unit: Uint32Array.from(
            Array.from(unit),
            (name) => units.get(name as string) ?? Number.NaN,
          ),
        }
      : {}),
    ...(unit === undefined || everyUnit ? {} : { business_unit: unit }),
  };
}

/** Loads every table in two halves, the second halves after all first ones and in numbers. */
function engineInParts(project: Project): Engine {
  const { source, directory, records, shares } = split(project);
  const engine = Engine.load(imageOf(source), { core: "simd" });
  engine.directory.load(directory);
  for (const half of [0, 1])
    for (const table of records) {
      const middle = table.columns.id.length >> 1;
      const columns = half === 0 ? rowsOf(table, 0, middle) : numbered(engine, rowsOf(table, middle, 1e9));
      engine.records.load(table.entity, columns);
    }
  if (shares !== undefined) engine.shares.load(shares);
  return engine;
}

test("engine and twin agree on samples of large worlds", patient, () => {
  const property = fc.property(largeSketch, fc.nat({ max: 9 }), (drawn, offset) => {
    // The first placement: only the policy is source.
    const project = design({ ...drawn, placement: 0 }, "loaded");
    // With a request context where a condition asks for one.
    const carried = contextsOf(project).at(-1);
    const engine = engineInParts(project);
    const oracle = new Oracle(toPolicy(project), toWorld(project));
    const comparison = new Comparison(project, engine);

    const users = some(project.users.slice(offset), 25).map((user) => user.name);
    const questions = users.flatMap((principal) =>
      recordActions.flatMap((action) =>
        project.records.map(({ entity, id }): Asked => ({ principal, action, record: { entity, id } })),
      ),
    );
    const forFilter = within(questions, carried, project);
    const decided = forFilter.map((question): Decision => oracle.check(question));
    comparison.batch(forFilter, decided, carried);
    comparison.filters(forFilter, decided, carried, users);
    for (const [index, question] of forFilter.entries())
      if (index % 97 === 0) comparison.one(question, decided[index] as Decision);

    const records = some(project.records.slice(offset), 201);
    const others = records.flatMap(({ entity, id }) =>
      recordActions.flatMap((action) =>
        project.users.map(({ name }): Asked => ({ principal: name, action, record: { entity, id } })),
      ),
    );
    const forWho = within(others, carried, project);
    comparison.who(
      forWho,
      forWho.map((question) => oracle.check(question)),
      carried,
    );
    expect(comparison.differences.slice(0, 5)).toEqual([]);
  });
  // A large world has no small neighbours worth looking for: the seed repeats it.
  fc.assert(property, { numRuns: Math.ceil(worlds / 2500), seed, endOnFailure: true });
});

const crowd = Array.from({ length: 70 }, (_, index) => `u${index}`);
const crowded: Project = {
  placement: "everything",
  spelling: {},
  settings: {},
  entities: [{ name: "Account", ownership: "userOrTeam", set: undefined, lookup: undefined, attributes: [] }],
  principals: { User: [], Team: [], BusinessUnit: [] },
  context: [],
  tasks: [],
  roles: Array.from({ length: 45 }, (_, index) => ({
    name: `R${index}`,
    form: "role",
    unit: undefined,
    grants: [
      {
        actions: ["read"],
        on: ["Account"],
        level: index % 2 === 0 ? "organization" : "businessUnit",
        condition: [],
      },
    ],
    tasks: [],
  })),
  guardrails: [],
  units: [{ name: "Root", parent: undefined, disabled: false }],
  users: crowd.map((name, index) => ({
    name,
    unit: "Root",
    disabled: false,
    roles: Array.from({ length: index === 0 ? 45 : 1 }, (_, role) => ({ role: `R${role}`, unit: undefined })),
    attributes: {},
  })),
  teams: [],
  defaultTeams: [],
  records: [
    {
      entity: "Account",
      id: "a",
      owner: { kind: "user", name: "u0" },
      unit: undefined,
      parent: undefined,
      attributes: {},
    },
  ],
  shares: crowd.map((name) => ({
    entity: "Account",
    id: "a",
    with: { kind: "user", name },
    direct: ["read"],
    inherited: [],
  })),
  described: [],
  contexts: [],
};

test("forty-five sources of one decision, and seventy shares of one record", patient, () => {
  for (const core of ["plain", "simd"] as const) {
    const engine = engineOf(crowded, core);
    expect(differences(crowded, engine)).toEqual([]);
    const { sources } = engine.explain({
      principal: "u0",
      action: "read",
      resource: { entity: "Account", id: "a" },
    });
    expect(plainSources(sources)).toHaveLength(47);
  }
  const loaded: Project = { ...crowded, placement: "policy" };
  expect(differences(loaded, engineOf(loaded, "plain"))).toEqual([]);
});
