import type { Typed } from "./typed.ts";

/** The name under which "this object has this attribute" is remembered; the same for the same object, wherever written. */
export function guardOf(object: Typed | "context", attribute: string): string {
  return JSON.stringify([...pathOf(object), attribute]);
}

/** Only roots, names and what their attributes lead to have attributes of their own. */
function pathOf(object: Typed | "context"): readonly (string | number)[] {
  if (object === "context") return ["context"];
  if (object.op === "entity") return ["entity", object.of, object.id];
  if (object.op === "attribute") return [...pathOf(object.object), object.attribute];
  return [object.op];
}
