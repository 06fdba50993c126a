// Checked arithmetic of 64-bit integers: what leaves their range is an error of the condition (language.md section 6).

/** What the last operation came to. */
export let result: i64 = 0;

/** Each says whether the result fits. */
export function negates(value: i64): bool {
  result = -value;
  return value !== i64.MIN_VALUE;
}

export function adds(left: i64, right: i64): bool {
  result = left + right;
  return ((left ^ result) & (right ^ result)) >= 0;
}

export function subtracts(left: i64, right: i64): bool {
  result = left - right;
  return ((left ^ right) & (left ^ result)) >= 0;
}

export function multiplies(left: i64, right: i64): bool {
  result = left * right;
  // Factors of 31 bits always fit, and most are.
  if (((left + 0x40000000) | (right + 0x40000000)) >> 31 === 0) return true;
  // Dividing back tells; the one quotient that would trap is ruled out first.
  if ((left === -1 && right === i64.MIN_VALUE) || (right === -1 && left === i64.MIN_VALUE)) return false;
  return left === 0 || right === -1 || result / left === right;
}
