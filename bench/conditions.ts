// What conditions cost: the same checks without, with facts, and with one mixed program; interleaved in one run.
import { compile } from "../compiler/index.ts";
import { Engine } from "../runtime-ts/index.ts";
import { Random } from "./generate/random.ts";

const RECORDS = 200_000;
const REQUESTS = 200_000;
const ROUNDS = 60;

const grant = (name: string, condition: string): string =>
  `role ${name} { permit read on Account at parentChild${condition === "" ? "" : ` when { ${condition} }`}; }`;
const five =
  "resource.size > principal.clearance && resource.size < principal.clearance + 900 && resource.city != principal.city && " +
  "resource.size + principal.clearance > 10 && resource.size * 2 > principal.clearance";
const text = `
entity Account owned by user or team { city: String, size: Long }
entity User { clearance: Long, city: String }
${grant("Plain", "")}
${grant("Fact", 'resource.city == "Lyon" || resource.city == "Paris" || resource.size > 5')}
${grant("Facts", "resource.size > 5 && principal.clearance > 0")}
${grant("Mixed", five)}
organization Contoso { unit France; }
user plain in France { roles: Plain; clearance: 1; city: "Bonn"; }
user fact in France { roles: Fact; clearance: 1; city: "Bonn"; }
user facts in France { roles: Facts; clearance: 1; city: "Bonn"; }
user mixed in France { roles: Mixed; clearance: 1; city: "Bonn"; }
`;

/** Each contestant's nanoseconds an answer at best, measured in turn: what else the machine does counts least there. */
function compare(
  contestants: readonly [name: string, answers: number, work: () => number][],
): Map<string, number> {
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
  owner: ids.map(() => "plain"),
  city: ids.map(() => random.pick(["Lyon", "Paris", "Nice", "Metz"])),
  size: ids.map(() => String(10 + random.below(800))),
});
const read = engine.privilege("read", "Account");
const numbers = engine.recordNumbers("Account");
const records = Uint32Array.from({ length: REQUESTS }, () => numbers[random.below(RECORDS)] as number);
const privileges = new Uint32Array(REQUESTS).fill(read);
const names = ["plain", "fact", "facts", "mixed"] as const;

/** One question after the other. */
function countAllowed(principal: number): number {
  let allowed = 0;
  for (const record of records) if (engine.allows(principal, read, record)) allowed++;
  return allowed;
}

const batches = compare(
  names.map((name) => {
    const principals = new Uint32Array(REQUESTS).fill(engine.principal(name));
    return [name, REQUESTS, () => engine.checkBatch({ principals, privileges, records }).count];
  }),
);
const singles = compare(
  names.map((name) => {
    const principal = engine.principal(name);
    return [name, REQUESTS, () => countAllowed(principal)];
  }),
);
const filters = compare(
  names.slice(0, 3).map((name) => {
    const principal = engine.principal(name);
    return [name, RECORDS, () => engine.filter(principal, read).count];
  }),
);
const ratio = (of: Map<string, number>, name: string): string =>
  `${((of.get(name) as number) / (of.get("plain") as number)).toFixed(2)} x`;
console.table(
  names.map((name) => ({
    role: name,
    allowed: engine.filter(engine.principal(name), read).count,
    "allows, ns": Number(singles.get(name)?.toFixed(1)),
    "allows, ratio": ratio(singles, name),
    "checkBatch, ns": Number(batches.get(name)?.toFixed(1)),
    "checkBatch, ratio": ratio(batches, name),
    "filter, ns": filters.has(name) ? Number(filters.get(name)?.toFixed(2)) : "",
    "filter, ratio": filters.has(name) ? ratio(filters, name) : "",
  })),
);
