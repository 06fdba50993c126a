import type { Range } from "./ranges.ts";

/** The place in a text that `^`, `$`, `\b` and `\B` ask for. */
export type Place = "start" | "end" | "word edge" | "no word edge";

/** A mask's pattern, parsed: regular expressions without what needs backtracking. */
export type Pattern =
  | { readonly kind: "character"; readonly ranges: readonly Range[] }
  | { readonly kind: "sequence"; readonly parts: readonly Pattern[] }
  /** Earlier options are preferred. */
  | { readonly kind: "choice"; readonly options: readonly Pattern[] }
  | {
      readonly kind: "repeat";
      readonly body: Pattern;
      readonly min: number;
      /** undefined: without end. */
      readonly max: number | undefined;
      readonly lazy: boolean;
    }
  | { readonly kind: "place"; readonly place: Place }
  | { readonly kind: "look"; readonly behind: boolean; readonly negative: boolean; readonly body: Pattern };

/** Whether the pattern matches without any character somewhere. */
export function mayBeEmpty(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "character":
      return false;
    case "sequence":
      return pattern.parts.every(mayBeEmpty);
    case "choice":
      return pattern.options.some(mayBeEmpty);
    case "repeat":
      return pattern.min === 0 || mayBeEmpty(pattern.body);
    default:
      return true;
  }
}

/** Whether the pattern looks ahead or behind somewhere. */
export function looks(pattern: Pattern): boolean {
  switch (pattern.kind) {
    case "sequence":
      return pattern.parts.some(looks);
    case "choice":
      return pattern.options.some(looks);
    case "repeat":
      return looks(pattern.body);
    default:
      return pattern.kind === "look";
  }
}

/** Why a pattern cannot be run. Of a large one no help is needed beyond its limit. */
export class PatternProblem extends Error {
  readonly help: string | undefined;

  constructor(because: string, help?: string) {
    super(because);
    this.help = help;
  }
}
