// What a pool does with many questions, with whoever does not want to wait, and with its own end.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { hostOf } from "../../runtime-ts/engine.ts";
import { BailiwickError, Bitset, Engine, PrincipalSet, RecordSet } from "../../runtime-ts/index.ts";
import { type Pool, startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { engineOf, imageOf } from "../runtime/load.ts";
import { largeBatch, largeTenant } from "./large-tenant.ts";

const right = largeTenant("auto");
const shared = largeTenant(threadsCore());
const requests = largeBatch(shared);
const answers = right.engine.checkBatch(largeBatch(right)).words;
let pool: Pool;

beforeAll(async () => {
  pool = await startPool(shared.engine, { workers: 2 });
});
afterAll(() => pool.close());

const failure = (job: Promise<unknown>) =>
  job.then(
    () => "no failure",
    (error) => (error instanceof BailiwickError ? `${error.code} ${error.message}` : error.name),
  );

const READ = 1;

test("answers are of the engine's own classes", async () => {
  expect(pool.threads).toBe(3);
  const batch = await pool.checkBatch(requests);
  expect(batch).toBeInstanceOf(Bitset);
  expect([batch.length, batch.words]).toEqual([requests.records.length, answers]);
  const records = await pool.filter(17, READ);
  expect(records).toBeInstanceOf(RecordSet);
  expect(records.words).toEqual(right.engine.filter(17, READ).words);
  const users = await pool.whoCan(READ, shared.records[5]);
  expect(users).toBeInstanceOf(PrincipalSet);
  expect(users.names()).toEqual(right.engine.whoCan(READ, right.records[5]).names());
  expect(pool.failures).toBe(0);
});

test.each([0, 1, 31, 4_096, 4_097, 12_288])("%i requests", async (count) => {
  const { principals, privileges, records } = requests;
  const some = {
    principals: principals.subarray(0, count),
    privileges: privileges.subarray(0, count),
    records: records.subarray(0, count),
  };
  expect((await pool.checkBatch(some)).words).toEqual(shared.engine.checkBatch(some).words);
});

test("jobs are answered in their order, and the engine's other questions in between", async () => {
  const order: string[] = [];
  const note = (what: string) => () => void order.push(what);
  const jobs = [
    pool.checkBatch(requests).then(note("batch")),
    pool.filter(3, READ).then(note("filter")),
    pool.whoCan(READ, shared.records[9]).then(note("who")),
  ];
  expect(shared.engine.checkBatch(requests).words).toEqual(answers);
  await Promise.all(jobs);
  expect(order).toEqual(["batch", "filter", "who"]);
});

test("the pool's memory does not grow with requests or jobs", async () => {
  await pool.checkBatch(requests);
  const before = shared.engine.memoryBytes;
  await Promise.all([pool.checkBatch(requests), pool.checkBatch(requests), pool.filter(1, READ)]);
  expect(shared.engine.memoryBytes).toBe(before);
});

test("a job that is given up ends early, and the pool answers the next one", async () => {
  const none = AbortSignal.abort();
  expect(await failure(pool.checkBatch(requests, { signal: none }))).toBe("AbortError");
  expect(await failure(pool.filter(3, READ, { signal: none }))).toBe("AbortError");
  expect(await failure(pool.whoCan(READ, 5, { signal: none }))).toBe("AbortError");
  const times = 20;
  const repeated = (column: Uint32Array) => {
    const all = new Uint32Array(column.length * times);
    for (let i = 0; i < times; i++) all.set(column, i * column.length);
    return all;
  };
  const many = {
    principals: repeated(requests.principals),
    privileges: repeated(requests.privileges),
    records: repeated(requests.records),
  };
  const controller = new AbortController();
  const job = pool.checkBatch(many, { signal: controller.signal });
  setTimeout(() => controller.abort(), 1);
  expect(await failure(job)).toBe("AbortError");
  const reason = new Error("no time");
  const other = new AbortController();
  const second = pool.checkBatch(many, { signal: other.signal });
  setTimeout(() => other.abort(reason), 1);
  await expect(second).rejects.toBe(reason);
  expect((await pool.checkBatch(requests)).words).toEqual(answers);
});

test("what the engine refuses, the pool refuses", async () => {
  const short = { ...requests, records: new Uint32Array(1) };
  expect(await failure(pool.checkBatch(short))).toMatch(/^BWK441 /);
  expect(await failure(pool.filter(0, 1e9))).toMatch(/^BWK441 /);
  expect(await failure(pool.filter(0, READ, { context: { colour: 1 } }))).toMatch(/^BWK442 /);
  expect((await pool.filter(1e9, READ)).count).toBe(0);
  expect((await pool.whoCan(1e9)).count).toBe(0);
  expect((await pool.filter(3, READ)).words).toEqual(right.engine.filter(3, READ).words);
});

test("what an explanation tries and takes back is nothing that a job under way sees", async () => {
  const engine = engineOf(
    "organization Root { unit A; unit B; } entity Account owned by user or team; role R { permit read on Account at user; }\n" +
      "role Reader { permit read on Account at organization; } team crew in Root { roles: Reader; }\n" +
      "user ann in A { roles: R; } user bob in B { roles: R; } record a: Account { owner: ann; }",
    { core: threadsCore() },
  );
  const own = await startPool(engine, { workers: 1 });
  const count = 10_000_000;
  const many = {
    principals: new Uint32Array(count).fill(engine.principal("bob")),
    privileges: new Uint32Array(count).fill(engine.privilege("read", "Account")),
    records: new Uint32Array(count).fill(engine.record("Account", "a")),
  };
  const job = own.checkBatch(many);
  let explained = 0;
  let isDone = false;
  const ended = job.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    const resource = { entity: "Account", id: "a" };
    const { misses } = engine.explain({ principal: "bob", action: "read", resource });
    expect(misses.map(({ kind }) => kind)).toContain("join-team");
    explained++;
  }
  expect((await ended).count).toBe(0);
  expect(explained).toBeGreaterThan(1);
  await own.close();
});

