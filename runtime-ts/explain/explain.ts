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
import type { Ground } from "../operations/ground.ts";
import { type CheckRequest, type Question, resolveQuestion } from "../questions.ts";
import type { Explanation } from "./explanation.ts";
import { explainSources } from "./sources.ts";
import { referenceTo, type Subject, subjectOf } from "./subject.ts";

/** The decision, and everything that allows it. */
function explainDecision(ground: Ground, question: Question, subject: Subject | undefined): Explanation {
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

/** Answers one question with everything that decides it (semantics.md section 10). Throws BWK440 to BWK442. */
export function explain(ground: Ground, request: CheckRequest): Explanation {
  const { policy, loaded } = ground;
  const question = resolveQuestion(request, policy, loaded);
  const subject = subjectOf(ground, question);
  const { context, described } = question;
  const explanation = loaded.during(context, described?.attributes, () =>
    explainDecision(ground, question, subject),
  );
  const [asked, ...above] = subject?.way ?? [];
  const decisive = described === undefined ? above.at(-1) : (above.at(-1) ?? asked);
  return decisive === undefined ? explanation : { ...explanation, decidedBy: referenceTo(ground, decisive) };
}
