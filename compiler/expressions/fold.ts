// The values of constant expressions, and what follows from them at compile time.
import type { Typed } from "./typed.ts";

/** A key that equal constants share, sets without order or repetition; undefined for what is no constant. */
export function constantKey(typed: Typed): string | undefined {
  switch (typed.op) {
    case "constant":
      return `${typeof typed.value} ${typed.value}`;
    case "entity":
      return JSON.stringify([typed.of, typed.id]);
    case "set": {
      const keys = elementKeys(typed);
      return keys === undefined ? undefined : JSON.stringify([...keys].sort());
    }
    default:
      return undefined;
  }
}

/** The keys of a constant set's elements. */
export function elementKeys(typed: Typed): ReadonlySet<string> | undefined {
  if (typed.op !== "set") return undefined;
  const keys = new Set<string>();
  for (const element of typed.elements) {
    const key = constantKey(element);
    if (key === undefined) return undefined;
    keys.add(key);
  }
  return keys;
}

/** The number that a constant is: a Long, a Decimal or a Datetime. */
export function numberOf(typed: Typed): bigint | undefined {
  return typed.op === "constant" && typeof typed.value === "bigint" ? typed.value : undefined;
}

/** Whether a text matches a pattern: the stretches in order, the first at its beginning, the last at its end. */
export function isLike(text: string, pattern: readonly string[]): boolean {
  const [first = "", ...rest] = pattern;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
