// Which attributes Cedar's validator knows to be there behind a test. It concludes less than the checker of the project, which
// sees through constants: what it does not know is guarded once more where it is used.
import { partsOf, type Typed } from "../../compiler/index.ts";

/** `resource has amount`, as the text says it. */
export type Guards = ReadonlySet<string>;

export const noGuards: Guards = new Set();

export function combined(a: Guards, b: Guards): Guards {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

function common(a: Guards, b: Guards): Guards {
  return new Set([...a].filter((guard) => b.has(guard)));
}

/** What is there where the test is true; `textOf` writes a `has`. At most what Cedar concludes. */
export function provesOf(test: Typed, textOf: (has: Typed & { op: "has" }) => string): Guards {
  const of = (part: Typed): Guards => provesOf(part, textOf);
  switch (test.op) {
    case "has":
      return new Set([textOf(test)]);
    case "and":
      return combined(of(test.left), of(test.right));
    case "or":
      return isOpen(test) ? common(of(test.left), of(test.right)) : noGuards;
    case "if":
      if (!isOpen(test)) return noGuards;
      return common(combined(of(test.condition), of(test.consequent)), of(test.otherwise));
    default:
      return noGuards;
  }
}

/**
 * Whether no part of the test is settled by its types: a branch that Cedar knows to be false proves nothing there. Types
 * settle constants, comparisons with the action, which differs from request to request, and what is compared with itself.
 */
function isOpen(test: Typed): boolean {
  if (test.op === "constant" && test.type.kind === "Bool") return false;
  if (test.op === "action" || (test.op === "equal" && test.left === test.right)) return false;
  if (test.op === "equal" && test.left.op === test.right.op && test.left.op === "entity") return false;
  return partsOf(test).every(isOpen);
}
