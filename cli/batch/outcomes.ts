import type { BatchRequests, Bitset, Engine, InContext } from "../../runtime-ts/index.ts";
import { literal } from "../tables/database.ts";
import type { ContextGroup } from "./group-contexts.ts";
import type { NumberedRequests } from "./number-requests.ts";

/** Who answers many requests at once: an engine, or a pool of threads. */
export interface BatchAnswerer {
  checkBatch(requests: BatchRequests & InContext): Bitset | Promise<Bitset>;
}

/**
 * The different answers that requests got. Millions of requests have few of them, so a request keeps the number of
 * its answer (from 1, as SQL lists count), and the words are written by the database at the end.
 */
export class Outcomes {
  readonly #engine: Engine;
  readonly #answerer: BatchAnswerer;
  readonly #withReasons: boolean;
  readonly #decisions: string[] = ["deny", "allow"];
  readonly #reasons: string[] = ["", ""];
  readonly #numbers = new Map<string, number>();
  allowed = 0;

  constructor(engine: Engine, answerer: BatchAnswerer, withReasons: boolean) {
    this.#engine = engine;
    this.#answerer = answerer;
    this.#withReasons = withReasons;
  }

  /** The number of the answer to each request; requests with a context come in groups of equal ones. */
  async decide(
    requests: NumberedRequests,
    groups: readonly ContextGroup[] = [],
  ): Promise<Int32Array<ArrayBuffer>> {
    const numbers = new Int32Array(requests.principals.length);
    if (groups.length === 0) await this.#decideAll(requests, {}, (row, number) => (numbers[row] = number));
    for (const { context, rows } of groups) {
      const those = {
        principals: rows.map((row) => requests.principals[row] as number),
        privileges: rows.map((row) => requests.privileges[row] as number),
        records: rows.map((row) => requests.records[row] as number),
      };
      await this.#decideAll(those, { context }, (i, number) => (numbers[rows[i] as number] = number));
    }
    return numbers;
  }

  async #decideAll(
    requests: NumberedRequests,
    options: InContext,
    answer: (index: number, number: number) => void,
  ): Promise<void> {
    const { length } = requests.principals;
    if (!this.#withReasons) {
      const allowed = await this.#answerer.checkBatch({ ...requests, ...options });
      this.allowed += allowed.count;
      const { words } = allowed;
      for (let i = 0; i < length; i++) answer(i, 1 + (((words[i >>> 5] as number) >>> (i & 31)) & 1));
      return;
    }
    for (let i = 0; i < length; i++) {
      const { allowed, reason } = this.#engine.reason(
        requests.principals[i] as number,
        requests.privileges[i] as number,
        requests.records[i] as number,
        options,
      );
      if (allowed) this.allowed++;
      answer(i, this.#numberOf(allowed, reason));
    }
  }

  #numberOf(allowed: boolean, reason: string): number {
    const key = allowed ? `+${reason}` : `-${reason}`;
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#decisions.push(allowed ? "allow" : "deny");
      this.#reasons.push(reason);
      this.#numbers.set(key, number);
    }
    return number;
  }

  /** SQL: the columns that an answer adds to its request, from the expression of its number. */
  columns(number: string): string {
    const list = (words: readonly string[]): string => `[${words.map(literal).join(", ")}][${number}]`;
    const decision = `${list(this.#decisions)} AS decision`;
    return this.#withReasons ? `${decision}, ${list(this.#reasons)} AS reason` : decision;
  }
}
