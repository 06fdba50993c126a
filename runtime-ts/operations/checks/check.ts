import type { Source } from "../../decode.ts";
import type { FailedCheck } from "../operation.ts";

/** One of the checks that an operation consists of. */
export interface Check extends FailedCheck {
  /** The reason why it fails, undefined where it holds. */
  readonly denial: () => string | undefined;
  /** What makes it hold; of rights alone. */
  readonly sources?: () => readonly Source[];
}

/** Checks in the order in which semantics.md section 6 writes them; each is made when the ones before have held. */
export type Checks = Iterable<Check>;
