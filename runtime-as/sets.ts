// Sets of 64-bit values: ascending, each once (abi.ts, "A set"). Literals in code are built in a scratch arena.
import { area, SETS, SETS_BYTES } from "./area";
import { SET_VALUES } from "./constants";

/** Literals are built here. */
const arena: usize = ASC_FEATURE_THREADS ? area + SETS : memory.data(SETS_BYTES, 16);
let top: usize = 0;

export function arenaTop(): usize {
  return top;
}

/** Gives back the literals built since `to`. */
export function dropSets(to: usize): void {
  top = to;
}

function at(set: usize, index: u32): usize {
  return set + SET_VALUES + <usize>index * 8;
}

/** Moves the value at `root` down the heap of `count` values. */
function sift(values: usize, root: u32, count: u32): void {
  const value = load<i64>(values + <usize>root * 8);
  let place = root;
  for (let child: u32 = 2 * place + 1; child < count; child = 2 * place + 1) {
    if (child + 1 < count && load<i64>(values + <usize>child * 8) < load<i64>(values + <usize>child * 8, 8))
      child++;
    const greater = load<i64>(values + <usize>child * 8);
    if (greater <= value) break;
    store<i64>(values + <usize>place * 8, greater);
    place = child;
  }
  store<i64>(values + <usize>place * 8, value);
}

function isAscending(values: usize, count: u32): bool {
  for (let i: u32 = 1; i < count; i++) {
    if (load<i64>(values + <usize>i * 8 - 8) > load<i64>(values + <usize>i * 8)) return false;
  }
  return true;
}

function sort(values: usize, count: u32): void {
  if (isAscending(values, count)) return;
  for (let root = count / 2; root > 0; root--) sift(values, root - 1, count);
  for (let last = count - 1; last > 0; last--) {
    const greatest = load<i64>(values);
    store<i64>(values, load<i64>(values + <usize>last * 8));
    store<i64>(values + <usize>last * 8, greatest);
    sift(values, 0, last);
  }
}

/** The set of the `count` values at `from`. */
export function makeSet(from: usize, count: u32): usize {
  const set = arena + top;
  const values = set + SET_VALUES;
  memory.copy(values, from, <usize>count * 8);
  sort(values, count);
  let kept: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = load<i64>(values + <usize>i * 8);
    if (kept > 0 && load<i64>(values + <usize>kept * 8 - 8) === value) continue;
    store<i64>(values + <usize>kept * 8, value);
    kept++;
  }
  store<u32>(set, kept);
  top += <usize>SET_VALUES + <usize>kept * 8;
  return set;
}

export function isEmptySet(set: usize): bool {
  return load<u32>(set) === 0;
}

export function setContains(set: usize, value: i64): bool {
  let low: u32 = 0;
  let high = load<u32>(set);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (load<i64>(at(set, middle)) < value) low = middle + 1;
    else high = middle;
  }
  return low < load<u32>(set) && load<i64>(at(set, low)) === value;
}

export function setContainsAll(set: usize, other: usize): bool {
  const count = load<u32>(other);
  for (let i: u32 = 0; i < count; i++) if (!setContains(set, load<i64>(at(other, i)))) return false;
  return true;
}

export function setContainsAny(set: usize, other: usize): bool {
  const count = load<u32>(other);
  for (let i: u32 = 0; i < count; i++) if (setContains(set, load<i64>(at(other, i)))) return true;
  return false;
}

export function setsAreEqual(left: usize, right: usize): bool {
  return load<u32>(left) === load<u32>(right) && setContainsAll(left, right);
}
