// What changes cost in a large world: medians of single updates, and snapshot and restore in bytes a second.
import { compile, render } from "../compiler/index.ts";
import { Engine } from "../runtime-ts/index.ts";
import { Random } from "./generate/random.ts";

const scale = Number(process.env["BAILIWICK_SCALE"] ?? 1);
const USERS = 100_000 * scale;
const UNITS = 1_000;
const RECORDS = 4_000_000 * scale;
const SHARES = 1_000_000 * scale;
const UNDER_MOVED = 10_000 * scale;
/** Enough that most of them run as they will run ever after. */
const ROUNDS = 20_000;

const text = `
entity Account owned by user or team { name?: String, parent?: Account }
role Base { permit read, write, assign, share on Account at user; }
role Local { permit read on Account at businessUnit; }
role Deep { permit read on Account at parentChild; }
`;

const random = new Random(11);
const unitName = (unit: number) => (unit === 0 ? "Root" : `unit ${unit}`);

/** The units "unit 1" to "unit 99" lie below the one that is moved, "unit 1"; a tenth of the users are in them. */
function directory(): unknown {
  const businessUnits = Array.from({ length: UNITS }, (_, unit) => {
    if (unit === 0) return { id: unitName(0) };
    const parent =
      unit < 3 ? 0 : unit < 100 ? 1 : random.below(2) === 0 ? 2 : 100 + random.below(Math.max(1, unit - 100));
    return { id: unitName(unit), parent: unitName(parent === unit ? 2 : parent) };
  });
  const users = Array.from({ length: USERS }, (_, user) => {
    const unit =
      user < UNDER_MOVED ? 1 + (user % 98 === 1 ? 0 : (user % 97) + 2) : 100 + random.below(UNITS - 100);
    const roles = ["Base", random.below(2) === 0 ? "Local" : "Deep"];
    return { id: `user-${user}`, businessUnit: unitName(unit), roles };
  });
  const teams = Array.from({ length: 200 }, (_, team) => ({
    id: `team-${team}`,
    businessUnit: unitName(random.below(UNITS)),
    roles: ["Base"],
    members: [...new Set(Array.from({ length: 30 }, () => `user-${random.below(USERS)}`))],
  }));
  return { businessUnits, users, teams };
}

function load(): Engine {
  const { image, diagnostics } = compile([{ name: "changes.bwk", text }]);
  if (image === undefined) throw new Error(render(diagnostics, { color: false }));
  const engine = Engine.load(image);
  engine.directory.load(directory());
  const id = Array.from({ length: RECORDS }, (_, record) => `acc-${record}`);
  engine.records.load("Account", { id, owner: Uint32Array.from(id, () => random.below(USERS)) });
  const column = <T>(make: () => T): T[] => Array.from({ length: SHARES }, make);
  engine.shares.load({
    entity: column(() => "Account"),
    id: column(() => `acc-${random.below(RECORDS)}`),
    principal: column(() => `user-${random.below(USERS)}`),
    principal_type: column(() => "user"),
    rights: column(() => "read|write"),
  });
  return engine;
}

const median = (times: number[]): number => times.sort((a, b) => a - b)[times.length >>> 1] as number;

/** The median of many runs, in microseconds. */
function time(rounds: number, work: (round: number) => void): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work(round);
    times.push((performance.now() - start) * 1000);
  }
  return median(times);
}

const engine = load();
const record = () => ({ entity: "Account", id: `acc-${random.below(RECORDS)}` });
const user = () => ({ user: `user-${random.below(USERS)}` });
// Indexes are made with the first change that needs one.
engine.update((world) => {
  world.moveUser("user-1", unitName(500));
  world.assign(record(), user());
});

const rows: Record<string, string | number>[] = [];
const add = (change: string, microseconds: number, limit: number) => {
  rows.push({ change, "median µs": Number(microseconds.toFixed(2)), "at most": limit });
};
add(
  "one share added",
  time(ROUNDS, () => engine.update((world) => world.share(record(), user(), ["read"]))),
  5,
);
add(
  "one assign",
  time(ROUNDS, () => engine.update((world) => world.assign(record(), user()))),
  10,
);
add(
  "one user moved",
  time(ROUNDS, () =>
    engine.update((world) => world.moveUser(user().user, unitName(100 + random.below(UNITS - 100)))),
  ),
  50,
);
add(
  `a unit with ${UNDER_MOVED} users moved`,
  time(20, (round) =>
    engine.update((world) => world.moveUnit(unitName(1), unitName(round % 2 === 0 ? 500 : 0))),
  ),
  50_000,
);
console.table(rows);

const probe = engine.privilege("read", "Account");
let bytes = engine.snapshot();
const saving = time(7, () => {
  bytes = engine.snapshot();
});
let restored = engine;
const restoring = time(7, () => {
  restored = Engine.restore(bytes);
});
// Handed over: each round gives a copy away, which is not part of what is timed.
let given = bytes.slice();
const taking: number[] = [];
for (let round = 0; round < 7; round++) {
  taking.push(time(1, () => Engine.restore(given, { transfer: true })));
  given = bytes.slice();
}
for (let i = 0; i < 2_000; i++) {
  const [who, what] = [random.below(USERS), random.below(RECORDS)];
  if (engine.allows(who, probe, what) !== restored.allows(who, probe, what))
    throw new Error("restored answers differ");
}
const rate = (microseconds: number) => `${Math.round(bytes.length / microseconds)} MB/s`;
console.log(
  `snapshot of ${Math.round(bytes.length / 1e6)} MB: saved at ${rate(saving)}, restored at ${rate(restoring)}, where it is handed over at ${rate(median(taking))}`,
);
