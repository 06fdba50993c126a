// The door `bailiwick/matrix`: many principals and many questions at once, equal rows worked out once.
import { type Engine, hostOf } from "../engine.ts";
import type { Matrix } from "./matrix.ts";
import { checkMatrixRequest, type MatrixRequest, planOf } from "./plan.ts";
import { MatrixRows } from "./rows.ts";

export type { Matrix } from "./matrix.ts";
export type { MatrixRequest } from "./plan.ts";

/**
 * Asks every principal every question (a privilege and a record), in one request context. Principals who hold the same roles
 * in the same units and teams, and whom no guardrail, condition, ownership or share singles out, are worked out once.
 * The answers are those of `Engine.checkBatch`. Throws BWK441 for arrays that do not fit, BWK442, and as `allows`.
 */
export function matrix(engine: Engine, request: MatrixRequest): Matrix {
  checkMatrixRequest(request);
  const host = hostOf(engine);
  const rows = new MatrixRows(request, planOf(host, host.askable(), request));
  const inContext = request.context === undefined ? {} : { context: request.context };
  for (const part of rows.parts()) rows.take(engine.checkBatch({ ...part, ...inContext }).words);
  return rows.matrix();
}
