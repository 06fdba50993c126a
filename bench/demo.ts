// `npm start`: a believable organization is compiled, loaded and asked ten million questions.
import { actions } from "../compiler/index.ts";
import { demonstration } from "./generate/organization.ts";
import { Random } from "./generate/random.ts";
import { RequestMaker } from "./requests.ts";
import { compareWithTwin, loadWorld, timed } from "./world.ts";

const CHECKS = 10_000_000;
const SAMPLE = 100_000;
const BUSY = 100;
const TIMES = 100;
const SEED = 1;

const number = (value: number): string => Math.round(value).toLocaleString("en-US");
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] as readonly string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  return rows
    .map(
      (row) =>
        `  ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] as number) : cell.padStart(widths[column] as number))).join("   ")}`,
    )
    .join("\n");
}

console.log(`Generating an organization (seed ${SEED}) and compiling its policies …`);
const [world, worldTime] = timed(() => loadWorld(demonstration, SEED));
const { organization, engine, image, times } = world;
const grants = organization.policy.files.reduce((sum, { text }) => sum + text.split("permit ").length - 1, 0);
console.log(
  table([
    [
      "policies",
      `${number(organization.policy.files.length)} files, ${number(organization.policy.roles.length + organization.policy.teamRoles.length + 2)} roles, ${number(grants)} permits`,
      `compiled in ${seconds(times.compile)} to ${number(image.length / 1024)} KiB`,
    ],
    [
      "directory",
      `${number(organization.directory.users.length)} users, ${number(organization.directory.businessUnits.length)} business units, ${number(organization.directory.teams.length)} teams`,
      `loaded in ${seconds(times.directory)}`,
    ],
    [
      "records",
      `${number(organization.records.reduce((sum, { columns }) => sum + (columns.id as string[]).length, 0))} records of ${organization.records.length} entities`,
      `loaded in ${seconds(times.records)}`,
    ],
    ["shares", number(organization.shares.id.length), `loaded in ${seconds(times.shares)}`],
  ]),
);
console.log(`  (all of it, generating included: ${seconds(worldTime)})\n`);

console.log(`Drawing ${number(CHECKS)} requests: any user, any privilege, any record …`);
const random = new Random(SEED + 1);
const maker = new RequestMaker(organization, engine);
const requests = maker.numbers(CHECKS, random);
engine.checkBatch(maker.numbers(10_000, random));
const [decisions, checkTime] = timed(() => engine.checkBatch(requests));

const asked = new Array<number>(actions.length).fill(0);
const allowed = new Array<number>(actions.length).fill(0);
for (let i = 0; i < CHECKS; i++) {
  const action = (requests.privileges[i] as number) % actions.length;
  asked[action] = (asked[action] as number) + 1;
  if (decisions.get(i)) allowed[action] = (allowed[action] as number) + 1;
}
const row = (name: string, all: number, yes: number): string[] => [
  name,
  number(all),
  number(yes),
  number(all - yes),
  `${((100 * yes) / all).toFixed(1)} %`,
];
console.log(
  table([
    ["privilege", "checks", "allowed", "denied", "allowed"],
    ...actions.map((action, i) => row(action, asked[i] as number, allowed[i] as number)),
    row("all", CHECKS, decisions.count),
  ]),
);
const speed = (checks: number, time: number): string =>
  `${number(checks)} checks in ${seconds(time)}: ${number((checks / time) * 1000)} checks a second on one core`;
// The requests of some users, asked again and again: the core remembers what each of them reaches.
const busy: number[] = [];
for (let i = 0; i < CHECKS; i++) if ((requests.principals[i] as number) < BUSY) busy.push(i);
const often = {
  principals: Uint32Array.from(busy, (i) => requests.principals[i] as number),
  privileges: Uint32Array.from(busy, (i) => requests.privileges[i] as number),
  records: Uint32Array.from(busy, (i) => requests.records[i] as number),
};
for (let i = 0; i < 10; i++) engine.checkBatch(often);
const [, oftenTime] = timed(() => {
  for (let i = 0; i < TIMES; i++) engine.checkBatch(often);
});
console.log(`\n  ${speed(CHECKS, checkTime)}`);
console.log(`  those of ${BUSY} users again and again: ${speed(busy.length * TIMES, oftenTime)}\n`);

console.log(`Asking the slow twin ${number(SAMPLE)} of them, drawn by name …`);
const comparison = compareWithTwin(world, maker.named(SAMPLE, random));
for (const { request, engine: fast, twin } of comparison.differences.slice(0, 5)) {
  console.log(
    `  difference: ${JSON.stringify(request)}: engine ${fast ? "allow" : "deny"}, twin ${twin ? "allow" : "deny"}`,
  );
}
console.log(
  `  ${number(comparison.compared)} decisions compared (${number(comparison.allowed)} allowed), ${comparison.differences.length} differences`,
);
if (comparison.differences.length > 0) process.exitCode = 1;
