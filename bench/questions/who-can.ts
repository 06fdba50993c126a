// Which of a million users may read a record.
import { makeTenant, TEAM, type Tenant, type TenantSizes } from "../generate/tenant.ts";
import { perSecond } from "../harness/goals.ts";
import type { RaceQuestion } from "../harness/question.ts";
import { BAILIWICK, loadTenant } from "../peers/bailiwick.ts";
import { LoopMemory } from "../peers/loop-memory.ts";
import { BY_REACH } from "../peers/typed-arrays.ts";
import { peopleColumns, whoTyped } from "../peers/typed-lists.ts";
import { typedTables } from "../peers/typed-tables.ts";
import { WASM_LIMIT } from "../peers/wasm-loops.ts";
import { inTurn } from "./lists.ts";
import { hot, worldText } from "./worlds.ts";

const sizes: TenantSizes = {
  ...hot,
  users: 1_000_000,
  units: 1_000,
  teams: 20_000,
  teamsPerUser: 2,
  roles: 64,
  roleSets: 2_000,
  records: 10_000,
};

const READ = 1;

/** A user's record, a team's, a shared one, and a fourth. */
function recordsAskedAbout({ owners, shareRecords, sharees }: Tenant): number[] {
  const share = sharees.findIndex((sharee) => sharee < TEAM);
  return [
    owners.findIndex((owner) => owner < TEAM),
    owners.findIndex((owner) => owner >= TEAM && owner !== 0xffff_ffff),
    shareRecords[share] as number,
    owners.length - 1,
  ];
}

export const whoCan: RaceQuestion = {
  name: "who-can",
  title: "whoCan: one record, all users",
  prepare: (isQuick) => {
    const world = { ...sizes, users: isQuick ? 64_000 : sizes.users };
    const tenant = makeTenant(world, 1);
    const asked = recordsAskedAbout(tenant);
    const { engine, records } = loadTenant(tenant);
    const tables = typedTables(tenant);
    const people = peopleColumns(tenant);
    const memory = new LoopMemory();
    const [sets, units] = [memory.put(people.sets), memory.put(people.units)];
    const out = memory.allocate(world.users / 8);
    return {
      world: worldText(world),
      unit: "user",
      contestants: [
        inTurn(
          BAILIWICK,
          asked,
          world.users,
          (record) => engine.whoCan(READ, records[record] as number).words,
        ),
        inTurn(BY_REACH, asked, world.users, (record) => whoTyped(tables, people, tenant, READ, record)),
        {
          ...inTurn(WASM_LIMIT, asked, world.users, () => {
            memory.loops.readUsers(sets, units, world.users, out);
            return memory.words(out, world.users / 32);
          }),
          isLimit: true,
        },
      ],
      goals: (result) => [perSecond(result, BAILIWICK, 300e6, "users")],
      notes: [
        `${asked.length} records in turn: of a user, of a team, a shared one, another`,
        "the limit reads role set (2 bytes) and unit (2 bytes) of each user and writes a bit",
      ],
    };
  },
};
