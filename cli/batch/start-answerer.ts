import type { Engine } from "../../runtime-ts/index.ts";
import { startPool } from "../../runtime-ts/threads/index.ts";
import type { BatchAnswerer } from "./outcomes.ts";

/** How requests are answered. */
export interface Manner {
  readonly withReasons: boolean;
  /** How many threads; undefined where nobody has said. */
  readonly threads: number | undefined;
}

/** Fewer requests are answered before another thread is of use. */
const worthThreads = 1_000_000;

export interface Answerer extends BatchAnswerer {
  close(): Promise<void>;
}

/** Several threads where they were asked for, or where there are many requests; reasons are found by one thread. */
export async function startAnswerer(
  engine: Engine,
  { withReasons, threads }: Manner,
  requests: number,
): Promise<Answerer> {
  const wanted = withReasons || (threads === undefined && requests < worthThreads) ? 1 : threads;
  if (wanted === 1) return { checkBatch: (asked) => engine.checkBatch(asked), close: async () => {} };
  return startPool(engine, wanted === undefined ? {} : { workers: wanted - 1 });
}
