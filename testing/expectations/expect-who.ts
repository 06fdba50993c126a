import { printName, type Step } from "../../compiler/index.ts";
import { type Asked, isAllowed } from "../ask.ts";
import { setText } from "../set-text.ts";
import type { Stage } from "../stage.ts";
import { whyOf } from "../why.ts";
import { differences, type Finding } from "./finding.ts";

/** `who can read o: dora, alice;`: exactly these users. A disabled user can do nothing, so he never belongs to the set. */
export function expectWho(stage: Stage, step: Extract<Step, { kind: "who" }>): Finding {
  const { action, record, context } = step;
  const asked = (user: string): Asked => ({ user, context, operation: { kind: "right", action, record } });
  const found = stage.engine.userNames().filter((user) => isAllowed(stage, asked(user)));
  const { missing, unexpected } = differences(step.users, found);
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  return {
    expected: setText(step.users.map(printName)),
    decided: setText(found.map(printName)),
    missing: missing.map(printName),
    unexpected: unexpected.map(printName),
    why: [...missing, ...unexpected].map((user) => `${printName(user)}: ${whyOf(stage, asked(user))}`),
  };
}
