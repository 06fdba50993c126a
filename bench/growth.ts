// How memory and time grow with each measure of a world, one at a time: writes the tables of docs/performance.md and one chart a
// measure. Bytes are the core's, exact on every machine; times are processor time.
//   npm run bench -- growth
import { mkdirSync, writeFileSync } from "node:fs";
import { compile } from "../compiler/index.ts";
import { Engine } from "../runtime-ts/index.ts";
import { drawGrowth } from "./generate/draw-growth.ts";
import { recordTable, shareTable, unitRows, userColumns } from "./generate/large-world.ts";
import { Random } from "./generate/random.ts";

interface World {
  readonly users: number;
  readonly units: number;
  readonly roles: number;
  readonly entities: number;
  readonly teamsPerUser: number;
  readonly sharesPerRecord: number;
  readonly records: number;
}

const usual: World = {
  users: 20_000,
  units: 200,
  roles: 100,
  entities: 20,
  teamsPerUser: 0,
  sharesPerRecord: 0.1,
  records: 200_000,
};
const sizes: { readonly [measure in keyof World]: readonly number[] } = {
  users: [10_000, 40_000, 160_000, 640_000],
  units: [100, 400, 1_600, 6_400],
  roles: [50, 100, 200, 400],
  entities: [20, 80, 320, 1_280],
  teamsPerUser: [0, 2, 4, 8, 16],
  sharesPerRecord: [0, 0.5, 1, 2, 4],
  records: [100_000, 400_000, 1_600_000, 6_400_000],
};
const REQUESTS = 200_000;

function policyText({ roles, entities }: World): string {
  const actions = ["read", "write", "create", "delete", "append", "appendTo", "assign", "share"];
  const levels = ["user", "businessUnit", "parentChild", "organization"];
  const declared = Array.from({ length: entities }, (_, i) => `entity E${i} owned by user or team;`);
  const grants = (role: number): string =>
    Array.from({ length: 40 }, (_, i) => {
      const level = levels[(role + i) % 3];
      return `permit ${actions[(role + i) % 8]} on E${i === 0 ? 0 : (role * 7 + i) % entities} at ${level};`;
    }).join(" ");
  const held = Array.from({ length: roles }, (_, i) => `role R${i} { ${grants(i)} }`);
  return [...declared, ...held, "role Reader { permit read on E0 at user; }"].join("\n");
}

interface Measured {
  readonly size: number;
  readonly compileMs: number;
  readonly imageBytes: number;
  readonly loadMs: number;
  readonly coreBytes: number;
  readonly checkNs: number;
  readonly filterNs: number;
  readonly whoNs: number;
}

/** Processor milliseconds of the best of some runs. */
function milliseconds(runs: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const start = performance.now();
    work();
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, wall, (user + system) / 1000);
  }
  return best;
}

function teamsOf({ users, teamsPerUser, units }: World): object[] {
  const random = new Random(14);
  const count = teamsPerUser === 0 ? 0 : Math.ceil(users / 100);
  const members = Array.from({ length: count }, () => new Set<string>());
  for (let user = 0; user < users; user++) {
    for (let i = 0; i < teamsPerUser; i++) members[random.below(count)]?.add(`user-${user}`);
  }
  return members.map((set, i) => ({
    id: `team-${i}`,
    businessUnit: `unit ${i % units}`,
    roles: ["Reader"],
    members: [...set],
  }));
}

