// For a user who asks again, a quick program that is nothing but `a && b && c` becomes ranges: which values of the record
// make it true. `resource.size + 5 > principal.clearance` is a range of the size once the clearance is known.

import { OP_ADD, OP_MULTIPLY, OP_SUBTRACT, OP_VALUE } from "./constants";
import {
  LOAD_BYTES,
  LOAD_KIND,
  LOAD_OPERAND,
  LOAD_SLOT,
  QUICK_BYTES,
  QUICK_COLUMNS,
  QUICK_LOADS_END,
  QUICK_RANGES,
  QUICK_RANGES_END,
  QUICK_STEPS_END,
  QUICK_TROUBLE,
  RANGE_BYTES,
  RANGE_HIGH,
  RANGE_KIND,
  RANGE_LOW,
  RANGE_OPERAND,
  RANGE_OUTSIDE,
  RANGE_SPAN,
  RELATION_EQUAL,
  RELATION_GREATER,
  RELATION_LESS,
  STEP_BYTES,
  STEP_COMPUTES,
  STEP_ELSE,
  STEP_KIND,
  STEP_LEFT,
  STEP_RIGHT,
  STEP_SLOT,
} from "./quick-layout";

/** What a program is for a user. */
export const IN_RANGES: u32 = 0;
export const IN_STEPS: u32 = 1;
export const IN_NOTHING: u32 = 2;

let quick: usize = 0;
// The range of an operand, which becomes that of the value of the record that it is made of; empty: low is above high.
let low: i64 = 0;
let high: i64 = 0;
/** Whether some comparison holds of no record. */
let isNever: bool = false;

/** The load that fills a slot; 0 where none does. */
function loadOf(slot: u32): usize {
  const end = <usize>load<u32>(quick, QUICK_LOADS_END);
  for (let at = quick + QUICK_BYTES; at < end; at += LOAD_BYTES) {
    if (load<u32>(at, LOAD_SLOT) === slot) return at;
  }
  return 0;
}

/** The step that fills a slot; 0 where none does. */
function stepOf(slot: u32): usize {
  const end = <usize>load<u32>(quick, QUICK_STEPS_END);
  for (let at = <usize>load<u32>(quick, QUICK_LOADS_END); at < end; at += STEP_BYTES) {
    if (load<u32>(at, STEP_KIND) >= STEP_COMPUTES && load<u32>(at, STEP_SLOT) === slot) return at;
  }
  return 0;
}

/** Whether a slot is the same for every record. */
function isBound(slot: u32): bool {
  return loadOf(slot) === 0 && stepOf(slot) === 0;
}

function nothing(): void {
  low = 1;
  high = 0;
}

/** From the range of `x + by` to that of x. A bound that leaves the 64 bits ends there, or no x is in range. */
function shift(by: i64): void {
  const from = low - by;
  const to = high - by;
  const fromLeaves = ((low ^ by) & (low ^ from)) < 0;
  const toLeaves = ((high ^ by) & (high ^ to)) < 0;
  if ((fromLeaves && by < 0) || (toLeaves && by > 0)) {
    nothing();
    return;
  }
  low = fromLeaves ? i64.MIN_VALUE : from;
  high = toLeaves ? i64.MAX_VALUE : to;
}

/** From the range of `x * by` to that of x; `by` is positive. */
function divide(by: i64): void {
  const from = low / by;
  const to = high / by;
  low = low > 0 && low % by !== 0 ? from + 1 : from;
  high = high < 0 && high % by !== 0 ? to - 1 : to;
}

/** From the range of what a step computes to that of its operand; its slot, 0 where that is no range. */
function undo(step: usize): u32 {
  const left = load<u32>(step, STEP_LEFT);
  const right = load<u32>(step, STEP_RIGHT);
  const operation = load<u32>(step, STEP_KIND) & 255;
  const isRight = isBound(left);
  if (!isRight && !isBound(right)) return 0;
  const by = load<i64>(isRight ? left : right);
  if (operation === OP_ADD) shift(by);
  else if (operation === OP_SUBTRACT && !isRight && by !== i64.MIN_VALUE) shift(-by);
  else if (operation === OP_MULTIPLY && by > 0) divide(by);
  else return 0;
  return isRight ? right : left;
}

function fill(range: usize, kind: u32, operand: u32): void {
  store<u32>(range, kind, RANGE_KIND);
  store<u32>(range, operand, RANGE_OPERAND);
  store<i64>(range, low, RANGE_LOW);
  store<i64>(range, high, RANGE_HIGH);
}

