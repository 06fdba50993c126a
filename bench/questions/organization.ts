// The organization of the demonstration, in all its variety: guardrails, roles of teams, lines owned by their parents, disabled
// users. Nobody but the slow twin could be asked the same; it is compared with, and not timed.
import { Bench } from "tinybench";
import { demonstration } from "../generate/organization.ts";
import { Random } from "../generate/random.ts";
import { machine } from "../harness/machine.ts";
import { whole } from "../harness/numbers.ts";
import type { OwnQuestion } from "../harness/question.ts";
import type { ContestantResult, Result } from "../harness/result.ts";
import { spread } from "../harness/statistics.ts";
import { RequestMaker } from "../requests.ts";
import { compareWithTwin, type LoadedWorld, loadWorld } from "../world.ts";

const BATCH = 1_000_000;
const SINGLE = 100_000;
/** The biggest entity of the generator: the list question is asked about its records. */
const FILTERED = "Contact";

/** Single answers, batches and lists have to say the same. */
function compareAmongThemselves({ engine, organization }: LoadedWorld, maker: RequestMaker): void {
  const random = new Random(8);
  const requests = maker.numbers(50_000, random);
  const batch = engine.checkBatch(requests);
  requests.principals.forEach((principal, i) => {
    const one = engine.allows(principal, requests.privileges[i] as number, requests.records[i] as number);
    if (one !== batch.get(i)) throw new Error(`batch and single answers differ at request ${i}`);
  });
  const privilege = engine.privilege("read", FILTERED);
  const numbers = engine.recordNumbers(FILTERED);
  for (const { id } of organization.directory.users.slice(0, 8)) {
    const principal = engine.principal(id);
    const list = engine.filter(principal, privilege);
    for (let i = 0; i < 500; i++) {
      const place = random.below(numbers.length);
      if (list.get(place) !== engine.allows(principal, privilege, numbers[place] as number))
        throw new Error(`filter and allows differ on record ${place}`);
    }
  }
}

/** Tasks by name, and how many answers one run of each gives. */
function tasksOf(
  world: LoadedWorld,
  maker: RequestMaker,
): readonly [name: string, answers: number, run: () => number][] {
  const { engine, organization } = world;
  const random = new Random(7);
  const uniform = maker.numbers(BATCH, random);
  const hot = maker.numbers(BATCH, random, 2_000, 1);
  const { principals, privileges, records } = maker.numbers(SINGLE, random, 2_000, 1);
  const readContact = engine.privilege("read", FILTERED);
  const contacts = engine.recordNumbers(FILTERED);
  const readers = organization.directory.users.slice(0, 64).map(({ id }) => engine.principal(id));
  let turn = 0;
  const single = (): number => {
    let allowed = 0;
    for (let i = 0; i < SINGLE; i++)
      if (engine.allows(principals[i] as number, privileges[i] as number, records[i] as number)) allowed++;
    return allowed;
  };
  return [
    ["allows, 2,000 users, one entity", SINGLE, single],
    ["checkBatch, 2,000 users, one entity", BATCH, () => engine.checkBatch(hot).words[0] as number],
    ["checkBatch, any user and record", BATCH, () => engine.checkBatch(uniform).words[0] as number],
    [
      `filter, ${whole(contacts.length)} records`,
      contacts.length,
      () => engine.filter(readers[turn++ % readers.length] as number, readContact).words[0] as number,
    ],
    [
      "whoCan",
      organization.directory.users.length,
      () => engine.whoCan(readContact, contacts[turn++ % contacts.length] as number).words[0] as number,
    ],
  ];
}

async function measure(isQuick: boolean): Promise<Result> {
  const sizes = isQuick ? { ...demonstration, users: 2_000, teams: 200, records: 50_000 } : demonstration;
  const world = loadWorld(sizes, 1);
  const maker = new RequestMaker(world.organization, world.engine);
  const comparison = compareWithTwin(world, maker.named(isQuick ? 3_000 : 50_000, new Random(6)));
  const [different] = comparison.differences;
  if (different !== undefined)
    throw new Error(`the slow twin differs: ${JSON.stringify(different)}; nothing was timed`);
  compareAmongThemselves(world, maker);
  // One contestant and several questions: nothing to interleave, so tinybench measures.
  const bench = new Bench({
    time: isQuick ? 100 : 2_000,
    warmupTime: isQuick ? 50 : 200,
    iterations: isQuick ? 5 : 20,
    warmupIterations: 2,
    retainSamples: true,
  });
  const tasks = tasksOf(world, maker);
  let consumed = 0;
  for (const [name, , run] of tasks) {
    bench.add(name, () => {
      consumed += run();
    });
  }
  await bench.run();
  if (Number.isNaN(consumed)) throw new Error("an answer is no number");
  const contestants = tasks.map(([name, answers]): ContestantResult => {
    const result = bench.getTask(name)?.result;
    const samples = result !== undefined && "latency" in result ? (result.latency.samples ?? []) : [];
    const time = spread(samples.map((milliseconds) => (milliseconds * 1e6) / answers));
    return { name, time, ratio: spread([1]), answersPerSecond: 1e9 / time.median };
  });
  return {
    name: organization.name,
    title: organization.title,
    world: `${whole(sizes.users)} users, ${whole(sizes.units)} units, ${whole(sizes.teams)} teams, ${sizes.roles} roles, ${whole(sizes.records)} records`,
    unit: "answer",
    isQuick,
    machine: machine(),
    compared: [{ contestant: "slow twin", compared: comparison.compared, allowed: comparison.allowed }],
    contestants,
    goals: [],
    notes: [`${whole(comparison.compared)} decisions are equal to the slow twin's`],
  };
}

export const organization: OwnQuestion = {
  name: "organization",
  title: "the organization of the demonstration",
  measure,
};
