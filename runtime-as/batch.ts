import { DECISION_ALLOW } from "./constants";
import { decide } from "./decide";

/** Answers `count` requests given as three columns; one bit a request into `out` (whole words are written). */
export function checkBatch(
  principals: usize,
  privileges: usize,
  records: usize,
  count: u32,
  out: usize,
): void {
  let word: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const at = (<usize>i) << 2;
    const decision = decide(load<u32>(principals + at), load<u32>(privileges + at), load<u32>(records + at));
    word |= u32(decision === DECISION_ALLOW) << (i & 31);
    if ((i & 31) === 31) {
      store<u32>(out + ((i >> 5) << 2), word);
      word = 0;
    }
  }
  if ((count & 31) !== 0) store<u32>(out + ((count >> 5) << 2), word);
}
