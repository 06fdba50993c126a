// Each batch form by one thread and by two, on the same engine in the same run.
import type { Bitset, Engine } from "../../runtime-ts/index.ts";
import { type Pool, startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import { Random } from "../generate/random.ts";
import { makeTenant, type Tenant, type TenantSizes } from "../generate/tenant.ts";
import { makeRequests } from "../generate/tenant-requests.ts";
import { fasterThan } from "../harness/goals.ts";
import { threeDigits } from "../harness/numbers.ts";
import type { Race, RaceQuestion } from "../harness/question.ts";
import { contestantOf, type GoalResult, type Result } from "../harness/result.ts";
import { batchOf, type LoadedTenant, loadTenant } from "../peers/bailiwick.ts";
import { countingLoops, ONE_LOOP, ONE_THREAD, TWO_LOOPS, twoAndOne } from "../peers/threads.ts";
import { readers } from "./filter-level.ts";
import { hot, uniform, worldText } from "./worlds.ts";

const READ = 1;
/** What two threads reach at least. */
const LEAST = 1.8;

/** The ratio, and beside it that of the loops: no program gets more than the machine had to give. */
function goals(result: Pick<Result, "contestants">): GoalResult[] {
  const of = (name: string) => contestantOf(result, name).time.median;
  const given = of(ONE_LOOP) / of(TWO_LOOPS);
  const machine: GoalResult = {
    goal: `the machine: loops ≥ ${LEAST} x`,
    reached: `${threeDigits(given)} x`,
    isMet: given >= LEAST,
  };
  return [fasterThan(result, ONE_THREAD, LEAST), machine];
}

async function race(
  sizes: TenantSizes,
  unit: string,
  ask: (
    loaded: LoadedTenant,
    tenant: Tenant,
  ) => {
    readonly answers: number;
    readonly of: (one: Engine | Pool) => Bitset | Promise<Bitset>;
    readonly note: string;
  },
): Promise<Race> {
  const tenant = makeTenant(sizes, 1);
  const loaded = loadTenant(tenant, undefined, { core: threadsCore() });
  const { answers, of, note } = ask(loaded, tenant);
  const pool = await startPool(loaded.engine, { workers: 1 });
  const contestants = twoAndOne(
    answers,
    async () => of(pool),
    () => of(loaded.engine) as Bitset,
    () => pool.close(),
  );
  return {
    world: worldText(sizes),
    unit,
    contestants: [...contestants, ...countingLoops()],
    goals,
    notes: [note, "the main thread is one of the two; the limits count, and read nothing"],
  };
}

const batch = (sizes: TenantSizes, count: number): Promise<Race> =>
  race(sizes, "check", (loaded) => {
    const requests = batchOf(makeRequests(sizes, count, new Random(2)), loaded);
    const note = `${count.toLocaleString("en-US")} requests`;
    return { answers: count, of: (one) => one.checkBatch(requests), note };
  });

export const twoThreads: readonly RaceQuestion[] = [
  {
    name: "threads-batch-hot",
    title: "checkBatch with two threads: all requests in the cache",
    prepare: (isQuick) => batch(hot, isQuick ? 500_000 : 4_000_000),
  },
  {
    name: "threads-batch-uniform",
    title: "checkBatch with two threads: any user, any privilege, any record",
    prepare: (isQuick) =>
      isQuick
        ? batch({ ...uniform, users: 50_000, records: 400_000, entities: 50 }, 500_000)
        : batch(uniform, 4_000_000),
  },
  {
    name: "threads-filter",
    title: "filter with two threads: one user, all records",
    prepare: (isQuick) => {
      const records = isQuick ? 512_000 : 8_192_000;
      return race({ ...hot, users: 20_000, units: 1_000, records }, "record", (_, tenant) => {
        const [user] = readers(tenant, 1) as [number];
        return {
          answers: records,
          of: (one) => one.filter(user, READ),
          note: "levels, the user's own records, his teams' and shared ones",
        };
      });
    },
  },
  {
    name: "threads-who-can",
    title: "whoCan with two threads: one record, all users",
    prepare: (isQuick) => {
      const users = isQuick ? 64_000 : 2_000_000;
      return race(
        { ...hot, users, units: 1_000, teams: 20_000, roles: 64, roleSets: 2_000, records: 10_000 },
        "user",
        ({ records }) => ({
          answers: users,
          of: (one) => one.whoCan(READ, records[0] as number),
          note: "by sorts of users, and the members of the teams that reach the record",
        }),
      );
    },
  },
];