function measure(size: number, world: World): Measured {
  const files = [{ name: "growth.bwk", text: policyText(world) }];
  let image = new Uint8Array();
  const compileMs = milliseconds(2, () => {
    const compiled = compile(files);
    if (compiled.image === undefined) throw new Error(compiled.diagnostics[0]?.message);
    image = compiled.image;
  });
  const engine = Engine.load(image);
  const roles = Array.from({ length: world.roles }, (_, i) => [`R${i}`, `R${(i * 13 + 1) % world.roles}`]);
  const shares = Math.round(world.records * world.sharesPerRecord);
  const large = { ...world, shares };
  const tables = { users: userColumns(large, roles), records: recordTable(large), teams: teamsOf(world) };
  const before = engine.memoryBytes;
  const loadMs = milliseconds(1, () => {
    const { users, teams } = tables;
    engine.directory.load({ businessUnits: unitRows(world.units), users, teams } as never);
    engine.records.load("E0", tables.records);
    if (shares > 0) engine.shares.load(shareTable(large, engine.recordNumbers("E0")));
  });
  const coreBytes = engine.memoryBytes - before;
  const random = new Random(15);
  const numbers = engine.recordNumbers("E0");
  const privileges = new Uint32Array(REQUESTS).fill(engine.privilege("read", "E0"));
  const principals = Uint32Array.from(privileges, () => random.below(world.users));
  const records = Uint32Array.from(privileges, () => numbers[random.below(world.records)] as number);
  const read = engine.privilege("read", "E0");
  let consumed = 0;
  const check = milliseconds(9, () => {
    consumed += engine.checkBatch({ principals, privileges, records }).count;
  });
  const filter = milliseconds(9, () => {
    consumed += engine.filter(principals[1] as number, read).count;
  });
  const who = milliseconds(9, () => {
    consumed += engine.whoCan(read, records[1] as number).count;
  });
  if (consumed < 0) throw new Error("nothing was counted");
  return {
    size,
    compileMs,
    imageBytes: image.length,
    loadMs,
    coreBytes,
    checkNs: (check * 1e6) / REQUESTS,
    filterNs: (filter * 1e6) / world.records,
    whoNs: (who * 1e6) / world.users,
  };
}

const words: { readonly [measure in keyof World]: string } = {
  users: "users",
  units: "business units",
  roles: "roles",
  entities: "entities",
  teamsPerUser: "teams a user",
  sharesPerRecord: "shares a record",
  records: "records",
};
const number = (value: number, digits = 0): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits });

function tableOf(name: string, rows: readonly Measured[]): string {
  const head = `| ${name} | image (KB) | compile (ms) | load (ms) | core (MB) | check (ns) | filter (ns a record) | who (ns a user) |`;
  const lines = rows.map(
    (row) =>
      `| ${number(row.size, row.size % 1 === 0 ? 0 : 1)} | ${number(row.imageBytes / 1e3)} | ${number(row.compileMs)} | ${number(row.loadMs)} | ${number(row.coreBytes / 1e6, 1)} | ${number(row.checkNs, 1)} | ${number(row.filterNs, 2)} | ${number(row.whoNs, 2)} |`,
  );
  return [head, `| ${Array(8).fill("--:").join(" | ")} |`, ...lines].join("\n");
}

/** The better of two measurements of one world. */
function better(one: Measured | undefined, other: Measured): Measured {
  if (one === undefined) return other;
  const least = (measure: keyof Measured): number => Math.min(one[measure], other[measure]);
  return {
    ...other,
    compileMs: least("compileMs"),
    loadMs: least("loadMs"),
    checkNs: least("checkNs"),
    filterNs: least("filterNs"),
    whoNs: least("whoNs"),
  };
}

/** All worlds are measured so often, one after the other: what slows the machine for a minute then bends no curve. */
const rounds = 4;
const folder = "docs/growth";
mkdirSync(folder, { recursive: true });
measure(0, { ...usual, users: 5_000, records: 20_000 });
const names = Object.keys(sizes) as (keyof World)[];
const measured = new Map<string, Measured>();
for (let round = 0; round < rounds; round++) {
  for (const name of names) {
    for (const size of sizes[name]) {
      globalThis.gc?.();
      const key = `${name} ${size}`;
      measured.set(key, better(measured.get(key), measure(size, { ...usual, [name]: size })));
    }
  }
}
for (const name of names) {
  const rows = sizes[name].map((size) => measured.get(`${name} ${size}`) as Measured);
  console.log(`### ${words[name]}\n\n${tableOf(words[name], rows)}\n`);
  const curves = [
    { name: "core (MB)", values: rows.map(({ coreBytes }) => coreBytes / 1e6) },
    { name: "load (ms)", values: rows.map(({ loadMs }) => loadMs) },
    { name: "compile (ms)", values: rows.map(({ compileMs }) => compileMs) },
    { name: "check (ns)", values: rows.map(({ checkNs }) => checkNs) },
  ];
  writeFileSync(`${folder}/${name}.svg`, drawGrowth(words[name], sizes[name], curves));
}
