// How long a large world takes to load from columns, and what memory it needs: 1 million users, 10 million records and 1 million
// shares, or the given share of them.
//   npm run bench -- load     BAILIWICK_SCALE=0.1 for a tenth of them
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compile } from "../../compiler/index.ts";
import { Engine } from "../../runtime-ts/index.ts";
import { type LargeSizes, recordTable, shareTable, unitRows, userColumns } from "../generate/large-world.ts";

const scale = Number(process.env["BAILIWICK_SCALE"] ?? 1);
const sizes: LargeSizes = {
  users: Math.round(1_000_000 * scale),
  records: Math.round(10_000_000 * scale),
  shares: Math.round(1_000_000 * scale),
  units: 1_000,
};
const text = `
entity Account owned by user or team { name?: String }
role Base { permit read, write, assign, share on Account at user; }
role Local { permit read on Account at businessUnit; }
role Deep { permit read on Account at parentChild; }
`;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
/** Resident bytes, of which the largest so far. */
const resident = (): { now: number; most: number } => ({
  now: process.memoryUsage.rss(),
  most: process.resourceUsage().maxRSS * 1024,
});

const { image } = compile([{ name: "load.bwk", text }]);
if (image === undefined) throw new Error("the policy does not compile");
const engine = Engine.load(image);
const users = userColumns(sizes, [
  ["Base", "Local"],
  ["Base", "Deep"],
]);
const records = recordTable(sizes);
// The numbers of records are known once they are loaded; this array is filled then, and is an input all the same.
const numbers = new Uint32Array(sizes.records);
for (let i = 0; i < numbers.length; i++) numbers[i] = i;
const shares = shareTable(sizes, numbers);
collect();
const before = resident();

const rows: Record<string, string | number>[] = [];
let seconds = 0;
function step(name: string, count: number, work: () => void): void {
  const bytes = engine.memoryBytes;
  const cpu = process.cpuUsage();
  const start = performance.now();
  work();
  const time = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  seconds += time;
  rows.push({
    step: name,
    rows: count.toLocaleString("en-US"),
    "time (s)": Number(time.toFixed(2)),
    "processor (s)": Number(((user + system) / 1e6).toFixed(2)),
    "core bytes a row": Number(((engine.memoryBytes - bytes) / count).toFixed(2)),
  });
}
step("users", sizes.users, () => engine.directory.load({ businessUnits: unitRows(sizes.units), users }));
step("records", sizes.records, () => engine.records.load("Account", records));
step("shares", sizes.shares, () => engine.shares.load(shares));
step("first question", 1, () => engine.allows(0, engine.privilege("read", "Account"), 0));
console.table(rows);
const { most } = resident();
collect();
const after = resident();
const stays = after.now - before.now;
const peak = most - before.now;
console.log(`all of it: ${seconds.toFixed(2)} s`);
console.log(
  `stays: ${megabytes(stays)} MB, of which the core ${megabytes(engine.memoryBytes)} MB; at most ${megabytes(peak)} MB while it was loaded: ` +
    `${(peak / stays).toFixed(2)} times what stays`,
);
console.log(
  `(the columns themselves, which the caller holds, are not in these: ${megabytes(before.now)} MB with Node and the core)`,
);
