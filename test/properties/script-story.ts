// A story told to both; where they differ, the shortest story that still shows it.
import { Engine } from "../../runtime-ts/index.ts";
import { engineOf } from "./engines.ts";
import { type Disagreement, ScriptComparison } from "./script-compare.ts";
import type { Script } from "./script-sketch.ts";
import { tellEngine } from "./told-by-engine.ts";
import { ToldByTwin } from "./told-by-twin.ts";

/** The first thing in which engine and twin differ; undefined where they tell the same story. */
export function disagreementOf({ project, steps }: Script): Disagreement | undefined {
  const engine = engineOf(project, "plain");
  const twin = new ToldByTwin(project);
  const comparison = new ScriptComparison(project, engine, twin.story);
  for (const [index, step] of steps.entries()) {
    // About a record that an earlier step was to make and did not.
    if (!twin.knows(step)) continue;
    const got = tellEngine(engine, step, project);
    const expected = twin.tell(step, got.done);
    if (JSON.stringify(expected) !== JSON.stringify(got))
      return {
        asked: `step ${index}: ${JSON.stringify(step)}`,
        expected: JSON.stringify(expected),
        got: JSON.stringify(got),
      };
    comparison.some(index);
    const [found] = comparison.found;
    if (found !== undefined) return { ...found, asked: `after step ${index}: ${found.asked}` };
  }
  comparison.all(steps.length);
  // What was written down and read again answers as before; for every other story, since it takes its time.
  if (steps.length % 2 === 1) return comparison.found[0];
  const restored = new ScriptComparison(project, Engine.restore(engine.snapshot()), twin.story);
  restored.all(steps.length + 1, 20);
  const [again] = restored.found;
  return comparison.found[0] ?? (again && { ...again, asked: `restored: ${again.asked}` });
}

/** Takes steps away as long as the story stays wrong. */
export function smallest(script: Script): Script {
  const isWrong = (steps: Script["steps"]): boolean => {
    try {
      return disagreementOf({ ...script, steps }) !== undefined;
    } catch {
      return false;
    }
  };
  let { steps } = script;
  for (let size = steps.length >> 1; size > 0; size >>= 1)
    for (let at = 0; at < steps.length; ) {
      const fewer = [...steps.slice(0, at), ...steps.slice(at + size)];
      if (isWrong(fewer)) steps = fewer;
      else at += size;
    }
  return { ...script, steps };
}
