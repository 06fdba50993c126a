import { DECISION_ALLOW } from "../runtime-as/abi.ts";
import { sourceWords } from "./bulk.ts";
import {
  type ConditionError,
  decodeErrors,
  decodeSources,
  reasonOf,
  reasonOfDenial,
  type Source,
} from "./decode.ts";
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
export interface Explanation extends Decision {
  readonly sources: readonly Source[];
  /** Conditions that could not be worked out: a grant or permit with an error does not apply, a forbid with one does. */
  readonly errors: readonly ConditionError[];
}

/** Puts the core's decision into words. `withErrors` also looks for errors of conditions behind a denial. */
export function answerOf(
  core: Core,
  memory: Memory,
  policy: Policy,
  world: World,
  question: Question,
  code: number,
  withErrors: boolean,
): Explanation {
  const allowed = code === DECISION_ALLOW;
  const looks = allowed || (withErrors && policy.conditions.names !== undefined);
  const words = looks ? sourceWords(core, memory, question) : new Uint32Array(0);
  const errors = withErrors ? decodeErrors(words, policy) : [];
  if (!allowed) return { allowed, reason: reasonOfDenial(code, policy), sources: [], errors };
  const sources = decodeSources(words, policy, world);
  return { allowed, reason: reasonOf(sources[0] as Source), sources, errors };
}
