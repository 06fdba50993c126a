// Which of four million records a user may read, where the level of his privilege alone decides.
import { Random } from "../generate/random.ts";
import { CHILD_LEVEL, levelsOfSets, makeTenant, type Tenant, type TenantSizes } from "../generate/tenant.ts";
import { firstOf, type TenantRequests } from "../generate/tenant-requests.ts";
import { partOfLimit, perSecond } from "../harness/goals.ts";
import type { RaceQuestion } from "../harness/question.ts";
import { BAILIWICK, loadTenant } from "../peers/bailiwick.ts";
import { CASL, casl } from "../peers/casl.ts";
import { cedarElsewhere } from "../peers/cedar-process.ts";
import { HandWritten, handWrittenAtHand, namedRequests } from "../peers/hand-written.ts";
import { LoopMemory } from "../peers/loop-memory.ts";
import { BY_REACH } from "../peers/typed-arrays.ts";
import { filterTyped } from "../peers/typed-lists.ts";
import { typedTables } from "../peers/typed-tables.ts";
import { WASM_LIMIT } from "../peers/wasm-loops.ts";
import { bothWays, inTurn, intoNote } from "./lists.ts";
import { hot, worldText } from "./worlds.ts";

const sizes: TenantSizes = {
  ...hot,
  users: 20_000,
  units: 1_000,
  teams: 0,
  teamsPerUser: 0,
  sharedPerThousand: 0,
  records: 4_000_000,
};

const READ = 1;
const READERS = 4;
/** Records that those without a list question are asked about, one by one. */
const MANY = 20_000;

/** Users whose privilege to read reaches the units below, which are between three in a hundred and two thirds of all. */
export function readers(tenant: Tenant, count: number): number[] {
  const { sizes, userUnits, userRoleSets, unitEnds } = tenant;
  const levels = levelsOfSets(tenant);
  const random = new Random(3);
  const found = new Set<number>();
  for (let tries = 0; found.size < count && tries < sizes.users * 20; tries++) {
    const user = random.below(sizes.users);
    const unit = userUnits[user] as number;
    const reached = ((unitEnds[unit] as number) - unit + 1) / sizes.units;
    if (
      (levels[userRoleSets[user] as number] as Uint8Array)[READ] === CHILD_LEVEL &&
      reached > 0.03 &&
      reached < 0.67
    )
      found.add(user);
  }
  if (found.size < count) throw new Error("too few users read what lies below their unit");
  return [...found];
}

/** The question of a list, record by record. */
export function oneByOne(user: number, privilege: number, count: number): TenantRequests {
  return {
    count,
    users: new Uint32Array(count).fill(user),
    privileges: new Uint32Array(count).fill(privilege),
    records: Uint32Array.from({ length: count }, (_, record) => record),
  };
}

export const filterLevel: RaceQuestion = {
  name: "filter-level",
  title: "filter: a level decides",
  prepare: async (isQuick) => {
    const world = { ...sizes, records: isQuick ? 512_000 : sizes.records };
    const tenant = makeTenant(world, 1);
    const asking = readers(tenant, READERS);
    const { engine } = loadTenant(tenant);
    const tables = typedTables(tenant);
    const memory = new LoopMemory();
    const units = memory.put(tables.units);
    const out = memory.allocate(world.records / 8);
    const single = oneByOne(asking[0] as number, READ, MANY);
    const oneTenant = { ...tenant, sizes: { ...world, records: MANY } };
    return {
      world: worldText(world),
      unit: "record",
      contestants: [
        ...bothWays(engine, asking, world.records, READ),
        inTurn(BY_REACH, asking, world.records, (user) => filterTyped(tables, user, READ)),
        {
          ...inTurn(WASM_LIMIT, asking, world.records, () => {
            memory.loops.readUnits(units, world.records, out);
            return memory.words(out, world.records / 32);
          }),
          isLimit: true,
        },
        handWrittenAtHand(new HandWritten(oneTenant), namedRequests(single, oneTenant)),
        casl(tenant, single),
        await cedarElsewhere(tenant, firstOf(single, isQuick ? 100 : 500)),
      ],
      goals: (result) => [partOfLimit(result, WASM_LIMIT, 0.7), perSecond(result, BAILIWICK, 2e9, "records")],
      notes: [
        `${READERS} users in turn; who has no list question (hand-written, ${CASL}, cedar-wasm) is asked record by record`,
        "the limit reads the unit of each record (2 bytes) and writes a bit, into the same words each time",
        intoNote,
      ],
    };
  },
};
