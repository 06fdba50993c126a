// A pool over worlds in which stories happen: a job that waits while the world changes is told so (BWK439), and after every
// change workers answer as one thread does.
import fc from "fast-check";
import { expect, test } from "vitest";
import { BailiwickError, type Engine, noRecord } from "../../runtime-ts/index.ts";
import { type Pool, startPool, threadsCore } from "../../runtime-ts/threads/index.ts";
import type { ValuesPlan } from "../properties/attribute-plan.ts";
import { scatter } from "../properties/design-attributes.ts";
import { at } from "../properties/design-policy.ts";
import { engineOf } from "../properties/engines.ts";
import { type Project, recordActions } from "../properties/project.ts";
import { contextsOf } from "../properties/questions.ts";
import type { ScriptStep, SingleStep } from "../properties/script-plan.ts";
import { scripts } from "../properties/script-sketch.ts";
import { patient, seed, worldsOfAProperty } from "../properties/settings.ts";
import { inContext, tellEngine } from "../properties/told-by-engine.ts";
import { ToldByTwin } from "../properties/told-by-twin.ts";
import { everyRequest } from "./everything.ts";

/** Each takes a pool of its own. */
const numRuns = Math.min(8, worldsOfAProperty);
const STEPS = 15;
/** Requests of a batch: enough for several workers. */
const LEAST = 6_000;

/** Two engines that are told the same, one of them asked by a pool. */
class Both {
  readonly #project: Project;
  readonly #twin: ToldByTwin;
  readonly #right: Engine;
  readonly #shared: Engine;
  readonly #pool: Pool;

  constructor(project: Project, shared: Engine, pool: Pool) {
    this.#project = project;
    this.#twin = new ToldByTwin(project);
    this.#right = engineOf(project, "plain");
    this.#shared = shared;
    this.#pool = pool;
  }

  async tell(step: ScriptStep): Promise<void> {
    // A pool stays with its engine.
    if (step.kind === "restore") return;
    const waiting = this.#pool.checkBatch(everyRequest(this.#shared, LEAST)).then(
      () => "done",
      (error) => error.code,
    );
    const isTold = step.kind === "together" ? this.#tellTogether(step) : this.#tellSingle(step, false);
    // A change that is refused has begun as well.
    expect(await waiting, JSON.stringify(step)).toBe(isTold ? "BWK439" : "done");
  }

  /** Whether there was anything to tell. */
  #tellSingle(step: SingleStep, withinUpdate: boolean): boolean {
    if (!this.#twin.knows(step)) return false;
    const right = tellEngine(this.#right, step, this.#project);
    expect(tellEngine(this.#shared, step, this.#project)).toEqual(right);
    this.#twin.tell(step, right.done, withinUpdate);
    return true;
  }

  #tellTogether({ steps, takenBack }: Extract<ScriptStep, { kind: "together" }>): boolean {
    const before = this.#twin.story.world.copy();
    const tell = (): void => {
      for (const step of steps as readonly SingleStep[]) this.#tellSingle(step, true);
      if (takenBack) throw new BailiwickError("BWK441", "taken back");
    };
    const both = (): void => this.#right.update(() => this.#shared.update(tell));
    if (takenBack) {
      expect(both).toThrow("taken back");
      this.#twin.story.goBack(before);
    } else both();
    return true;
  }

  async ask(salt: number): Promise<void> {
    const contexts = contextsOf(this.#project).filter((carried) => this.#twin.mayCarry(carried));
    const carried: ValuesPlan | undefined = at(contexts, salt);
    const within = inContext(carried, this.#project);
    const batch = await this.#pool.checkBatch({ ...everyRequest(this.#shared, LEAST), ...within });
    expect(batch.words).toEqual(
      this.#right.checkBatch({ ...everyRequest(this.#right, LEAST), ...within }).words,
    );
    const { name } = at(this.#right.entities(), scatter(salt, 1));
    const privilege = this.#right.privilege(at(recordActions, scatter(salt, 2)), name);
    const user = scatter(salt, 3) % this.#right.userNames().length;
    const filtered = await this.#pool.filter(user, privilege, within);
    expect(filtered.ids()).toEqual(this.#right.filter(user, privilege, within).ids());
    const record = this.#right.recordNumbers(name)[0] ?? noRecord;
    const who = await this.#pool.whoCan(privilege, record, within);
    expect(who.names()).toEqual(this.#right.whoCan(privilege, record, within).names());
  }
}

test("workers answer as one thread does, after every change of a story", patient, async () => {
  await fc.assert(
    fc.asyncProperty(scripts("loaded", STEPS), async ({ project, steps }) => {
      const shared = engineOf(project, threadsCore());
      const pool = await startPool(shared, { workers: 2, mainRests: true });
      try {
        const both = new Both(project, shared, pool);
        for (const [index, step] of steps.entries()) {
          await both.tell(step);
          await both.ask(index);
        }
        expect(pool.failures).toBe(0);
      } finally {
        await pool.close();
      }
    }),
    { numRuns, seed, endOnFailure: true },
  );
});
