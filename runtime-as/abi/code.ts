// Conditions: programs, their operations, values and columns. Part of abi.ts: plain number constants only.

// A condition becomes a program for each entity on which it stands. Programs are straight code with forward jumps over a
// stack of 64-bit values; the core checks their types when it loads the image (runtime-as/verify.ts).
export const COLUMNS_OF_USER = 0; // after the entities, in COLUMN_OWNERS
export const COLUMNS_OF_TEAM = 1;
export const COLUMNS_OF_UNIT = 2;
export const COLUMNS_OF_CONTEXT = 3;
export const COLUMN_OWNERS_BESIDE_ENTITIES = 4;

// PROGRAMS row
export const PROGRAM_CODE = 0; // first word in CODE
export const PROGRAM_LENGTH = 1; // words
export const PROGRAM_SIDES = 2; // what it looks at: SIDE_* bits
export const PROGRAM_FACT = 3; // one side alone: its number among that side's facts (record facts: of its entity) | NONE
export const PROGRAM_ENTITY = 4; // the entity of the record, NONE for task privileges
export const SIDE_RECORD = 1;
export const SIDE_PRINCIPAL = 2;
export const SIDE_REQUEST = 4;

// REFERENCES row: what code names, resolved by the host into eight bytes each (WORLD_REFERENCES)
export const REFERENCE_KIND = 0; // REFERENCE_*
export const REFERENCE_NAME = 1; // name; REFERENCE_ROLE: role number
export const REFERENCE_ENTITY = 2; // REFERENCE_RECORD: entity; else NONE
export const REFERENCE_USER = 0;
export const REFERENCE_TEAM = 1;
export const REFERENCE_UNIT = 2;
export const REFERENCE_ROLE = 3;
export const REFERENCE_RECORD = 4;

// CONDITIONALS row: a grant under a condition
export const CONDITIONAL_ROLE = 0;
export const CONDITIONAL_PRIVILEGE = 1;
export const CONDITIONAL_LEVEL = 2; // LEVEL_* bit
export const CONDITIONAL_PROGRAM = 3;
export const CONDITIONAL_LINE = 4; // line in the file of its role, for people

// Limits of code, held by the compiler and by validation
export const MAX_STACK = 1024;
export const MAX_SET_ELEMENTS = 10000; // of all set literals of a program together

// Code: the operation in the low byte, its operand in the 24 bits above; a few take a further word.
// Types on the stack: B bool, L long decimal datetime, S string, T set, P principal, U unit, R record.
export const OP_END = 0; // B -> answer
export const OP_TRUE = 1; // -> B
export const OP_FALSE = 2; // -> B
export const OP_LONG = 3; // constant -> L
export const OP_STRING = 4; // row of PIECES -> S
export const OP_REFERENCE = 5; // reference -> P, U or R (never a role)
export const OP_PRINCIPAL = 6; // -> P
export const OP_RESOURCE = 7; // -> R
export const OP_OWNER = 8; // -> P
export const OP_UNIT = 9; // the record's unit -> U
export const OP_VALUE = 10; // column of the record -> its type; an absent one is an error
export const OP_HAS = 11; // column of the record -> B
export const OP_CONTEXT_VALUE = 12; // column of the context
export const OP_CONTEXT_HAS = 13;
export const OP_USER_VALUE = 14; // P, column of User -> its type; of a team an error
export const OP_USER_HAS = 15; // P -> B
export const OP_TEAM_VALUE = 16; // P, column of Team
export const OP_TEAM_HAS = 17;
export const OP_UNIT_VALUE = 18; // U, column of BusinessUnit
export const OP_UNIT_HAS = 19;
export const OP_FOLLOW = 20; // R, column; further word: entity -> its type; a record that is not loaded is an error
export const OP_FOLLOW_HAS = 21; // R, column; further word: entity -> B
export const OP_NOT = 22; // B -> B
export const OP_NEGATE = 23; // L -> L, checked
export const OP_IS_EMPTY = 24; // T -> B
export const OP_EQUAL = 25; // two of one type, not T -> B
export const OP_EQUAL_SETS = 26; // T T -> B
export const OP_LESS = 27; // L L -> B
export const OP_LESS_OR_EQUAL = 28; // L L -> B
export const OP_ADD = 29; // L L -> L, checked
export const OP_SUBTRACT = 30;
export const OP_MULTIPLY = 31;
export const OP_JUMP = 32; // words forward
export const OP_JUMP_FALSE = 33; // B, words forward: jumps when false
export const OP_AND = 34; // B, words forward: jumps when false and keeps it, else drops it
export const OP_OR = 35; // B, words forward: jumps when true and keeps it, else drops it
export const OP_UNIT_OF_PRINCIPAL = 36; // P -> U
export const OP_UNIT_OF_RECORD = 37; // R; operand: entity -> U (none where it is not loaded or has none)
export const OP_WITHIN = 38; // U U -> B: the lower one is the upper one or below it
export const OP_MEMBER = 39; // P P -> B: the lower one is the upper one, or a user in that team
export const OP_HAS_ROLE = 40; // P; operand: reference to a role -> B
export const OP_IS_USER = 41; // P -> B
export const OP_LIKE = 42; // S; operand: pattern -> B
export const OP_MAKE_SET = 43; // n values of one type; further word: TYPE of the elements on the stack -> T
export const OP_CONTAINS = 44; // T, value -> B
export const OP_CONTAINS_ALL = 45; // T T -> B
export const OP_CONTAINS_ANY = 46; // T T -> B
export const OP_FACT = 47; // program of one side -> B, or its error
export const OP_OWNER_OF = 48; // R; operand: entity -> P; a record that is not loaded is an error
export const OP_UNIT_OF = 49; // R; operand: entity -> U; the same
export const OP_IS_LOADED = 50; // R; operand: entity -> B
export const OP_GREATER = 51; // L L -> B
export const OP_GREATER_OR_EQUAL = 52; // L L -> B

// Types on the stack
export const STACK_BOOL = 1;
export const STACK_LONG = 2;
export const STACK_STRING = 3;
export const STACK_SET = 4;
export const STACK_PRINCIPAL = 5;
export const STACK_UNIT = 6;
export const STACK_RECORD = 7;

// What a program answers
export const FALSE = 0;
export const TRUE = 1;
export const ERROR_OVERFLOW = 2; // an error is at least this
export const ERROR_NO_RECORD = 3; // a lookup leads to a record that is not loaded
export const ERROR_NO_VALUE = 4; // an attribute without a value

// Values in columns and on the stack, 64 bits: B 0 or 1; L the integer, ten-thousandths, milliseconds; S the number of an
// interned string (names of the image keep their numbers); T the address of a set; P user number, or team number with
// TEAM_BIT; U unit number (NO_UNIT = none); R record number, or a number from GHOST_RECORDS on for a record that is not
// loaded (one for each entity and id).
export const GHOST_RECORDS = 0xc0000000;
// A set: u32 number of elements, four bytes unused, then the values (64 bits) ascending as signed integers, each once.
export const SET_VALUES = 8;
// A column of n rows: n values (64 bits), then a bit a row that says whether there is a value (whole 32-bit words).