test("a world that changes ends the job under way, and not the next", async () => {
  const engine = engineOf(
    "organization Root; entity Account owned by user or team; role R { permit read on Account at organization; }\n" +
      "user ann in Root { roles: R; } record a: Account { owner: ann; }",
    { core: threadsCore() },
  );
  const own = await startPool(engine, { workers: 1 });
  const count = 10_000_000;
  const many = {
    principals: new Uint32Array(count),
    privileges: new Uint32Array(count).fill(engine.privilege("read", "Account")),
    records: new Uint32Array(count),
  };
  const job = own.checkBatch(many);
  await new Promise((resolve) => setTimeout(resolve, 1));
  engine.update((world) => world.disableUser("ann"));
  expect(await failure(job)).toBe("BWK439 the world has changed while questions were answered");
  expect((await own.checkBatch(many)).count).toBe(0);
  await own.close();
});

test("a thread that may not sleep, as that of a page, looks again and again", async () => {
  const wait = vi.spyOn(Atomics, "wait").mockImplementation(() => {
    throw new TypeError("not here");
  });
  const own = await startPool(shared.engine, { workers: 1 });
  wait.mockClear();
  expect((await own.checkBatch(requests)).words).toEqual(answers);
  expect(wait).not.toHaveBeenCalled();
  await own.close();
  wait.mockRestore();
});

test("what a worker cannot do, the main thread does", async () => {
  const engine = largeTenant(threadsCore()).engine;
  const host = hostOf(engine) as { core: object };
  // Areas that are too small for anything.
  host.core = { ...host.core, workerBytes: () => 400_000 };
  const own = await startPool(engine, { workers: 2 });
  for (let i = 0; own.failures === 0 && i < 100; i++) {
    expect((await own.checkBatch(requests)).words).toEqual(answers);
  }
  expect(own.failures).toBeGreaterThan(0);
  expect((await own.filter(17, READ)).words).toEqual(right.engine.filter(17, READ).words);
  await own.close();
});

test("where not every worker starts there is no pool, and those that have started are ended", async () => {
  const threads = process.getBuiltinModule("node:worker_threads");
  const { Worker: Real } = threads;
  const ended: Promise<number>[] = [];
  let started = 0;
  class Second extends Real {
    constructor(...given: ConstructorParameters<typeof Real>) {
      if (started++ > 0) throw new Error("no more threads");
      super(...given);
      ended.push(new Promise((resolve) => this.on("exit", resolve)));
    }
  }
  Object.assign(threads, { Worker: Second });
  try {
    expect(await failure(startPool(shared.engine, { workers: 2 }))).toBe(
      "BWK429 a worker thread does not start: no more threads",
    );
  } finally {
    Object.assign(threads, { Worker: Real });
  }
  expect(ended).toHaveLength(1);
  await Promise.all(ended);
});

