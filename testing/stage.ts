import {
  applyStep,
  type RecordRef,
  type ResolvedTest,
  type State,
  type Step,
  writeImage,
} from "../compiler/index.ts";
import { Engine } from "../runtime-ts/index.ts";

/** Where one test plays: its world as its statements have made it so far, and the engine that answers for that world. */
export class Stage {
  #state: State;
  #engine: Engine | undefined;

  constructor({ policy, world }: ResolvedTest) {
    this.#state = { policy, world };
  }

  get policy(): State["policy"] {
    return this.#state.policy;
  }

  get world(): State["world"] {
    return this.#state.world;
  }

  /** Made when it is asked for, so that a row of changes costs one. Throws BailiwickError for a world that it does not take. */
  get engine(): Engine {
    // Tests are resolved in a closed world: no name is left for a directory.
    this.#engine ??= Engine.load(writeImage(this.#state.policy, this.#state.world, []));
    return this.#engine;
  }

  /** Whether a record is there. */
  has({ entity, id }: RecordRef): boolean {
    return this.world.records.some((record) => record.entity === entity && record.id === id);
  }

  /** Lets a step change the world. Gives the reason where the model's own rules refuse it; the world is then as before. */
  play(step: Step): string | undefined {
    const outcome = applyStep(this.#state, step);
    if ("refused" in outcome) return outcome.refused;
    this.#state = outcome;
    this.#engine = undefined;
    return undefined;
  }
}
