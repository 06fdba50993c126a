// Conditions at the first look of a check: facts are read without turning to the question; only what they do not know is
// run.

import { conditionalsEnd, firstConditional, privilegeOfConditional } from "./conditionals";
import {
  CONDITIONAL_ROW_BYTES,
  CONDITIONAL_ROW_LEVEL,
  CONDITIONAL_ROW_PROGRAM,
  CONTEXT_BYTES,
  CONTEXT_CONDITIONALS,
  CONTEXT_FIRST_UNIT,
  CONTEXT_LAST_UNIT,
  CONTEXT_LIST_FLAGS,
  CONTEXTS_CONDITIONAL,
  LEVEL_CHILDREN,
  LEVEL_ORGANIZATION,
  LEVEL_UNIT,
  TRUE,
} from "./constants";
import { factOf, UNKNOWN } from "./facts";
import { run } from "./interpret";
import { turnTo } from "./judge";
import { placeInPage } from "./pages";
import { contextCount, contextRows } from "./principals";
import { quickHolds } from "./quick-ranges";

/** Beside level bits: one of the levels reaches the record. */
export const REACHED: u32 = 16;

/** Whether a condition holds for a user who administers no team, and a record in its page (page 0: a task). */
function holds(program: u32, user: u32, page: usize, record: u32): bool {
  let known = factOf(program, page, placeInPage(record), user);
  if (known === UNKNOWN && page !== 0) known = quickHolds(program, user, page, record);
  if (known !== UNKNOWN) return known === TRUE;
  turnTo(user, page, record);
  return run(program) === TRUE;
}

/** Rule 5a for one context. */
function reachesUnit(level: u32, context: usize, unit: u32): bool {
  if (level === LEVEL_ORGANIZATION) return true;
  const first = <u32>load<u16>(context, CONTEXT_FIRST_UNIT);
  if (level === LEVEL_UNIT) return first === unit;
  return level === LEVEL_CHILDREN && first <= unit && unit <= <u32>load<u16>(context, CONTEXT_LAST_UNIT);
}

/** The levels of the privilege that a list holds under conditions which hold, and whether one reaches (REACHED). */
export function conditionalLevels(
  list: usize,
  privilege: u32,
  user: u32,
  page: usize,
  record: u32,
  unit: u32,
): u32 {
  if ((load<u32>(list, CONTEXT_LIST_FLAGS) & CONTEXTS_CONDITIONAL) === 0) return 0;
  let levels: u32 = 0;
  let row = contextRows(list);
  for (let left = contextCount(list); left > 0; left--) {
    const conditionals = <usize>load<u32>(row, CONTEXT_CONDITIONALS);
    if (conditionals !== 0) {
      const end = conditionalsEnd(conditionals);
      let at = firstConditional(conditionals, privilege);
      for (; at < end && privilegeOfConditional(at) === privilege; at += CONDITIONAL_ROW_BYTES) {
        if (!holds(load<u32>(at, CONDITIONAL_ROW_PROGRAM), user, page, record)) continue;
        const level = load<u32>(at, CONDITIONAL_ROW_LEVEL);
        if (reachesUnit(level, row, unit)) return level | REACHED;
        levels |= level;
      }
    }
    row += CONTEXT_BYTES;
  }
  return levels;
}
