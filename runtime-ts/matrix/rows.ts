import { NONE } from "../../runtime-as/abi.ts";
import type { BatchRequests } from "../bulk.ts";
import { Matrix } from "./matrix.ts";
import type { MatrixPlan, MatrixRequest } from "./plan.ts";

/** Requests that are asked at once. */
const together = 1_048_576;

/** The distinct rows of a matrix, some at a time. Each takes whole words of the answers. */
export class MatrixRows {
  readonly #request: MatrixRequest;
  readonly #plan: MatrixPlan;
  readonly #words: Uint32Array;
  #taken = 0;

  constructor(request: MatrixRequest, plan: MatrixPlan) {
    this.#request = request;
    this.#plan = plan;
    this.#words = new Uint32Array(plan.asked.length * ((request.privileges.length + 31) >>> 5));
  }

  /** The questions, to be answered in this order. */
  *parts(): Generator<BatchRequests> {
    const { privileges, records } = this.#request;
    const { asked } = this.#plan;
    const columns = (privileges.length + 31) & ~31;
    if (columns === 0) return;
    const rows = Math.max(1, Math.floor(together / columns));
    for (let first = 0; first < asked.length; first += rows) {
      const part = asked.subarray(first, first + rows);
      const requests = {
        // Nobody asks what fills the last word of a row.
        principals: new Uint32Array(part.length * columns).fill(NONE),
        privileges: new Uint32Array(part.length * columns),
        records: new Uint32Array(part.length * columns),
      };
      part.forEach((principal, row) => {
        const at = row * columns;
        requests.principals.fill(principal, at, at + privileges.length);
        requests.privileges.set(privileges, at);
        requests.records.set(records, at);
      });
      yield requests;
    }
  }

  /** Takes the answers to the next part. */
  take(words: Uint32Array): void {
    this.#words.set(words, this.#taken);
    this.#taken += words.length;
  }

  matrix(): Matrix {
    const { asked, rowOf } = this.#plan;
    return new Matrix(this.#words, rowOf, this.#request.privileges.length, asked.length);
  }
}
