// The operators on two values, both of which have been evaluated, and the methods.
import { inRange } from "./literals.ts";
import { isIn } from "./membership.ts";
import type { Situation } from "./situation.ts";
import {
  asDecimal,
  asEntity,
  asLong,
  asSet,
  EvaluationError,
  type ExpressionValue,
  equal,
  includes,
  includesAll,
} from "./values.ts";

export function operate(
  operator: string,
  left: ExpressionValue,
  right: ExpressionValue,
  situation: Situation,
): ExpressionValue {
  switch (operator) {
    case "==":
      return equal(left, right);
    case "!=":
      return !equal(left, right);
    case "<":
      return order(left, right) < 0;
    case "<=":
      return order(left, right) <= 0;
    case ">":
      return order(left, right) > 0;
    case ">=":
      return order(left, right) >= 0;
    case "+":
      return inRange(asLong(left) + asLong(right));
    case "-":
      return inRange(asLong(left) - asLong(right));
    case "*":
      return inRange(asLong(left) * asLong(right));
    case "in": {
      const member = asEntity(left);
      const isSet = typeof right === "object" && right.kind === "set";
      const groups = isSet ? right.elements : [right];
      return groups.map(asEntity).some((group) => isIn(member, group, situation));
    }
    default:
      throw new EvaluationError("type", `there is no operator ${operator}`);
  }
}

/** Long with Long, Datetime with Datetime: negative, zero or positive. */
function order(left: ExpressionValue, right: ExpressionValue): number {
  const isDate = (value: ExpressionValue) => typeof value === "object" && value.kind === "datetime";
  if (isDate(left) && isDate(right))
    return compare((left as { value: bigint }).value, (right as { value: bigint }).value);
  return compare(asLong(left), asLong(right));
}

function compare(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

const decimalMethods: Readonly<Record<string, (order: number) => boolean>> = {
  lessThan: (order) => order < 0,
  lessThanOrEqual: (order) => order <= 0,
  greaterThan: (order) => order > 0,
  greaterThanOrEqual: (order) => order >= 0,
};

export function callMethod(
  method: string,
  object: ExpressionValue,
  given: readonly ExpressionValue[],
): boolean {
  if (method === "isEmpty" && given.length === 0) return asSet(object).elements.length === 0;
  const [argument, second] = given;
  if (argument === undefined || second !== undefined)
    throw new EvaluationError("type", `${method} with ${given.length} arguments`);
  const decides = decimalMethods[method];
  if (decides !== undefined) return decides(compare(asDecimal(object), asDecimal(argument)));
  const set = asSet(object);
  if (method === "contains") return includes(set, argument);
  if (method === "containsAll") return includesAll(set, asSet(argument));
  if (method === "containsAny") return asSet(argument).elements.some((element) => includes(set, element));
  throw new EvaluationError("type", `there is no method ${method}`);
}

/** `*` in a pattern stands for any text, the empty one included; `pattern` is what stands between the stars. */
export function isLike(text: string, pattern: readonly string[]): boolean {
  const [piece = "", ...rest] = pattern;
  if (rest.length === 0) return text === piece;
  if (!text.startsWith(piece)) return false;
  const after = [...text.slice(piece.length)];
  // The rest may begin after any number of characters.
  return Array.from({ length: after.length + 1 }, (_, skip) => after.slice(skip).join("")).some((tail) =>
    isLike(tail, rest),
  );
}
