import {
  ACTION_APPEND,
  ACTION_APPEND_TO,
  ACTION_READ,
  ACTION_WRITE,
  FLAG_APPEND_TO_NEEDS_WRITE,
  NONE,
} from "../../../runtime-as/abi.ts";
import type { Asking, Target } from "../asking.ts";
import type { Checks } from "./check.ts";

/**
 * semantics.md A7: append, write and read on the child; appendTo and read on the parent, and write where
 * `appendToNeedsWrite` asks for it. A lookup that is emptied (NONE) has no parent.
 */
export function* checksOfLookup(asking: Asking, child: Target, parent: number): Checks {
  yield asking.right("A7", ACTION_APPEND, child);
  yield asking.right("A7", ACTION_WRITE, child);
  yield asking.right("A7", ACTION_READ, child);
  if (parent === NONE) return;
  yield asking.right("A7", ACTION_APPEND_TO, parent);
  yield asking.right("A7", ACTION_READ, parent);
  if ((asking.ground.policy.switches & FLAG_APPEND_TO_NEEDS_WRITE) !== 0)
    yield asking.right("A7", ACTION_WRITE, parent);
}
