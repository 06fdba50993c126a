// Expressions as plain data: written as text by write-expression.ts, as syntax tree by expression-tree.ts.

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "+" | "-" | "*";

export type Root = "principal" | "resource" | "context" | "action";

export type ExpressionPlan =
  | { readonly op: "string"; readonly value: string }
  /** Digits, with a minus before them where it is negative. */
  | { readonly op: "long"; readonly value: string }
  | { readonly op: "bool"; readonly value: boolean }
  | { readonly op: "decimal" | "datetime"; readonly text: string }
  | { readonly op: "root"; readonly name: Root }
  | { readonly op: "id"; readonly type: string; readonly id: string }
  | { readonly op: "set"; readonly items: readonly ExpressionPlan[] }
  | { readonly op: "not" | "negate"; readonly of: ExpressionPlan }
  | { readonly op: BinaryOperator; readonly left: ExpressionPlan; readonly right: ExpressionPlan }
  | {
      readonly op: "if";
      readonly test: ExpressionPlan;
      readonly yes: ExpressionPlan;
      readonly no: ExpressionPlan;
    }
  | { readonly op: "get"; readonly of: ExpressionPlan; readonly name: string }
  | { readonly op: "has"; readonly of: ExpressionPlan; readonly path: readonly string[] }
  /** What stands between the wildcards. */
  | { readonly op: "like"; readonly of: ExpressionPlan; readonly pattern: readonly string[] }
  | {
      readonly op: "is";
      readonly of: ExpressionPlan;
      readonly type: string;
      readonly in: ExpressionPlan | undefined;
    }
  | {
      readonly op: "call";
      readonly of: ExpressionPlan;
      readonly method: string;
      readonly given: readonly ExpressionPlan[];
    };

/** One `when { … }` or `unless { … }`. */
export interface ClausePlan {
  readonly form: "when" | "unless";
  readonly expression: ExpressionPlan;
}

/** Empty where there is no condition. */
export type ConditionPlan = readonly ClausePlan[];

/** The parts of an expression, from the left. */
export function partsOf(plan: ExpressionPlan): readonly ExpressionPlan[] {
  switch (plan.op) {
    case "string":
    case "long":
    case "bool":
    case "decimal":
    case "datetime":
    case "root":
    case "id":
      return [];
    case "set":
      return plan.items;
    case "if":
      return [plan.test, plan.yes, plan.no];
    case "is":
      return plan.in === undefined ? [plan.of] : [plan.of, plan.in];
    case "call":
      return [plan.of, ...plan.given];
    case "not":
    case "negate":
    case "get":
    case "has":
    case "like":
      return [plan.of];
    default:
      return [plan.left, plan.right];
  }
}

/** Whether something of that kind occurs anywhere in an expression. */
export function occurs(plan: ExpressionPlan, wanted: (part: ExpressionPlan) => boolean): boolean {
  return wanted(plan) || partsOf(plan).some((part) => occurs(part, wanted));
}

export const root = (name: Root): ExpressionPlan => ({ op: "root", name });

export const and = (left: ExpressionPlan, right: ExpressionPlan): ExpressionPlan => ({
  op: "&&",
  left,
  right,
});
