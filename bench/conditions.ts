// What conditions cost: the same checks without, with facts, and with one mixed program; interleaved in one run.
import { compile } from "../compiler/index.ts";
import { Engine } from "../runtime-ts/index.ts";
import { Random } from "./generate/random.ts";

const RECORDS = 200_000;
const REQUESTS = 200_000;
const ROUNDS = 60;
/** Of each role. */
const USERS = 2_000;

const grant = (name: string, condition: string): string =>
  `role ${name} { permit read on Account at parentChild${condition === "" ? "" : ` when { ${condition} }`}; }`;
const five =
  "resource.size > principal.clearance && resource.size < principal.clearance + 900 && resource.city != principal.city && " +
  "resource.size + principal.clearance > 10 && resource.size * 2 > principal.clearance";
const names = ["plain", "fact", "facts", "mixed"] as const;
/** Those who have a role: most of them with values of their own. */
const people = (role: string): string =>
  Array.from(
    { length: USERS },
    (_, i) =>
      `user ${role}${i} in France { roles: ${role}; clearance: ${1 + (i % 7)}; city: "${i % 2 === 0 ? "Bonn" : "Kiel"}"; }\n`,
  ).join("");
const text = `
entity Account owned by user or team { city: String, size: Long }
entity User { clearance: Long, city: String }
${grant("plain", "")}
${grant("fact", 'resource.city == "Lyon" || resource.city == "Paris" || resource.size > 5')}
${grant("facts", "resource.size > 5 && principal.clearance > 0")}
${grant("mixed", five)}
organization Contoso { unit France; }
${names.map((role) => people(role)).join("")}`;

type Answers = readonly [name: string, answers: number, work: () => number];

/** Each contestant's nanoseconds an answer at best, measured in turn: what else the machine does counts least there. */
function compare(contestants: readonly Answers[]): Map<string, number> {
  const times = new Map<string, number[]>(contestants.map(([name]) => [name, []]));
  let consumed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, answers, work] of contestants) {
      const start = performance.now();
      consumed += work();
      times.get(name)?.push(((performance.now() - start) * 1e6) / answers);
    }
  }
  if (consumed < 0) throw new Error("nothing was counted");
  return new Map(Array.from(times, ([name, values]) => [name, Math.min(...values)]));
}

const { image, diagnostics } = compile([{ name: "conditions.bwk", text }]);
if (image === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
const engine = Engine.load(image);
const random = new Random(5);
const ids = Array.from({ length: RECORDS }, (_, i) => `a${i}`);
engine.records.load("Account", {
  id: ids,
  owner: ids.map(() => "plain0"),
  city: ids.map(() => random.pick(["Lyon", "Paris", "Nice", "Metz"])),
  size: ids.map(() => String(10 + random.below(800))),
});
const read = engine.privilege("read", "Account");
const numbers = engine.recordNumbers("Account");
const records = Uint32Array.from({ length: REQUESTS }, () => numbers[random.below(RECORDS)] as number);
const privileges = new Uint32Array(REQUESTS).fill(read);

/** The same questions one after the other. */
function countAllowed(principals: Uint32Array): number {
  let allowed = 0;
  for (let i = 0; i < REQUESTS; i++) {
    if (engine.allows(principals[i] as number, read, records[i] as number)) allowed++;
  }
  return allowed;
}

/** Who asks: the first of a role's people, or one of all of them at random. */
function askers(role: string, among: number): Uint32Array {
  const numbers = Array.from({ length: among }, (_, i) => engine.principal(`${role}${i}`));
  return Uint32Array.from({ length: REQUESTS }, () => numbers[random.below(among)] as number);
}

const batches = (among: number): Map<string, number> =>
  compare(
    names.map((name): Answers => {
      const principals = askers(name, among);
      return [name, REQUESTS, () => engine.checkBatch({ principals, privileges, records }).count];
    }),
  );
const singles = (among: number): Map<string, number> =>
  compare(
    names.map((name): Answers => {
      const principals = askers(name, among);
      return [name, REQUESTS, () => countAllowed(principals)];
    }),
  );
const filters = compare(
  names.slice(0, 3).map((name): Answers => {
    const principal = engine.principal(`${name}0`);
    return [name, RECORDS, () => engine.filter(principal, read).count];
  }),
);
const ratio = (of: Map<string, number>, name: string): string =>
  `${((of.get(name) as number) / (of.get("plain") as number)).toFixed(2)} x`;
const figure = (of: Map<string, number>, name: string): string =>
  of.has(name) ? `${(of.get(name) as number).toFixed(2)} ns, ${ratio(of, name)}` : "";
const measured = {
  "allows, one user": singles(1),
  [`allows, ${USERS} users`]: singles(USERS),
  "checkBatch, one user": batches(1),
  [`checkBatch, ${USERS} users`]: batches(USERS),
  filter: filters,
};
console.table(
  Object.fromEntries(
    names.map((name) => [
      name,
      Object.fromEntries(Object.entries(measured).map(([column, of]) => [column, figure(of, name)])),
    ]),
  ),
);
