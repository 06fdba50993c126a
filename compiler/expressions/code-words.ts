import type { Typed } from "./typed.ts";

/**
 * How many words of code an expression comes to at most: one an operation, and one more where it needs another operand
 * than a word holds, a second jump, or the unit in which somebody is.
 */
export function codeWords(typed: Typed): number {
  switch (typed.op) {
    case "attribute":
    case "has":
      return typed.object === "context" ? 1 : 2 + codeWords(typed.object);
    case "not":
    case "negate":
    case "isEmpty":
    case "like":
    case "isUser":
    case "ownerOf":
    case "unitOf":
    case "isLoaded":
      return 1 + codeWords(typed.operand);
    case "if":
      return 2 + codeWords(typed.condition) + codeWords(typed.consequent) + codeWords(typed.otherwise);
    case "set":
      return typed.elements.reduce((words, element) => words + codeWords(element), 2);
    case "in":
      return 2 + codeWords(typed.left) + codeWords(typed.right);
    case "constant":
    case "entity":
    case "principal":
    case "resource":
    case "action":
    case "owner":
    case "unit":
      return 1;
    default:
      return 1 + codeWords(typed.left) + codeWords(typed.right);
  }
}
