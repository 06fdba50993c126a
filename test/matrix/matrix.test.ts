// The matrix says what single checks say, and works equal rows out once.
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Engine, noRecord } from "../../runtime-ts/index.ts";
import { type Matrix, matrix } from "../../runtime-ts/matrix/index.ts";
import { startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { engineOf as engineOfProject } from "../properties/engines.ts";
import { contextsOf } from "../properties/questions.ts";
import { patient, seed, worldsOfAProperty } from "../properties/settings.ts";
import { valuesAsJson } from "../properties/to-tables.ts";
import { projects } from "../properties/world.ts";
import { engineOf } from "../runtime/load.ts";
import { thrown } from "../runtime/thrown.ts";

const actions = ["create", "read", "write", "delete", "assign", "share", "append", "appendTo"];

/** Every privilege on every record, and every task. */
function questions(engine: Engine) {
  const pairs = engine
    .entities()
    .flatMap(({ name }) =>
      actions.flatMap((action) =>
        [...engine.recordNumbers(name)].map((record) => [engine.privilege(action, name), record] as const),
      ),
    );
  for (const task of engine.taskNames()) pairs.push([engine.privilege(task), noRecord]);
  return {
    // Nobody has the last number.
    principals: Uint32Array.from({ length: engine.userNames().length + 1 }, (_, user) => user),
    privileges: Uint32Array.from(pairs, ([privilege]) => privilege),
    records: Uint32Array.from(pairs, ([, record]) => record),
  };
}

function differences(engine: Engine, context?: Readonly<Record<string, unknown>>): string[] {
  const inContext = context === undefined ? {} : { context };
  const request = { ...questions(engine), ...inContext };
  const got: Matrix = matrix(engine, request);
  const found: string[] = [];
  request.principals.forEach((principal, row) => {
    const expected = engine.checkBatch({
      principals: new Uint32Array(request.records.length).fill(principal),
      privileges: request.privileges,
      records: request.records,
      ...inContext,
    });
    request.records.forEach((_, column) => {
      if (got.get(row, column) !== expected.get(column)) found.push(`${row} ${column}`);
    });
  });
  return found;
}

for (const kind of ["source", "loaded"] as const) {
  test(`single checks and the matrix agree: ${kind}`, patient, () => {
    fc.assert(
      fc.property(projects(kind), (project) => {
        const engine = engineOfProject(project, "simd");
        for (const carried of contextsOf(project)) {
          expect(differences(engine, carried && valuesAsJson(project.context, carried))).toEqual([]);
        }
      }),
      { numRuns: worldsOfAProperty, seed },
    );
  });
}

const text = `
entity Account owned by user or team;
role Reader { permit read on Account at businessUnit; }
role Owner { permit read, write on Account at user; }
organization Contoso { unit France; unit Spain; }
${["a", "b", "c", "d"].map((name) => `user ${name} in France { roles: Reader, Owner; }`).join("\n")}
user e in Spain { roles: Reader, Owner; }
`;

function accounts(): Engine {
  const engine = engineOf(text);
  engine.records.load("Account", { id: ["one", "two"], owner: ["a", "e"] });
  engine.shares.load({
    entity: ["Account"],
    id: ["two"],
    principal: ["c"],
    principal_type: ["user"],
    rights: ["read"],
  });
  return engine;
}

test("users who hold the same are worked out once, unless they own or are given something", () => {
  const engine = accounts();
  const [one, two] = [engine.record("Account", "one"), engine.record("Account", "two")];
  const [read, write] = [engine.privilege("read", "Account"), engine.privilege("write", "Account")];
  const got = matrix(engine, {
    principals: Uint32Array.from(["a", "b", "c", "d", "e"], (name) => engine.principal(name)),
    privileges: Uint32Array.of(read, write, read, write),
    records: Uint32Array.of(one, one, two, two),
  });
  expect([got.rows, got.columns, got.distinctRows]).toEqual([5, 4, 4]);
  expect(got.kindOf(1)).toBe(got.kindOf(3));
  expect(Array.from({ length: 5 }, (_, row) => [...got.row(row)])).toEqual([
    [0, 1],
    [0],
    [0, 2],
    [0],
    [2, 3],
  ]);
  expect([got.get(5, 0), got.get(0, 4), got.get(0, -1)]).toEqual([false, false, false]);
});

test("a pool of threads makes the same matrix, and says when the world has changed", async () => {
  const engine = engineOf(text, { core: threadsCore() });
  engine.records.load("Account", { id: ["one", "two"], owner: ["a", "e"] });
  const request = questions(engine);
  const pool = await startPool(engine, { workers: 1 });
  try {
    const [expected, got] = [matrix(engine, request), await pool.matrix(request)];
    for (let row = 0; row < expected.rows; row++) expect([...got.row(row)]).toEqual([...expected.row(row)]);
    expect(got.distinctRows).toBe(expected.distinctRows);
    const late = pool.matrix(request);
    engine.update((world) => world.assign({ entity: "Account", id: "one" }, { user: "b" }));
    await expect(late).rejects.toMatchObject({ code: "BWK439" });
    const signal = AbortSignal.abort();
    await expect(pool.matrix(request, { signal })).rejects.toMatchObject({ name: "AbortError" });
  } finally {
    await pool.close();
  }
});

test("nothing may be asked, and arrays that do not fit are refused", () => {
  const engine = accounts();
  const none = new Uint32Array(0);
  const empty = matrix(engine, { principals: Uint32Array.of(0, 1), privileges: none, records: none });
  expect([empty.rows, empty.columns, empty.get(0, 0)]).toEqual([2, 0, false]);
  expect(matrix(engine, { principals: none, privileges: none, records: none }).distinctRows).toBe(0);
  const wrong = { principals: none, privileges: Uint32Array.of(1), records: none };
  expect(thrown(() => matrix(engine, wrong)).code).toBe("BWK441");
  const text = { principals: "a" as never, privileges: none, records: none };
  expect(thrown(() => matrix(engine, text)).code).toBe("BWK441");
});
