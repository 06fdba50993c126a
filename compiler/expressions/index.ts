// The door of the room: conditions in, typed conditions and findings out.
export { guardrailCircumstances } from "./circumstances.ts";
export {
  checkCondition,
  type Judgement,
  judgeCondition,
  type TypedConditions,
  typedConditions,
} from "./conditions.ts";
export { type Finding, reportFinding } from "./findings.ts";
export { codeLimit, setLimit } from "./limits.ts";
export { partsOf, withParts } from "./parts.ts";
export type * from "./typed.ts";
