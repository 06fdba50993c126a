// Text to image, warm: 107 roles over 640 entities with eight privileges each, and what twice and four times as many cost.
import { compile, type SourceFile } from "../../compiler/index.ts";
import { type Corpus, makeCorpus, makeFullCorpus } from "../generate/corpus.ts";
import { tenantText } from "../generate/tenant-text.ts";
import type { Contestant } from "../harness/contestant.ts";
import { machine } from "../harness/machine.ts";
import { measure } from "../harness/measure.ts";
import { duration, threeDigits, whole } from "../harness/numbers.ts";
import type { OwnQuestion } from "../harness/question.ts";
import { contestantOf } from "../harness/result.ts";
import { timesOf } from "../harness/run-question.ts";
import { realRoles } from "../real-roles.ts";

function compiling(name: string, files: SourceFile[]): Contestant {
  const run = (): number => {
    const { image, diagnostics } = compile(files);
    if (image === undefined) throw new Error(diagnostics[0]?.message ?? "no image");
    return image.length;
  };
  return { name, answers: 1, decisions: () => Uint32Array.of(run()), run };
}

const ofCorpus = (corpus: Corpus, words: string): Contestant =>
  compiling(`${words}, ${whole(corpus.grants)} grants`, tenantText(corpus));

/** What no role ever has: every privilege of every entity. Too long for rounds. */
function compiledOnce(corpus: Corpus): string {
  const { run } = ofCorpus(corpus, "");
  const start = performance.now();
  run();
  const took = duration((performance.now() - start) * 1e6);
  return `every privilege in every role, ${whole(corpus.grants)} grants: compiled once in ${took}`;
}

/** The time of one compilation over that of another, of the same rounds. */
const growth = (rounds: readonly number[], of: readonly number[]): number =>
  rounds.map((time, i) => time / (of[i] as number)).sort((a, b) => a - b)[rounds.length >> 1] as number;

export const compileRoles: OwnQuestion = {
  name: "compile",
  title: "compile: 107 roles x 640 entities x 8 privileges",
  measure: async (isQuick, effort) => {
    const real = isQuick ? undefined : await realRoles();
    const contestants = [
      ofCorpus(makeCorpus(1, 1), "107 roles"),
      ofCorpus(makeCorpus(2, 1), "214 roles"),
      ...(isQuick ? [] : [ofCorpus(makeCorpus(4, 1), "428 roles")]),
      ...(real === undefined ? [] : [compiling(`published solutions, ${real.roles} roles`, real.files)]),
    ];
    const rounds = await measure(contestants, {
      ...effort,
      seconds: effort.seconds * 2,
      leastRounds: isQuick ? 3 : effort.leastRounds,
    });
    const results = timesOf(contestants, rounds);
    const notes = isQuick ? [] : [compiledOnce(makeFullCorpus(1))];
    const [base, double] = contestants.map(({ name }) => name) as [string, string];
    const { median } = contestantOf({ contestants: results }, base).time;
    const doubling = growth(rounds.get(double) as number[], rounds.get(base) as number[]);
    return {
      name: "compile",
      title: "compile: 107 roles x 640 entities x 8 privileges",
      world: "roles in the sizes and levels of those that ship with Dynamics",
      unit: "compilation",
      isQuick,
      machine: machine(),
      compared: [],
      contestants: results,
      goals: [
        { goal: "≤ 250 ms warm", reached: duration(median), isMet: median <= 250e6 },
        { goal: "twice the grants ≤ 2.2 x", reached: `${threeDigits(doubling)} x`, isMet: doubling <= 2.2 },
      ],
      notes:
        real === undefined && !isQuick
          ? [...notes, "published solutions: none at hand (BAILIWICK_SOLUTIONS names a folder), skipped"]
          : notes,
    };
  },
};
