import type { Contestant } from "./contestant.ts";
import type { Effort } from "./measure.ts";
import type { GoalResult, Result } from "./result.ts";

/** A question with its world made and everybody ready to answer. The first contestant is the one all are compared with. */
export interface Race {
  readonly world: string;
  readonly unit: string;
  readonly contestants: readonly Contestant[];
  readonly goals?: (result: Pick<Result, "contestants">) => GoalResult[];
  readonly notes?: readonly string[];
}

/** Something that is asked about in an own process, by its name on the command line. */
export interface RaceQuestion {
  readonly name: string;
  readonly title: string;
  /** Smaller worlds where it has to be quick. */
  readonly prepare: (isQuick: boolean) => Race | Promise<Race>;
}

/** A question that measures in a way of its own: growth with size, memory, or distributions over requests. */
export interface OwnQuestion {
  readonly name: string;
  readonly title: string;
  readonly measure: (isQuick: boolean, effort: Effort) => Promise<Result>;
}

/** A program that prints figures of its own: about one part of the engine, without goals and peers. Asked by name alone. */
export interface ProgramQuestion {
  readonly name: string;
  readonly title: string;
  /** Beside bench/main.ts, without ending. */
  readonly program: string;
}

export type Question = RaceQuestion | OwnQuestion | ProgramQuestion;
