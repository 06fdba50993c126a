// Conditions in the words of Cedar, each typed for the record that it is asked about.
import { type Model, typedConditions } from "../../compiler/index.ts";
import type { Export } from "./context.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { mayFail, writeExpression } from "./write-expression.ts";

export function conditionsOf(model: Model, names: Vocabulary): Export["conditionOf"] {
  const typed = typedConditions(model.policy);
  return (condition, target) => {
    const expression = typed(condition, target?.decider);
    const place = { model, names, record: target?.record ?? "resource", entity: target?.decider };
    return { text: writeExpression(expression, place), mayFail: mayFail(expression, place) };
  };
}
