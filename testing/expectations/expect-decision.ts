import type { Step } from "../../compiler/index.ts";
import { reasonOf } from "../../runtime-ts/index.ts";
import { answer } from "../ask.ts";
import type { Stage } from "../stage.ts";
import { answerText } from "../why.ts";
import type { Finding } from "./finding.ts";

type ExpectStep = Extract<Step, { kind: "expect" }>;

/**
 * `allow alice read o because role Salesperson;`: the decision, and with it the reason. Of an allow, the reason named must
 * be among the sources; of a deny, it must be the first step that failed (language.md section 8).
 */
export function expectDecision(stage: Stage, step: ExpectStep): Finding {
  const { effect, reason } = step;
  const given = answer(stage, step);
  const { allowed, reason: decidedFor, sources } = given;
  if (allowed === (effect === "allow")) {
    if (reason === undefined) return undefined;
    // A source is named as its reason would say it: of a share nobody says with whom.
    const named = allowed ? sources.map(reasonOf) : [decidedFor];
    if (named.includes(reason.text)) return undefined;
  }
  return {
    expected: reason === undefined ? effect : `${effect} because ${reason.text}`,
    decided: allowed ? "allow" : `deny because ${decidedFor}`,
    why: [answerText(stage.policy, step, given)],
  };
}
