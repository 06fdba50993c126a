import type { Engine } from "../../runtime-ts/index.ts";
import { literal } from "../tables/database.ts";
import type { NumberedRequests } from "./number-requests.ts";

/**
 * The different answers that requests got. Millions of requests have few of them, so a request keeps the number of
 * its answer (from 1, as SQL lists count), and the words are written by the database at the end.
 */
export class Outcomes {
  readonly #engine: Engine;
  readonly #withReasons: boolean;
  readonly #decisions: string[] = ["deny", "allow"];
  readonly #reasons: string[] = ["", ""];
  readonly #numbers = new Map<string, number>();
  allowed = 0;

  constructor(engine: Engine, withReasons: boolean) {
    this.#engine = engine;
    this.#withReasons = withReasons;
  }

  /** The number of the answer to each request. */
  decide(requests: NumberedRequests): Int32Array<ArrayBuffer> {
    const numbers = new Int32Array(requests.principals.length);
    if (!this.#withReasons) {
      const allowed = this.#engine.checkBatch(requests);
      this.allowed += allowed.count;
      for (let row = 0; row < numbers.length; row++) numbers[row] = allowed.get(row) ? 2 : 1;
      return numbers;
    }
    for (let row = 0; row < numbers.length; row++) {
      const { allowed, reason } = this.#engine.reason(
        requests.principals[row] as number,
        requests.privileges[row] as number,
        requests.records[row] as number,
      );
      if (allowed) this.allowed++;
      numbers[row] = this.#numberOf(allowed, reason);
    }
    return numbers;
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
