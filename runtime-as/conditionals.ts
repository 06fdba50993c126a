// Conditional lists of role sets: rows ascending by privilege (abi.ts, CONDITIONAL_ROW_*).
import { CONDITIONAL_LIST_ROWS, CONDITIONAL_ROW_BYTES, CONDITIONAL_ROW_PRIVILEGE } from "./constants";

/** The address behind the last row. */
export function conditionalsEnd(list: usize): usize {
  return list + CONDITIONAL_LIST_ROWS + load<u32>(list) * CONDITIONAL_ROW_BYTES;
}

export function privilegeOfConditional(row: usize): u32 {
  return load<u32>(row, CONDITIONAL_ROW_PRIVILEGE);
}

/** The first row of the privilege or of a higher one; the end where there is none. */
export function firstConditional(list: usize, privilege: u32): usize {
  let low: u32 = 0;
  let high = load<u32>(list);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (privilegeOfConditional(list + CONDITIONAL_LIST_ROWS + middle * CONDITIONAL_ROW_BYTES) < privilege) {
      low = middle + 1;
    } else high = middle;
  }
  return list + CONDITIONAL_LIST_ROWS + low * CONDITIONAL_ROW_BYTES;
}
