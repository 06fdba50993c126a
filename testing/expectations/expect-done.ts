import type { Step } from "../../compiler/index.ts";
import { answer } from "../ask.ts";
import type { Stage } from "../stage.ts";
import { answerText } from "../why.ts";
import type { Finding } from "./finding.ts";

/** `do alice assign o to dora;`: must be allowed, and takes effect. */
export function expectDone(stage: Stage, step: Extract<Step, { kind: "do" }>): Finding {
  const expected = "allowed, and it takes effect";
  const given = answer(stage, step);
  if (!given.allowed)
    return {
      expected,
      decided: `deny because ${given.reason}`,
      why: [answerText(stage.policy, step, given)],
    };
  const refused = stage.play(step);
  return refused === undefined ? undefined : { expected, decided: "it does not take effect", why: [refused] };
}
