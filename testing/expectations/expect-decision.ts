import type { Step } from "../../compiler/index.ts";
import { reasonOf } from "../../runtime-ts/index.ts";
import { type Asked, decide, explain } from "../ask.ts";
import type { Stage } from "../stage.ts";
import { whyOf } from "../why.ts";
import type { Finding } from "./finding.ts";

type ExpectStep = Extract<Step, { kind: "expect" }>;

/**
 * `allow alice read o because role Salesperson;`: the decision, and with it the reason. Of an allow, the reason named must
 * be among the sources; of a deny, it must be the first step that failed (language.md section 8).
 */
export function expectDecision(stage: Stage, step: ExpectStep): Finding {
  const { effect, reason } = step;
  const { allowed, reason: decidedFor } = decide(stage, step);
  if (allowed === (effect === "allow")) {
    if (reason === undefined) return undefined;
    if (allowed ? isSource(stage, step, reason.text) : decidedFor === reason.text) return undefined;
  }
  return {
    expected: reason === undefined ? effect : `${effect} because ${reason.text}`,
    decided: allowed ? "allow" : `deny because ${decidedFor}`,
    why: [whyOf(stage, step)],
  };
}

/** A source is named as its reason would say it: of a share nobody says with whom. */
const isSource = (stage: Stage, asked: Asked, reason: string): boolean =>
  explain(stage, asked).sources.some((source) => reasonOf(source) === reason);
