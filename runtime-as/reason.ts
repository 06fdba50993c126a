// One check with its reason, in one call: most callers who ask by name want the first source and none of the others.
import { DECISION_ALLOW } from "./constants";
import { decide } from "./decide";
import { firstSource } from "./explain";

/** -1 less the code of `decide` where it denies; else the first source, its kind * 2^32 and its reference. */
export function reason(user: u32, privilege: u32, record: u32): f64 {
  const code = decide(user, privilege, record);
  return code === DECISION_ALLOW ? <f64>firstSource(user, privilege, record) : -1.0 - <f64>code;
}
