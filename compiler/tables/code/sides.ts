import { SIDE_PRINCIPAL, SIDE_RECORD, SIDE_REQUEST } from "../../../runtime-as/abi.ts";
import type { Typed } from "../../expressions/typed.ts";

/** The parts of an expression that are expressions. */
export function parts(typed: Typed): readonly Typed[] {
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

/** What an expression looks at: the record, the principal, the request (SIDE_* bits). */
export function sidesOf(typed: Typed): number {
  let sides = 0;
  if (typed.op === "resource" || typed.op === "owner" || typed.op === "unit") sides = SIDE_RECORD;
  else if (typed.op === "principal") sides = SIDE_PRINCIPAL;
  else if ((typed.op === "attribute" || typed.op === "has") && typed.object === "context")
    sides = SIDE_REQUEST;
  return parts(typed).reduce((all, part) => all | sidesOf(part), sides);
}

/** Whether the answer depends on which action is asked. */
export function looksAtAction(typed: Typed): boolean {
  return typed.op === "action" || parts(typed).some(looksAtAction);
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
