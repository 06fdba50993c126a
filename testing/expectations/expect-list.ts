import { printName, type Step } from "../../compiler/index.ts";
import { type Asked, isAllowed } from "../ask.ts";
import { setText } from "../set-text.ts";
import type { Stage } from "../stage.ts";
import { whyOf } from "../why.ts";
import { differences, type Finding } from "./finding.ts";

/** `list read Opportunity for dora: o, opp1;`: exactly these records of the entity. */
export function expectList(stage: Stage, step: Extract<Step, { kind: "list" }>): Finding {
  const { user, action, entity, context } = step;
  const asked = (id: string): Asked => ({
    user,
    context,
    operation: { kind: "right", action, record: { entity, id } },
  });
  const expected = step.records.map(({ id }) => id);
  const found = stage.engine
    .recordIds(stage.policy.entities[entity]?.name ?? "")
    .filter((id) => isAllowed(stage, asked(id)));
  const { missing, unexpected } = differences(expected, found);
  if (missing.length === 0 && unexpected.length === 0) return undefined;
  return {
    expected: setText(expected.map(printName)),
    decided: setText(found.map(printName)),
    missing: missing.map(printName),
    unexpected: unexpected.map(printName),
    why: [...missing, ...unexpected].map((id) => `${printName(id)}: ${whyOf(stage, asked(id))}`),
  };
}
