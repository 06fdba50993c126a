// Quick programs of users who ask again: where a program becomes ranges of columns (ranges.ts), these are kept in a frame of the
// user (quick-frames.ts), and tell about a record without any step.
import { FALSE, OP_FACT, OP_VALUE, PAGE_VALUES, SIDE_REQUEST, TRUE } from "./constants";
import { factsAge, recordFact, UNKNOWN } from "./facts";
import { NO, programSides } from "./image";
import { placeInPage } from "./pages";
import { isBoundTo, isWanting, quickProgram, stepThrough, valueBeside } from "./quick";
import {
  FRAME_LOW,
  FRAME_NEVER,
  FRAME_ONCE,
  FRAME_RANGE_BYTES,
  FRAME_RANGES,
  FRAME_SPAN,
  FRAME_STEPS,
  frameEnd,
  frameOf,
  keepRanges,
  keepResults,
  note,
} from "./quick-frames";
import {
  QUICK_AGE,
  QUICK_COLUMNS,
  QUICK_RANGES,
  QUICK_USER,
  RANGE_BYTES,
  RANGE_KIND,
  RANGE_OPERAND,
  RANGE_OUTSIDE,
} from "./quick-layout";
import { IN_NOTHING, IN_RANGES, workOutRanges } from "./ranges";

/** Asked again: what is kept of the user becomes ranges where it can. */
function makeRanges(quick: usize, program: u32, user: u32, frame: usize): bool {
  if (!isBoundTo(quick, program, user)) return false;
  const outcome = workOutRanges(quick);
  if (outcome === IN_RANGES && keepRanges(quick, frame)) return true;
  note(frame, outcome === IN_NOTHING ? FRAME_NEVER : FRAME_STEPS);
  return outcome === IN_NOTHING;
}

/** The frame of a user who has asked before, if it has ranges or never holds; else 0. */
function rangesOf(quick: usize, program: u32, user: u32): usize {
  const frame = frameOf(program, user, factsAge);
  if (frame === 0) {
    // Another program took its place.
    if (load<u32>(quick, QUICK_USER) === user && load<u32>(quick, QUICK_AGE) === factsAge)
      keepResults(quick, program, user, factsAge);
    return 0;
  }
  const end = frameEnd(frame);
  if (end === FRAME_ONCE) return makeRanges(quick, program, user, frame) ? frame : 0;
  return end === FRAME_STEPS ? 0 : frame;
}

/** Of a range of what stands in no column: 1 or 0, or UNKNOWN where a fact is not known. */
function isInOther(range: usize, bounds: usize, page: usize, record: u32): u32 {
  const kind = load<u32>(range, RANGE_KIND);
  const value = valueBeside(kind & ~RANGE_OUTSIDE, load<u32>(range, RANGE_OPERAND), page, record);
  if ((kind & ~RANGE_OUTSIDE) === OP_FACT && value > TRUE) return value === UNKNOWN ? UNKNOWN : 0;
  const isInside = value - load<i64>(bounds, FRAME_LOW) <= load<i64>(bounds, FRAME_SPAN);
  return u32(isInside) ^ ((kind / RANGE_OUTSIDE) & 1);
}

/** Whether the record lies in the ranges from `range` on, all of them of columns, with their bounds between `at` and `end`. */
function inColumns(range: usize, at: usize, end: usize, columns: usize, place: u32): u32 {
  // No record of the page has a value in any.
  if (columns === 0) return u32(at === end);
  let holds: u32 = TRUE;
  // To the end, whatever the first say: values that are far away are on their way together.
  for (; at < end; at += FRAME_RANGE_BYTES) {
    const column = <usize>load<u32>(columns + load<u32>(range, RANGE_OPERAND));
    if (column === 0) return FALSE;
    const value = load<i64>(column + (place << 3));
    if (value === 0 && isWanting(column, place, value)) return FALSE;
    const isInside = u32(value - load<i64>(at, FRAME_LOW) <= load<i64>(at, FRAME_SPAN));
    holds &= isInside ^ (load<u32>(range, RANGE_KIND) / RANGE_OUTSIDE);
    range += RANGE_BYTES;
  }
  return holds;
}

