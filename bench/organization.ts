// The generated organization in all its variety. Decisions are compared with the slow twin before anything is timed.
import { writeFileSync } from "node:fs";
import { Bench } from "tinybench";
import { compile } from "../compiler/index.ts";
import { demonstration } from "./generate/organization.ts";
import { Random } from "./generate/random.ts";
import { realRoles } from "./real-roles.ts";
import { RequestMaker } from "./requests.ts";
import { compareWithTwin, loadWorld } from "./world.ts";

const BATCH = 1_000_000;
const SINGLE = 100_000;

/** The biggest entity of the generator: the list question is asked about its records. */
const FILTERED = "Contact";

const world = loadWorld(demonstration, 1);
const { engine, organization } = world;
const random = new Random(7);
const maker = new RequestMaker(organization, engine);

const comparison = compareWithTwin(world, maker.named(50_000, random));
if (comparison.differences.length > 0)
  throw new Error(`${comparison.differences.length} differences from the slow twin`);
console.log(`${comparison.compared} decisions compared with the slow twin: equal`);

const uniform = maker.numbers(BATCH, random);
// 2,000 users and the first entities only: tables and records stay in the cache.
const hot = maker.numbers(BATCH, random, 2_000, 1);
const single = maker.numbers(SINGLE, random, 2_000, 1);
const batchAnswers = engine.checkBatch(hot);
for (let i = 0; i < BATCH; i += 17) {
  const one = engine.allows(
    hot.principals[i] as number,
    hot.privileges[i] as number,
    hot.records[i] as number,
  );
  if (one !== batchAnswers.get(i)) throw new Error(`batch and single answers differ at request ${i}`);
}

const contacts = organization.records.find(({ entity }) => entity === FILTERED)?.columns.id?.length ?? 0;
const readContact = engine.privilege("read", FILTERED);
const readers = organization.directory.users.slice(0, 64).map(({ id }) => engine.principal(id));
const firstContact = engine.record(FILTERED, `${FILTERED.toLowerCase()}-1`);
for (const reader of readers.slice(0, 8)) {
  const list = engine.filter(reader, readContact);
  const listed = new Set(list.ids());
  const ids = organization.records.find(({ entity }) => entity === FILTERED)?.columns.id as string[];
  for (const id of random.sample(ids, 500)) {
    if (listed.has(id) !== engine.allows(reader, readContact, engine.record(FILTERED, id)))
      throw new Error(`filter and allows differ on ${id}`);
  }
}

const bench = new Bench({ time: 2_000, warmupTime: 300 });
/** How many answers one run of a task gives. */
const answers = new Map<string, number>();
const add = (name: string, count: number, work: () => void) => {
  answers.set(name, count);
  bench.add(name, work);
};
let consumed = 0;

add("compile, generated organization (60 roles)", 1, () => {
  consumed += compile(world.sources).image?.length ?? 0;
});
const real = await realRoles();
if (real === undefined)
  console.log("real solutions: not found (set BAILIWICK_SOLUTIONS to a folder of unpacked ones), skipped");
else {
  add(`compile, real solutions (${real.roles} roles)`, 1, () => {
    consumed += compile(real.files).image?.length ?? 0;
  });
}
add("allows, hot", SINGLE, () => {
  for (let i = 0; i < SINGLE; i++) {
    if (
      engine.allows(
        single.principals[i] as number,
        single.privileges[i] as number,
        single.records[i] as number,
      )
    )
      consumed++;
  }
});
add("checkBatch, hot (2,000 users, one entity)", BATCH, () => {
  consumed += engine.checkBatch(hot).count;
});
add("checkBatch, uniform (20,000 users, 1 million records)", BATCH, () => {
  consumed += engine.checkBatch(uniform).count;
});
let turn = 0;
add(`filter, ${contacts} records`, contacts, () => {
  consumed += engine.filter(readers[turn++ % readers.length] as number, readContact).count;
});
add("whoCan, 20,000 users", organization.directory.users.length, () => {
  consumed += engine.whoCan(readContact, firstContact).count;
});

await bench.run();
const rows = bench.tasks.map(({ name, result }) => {
  const latency = "latency" in result ? result.latency : undefined;
  const median = latency?.p50 ?? Number.NaN;
  const count = answers.get(name) as number;
  return {
    name,
    "median ms": Number(median.toFixed(3)),
    "± %": Number((latency?.rme ?? Number.NaN).toFixed(1)),
    "million answers/s": count > 1 ? Number((count / median / 1000).toFixed(1)) : "",
  };
});
console.table(rows);
writeFileSync(
  "build/bench.json",
  `${JSON.stringify({ node: process.version, date: new Date().toISOString(), consumed, rows }, null, 2)}\n`,
);