/** Notes that a value of the record lies in the range (or outside of it), together with what is noted of it already. */
function add(at: usize, outside: bool): void {
  const first = <usize>load<u32>(quick, QUICK_RANGES);
  let range = <usize>load<u32>(quick, QUICK_RANGES_END);
  for (let other = first; other < range && !outside; other += RANGE_BYTES) {
    const isSame =
      load<u32>(other, RANGE_KIND) === load<u32>(at, LOAD_KIND) &&
      load<u32>(other, RANGE_OPERAND) === load<u32>(at, LOAD_OPERAND);
    if (!isSame) continue;
    low = max(low, load<i64>(other, RANGE_LOW));
    high = min(high, load<i64>(other, RANGE_HIGH));
    range = other;
    break;
  }
  if (range === <usize>load<u32>(quick, QUICK_RANGES_END))
    store<u32>(quick, range + RANGE_BYTES, QUICK_RANGES_END);
  fill(range, load<u32>(at, LOAD_KIND) | (outside ? RANGE_OUTSIDE : 0), load<u32>(at, LOAD_OPERAND));
}

/** Sets the range of the left operand of a comparison with a bound value. */
function compare(relations: u32, bound: i64): void {
  low = bound;
  high = bound;
  if ((relations & RELATION_LESS) !== 0) low = i64.MIN_VALUE;
  if ((relations & RELATION_GREATER) !== 0) high = i64.MAX_VALUE;
  if ((relations & RELATION_EQUAL) !== 0) return;
  if ((relations & RELATION_LESS) !== 0) {
    if (bound === i64.MIN_VALUE) nothing();
    else high = bound - 1;
  } else if (bound === i64.MAX_VALUE) nothing();
  else low = bound + 1;
}

function turned(relations: u32): u32 {
  const less = (relations & RELATION_LESS) !== 0 ? RELATION_GREATER : 0;
  const greater = (relations & RELATION_GREATER) !== 0 ? RELATION_LESS : 0;
  return (relations & RELATION_EQUAL) | less | greater;
}

/** One comparison of the program as a range; false where it is none. */
function addComparison(step: usize): bool {
  const left = load<u32>(step, STEP_LEFT);
  const right = load<u32>(step, STEP_RIGHT);
  const isRight = isBound(left);
  const kind = load<u32>(step, STEP_KIND);
  const relations = isRight ? turned(kind) : kind;
  if (load<u32>(step, STEP_ELSE) !== 0 || relations === 0 || (!isRight && !isBound(right))) return false;
  if (isRight && isBound(right)) {
    // It holds of every record, or of none; the relation is that of the left operand to the right one, as it is written.
    const from = load<i64>(left);
    const to = load<i64>(right);
    const relation = from < to ? RELATION_LESS : from === to ? RELATION_EQUAL : RELATION_GREATER;
    if ((kind & relation) === 0) isNever = true;
    return true;
  }
  const isUnequal = relations === (RELATION_LESS | RELATION_GREATER);
  compare(isUnequal ? RELATION_EQUAL : relations, load<i64>(isRight ? left : right));
  let slot = isRight ? right : left;
  for (let made = stepOf(slot); made !== 0; made = stepOf(slot)) {
    // What `x + 1 != 5` says of x is also that the sum has not overflowed.
    slot = isUnequal || low > high ? 0 : undo(made);
    if (slot === 0) return false;
  }
  const at = loadOf(slot);
  if (at === 0) return false;
  add(at, isUnequal);
  return true;
}

/** Puts spans in place of highest values, and notes whether columns are all that is read. */
function finish(): void {
  let areColumns: u32 = 1;
  const end = <usize>load<u32>(quick, QUICK_RANGES_END);
  for (let range = <usize>load<u32>(quick, QUICK_RANGES); range < end; range += RANGE_BYTES) {
    const from = load<i64>(range, RANGE_LOW);
    const to = load<i64>(range, RANGE_HIGH);
    store<i64>(range, to - from, RANGE_SPAN);
    if (from > to) isNever = true;
    if ((load<u32>(range, RANGE_KIND) & ~RANGE_OUTSIDE) !== OP_VALUE) areColumns = 0;
  }
  store<u32>(quick, areColumns, QUICK_COLUMNS);
}

/**
 * Works the ranges of a quick program out for the user to whom it is bound: IN_RANGES, IN_STEPS where it is no matter of ranges,
 * or IN_NOTHING where it holds of no record. Ranges of a program read the same of records for every user, in the same order.
 */
export function workOutRanges(at: usize): u32 {
  quick = at;
  isNever = false;
  if (load<u32>(quick, QUICK_TROUBLE) !== 0) return IN_STEPS;
  store<u32>(quick, load<u32>(quick, QUICK_RANGES), QUICK_RANGES_END);
  const end = <usize>load<u32>(quick, QUICK_STEPS_END);
  for (let step = <usize>load<u32>(quick, QUICK_LOADS_END); step < end; step += STEP_BYTES) {
    if (load<u32>(step, STEP_KIND) < STEP_COMPUTES && !addComparison(step)) return IN_STEPS;
  }
  finish();
  return isNever ? IN_NOTHING : IN_RANGES;
}