/**
 * Whether the record lies in every range of a frame, so that a grant's condition holds: TRUE, FALSE (also where a value is
 * wanting: whatever comes of that, it is not TRUE), or UNKNOWN where a fact is not known.
 */
function inRanges(quick: usize, frame: usize, page: usize, record: u32): u32 {
  const end = <usize>frameEnd(frame);
  if (end === <usize>FRAME_NEVER) return FALSE;
  const place = placeInPage(record);
  const columns = <usize>load<u32>(page, PAGE_VALUES);
  let range = <usize>load<u32>(quick, QUICK_RANGES);
  let at = frame + FRAME_RANGES;
  if (load<u32>(quick, QUICK_COLUMNS) !== 0) return inColumns(range, at, end, columns, place);
  let holds: u32 = TRUE;
  for (; at < end; at += FRAME_RANGE_BYTES) {
    const kind = load<u32>(range, RANGE_KIND);
    const isIn =
      (kind & ~RANGE_OUTSIDE) === OP_VALUE
        ? inColumns(range, at, at + FRAME_RANGE_BYTES, columns, place)
        : isInOther(range, at, page, record);
    if (isIn === UNKNOWN) return UNKNOWN;
    holds &= isIn;
    range += RANGE_BYTES;
  }
  return holds;
}

/** The frame of a user for whom a program is a matter of ranges, or never holds; else 0. Stands until another one is asked for. */
export function rangesFor(program: u32, user: u32): usize {
  const quick = quickProgram(program);
  // Bound, and asked again.
  if (quick === 0 || !isBoundTo(quick, program, user)) return 0;
  const frame = rangesOf(quick, program, user);
  return frame !== 0 ? frame : rangesOf(quick, program, user);
}

/**
 * The fact of records that a program comes to for a user, as `recordFact` says it: its own, or the one that alone is left of
 * `resource.open && principal.trusted` once the user is known; NO where more is left. It stands until people or their facts
 * change, and for who administers no team that owns the record.
 */
export function recordFactFor(program: u32, user: u32): u32 {
  const own = recordFact(program);
  if (own !== NO || (programSides(program) & SIDE_REQUEST) !== 0) return own;
  const frame = rangesFor(program, user);
  if (frame === 0) return NO;
  const at = frame + FRAME_RANGES;
  if (<usize>frameEnd(frame) !== at + FRAME_RANGE_BYTES) return NO;
  const range = <usize>load<u32>(quickProgram(program), QUICK_RANGES);
  const isFact =
    load<u32>(range, RANGE_KIND) === (OP_FACT | RANGE_OUTSIDE) &&
    load<i64>(at, FRAME_LOW) === i64.MIN_VALUE &&
    load<i64>(at, FRAME_SPAN) === i64.MIN_VALUE;
  // A fact is asked by what is not 0.
  return isFact ? load<u32>(range, RANGE_OPERAND) : NO;
}

/** The same where the user has no ranges yet, or what they are about is more than columns. */
function holdsStepwise(quick: usize, program: u32, user: u32, page: usize, record: u32): u32 {
  const frame = rangesOf(quick, program, user);
  if (frame !== 0) return inRanges(quick, frame, page, record);
  if (!isBoundTo(quick, program, user)) return UNKNOWN;
  const answer = stepThrough(quick, user, page, record);
  return answer === UNKNOWN ? UNKNOWN : u32(answer === TRUE);
}

/** Whether a grant's condition holds for a user and a loaded record, as `quickAnswer` says it, but an error is FALSE here. */
export function quickHolds(program: u32, user: u32, page: usize, record: u32): u32 {
  const quick = quickProgram(program);
  if (quick === 0) return UNKNOWN;
  const frame = frameOf(program, user, factsAge);
  if (frame !== 0) {
    const end = <usize>frameEnd(frame);
    // What most programs are, at once.
    if (end > FRAME_NEVER && load<u32>(quick, QUICK_COLUMNS) !== 0) {
      const range = <usize>load<u32>(quick, QUICK_RANGES);
      const columns = <usize>load<u32>(page, PAGE_VALUES);
      return inColumns(range, frame + FRAME_RANGES, end, columns, placeInPage(record));
    }
  }
  return holdsStepwise(quick, program, user, page, record);
}
