// Masks of secured columns (semantics.md F4): the instructions that a pattern becomes. Part of abi.ts: plain number constants
// only. The compiler writes them, the core validates their rows, the host runs them in time linear in the text.

// MASKS row
export const MASK_PATTERN = 0; // name: the pattern as written
export const MASK_FIRST = 1; // row of MASK_CODE
export const MASK_COUNT = 2;
export const MASK_WORDS = 3;

// MASK_CODE row: an instruction. Targets count from the mask's first instruction. What is not said to jump goes on with the
// next. No instruction comes back to itself without a character in between.
export const INSTRUCTION_OP = 0;
export const INSTRUCTION_A = 1;
export const INSTRUCTION_B = 2;
export const INSTRUCTION_WORDS = 3;
export const MASK_MATCH = 0; // ends the mask, or what a MASK_LOOK looks for
export const MASK_CHARACTER = 1; // one character of the ranges A … A + B - 1 of MASK_RANGES
export const MASK_SPLIT = 2; // on at A, which is tried first, or at B
export const MASK_JUMP = 3; // on at A
export const MASK_PLACE = 4; // here is A: PLACE_*
export const MASK_LOOK = 5; // what begins at A (behind: what ends here) matches here; B: LOOK_* bits
export const MASK_LAST_OP = 5;
export const PLACE_START = 0;
export const PLACE_END = 1;
export const PLACE_WORD_EDGE = 2;
export const PLACE_NO_WORD_EDGE = 3;
export const LOOK_NEGATIVE = 1;
export const LOOK_BEHIND = 2;

// MASK_RANGES row: first and last code point; the ranges of one instruction ascend and do not touch.
export const MASK_RANGE_WORDS = 2;
export const LAST_CODE_POINT = 0x10ffff;

/** Instructions of one mask at most: a text of n characters costs at most so many steps a character, twice. */
export const MAX_MASK_INSTRUCTIONS = 1000;
