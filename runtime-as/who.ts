import { DECISION_ALLOW } from "./constants";
import { decide } from "./decide";
import { userCount } from "./principals";

/** Who has the privilege on the record: one bit a user into `out` (zeroed by the caller); returns how many. */
export function whoCan(privilege: u32, record: u32, out: usize): u32 {
  let count: u32 = 0;
  const users = userCount();
  for (let user: u32 = 0; user < users; user++) {
    if (decide(user, privilege, record) !== DECISION_ALLOW) continue;
    const at = out + ((user >> 5) << 2);
    store<u32>(at, load<u32>(at) | (1 << (user & 31)));
    count++;
  }
  return count;
}
