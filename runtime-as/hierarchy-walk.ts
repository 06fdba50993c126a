// Everybody below a user, one by one: for what asks about many records at once (semantics.md H5, H7).
import { NODE_ABOVE, NODE_FIRST, NODE_NEXT, NODE_USER, SEAT_BYTES, SEAT_NEXT } from "./constants";
import { BELOW, counts, DIRECTLY_BELOW, deepest, nodeOf, nodeWord, seats } from "./hierarchy-standing";
import { NO } from "./image";

let manager: u32 = 0;
let top: u32 = NO;
let node: u32 = NO;
let steps: u32 = 0;
/** The next user of the position at which the walk stands. */
let seated: u32 = NO;

/** Begins with those below a user. One walk at a time. */
export function startBelow(user: u32): void {
  manager = user;
  top = nodeOf(user);
  node = top;
  steps = 0;
  seated = NO;
}

/** How the one whom `nextBelow` gave stands below. */
export function rankBelow(): u32 {
  return steps === 1 ? DIRECTLY_BELOW : BELOW;
}

/** The next node within the depth: down, then to the right, then up. */
function advance(): bool {
  let down = steps < deepest();
  while (true) {
    let next: u32 = NO;
    if (down) {
      next = nodeWord(node, NODE_FIRST);
      down = false;
      if (next === NO) continue;
      steps++;
    } else {
      if (steps === 0) return false;
      next = nodeWord(node, NODE_NEXT);
      if (next === NO) {
        node = nodeWord(node, NODE_ABOVE);
        steps--;
        continue;
      }
    }
    node = next;
    // Managers may stand in a circle: what is below him comes but once.
    if (node !== top) return true;
  }
}

/** The next user who counts as a report of his; NO at the end. */
export function nextBelow(): u32 {
  if (top === NO) return NO;
  while (true) {
    let report: u32 = NO;
    if (seated !== NO) {
      report = seated;
      seated = load<u32>(seats() + seated * SEAT_BYTES, SEAT_NEXT);
    } else {
      if (!advance()) {
        top = NO;
        return NO;
      }
      if (seats() !== 0) {
        seated = nodeWord(node, NODE_USER);
        continue;
      }
      report = node;
    }
    if (counts(manager, report)) return report;
  }
}
