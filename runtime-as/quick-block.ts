// Ranges (ranges.ts) over the questions of a block, of one user or of several: first where the values of some columns are, then
// the values, which are far away and thus on their way together.
import { area, PLACES, PLACES_BYTES } from "./area";
import {
  ADDRESS_BYTES,
  bringValues,
  find,
  inside,
  insideOwn,
  VALUES_BYTES,
  wantingOf,
  zeros,
} from "./batch-lanes";
import { OP_FACT, OP_VALUE, TRUE } from "./constants";
import { UNKNOWN } from "./facts";
import { pageOfRecord } from "./pages";
import { quickProgram, valueBeside } from "./quick";
import {
  FRAME_LOW,
  FRAME_NEVER,
  FRAME_RANGE_BYTES,
  FRAME_RANGES,
  FRAME_SPAN,
  frameEnd,
} from "./quick-frames";
import { QUICK_RANGES, RANGE_BYTES, RANGE_KIND, RANGE_OPERAND, RANGE_OUTSIDE } from "./quick-layout";

/** Ranges of which the values are looked for together. */
const TOGETHER: usize = 4;
// Of each of these where the values are, then the values.
const addresses: usize = ASC_FEATURE_THREADS ? area + PLACES : memory.data(PLACES_BYTES, 16);
const columns: usize = addresses + TOGETHER * ADDRESS_BYTES;

/** Of the questions last asked about: a fact is not known. */
export let unknownFacts: u32 = 0;
/** Of those of one range: a value is wanting, so that the condition does not hold. */
let wanting: u32 = 0;

/** Which of these questions' records lie in a range of what stands in no column: `bounds` as for `inRange`. */
function insideOther(lanes: u32, records: usize, range: usize, bounds: usize, frames: usize): u32 {
  const operand = load<u32>(range, RANGE_OPERAND);
  const kind = load<u32>(range, RANGE_KIND) & ~RANGE_OUTSIDE;
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const at = (<usize>i) << 2;
    const record = load<u32>(records + at);
    const value = valueBeside(kind, operand, pageOfRecord(record), record);
    if (kind === OP_FACT && value > TRUE) {
      // Nothing holds that reads an error.
      wanting |= 1 << i;
      unknownFacts |= u32(value === UNKNOWN) << i;
    }
    const own = frames === 0 ? bounds : <usize>load<u32>(frames + at) + bounds;
    bits |= u32(value - load<i64>(own, FRAME_LOW) <= load<i64>(own, FRAME_SPAN)) << i;
  }
  return bits;
}

/**
 * Which of these questions' records lie in the range, whose values are found where it is one of a column. Its bounds stand at
 * `bounds`; or those of each question that far into the frame whose address stands at `frames`, where this is not 0.
 */
function inRange(lanes: u32, records: usize, range: usize, values: usize, bounds: usize, frames: usize): u32 {
  const kind = load<u32>(range, RANGE_KIND);
  let bits: u32;
  wanting = 0;
  if ((kind & ~RANGE_OUTSIDE) === OP_VALUE) {
    bits =
      frames === 0
        ? inside(values, load<i64>(bounds, FRAME_LOW), load<i64>(bounds, FRAME_SPAN))
        : insideOwn(values, bounds, frames);
    if ((zeros & lanes) !== 0) wanting = wantingOf(zeros & lanes, records, load<u32>(range, RANGE_OPERAND));
  } else bits = insideOther(lanes, records, range, bounds, frames);
  return lanes & ~wanting & ((kind & RANGE_OUTSIDE) === 0 ? bits : ~bits);
}

/** Brings together what these ranges of columns are about: first where all of it is, for it is far away. */
function findValues(lanes: u32, records: usize, range: usize, count: usize): void {
  let columnBits: u32 = 0;
  for (let i: usize = 0; i < count; i++) {
    if ((load<u32>(range, RANGE_KIND) & ~RANGE_OUTSIDE) === OP_VALUE) {
      columnBits |= 1 << (<u32>i);
      find(lanes, records, load<u32>(range, RANGE_OPERAND), addresses + i * ADDRESS_BYTES);
    }
    range += RANGE_BYTES;
  }
  for (; columnBits !== 0; columnBits &= columnBits - 1) {
    const i = <usize>ctz(columnBits);
    bringValues(addresses + i * ADDRESS_BYTES, columns + i * VALUES_BYTES);
  }
}

/**
 * Which of these questions' records lie in every range of a program, as the frame of a user has them; or, where `frames` is not
 * 0, each in those of its own frame, whose address stands there, a word a question. `frame` is one of them.
 */
export function inAllRanges(program: u32, frame: usize, frames: usize, lanes: u32, records: usize): u32 {
  unknownFacts = 0;
  const end = <usize>frameEnd(frame);
  if (end === <usize>FRAME_NEVER) return 0;
  let range = <usize>load<u32>(quickProgram(program), QUICK_RANGES);
  let bounds = frames === 0 ? frame + FRAME_RANGES : FRAME_RANGES;
  let left = (end - frame - FRAME_RANGES) / FRAME_RANGE_BYTES;
  while (left !== 0 && lanes !== 0) {
    const some = min(left, TOGETHER);
    findValues(lanes, records, range, some);
    let values = columns;
    for (let i: usize = 0; i < some; i++) {
      lanes = inRange(lanes, records, range, values, bounds, frames);
      range += RANGE_BYTES;
      bounds += FRAME_RANGE_BYTES;
      values += VALUES_BYTES;
    }
    left -= some;
  }
  return lanes;
}
