import { SIDE_PRINCIPAL, SIDE_RECORD, SIDE_REQUEST } from "../../../runtime-as/abi.ts";
import { partsOf } from "../../expressions/index.ts";
import type { Typed } from "../../expressions/typed.ts";

/** What an expression looks at: the record, the principal, the request (SIDE_* bits). */
export function sidesOf(typed: Typed): number {
  let sides = 0;
  if (typed.op === "resource" || typed.op === "owner" || typed.op === "unit") sides = SIDE_RECORD;
  else if (typed.op === "principal") sides = SIDE_PRINCIPAL;
  else if ((typed.op === "attribute" || typed.op === "has") && typed.object === "context")
    sides = SIDE_REQUEST;
  return partsOf(typed).reduce((all, part) => all | sidesOf(part), sides);
}

/** Whether the answer depends on which action is asked. */
export function looksAtAction(typed: Typed): boolean {
  return typed.op === "action" || partsOf(typed).some(looksAtAction);
}
