import type { ResolvedTest, Step } from "../compiler/index.ts";
import { BailiwickError } from "../runtime-ts/index.ts";
import { expectDecision } from "./expectations/expect-decision.ts";
import { expectList } from "./expectations/expect-list.ts";
import { expectRights } from "./expectations/expect-rights.ts";
import { expectWho } from "./expectations/expect-who.ts";
import type { Finding } from "./expectations/finding.ts";
import { placeOf, shownLine } from "./places.ts";
import type { TestResult } from "./report.ts";
import { Stage } from "./stage.ts";

/** Runs one test: its statements top to bottom, each in the world that the ones before have left. */
export function runTest(test: ResolvedTest): TestResult {
  const { title, span, waitsFor } = test;
  const place = { title, ...placeOf(span) };
  if (waitsFor.length > 0) return { ...place, status: "waiting", failures: [], waitsFor };

  const stage = new Stage(test);
  const failures = test.steps.flatMap((step) => {
    const finding = runStep(stage, step);
    if (finding === undefined) return [];
    return [{ missing: [], unexpected: [], ...finding, ...placeOf(step.span), ...shownLine(step.span) }];
  });
  return { ...place, status: failures.length === 0 ? "passed" : "failed", failures, waitsFor: [] };
}

function runStep(stage: Stage, step: Step): Finding {
  try {
    switch (step.kind) {
      case "expect":
        return expectDecision(stage, step);
      case "rights":
        return expectRights(stage, step);
      case "who":
        return expectWho(stage, step);
      case "list":
        return expectList(stage, step);
      default:
        return change(stage, step);
    }
  } catch (error) {
    // A world that the steps before have made and that the engine does not take.
    if (!(error instanceof BailiwickError)) throw error;
    return { expected: "an answer", decided: error.code, why: [error.message] };
  }
}

function change(stage: Stage, step: Step): Finding {
  const refused = stage.play(step);
  return refused === undefined
    ? undefined
    : { expected: "the change takes effect", decided: "it is refused", why: [refused] };
}
