// Masks of secured columns (language.md section 3): pattern -> instructions. The rules ask whether a pattern can be run, the
// image keeps what it becomes.
import { MAX_MASK_INSTRUCTIONS } from "../../runtime-as/abi.ts";
import { assemble, type Instruction, MaskTooLarge } from "./assemble.ts";
import { parsePattern } from "./parse-pattern.ts";
import { PatternProblem } from "./pattern.ts";

export type { Instruction } from "./assemble.ts";

export type CompiledMask =
  | { readonly kind: "mask"; readonly instructions: readonly Instruction[] }
  /** Not a pattern, or one that cannot be run in linear time. */
  | { readonly kind: "problem"; readonly because: string; readonly help: string | undefined }
  /** Too many instructions. */
  | { readonly kind: "too large"; readonly limit: number };

/** Compiles the pattern of `masked "…"`. */
export function compileMask(pattern: string): CompiledMask {
  try {
    return { kind: "mask", instructions: assemble(parsePattern(pattern)) };
  } catch (error) {
    if (error instanceof PatternProblem) return { kind: "problem", because: error.message, help: error.help };
    if (error instanceof MaskTooLarge) return { kind: "too large", limit: MAX_MASK_INSTRUCTIONS };
    throw error;
  }
}
