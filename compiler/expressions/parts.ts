// The operands of a typed expression, whatever it is.
import type { Typed } from "./typed.ts";

/** The parts of an expression that are expressions. */
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

/** The same expression over other parts. */
export function withParts(typed: Typed, change: (part: Typed) => Typed): Typed {
  switch (typed.op) {
    case "attribute":
    case "has":
      return typed.object === "context" ? typed : { ...typed, object: change(typed.object) };
    case "not":
    case "negate":
    case "isEmpty":
    case "like":
    case "isUser":
    case "ownerOf":
    case "unitOf":
    case "isLoaded":
      return { ...typed, operand: change(typed.operand) };
    case "if":
      return {
        ...typed,
        condition: change(typed.condition),
        consequent: change(typed.consequent),
        otherwise: change(typed.otherwise),
      };
    case "set":
      return { ...typed, elements: typed.elements.map(change) };
    case "constant":
    case "entity":
    case "principal":
    case "resource":
    case "action":
    case "owner":
    case "unit":
      return typed;
    default:
      return { ...typed, left: change(typed.left), right: change(typed.right) };
  }
}
