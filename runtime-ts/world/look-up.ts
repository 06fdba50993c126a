import { BailiwickError } from "../errors.ts";
import type { Numbers } from "../names.ts";
import { quote } from "../quote.ts";
import { didYouMean } from "../suggest.ts";
import type { Reference } from "./declarations.ts";

/** The number of a name. Throws BWK421 where it is unknown. */
export function lookUp(numbers: Numbers, { path, name }: Reference, kind: string): number {
  const number = numbers.get(name);
  if (number !== undefined) return number;
  throw new BailiwickError(
    "BWK421",
    `${path}: unknown ${kind} ${quote(name)}`,
    didYouMean(name, numbers.keys()),
  );
}
