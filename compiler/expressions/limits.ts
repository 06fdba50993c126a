// Limits of conditions beside those of the parser (compiler/syntax/limits.ts), which bound their nesting and operators.

/** How many elements a set in an expression may have. */
export const setLimit = 10_000;

/** How many words of code a condition may come to. */
export const codeLimit = 65_536;
