// Which of four million records a user may read, where every source counts: a level, what he and his twenty teams own, what is
// shared, and a wider level under a condition of the record.

import { Random } from "../generate/random.ts";
import { levelsOfSets, makeTenant, type Tenant, type TenantSizes, UNIT_LEVEL } from "../generate/tenant.ts";
import { partOfLimit } from "../harness/goals.ts";
import type { RaceQuestion } from "../harness/question.ts";
import { type Extras, loadTenant } from "../peers/bailiwick.ts";
import { LoopMemory } from "../peers/loop-memory.ts";
import { BY_REACH } from "../peers/typed-arrays.ts";
import { filterTyped, reachedUnits } from "../peers/typed-lists.ts";
import { type TypedTables, typedTables } from "../peers/typed-tables.ts";
import { WASM_LIMIT } from "../peers/wasm-loops.ts";
import { bothWays, inTurn, intoNote } from "./lists.ts";
import { worldText } from "./worlds.ts";

const sizes: TenantSizes = {
  users: 20_000,
  units: 1_000,
  teams: 2_000,
  teamsPerUser: 20,
  entities: 1,
  roles: 1,
  rolesPerUser: 1,
  roleSets: 1,
  records: 4_000_000,
  sharedPerThousand: 10,
  // Everybody reads in his business unit; what lies below it under the condition.
  levels: [0, 0, 1, 0, 0],
};

const READ = 1;
const READERS = 4;
const states = ["open", "waiting", "resolved", "cancelled"];
const rolesText =
  'role Watcher { permit read on Entity0 at parentChild when { resource.state == "open" }; }\n';

/** Users of units that have between twenty and three hundred units below them. */
function readersOf({ userUnits, unitEnds }: Tenant): number[] {
  const found: number[] = [];
  userUnits.forEach((unit, user) => {
    const below = (unitEnds[unit] as number) - unit;
    if (found.length < READERS && below >= 20 && below <= 300) found.push(user);
  });
  return found;
}

/** The plain level and near records, then what the condition opens below the unit. */
function filterWithCondition(tables: TypedTables, isOpen: Uint32Array, user: number): Uint32Array {
  const words = filterTyped(tables, user, READ);
  const [first, count] = reachedUnits(tables, user, 3);
  for (let word = 0; word < words.length; word++) {
    const base = word * 32;
    let bits = 0;
    for (let bit = 0; bit < 32; bit++)
      bits |= ((((tables.units[base + bit] as number) - first) & 0xffff) < count ? 1 : 0) << bit;
    words[word] = (words[word] as number) | (bits & (isOpen[word] as number));
  }
  return words;
}

export const filterSources: RaceQuestion = {
  name: "filter-sources",
  title: "filter: level, owner, 20 teams, 1 % shared, one record condition",
  prepare: (isQuick) => {
    const world = { ...sizes, records: isQuick ? 512_000 : sizes.records };
    const tenant = makeTenant(world, 1);
    const random = new Random(4);
    const state = Array.from({ length: world.records }, () => random.pick(states));
    const extras: Extras = { attributes: "state: String", columns: { state }, roles: ["Watcher"], rolesText };
    const isOpen = new Uint32Array(world.records / 32);
    state.forEach((each, i) => {
      if (each === "open") isOpen[i >>> 5] = (isOpen[i >>> 5] as number) | (1 << (i & 31));
    });
    if (levelsOfSets(tenant)[0]?.[READ] !== UNIT_LEVEL) throw new Error("the plain role has another level");
    const asking = readersOf(tenant);
    const { engine } = loadTenant(tenant, extras);
    const tables = typedTables(tenant);
    const memory = new LoopMemory();
    const [units, owners] = [memory.put(tables.units), memory.put(tables.owners)];
    const [shared, facts] = [memory.put(tables.shared), memory.put(isOpen)];
    const out = memory.allocate(world.records / 8);
    return {
      world: `${worldText(world)}, 20 teams a user, a quarter of the records is open`,
      unit: "record",
      contestants: [
        ...bothWays(engine, asking, world.records, READ),
        inTurn(BY_REACH, asking, world.records, (user) => filterWithCondition(tables, isOpen, user)),
        {
          ...inTurn(WASM_LIMIT, asking, world.records, () => {
            memory.loops.readRecords(units, owners, shared, facts, world.records, out);
            return memory.words(out, world.records / 32);
          }),
          isLimit: true,
        },
      ],
      goals: (result) => [partOfLimit(result, WASM_LIMIT, 0.4)],
      notes: [
        `${READERS} users in turn`,
        "the limit reads unit (2 bytes), owner (4), a bit that says shared and a bit of the condition, and writes a bit",
        intoNote,
      ],
    };
  },
};