test("what neither a worker nor the main thread has room for is said", async () => {
  const engine = largeTenant(threadsCore()).engine;
  const host = hostOf(engine) as { core: object };
  host.core = { ...host.core, workerBytes: () => 400_000, filterPart: () => -1 };
  const own = await startPool(engine, { workers: 1 });
  expect(await failure(own.filter(17, READ))).toBe(
    "BWK414 out of memory: the tables of a question do not fit",
  );
  await own.close();
});

test("a pool has as many threads as run at once here, unless told otherwise", async () => {
  const own = await startPool(shared.engine);
  expect(own.threads).toBe(availableParallelism());
  expect((await own.filter(17, READ)).words).toEqual(right.engine.filter(17, READ).words);
  await own.close();
});

test("a closed pool has answered what it was asked before, and answers nothing more", async () => {
  const own = await startPool(shared.engine, { workers: 1 });
  const asked = own.checkBatch(requests);
  const closed = own.close();
  expect((await asked).words).toEqual(answers);
  await closed;
  await own.close();
  expect(await failure(own.checkBatch(requests))).toBe("BWK438 the pool is closed");
  // Another one takes over its memory.
  const before = shared.engine.memoryBytes;
  const next = await startPool(shared.engine, { workers: 1 });
  expect((await next.checkBatch(requests)).words).toEqual(answers);
  expect(shared.engine.memoryBytes).toBe(before);
  await next[Symbol.asyncDispose]();
  expect(await failure(next.checkBatch(requests))).toMatch(/^BWK438 /);
});

test("an engine with another core is refused; the main thread alone takes any", async () => {
  expect(await failure(startPool(right.engine, { workers: 1 }))).toBe(
    "BWK437 the engine's memory cannot be shared between threads",
  );
  for (const { engine, records } of [right, shared]) {
    const alone = await startPool(engine, { workers: 0 });
    expect(alone.threads).toBe(1);
    expect((await alone.checkBatch(requests)).words).toEqual(answers);
    expect((await alone.filter(3, READ)).words).toEqual(right.engine.filter(3, READ).words);
    const users = right.engine.whoCan(READ, right.records[5]).words;
    expect((await alone.whoCan(READ, records[5])).words).toEqual(users);
    await alone.close();
  }
});

test("everything else of an engine works over memory that can be shared", () => {
  const text = `
    entity Account owned by user or team { name?: String, phone?: String secured }
    role R { permit read on Account at organization when { resource has name && resource.name like "ß*" }; }
    organization Root { unit A; }
    user ann in A { roles: R; }
    record a: Account { owner: ann; name: "ßeta 漢字"; phone: "123"; }`;
  const engine = engineOf(text, { core: threadsCore() });
  engine.records.load("Account", { id: ["ü"], owner: ["ann"], name: ["ßß"] });
  const restored = Engine.restore(engine.snapshot(), { core: threadsCore() });
  for (const one of [engine, restored]) {
    expect(one.filter(0, one.privilege("read", "Account")).ids()).toEqual(["a", "ü"]);
    const resource = { entity: "Account", owner: { user: "ann" }, name: "x" };
    expect(one.check({ principal: "ann", action: "read", resource }).allowed).toBe(false);
    expect(one.columns("ann", { entity: "Account", id: "a" })).toHaveLength(1);
  }
});

const dist = fileURLToPath(new URL("../../dist/runtime-ts/", import.meta.url));

test.skipIf(!existsSync(`${dist}threads/index.js`))("a program ends by itself with a pool open", () => {
  const image = Buffer.from(
    imageOf("organization Root; privilege Export; role R { permit Export; } user ann in Root { roles: R; }"),
  ).toString("base64");
  const program = `
    const { Engine } = await import(${JSON.stringify(`${dist}index.js`)});
    const { startPool, threadsCore } = await import(${JSON.stringify(`${dist}threads/index.js`)});
    const engine = Engine.load(Uint8Array.from(atob("${image}"), (c) => c.charCodeAt(0)), { core: threadsCore() });
    const pool = await startPool(engine, { workers: 2, mainRests: true });
    console.log((await pool.whoCan(engine.privilege("Export"))).names().join());`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
  expect({ stdout, stderr, status }).toEqual({ stdout: "ann\n", stderr: "", status: 0 });
});
