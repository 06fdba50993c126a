import type { ResolvedTest, Span, Step } from "../compiler/index.ts";
import { BailiwickError } from "../runtime-ts/index.ts";
import { expectDecision } from "./expectations/expect-decision.ts";
import { expectDone } from "./expectations/expect-done.ts";
import { expectList } from "./expectations/expect-list.ts";
import { expectRefused } from "./expectations/expect-refused.ts";
import { expectRights } from "./expectations/expect-rights.ts";
import { expectWho } from "./expectations/expect-who.ts";
import type { Finding } from "./expectations/finding.ts";
import { placeOf, shownLine } from "./places.ts";
import type { Failure, TestResult } from "./report.ts";
import { Stage } from "./stage.ts";

/** Runs one test: its statements top to bottom, each in the world that the ones before have left. */
export function runTest(test: ResolvedTest): TestResult {
  const failures: Failure[] = [];
  const note = (span: Span, finding: Finding): void => {
    if (finding !== undefined)
      failures.push({ missing: [], unexpected: [], ...finding, ...placeOf(span), ...shownLine(span) });
  };
  const stage = attempt(() => new Stage(test));
  if (stage instanceof Stage)
    for (const step of test.steps)
      note(
        step.span,
        attempt(() => run(stage, step)),
      );
  else note(test.span, stage);
  const status = failures.length === 0 ? "passed" : "failed";
  return { title: test.title, ...placeOf(test.span), status, failures };
}

/** What the engine does not take is a finding as well. */
function attempt<T>(work: () => T): T | Finding {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BailiwickError)) throw error;
    return { expected: "an answer", decided: error.code, why: [error.message] };
  }
}

function run(stage: Stage, step: Step): Finding {
  switch (step.kind) {
    case "expect":
      return expectDecision(stage, step);
    case "rights":
      return expectRights(stage, step);
    case "who":
      return expectWho(stage, step);
    case "list":
      return expectList(stage, step);
    case "do":
      return expectDone(stage, step);
    case "refuse":
      return expectRefused(stage, step);
    default:
      return change(stage, step);
  }
}

function change(stage: Stage, step: Step): Finding {
  const refused = stage.play(step);
  return refused === undefined
    ? undefined
    : { expected: "the change takes effect", decided: "it is refused", why: [refused] };
}
