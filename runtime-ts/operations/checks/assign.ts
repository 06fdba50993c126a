import { ACTION_ASSIGN, ACTION_READ, ACTION_WRITE } from "../../../runtime-as/abi.ts";
import type { Asking } from "../asking.ts";
import { followersOf } from "../effects/assign.ts";
import type { Checks } from "./check.ts";

/**
 * semantics.md A4: assign, write and read on the record as it is before; then the new owner must be able to own it (A3), and
 * every record that follows by the `assign` cascade.
 */
export function* checksOfAssign(asking: Asking, record: number, to: number): Checks {
  yield asking.right("A4", ACTION_ASSIGN, record);
  yield asking.right("A4", ACTION_WRITE, record);
  yield asking.right("A4", ACTION_READ, record);
  for (const follower of followersOf(asking.ground, record)) yield asking.mayOwn("A3", to, follower);
}
