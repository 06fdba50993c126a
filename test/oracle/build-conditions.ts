// Conditions and attribute values of hand-written worlds.
import { parse, Report, type Value } from "../../compiler/index.ts";
import type { Condition } from "../../compiler/model/model.ts";
import type { ExpressionNode } from "../../compiler/syntax/ast.ts";
import type { ValuePlan } from "./plan.ts";

/** `when { … } unless { … }` as the parser reads it; nothing but the syntax is the compiler's. */
export function conditionOf(text: string): Condition {
  const report = new Report();
  const tree = parse({ name: "plan.bwk", text: `forbid (principal, action, resource) ${text};` }, report);
  const [guardrail] = tree.declarations;
  if (report.hasErrors || guardrail?.kind !== "Guardrail") throw new Error(`this is no condition: ${text}`);
  return { clauses: guardrail.conditions, span: guardrail.span };
}

export function expressionOf(text: string): ExpressionNode {
  const [clause] = conditionOf(`when { ${text} }`).clauses;
  if (clause === undefined) throw new Error(`this is no expression: ${text}`);
  return clause.expression;
}

/** Collects the conditions of a policy; grants and guardrails point at them by their number. */
export class ConditionList {
  readonly conditions: Condition[] = [];

  add(text: string): number {
    return this.conditions.push(conditionOf(text)) - 1;
  }
}

export function valuesOf(plan: Readonly<Record<string, ValuePlan>> | undefined): Map<string, Value> {
  return new Map(Object.entries(plan ?? {}).map(([name, value]) => [name, attributeValue(value)]));
}

function attributeValue(plan: ValuePlan): Value {
  if (typeof plan === "string") return { kind: "String", value: plan };
  if (typeof plan === "bigint") return { kind: "Long", value: plan };
  if (typeof plan === "boolean") return { kind: "Bool", value: plan };
  return "kind" in plan ? plan : { kind: "Set", value: plan };
}
