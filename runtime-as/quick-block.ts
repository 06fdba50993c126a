// Ranges (ranges.ts) over the questions of a block: first where the values of some columns are, then the values, which are far
// away and thus on their way together.
import { area, PLACES, PLACES_BYTES } from "./area";
import { FOUND_BYTES, find, inside, wantingOf, zeros } from "./batch-lanes";
import { FALSE, OP_FACT, OP_VALUE, TRUE } from "./constants";
import { pageOfRecord } from "./pages";
import { valueBeside } from "./quick";
import {
  QUICK_RANGES,
  QUICK_RANGES_END,
  RANGE_BYTES,
  RANGE_KIND,
  RANGE_LOW,
  RANGE_OPERAND,
  RANGE_OUTSIDE,
  RANGE_SPAN,
} from "./quick-layout";

/** Ranges of which the values are looked for together. */
const TOGETHER: usize = 4;
const places: usize = ASC_FEATURE_THREADS ? area + PLACES : memory.data(PLACES_BYTES, 16);

/** Of the questions last asked about: a value is wanting, so that the program's steps must tell. */
export let wanting: u32 = 0;

/** Which of these questions' records lie in a range of what stands in no column. */
function insideOther(lanes: u32, records: usize, range: usize, low: i64, span: u64): u32 {
  const kind = load<u32>(range, RANGE_KIND);
  const operand = load<u32>(range, RANGE_OPERAND);
  let bits: u32 = 0;
  for (let left = lanes; left !== 0; left &= left - 1) {
    const i = <u32>ctz(left);
    const record = load<u32>(records + ((<usize>i) << 2));
    const value = valueBeside(kind, operand, pageOfRecord(record), record);
    wanting |= u32(kind === OP_FACT && value !== <i64>FALSE && value !== <i64>TRUE) << i;
    bits |= u32(<u64>(value - low) <= span) << i;
  }
  return bits;
}

/** Which of these questions' records lie in the range, whose values are found where it is one of a column. */
function inRange(lanes: u32, records: usize, range: usize, found: usize): u32 {
  const low = load<i64>(range, RANGE_LOW);
  const span = load<u64>(range, RANGE_SPAN);
  let bits: u32;
  if (load<u32>(range, RANGE_KIND) === OP_VALUE) {
    bits = inside(found, low, span);
    if ((zeros & lanes) !== 0) wanting |= wantingOf(zeros & lanes, records, found);
  } else bits = insideOther(lanes, records, range, low, span);
  return lanes & ~wanting & (load<u32>(range, RANGE_OUTSIDE) === 0 ? bits : ~bits);
}

/** Which of these questions' records lie in every range of a quick program. */
export function inAllRanges(quick: usize, lanes: u32, records: usize): u32 {
  const end = <usize>load<u32>(quick, QUICK_RANGES_END);
  wanting = 0;
  let range = <usize>load<u32>(quick, QUICK_RANGES);
  while (range < end && lanes !== 0) {
    const stop = min(end, range + TOGETHER * RANGE_BYTES);
    let found = places;
    for (let at = range; at < stop; at += RANGE_BYTES) {
      if (load<u32>(at, RANGE_KIND) === OP_VALUE) {
        find(lanes, records, load<u32>(at, RANGE_OPERAND), found);
      }
      found += FOUND_BYTES;
    }
    found = places;
    for (; range < stop; range += RANGE_BYTES) {
      lanes = inRange(lanes, records, range, found);
      found += FOUND_BYTES;
    }
  }
  return lanes;
}
