// One check with its reason, in one call: most callers who ask by name want the first source and none of the others.
import { DECISION_ALLOW, DENY_ACCESS } from "./constants";
import { decide } from "./decide";
import { firstSource } from "./explain";
import { IN_REACH, OUT_OF_REACH, tableVerdict } from "./table-verdict";

/** -1 less the code of `decide` where it denies; else the first source, its kind * 2^32 and its reference. */
export function reason(user: u32, privilege: u32, record: u32): f64 {
  const told = tableVerdict(user, privilege, record);
  if (told === OUT_OF_REACH) return -1.0 - <f64>DENY_ACCESS;
  const code = told === IN_REACH ? DECISION_ALLOW : decide(user, privilege, record);
  return code === DECISION_ALLOW ? <f64>firstSource(user, privilege, record) : -1.0 - <f64>code;
}
