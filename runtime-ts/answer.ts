import { DECISION_ALLOW } from "../runtime-as/abi.ts";
import { sourceWords } from "./bulk.ts";
import { decodeSources, reasonOf, reasonOfDenial, type Source } from "./decode.ts";
import type { Core } from "./instantiate.ts";
import type { Memory } from "./memory.ts";
import type { Policy } from "./policy.ts";
import type { Question } from "./questions.ts";
import type { World } from "./world/world.ts";

/** An answer: `reason` is what stands after `because` in language.md section 8, such as `role Salesperson` or `access`. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** A decision with every source that allows it; the reason is the first of them, or the step that denied. */
export interface Answer extends Decision {
  readonly sources: readonly Source[];
}

/** The core's code for a question, while conditions see its context and its described record. */
export function decideQuestion(core: Core, { principal, privilege, record, described }: Question): number {
  if (described === undefined) return core.decide(principal, privilege, record);
  const { owner, unit, parent } = described;
  return core.decideDescribed(principal, privilege, owner, unit, parent);
}

/** Puts the core's decision into words. */
export function answerOf(
  core: Core,
  memory: Memory,
  policy: Policy,
  world: World,
  question: Question,
  code: number,
): Answer {
  if (code !== DECISION_ALLOW) return { allowed: false, reason: reasonOfDenial(code, policy), sources: [] };
  const sources = decodeSources(sourceWords(core, memory, question), policy, world);
  return { allowed: true, reason: reasonOf(sources[0] as Source), sources };
}
