import { DECISION_ALLOW } from "../../runtime-as/abi.ts";
import { decideQuestion } from "../answer.ts";
import { sourceWords } from "../bulk.ts";
import {
  decodeErrors,
  decodeOne,
  reasonOf,
  reasonOfDenial,
  type SourcePair,
  sourcePairs,
} from "../decode.ts";
import { BailiwickError } from "../errors.ts";
import type { Ground } from "../operations/ground.ts";
import { type CheckRequest, type Question, resolveQuestion } from "../questions.ts";
import { describeValue } from "../quote.ts";
import { countEffects } from "./effects/count.ts";
import type { ExplainOptions, Explanation } from "./explanation.ts";
import type { Miss } from "./misses/miss.ts";
import { nearestMisses } from "./misses/nearest.ts";
import { Trial } from "./misses/trial.ts";
import { explainSources } from "./sources.ts";
import { referenceTo, type Subject, subjectOf } from "./subject.ts";

/** Misses of each kind, where nothing is said. */
const usualMisses = 10;

/** What the core and the tables say of the decision itself. */
type Decided = Pick<Explanation, "allowed" | "reason" | "sources" | "errors">;

/** The decision, and everything that allows it. */
function explainDecision(ground: Ground, question: Question, subject: Subject | undefined): Decided {
  const { core, memory, policy, loaded } = ground;
  const code = decideQuestion(core, question);
  const allowed = code === DECISION_ALLOW;
  const looks = allowed || policy.conditions.names !== undefined;
  const words = looks ? sourceWords(core, memory, question) : new Uint32Array(0);
  const errors = decodeErrors(words, policy);
  if (!allowed || subject === undefined)
    return { allowed, reason: reasonOfDenial(code, policy), sources: [], errors };
  const pairs = sourcePairs(words);
  const [kind, reference] = pairs[0] as SourcePair;
  const reason = reasonOf(decodeOne(kind, reference, policy, loaded.world));
  return { allowed, reason, sources: explainSources(ground, subject, pairs), errors };
}

/** The record above that decides, where it is not the one that was asked about. */
function decidedBy(
  ground: Ground,
  { way }: Subject,
  { described }: Question,
): Pick<Explanation, "decidedBy"> {
  const decisive = described === undefined && way.length === 1 ? undefined : way.at(-1);
  return decisive === undefined ? {} : { decidedBy: referenceTo(ground, decisive) };
}

/** How many misses of each kind are asked for. Throws BWK441. */
function limitOf({ misses = usualMisses }: ExplainOptions): number {
  if (Number.isInteger(misses) && misses >= 0) return misses;
  throw new BailiwickError("BWK441", `expected a number of misses, not ${describeValue(misses)}`);
}

/** Denials that a grant or a way to the record would mend. */
const mendable: readonly string[] = ["privilege", "access"];

/** Misses with what else they would change, the fewest first. */
function withEffects(
  ground: Ground,
  question: Question,
  subject: Subject,
  misses: readonly Miss[],
): (Miss & { readonly effects: number })[] {
  return misses
    .map((miss) => ({ ...miss, effects: countEffects(ground, question, subject, miss) }))
    .sort((a, b) => a.effects - b.effects);
}

/** Answers one question with everything that decides it (semantics.md section 10). Throws BWK440 to BWK442. */
export function explain(ground: Ground, request: CheckRequest, options: ExplainOptions): Explanation {
  const { policy, loaded } = ground;
  const limit = limitOf(options);
  const question = resolveQuestion(request, policy, loaded);
  const subject = subjectOf(ground, question);
  const { context, described } = question;
  const decided = loaded.during(context, described?.attributes, () =>
    explainDecision(ground, question, subject),
  );
  if (subject === undefined) return { ...decided, misses: [], missesCut: false };
  const looks = !decided.allowed && limit > 0 && mendable.includes(decided.reason);
  const { misses: found, isCut } = looks
    ? nearestMisses(new Trial(ground, request, question, subject), limit)
    : { misses: [], isCut: false };
  const misses = options.effects === true ? withEffects(ground, question, subject, found) : found;
  return { ...decided, ...decidedBy(ground, subject, question), misses, missesCut: isCut };
}
