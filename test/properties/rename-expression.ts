// Expressions under other names; texts and numbers stay as they are.
import type { ExpressionPlan } from "./expression-plan.ts";

export interface Names {
  readonly attribute: (name: string) => string;
  /** Of entities, and of the types that the language brings. */
  readonly type: (name: string) => string;
  readonly id: (type: string, id: string) => string;
}

export function renamedExpression(plan: ExpressionPlan, names: Names): ExpressionPlan {
  const other = (part: ExpressionPlan): ExpressionPlan => renamedExpression(part, names);
  switch (plan.op) {
    case "string":
    case "long":
    case "bool":
    case "decimal":
    case "datetime":
    case "root":
      return plan;
    case "id":
      return { op: "id", type: names.type(plan.type), id: names.id(plan.type, plan.id) };
    case "set":
      return { op: "set", items: plan.items.map(other) };
    case "not":
    case "negate":
      return { op: plan.op, of: other(plan.of) };
    case "if":
      return { op: "if", test: other(plan.test), yes: other(plan.yes), no: other(plan.no) };
    case "get":
      return { op: "get", of: other(plan.of), name: names.attribute(plan.name) };
    case "has":
      return hasOneByOne(other(plan.of), plan.path.map(names.attribute));
    case "like":
      return { ...plan, of: other(plan.of) };
    case "is":
      return { op: "is", of: other(plan.of), type: names.type(plan.type), in: plan.in && other(plan.in) };
    case "call":
      return { op: "call", of: other(plan.of), method: plan.method, given: plan.given.map(other) };
    default:
      return { op: plan.op, left: other(plan.left), right: other(plan.right) };
  }
}

/** `e has a.b` is `e has a && e.a has b`; only the second can be written with names of every kind. */
function hasOneByOne(of: ExpressionPlan, [name = "", ...rest]: readonly string[]): ExpressionPlan {
  const first: ExpressionPlan = { op: "has", of, path: [name] };
  if (rest.length === 0) return first;
  return { op: "&&", left: first, right: hasOneByOne({ op: "get", of, name }, rest) };
}
