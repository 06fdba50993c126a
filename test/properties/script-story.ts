// A story told to both; where they differ, the shortest story that still shows it.
import { BailiwickError, Engine } from "../../runtime-ts/index.ts";
import { scatter } from "./design-attributes.ts";
import { at } from "./design-policy.ts";
import { type Core, engineOf } from "./engines.ts";
import type { Project } from "./project.ts";
import { Beside } from "./script-beside.ts";
import { type Disagreement, ScriptComparison } from "./script-compare.ts";
import type { ScriptStep, SingleStep } from "./script-plan.ts";
import type { Script } from "./script-sketch.ts";
import { askEngine, tellEngine } from "./told-by-engine.ts";
import { ToldByTwin } from "./told-by-twin.ts";

/** Engine and twin side by side. */
class Telling {
  readonly #project: Project;
  readonly #twin: ToldByTwin;
  readonly #core: Core;
  #engine: Engine;
  #comparison: ScriptComparison;
  #asked = 0;
  #isUpdating = false;

  constructor(project: Project) {
    this.#project = project;
    this.#twin = new ToldByTwin(project);
    // Every other world, whatever becomes of its story.
    this.#core = project.users.length % 2 === 0 ? "simd" : "plain";
    this.#engine = engineOf(project, this.#core);
    this.#comparison = new ScriptComparison(project, this.#engine, this.#twin);
  }

  /** What becomes of a step, and some questions after it. */
  tell(step: ScriptStep): Disagreement | undefined {
    if (step.kind === "together") return this.#tellTogether(step);
    if (step.kind === "restore") this.#restore();
    else {
      // About something that an earlier step was to make and did not.
      if (!this.#twin.knows(step)) return undefined;
      const found = this.#tellSingle(step);
      if (found !== undefined) return found;
    }
    return this.#ask();
  }

  /** What somebody sets out to do, asked of another: nothing happens. */
  #askOther(step: SingleStep): Disagreement | undefined {
    const users = [...this.#twin.story.world.users.keys()];
    if (step.kind !== "do" || users.length === 0) return undefined;
    const { operation, context } = step;
    const user = at(users, scatter(this.#asked, users.length));
    const expected = this.#twin.wouldTell(user, operation, context);
    // Of a record that is no more (BWK440) there is nothing to ask.
    if (expected === undefined) return undefined;
    const got = askEngine(this.#engine, user, operation, this.#project, context);
    if (JSON.stringify(got) === JSON.stringify(expected)) return undefined;
    const asked = `can ${user} ${JSON.stringify([operation, context])}`;
    return { asked, expected: JSON.stringify(expected), got: JSON.stringify(got) };
  }

  #tellSingle(step: SingleStep): Disagreement | undefined {
    const other = this.#askOther(step);
    if (other !== undefined) return other;
    const got = JSON.stringify(tellEngine(this.#engine, step, this.#project));
    const expected = JSON.stringify(this.#twin.tell(step, JSON.parse(got).done, this.#isUpdating));
    return expected === got ? undefined : { asked: JSON.stringify(step), expected, got };
  }

  #ask(): Disagreement | undefined {
    const step = this.#asked++;
    this.#comparison.some(step);
    const [found] = this.#comparison.found;
    const carried = this.#comparison.carried(step);
    return found ?? new Beside(this.#project, this.#engine, this.#twin).ask(step, carried);
  }

  /** Within one update, asked in between. What it does is taken back where it throws in the end. */
  #tellTogether({ steps, takenBack }: Extract<ScriptStep, { kind: "together" }>): Disagreement | undefined {
    const before = this.#twin.story.world.copy();
    let found: Disagreement | undefined;
    try {
      this.#engine.update(() => {
        this.#isUpdating = true;
        for (const step of steps) found ??= this.tell(step);
        if (takenBack) throw new BailiwickError("BWK441", "taken back");
      });
    } catch (error) {
      if (!takenBack || !(error instanceof BailiwickError)) throw error;
      this.#twin.story.goBack(before);
    } finally {
      this.#isUpdating = false;
    }
    return found === undefined ? this.#ask() : { ...found, asked: `within: ${found.asked}` };
  }

  #restore(): void {
    this.#engine = Engine.restore(this.#engine.snapshot(), { core: this.#core });
    this.#comparison = new ScriptComparison(this.#project, this.#engine, this.#twin);
  }

  /** Every question. What was written down and read again answers as before; not always, since it takes its time. */
  end(salt: number): Disagreement | undefined {
    this.#comparison.all(salt);
    const [found] = this.#comparison.found;
    if (found !== undefined || salt % 2 === 1) return found;
    this.#restore();
    this.#comparison.all(salt + 1, 20);
    const [again] = this.#comparison.found;
    return again && { ...again, asked: `restored: ${again.asked}` };
  }
}

/** The first thing in which engine and twin differ; undefined where they tell the same story. */
export function disagreementOf({ project, steps }: Script): Disagreement | undefined {
  const telling = new Telling(project);
  for (const [index, step] of steps.entries()) {
    const found = telling.tell(step);
    if (found !== undefined) return { ...found, asked: `step ${index}: ${found.asked}` };
  }
  return telling.end(steps.length);
}

/** Every way to leave out `size` steps that stand together, or to make one update less of it. */
function* shorter(
  steps: readonly ScriptStep[],
  size: number,
): Generator<(now: Script["steps"]) => Script["steps"]> {
  for (let at = steps.length - 1; at >= 0; at--) {
    yield (now) => [...now.slice(0, at), ...now.slice(at + size)];
    if (size > 1) continue;
    yield (now) => {
      const step = now[at];
      return step?.kind === "together" ? [...now.slice(0, at), ...step.steps, ...now.slice(at + 1)] : now;
    };
    const step = steps[at];
    const inside = step?.kind === "together" ? step.steps.length : 0;
    for (let place = inside - 1; place >= 0; place--)
      yield (now) =>
        now.map((each, index) =>
          index === at && each.kind === "together"
            ? { ...each, steps: each.steps.filter((_, other) => other !== place) }
            : each,
        );
  }
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
  for (let size = Math.max(1, steps.length >> 1); size > 0; size >>= 1)
    for (const shorten of shorter(steps, size)) {
      const fewer = shorten(steps);
      if (fewer !== steps && isWrong(fewer)) steps = fewer;
    }
  return { ...script, steps };
}
