// The applications of the Cedar paper: the time of each of 500 requests in worlds of growing size.
import type { App } from "../apps/app.ts";
import { appInCedar } from "../apps/cedar-process.ts";
import { engineOf, numbered } from "../apps/engine-of.ts";
import { APP_REQUESTS, appSizes, apps } from "../apps/index.ts";
import { type Agreement, agree } from "../harness/agree.ts";
import { type Contestant, collect } from "../harness/contestant.ts";
import { medianOfEach, timeEach } from "../harness/each.ts";
import { machine } from "../harness/machine.ts";
import type { Effort } from "../harness/measure.ts";
import { times } from "../harness/numbers.ts";
import type { OwnQuestion } from "../harness/question.ts";
import type { ContestantResult } from "../harness/result.ts";
import { quantile, spread } from "../harness/statistics.ts";
import { BAILIWICK } from "../peers/bailiwick.ts";

/** Asks of one request that are timed together: by numbers one is far shorter than the clock sees. */
const BY_NUMBERS = 400;
const BY_NAMES = 20;

/** One size: ours by numbers and by names, Cedar, and a search of the graph, which is compared with and not timed. */
async function contestantsOf(app: App, n: number, seed: number, count: number) {
  const world = app.make(n, seed, count);
  const { requests } = world;
  const engine = engineOf(world);
  const numbers = numbered(engine, world);
  const questions = requests.map(world.question);
  const ours = (
    name: string,
    repeats: number,
    ask: (i: number) => boolean,
  ): Contestant & { readonly each: () => Float64Array } => ({
    name,
    answers: requests.length,
    decisions: () => collect(requests.length, ask),
    run: () => 0,
    each: () => timeEach(requests.length, repeats, ask),
  });
  const byNumbers = ours(`${BAILIWICK}, n = ${n}`, BY_NUMBERS, (i) => {
    const { principal, privilege, record } = numbers[i] as (typeof numbers)[number];
    return engine.allows(principal, privilege, record);
  });
  const byNames = ours(
    `${BAILIWICK} by names, n = ${n}`,
    BY_NAMES,
    (i) => engine.check(questions[i] as (typeof questions)[number]).allowed,
  );
  const search = ours("search of the graph", 1, (i) =>
    world.decide(requests[i] as (typeof requests)[number]),
  );
  const cedar = await appInCedar({ app: app.name, n, seed, requests: count });
  return { byNumbers, byNames, search, cedar };
}

function resultOf(name: string, each: Float64Array, base: Float64Array): ContestantResult {
  const sorted = Float64Array.from(each).sort();
  const time = spread(Array.from(each));
  return {
    name,
    time,
    // Request by request.
    ratio: spread(Array.from(each, (time, i) => time / (base[i] as number))),
    answersPerSecond: 1e9 / time.median,
    percentile99: quantile(sorted, 0.99),
  };
}

/** Rounds in turn until the time is up, of each request the median. */
async function measureSize(app: App, n: number, count: number, effort: Effort) {
  const { byNumbers, byNames, search, cedar } = await contestantsOf(app, n, n, count);
  try {
    const compared = await agree([byNumbers, byNames, search, cedar]);
    const rounds: [Float64Array[], Float64Array[], Float64Array[]] = [[], [], []];
    const start = performance.now();
    for (let round = 0; round < effort.leastRounds + 1; round++) {
      const all = [byNumbers.each(), byNames.each(), await cedar.eachElsewhere()];
      // The first round warms up.
      if (round > 0) for (const [i, times] of all.entries()) rounds[i]?.push(times);
      if (round >= 2 && performance.now() - start > (effort.seconds * 1000) / 8) break;
    }
    const [numbers, names, elsewhere] = rounds.map(medianOfEach) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    return {
      compared: compared.map((each): Agreement => ({ ...each, contestant: `${each.contestant}, n = ${n}` })),
      results: [
        resultOf(byNumbers.name, numbers, numbers),
        resultOf(byNames.name, names, numbers),
        resultOf(`cedar-wasm, n = ${n}`, elsewhere, numbers),
      ],
    };
  } finally {
    cedar.close?.();
  }
}

export const appQuestions: readonly OwnQuestion[] = apps.map((app) => {
  const name = `app-${app.name}`;
  const title = `${app.name} of the Cedar paper: time a request`;
  return {
    name,
    title,
    measure: async (isQuick, effort) => {
      const sizes = isQuick ? appSizes.filter((n) => [5, 50].includes(n)) : appSizes;
      const count = isQuick ? 100 : APP_REQUESTS;
      const measured: Awaited<ReturnType<typeof measureSize>>[] = [];
      for (const n of sizes) measured.push(await measureSize(app, n, count, effort));
      const contestants = measured.flatMap(({ results }) => results);
      const ratios = contestants
        .filter(({ name }) => name.startsWith("cedar"))
        .map(({ ratio }) => ratio.median);
      return {
        name,
        title,
        world: `n = ${sizes.join(", ")} of each kind, edges with probability 0.05, ${count} requests each${app.name === "gdrive" ? "; the corrected variant" : ""}`,
        unit: "request",
        isQuick,
        ratioTo: `${BAILIWICK}'s by numbers at the same n`,
        machine: machine(),
        compared: measured.flatMap(({ compared }) => compared),
        contestants,
        goals: [],
        notes: [
          `in our language ${app.mapping}`,
          "Cedar: policies parsed once, the smallest slice of entities with each request, in a process of its own",
          `cedar-wasm takes ${times(Math.min(...ratios))} to ${times(Math.max(...ratios))} as long by the median of requests`,
        ],
      };
    },
  };
});
