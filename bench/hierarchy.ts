// What hierarchy security costs: one organization without it, with managers, with positions; in turn, in one run. The
// engines differ by the setting alone.
import { compile } from "../compiler/index.ts";
import { type Directory, Engine } from "../runtime-ts/index.ts";
import { Random } from "./generate/random.ts";

const USERS = 100_000;
const TEAMS = 5_000;
const RECORDS = 400_000;
const REQUESTS = 200_000;
/** Reports of each manager: the first user has everybody below him. */
const SPAN = 9;
const ROUNDS = 30;

const policy = (setting: string): string => `
settings { hierarchy: ${setting}; hierarchyAnyUnit: true; }
entity Account owned by user or team;
entity Left owned by user or team;
role Seller { permit read, write on Account, Left at user; }
`;

const above = (user: number): number => Math.floor((user - 1) / SPAN);

function directory(): Directory {
  const random = new Random(3);
  const positions = Math.ceil(USERS / SPAN);
  return {
    businessUnits: [{ id: "Contoso" }],
    positions: Array.from({ length: positions }, (_, i) =>
      i === 0 ? { id: "p0" } : { id: `p${i}`, parent: `p${Math.floor((i - 1) / 2)}` },
    ),
    users: Array.from({ length: USERS }, (_, i) => ({
      id: `u${i}`,
      businessUnit: "Contoso",
      roles: ["Seller"],
      position: `p${Math.floor(i / SPAN)}`,
      ...(i === 0 ? {} : { manager: `u${above(i)}` }),
    })),
    teams: Array.from({ length: TEAMS }, (_, i) => ({
      id: `t${i}`,
      businessUnit: "Contoso",
      roles: ["Seller"],
      members: Array.from(new Set(Array.from({ length: 12 }, () => `u${random.below(USERS)}`))),
    })),
  };
}

/** Owners: three of four users, the fourth a team. The same in every engine. */
function load(engine: Engine): void {
  const random = new Random(5);
  const isTeams = Array.from({ length: RECORDS }, (_, i) => i % 4 === 3);
  engine.records.load("Account", {
    id: isTeams.map((_, i) => `a${i}`),
    owner: isTeams.map((team) => (team ? `t${random.below(TEAMS)}` : `u${random.below(USERS)}`)),
    owner_type: isTeams.map((team) => (team ? "team" : "user")),
  });
}

const people = directory();
const settings = ["off", "manager depth 3", "manager depth 5", "position depth 3"] as const;
const engines = settings.map((setting) => {
  const { image, diagnostics } = compile([{ name: "hierarchy.bwk", text: policy(setting) }]);
  if (image === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  const engine = Engine.load(image);
  engine.directory.load(people);
  load(engine);
  return engine;
});

/** Median nanoseconds an answer of each engine, measured in turn. */
function compare(answers: number, work: (engine: Engine) => number): number[] {
  const times = engines.map((): number[] => []);
  let consumed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    engines.forEach((engine, i) => {
      const start = performance.now();
      consumed += work(engine);
      times[i]?.push(((performance.now() - start) * 1e6) / answers);
    });
  }
  if (consumed < 0) throw new Error("nothing was counted");
  return times.map((values) => values.sort((a, b) => a - b)[values.length >> 1] as number);
}

const [engine] = engines as [Engine, ...Engine[]];
const read = engine.privilege("read", "Account");
const numbers = engine.recordNumbers("Account");
const random = new Random(7);
const records = Uint32Array.from({ length: REQUESTS }, () => numbers[random.below(RECORDS)] as number);
const privileges = new Uint32Array(REQUESTS).fill(read);
const uniform = Uint32Array.from({ length: REQUESTS }, () => random.below(USERS));
/** The first three generations alone: 91 users, the first with everybody within the depth below him. */
const chiefs = Uint32Array.from({ length: REQUESTS }, () => random.below(91));
const nobodys = Uint32Array.from({ length: REQUESTS }, () => USERS - 1 - random.below(1_000));

const work: readonly [name: string, answers: number, work: (engine: Engine) => number][] = [
  [
    "allows, any user",
    REQUESTS / 10,
    (engine) => {
      let count = 0;
      for (let i = 0; i < REQUESTS / 10; i++)
        if (engine.allows(uniform[i] as number, read, records[i])) count++;
      return count;
    },
  ],
  [
    "checkBatch, any user",
    REQUESTS,
    (engine) => engine.checkBatch({ principals: uniform, privileges, records }).count,
  ],
  [
    "checkBatch, nobody below",
    REQUESTS,
    (engine) => engine.checkBatch({ principals: nobodys, privileges, records }).count,
  ],
  [
    "checkBatch, the top",
    REQUESTS,
    (engine) => engine.checkBatch({ principals: chiefs, privileges, records }).count,
  ],
  ["filter, nobody below", RECORDS, (engine) => engine.filter(USERS - 1, read).count],
  ["filter, the top", RECORDS, (engine) => engine.filter(0, read).count],
  ["whoCan, a user", USERS, (engine) => engine.whoCan(read, numbers[0] as number).count],
];

console.table(
  Object.fromEntries(
    work.map(([name, answers, ask]) => {
      const times = compare(answers, ask);
      return [
        name,
        Object.fromEntries(
          settings.map((setting, i) => [
            setting,
            `${times[i]?.toFixed(2)} ns${i === 0 ? "" : ` (${((times[i] as number) / (times[0] as number)).toFixed(2)} x)`}`,
          ]),
        ),
      ];
    }),
  ),
);
console.log(
  `reached by the top: ${engines.map((each) => each.filter(0, read).count).join(", ")} of ${RECORDS} records`,
);
