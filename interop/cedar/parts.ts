// The operands of a typed expression.
import type { Typed } from "../../compiler/index.ts";

export function partsOf(typed: Typed): readonly Typed[] {
  switch (typed.op) {
    case "attribute":
    case "has":
      return typed.object === "context" ? [] : [typed.object];
    case "not":
    case "negate":
    case "isEmpty":
    case "like":
    case "isUser":
    case "ownerOf":
    case "unitOf":
    case "isLoaded":
      return [typed.operand];
    case "if":
      return [typed.condition, typed.consequent, typed.otherwise];
    case "set":
      return typed.elements;
    case "constant":
    case "entity":
    case "principal":
    case "resource":
    case "action":
    case "owner":
    case "unit":
      return [];
    default:
      return [typed.left, typed.right];
  }
}
