// How quick programs lie in memory (quick.ts says what they are).

// This header, the loads, the steps, the bound steps, the slots (64 bits each), room for ranges (a range a step).
export const QUICK_USER: u32 = 0; // for whom the bound slots stand | NO
export const QUICK_AGE: u32 = 4; // `factsAge` when they were bound
export const QUICK_TROUBLE: u32 = 8; // which of them have no value
export const QUICK_LOADS_END: u32 = 12;
export const QUICK_STEPS_END: u32 = 16;
export const QUICK_BOUND_END: u32 = 20;
export const QUICK_RANGES: u32 = 24;
export const QUICK_RANGES_END: u32 = 28;
export const QUICK_COLUMNS: u32 = 32; // 1: every range is of a column
export const QUICK_BYTES: u32 = 40;

// A load: a value of the record goes into a slot. Trouble bits say which values are wanting; it is an error to use one.
export const LOAD_KIND: u32 = 0; // operation of the code (abi.ts, OP_*)
export const LOAD_OPERAND: u32 = 4; // OP_VALUE, OP_HAS: four times the column; OP_FACT: bytes into the planes
export const LOAD_SLOT: u32 = 8;
export const LOAD_TROUBLE: u32 = 12;
export const LOAD_BYTES: u32 = 16;

// A step: a comparison of two slots, or an operation of the code from two slots into a third.
export const STEP_LEFT: u32 = 0;
export const STEP_RIGHT: u32 = 4;
export const STEP_KIND: u32 = 8; // a comparison: bits of RELATION_*; else the operation with STEP_COMPUTES
export const STEP_NEEDS: u32 = 12; // trouble that makes it an error
export const STEP_ELSE: u32 = 16; // of a comparison that fails: the step to go on with, or the answer (FALSE, TRUE)
export const STEP_SLOT: u32 = 16; // of an operation: where its result goes
export const STEP_OPERAND: u32 = 20;
export const STEP_ENTITY: u32 = 24;
export const STEP_TROUBLE: u32 = 28; // of a bound one: the bit of its result
export const STEP_BYTES: u32 = 32;
export const STEP_COMPUTES: u32 = 0x100;

/** A comparison holds where the bit of the relation is set. */
export const RELATION_GREATER: u32 = 1;
export const RELATION_LESS: u32 = 2;
export const RELATION_EQUAL: u32 = 4;

// A range: which values of the record make a part of the program true. What a program's ranges read, and in which order, is the
// same for every user; from where to where each goes is not, and is kept in frames.
export const RANGE_KIND: u32 = 0; // as of a load; with RANGE_OUTSIDE: the values outside of the range
export const RANGE_OPERAND: u32 = 4;
export const RANGE_LOW: u32 = 8;
export const RANGE_HIGH: u32 = 16; // while ranges are worked out; then RANGE_SPAN: how far above the lowest the highest is
export const RANGE_SPAN: u32 = 16;
export const RANGE_BYTES: u32 = 24;
export const RANGE_OUTSIDE: u32 = 0x100;
