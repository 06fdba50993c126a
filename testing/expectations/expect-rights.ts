import { actions, type Step } from "../../compiler/index.ts";
import { type Asked, isAllowed } from "../ask.ts";
import { setText } from "../set-text.ts";
import type { Stage } from "../stage.ts";
import { whyOf } from "../why.ts";
import { differences, type Finding } from "./finding.ts";

/** `rights dora on o: read, append;`: exactly these of the seven; create concerns no record that exists. */
export function expectRights(stage: Stage, step: Extract<Step, { kind: "rights" }>): Finding {
  const { user, record, context } = step;
  const asked = (action: number): Asked => ({ user, context, operation: { kind: "right", action, record } });
  const rights = [...actions.keys()].filter((action) => actions[action] !== "create");
  const named = (list: readonly number[]) => list.map((action) => actions[action] as string);

  const expected = named(rights.filter((action) => (step.rights & (1 << action)) !== 0));
  const found = named(rights.filter((action) => isAllowed(stage, asked(action))));
  const { missing, unexpected } = differences(expected, found);
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  return {
    expected: setText(expected),
    decided: setText(found),
    missing,
    unexpected,
    why: rights
      .filter((action) => [...missing, ...unexpected].includes(actions[action] as string))
      .map((action) => `${actions[action]}: ${whyOf(stage, asked(action))}`),
  };
}
