// A policy test played on the engine, as the runner does, and on the slow twin, side by side.
import type { ResolvedTest, Step } from "../../compiler/index.ts";
import type { Engine } from "../../runtime-ts/index.ts";
import { Stage } from "../../testing/stage.ts";
import { Story } from "../oracle/story.ts";

const changing: ReadonlySet<Step["kind"]> = new Set(["record", "share", "share column", "set", "do"]);

/** Shows both wherever the test asks something after a change, and at its end. */
export function playTogether(test: ResolvedTest, see: (engine: Engine, story: Story) => void): void {
  const stage = new Stage(test);
  const story = new Story(test.policy, test.world);
  let changed = true;
  for (const step of test.steps) {
    if (changing.has(step.kind)) {
      const refused = stage.play(step);
      if (refused !== undefined) throw new Error(`${test.title}: ${step.kind} is refused: ${refused}`);
      tell(story, step);
      changed = true;
    } else if (changed) {
      see(stage.engine, story);
      changed = false;
    }
  }
  if (changed) see(stage.engine, story);
}

/** The world in which a test ends. */
export function endOf(test: ResolvedTest): Story {
  const story = new Story(test.policy, test.world);
  for (const step of test.steps) tell(story, step);
  return story;
}

function tell(story: Story, step: Step): void {
  switch (step.kind) {
    case "record":
      story.set({ kind: "create record", record: step.record });
      break;
    case "share":
      story.declareShare(step);
      break;
    case "share column":
      story.declareColumnShare(step);
      break;
    case "set":
      story.set(step.change);
      break;
    case "do":
      story.do(step.user, step.operation, step.context);
      break;
  }
}
