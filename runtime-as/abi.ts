// The border between TypeScript and the core, once. Compiled by tsc and by asc: plain number constants only.
// docs/image-format.md draws the image; the second half of this file is the layout of the world in memory.

// ---------------------------------------------------------------- the image
// Header, then the section table (offset, bytes, rows: three words a section), then the sections, each 8-byte aligned.
// Everything is little-endian. The checksum covers every byte but the header's first five words.
export const IMAGE_MAGIC = 0x494b5742; // "BWKI"
export const IMAGE_VERSION = 1;
export const LANGUAGE_VERSION = 1;
export const HEADER_MAGIC = 0;
export const HEADER_VERSION = 4;
export const HEADER_LANGUAGE = 8;
export const HEADER_BYTES = 12; // length of the whole image
export const HEADER_CHECKSUM = 16;
export const HEADER_SECTIONS = 20; // number of sections
export const HEADER_SIZE = 24;
export const SECTION_ENTRY_BYTES = 12;

/** An absent id, index or name. */
export const NONE = 0xffffffff;

// Sections in their order. A row is a fixed number of 32-bit words unless said otherwise; "name" = index into STRINGS.
export const SECTION_STRINGS = 0; // rows + 1 offsets into TEXT: [start]
export const SECTION_TEXT = 1; // bytes, UTF-8
export const SECTION_SETTINGS = 2; // one row, see SETTING_*
export const SECTION_ENTITIES = 3; // see ENTITY_*
export const SECTION_ATTRIBUTES = 4; // see ATTRIBUTE_*
export const SECTION_OPTIONS = 5; // [name]: the options of Choice attributes
export const SECTION_PRIVILEGE_SETS = 6; // [name, ownership, shared]
export const SECTION_TASKS = 7; // [name]
export const SECTION_ROLES = 8; // [name, form, unit name | NONE, description | NONE]
export const SECTION_PLANES = 9; // a row of plane words a role (PLANE_*)
export const SECTION_GUARDRAILS = 10; // see GUARDRAIL_*
export const SECTION_GUARD_LISTS = 11; // words: see GUARD_LIST_*; many privileges share one list
export const SECTION_PRIVILEGES = 12; // a row a privilege, see PRIVILEGE_*
export const SECTION_OPEN_NAMES = 13; // [kind, name, file name, line]
export const SECTION_UNITS = 14; // [name, parent name | NONE, flags]
export const SECTION_USERS = 15; // see USER_ROW_*
export const SECTION_TEAMS = 16; // see TEAM_ROW_*
export const SECTION_ASSIGNMENTS = 17; // [role, unit name]
export const SECTION_MEMBERS = 18; // [user name]
export const SECTION_POSITIONS = 19; // [name, parent name | NONE]
export const SECTION_RECORDS = 20; // see RECORD_ROW_*
export const SECTION_SHARES = 21; // [entity, id, principal kind, principal name | NONE, direct mask, inherited mask]
export const SECTION_VALUES = 22; // [attribute name, value kind, text]
// Conditions (language.md sections 5 and 6), see "Conditions" below.
export const SECTION_COLUMN_OWNERS = 23; // [first row of COLUMNS, number]: entities, then User, Team, BusinessUnit, context
export const SECTION_COLUMNS = 24; // [attribute]: the attributes that conditions read, by owner
export const SECTION_CODE = 25; // words
export const SECTION_CONSTANTS = 26; // [low word, high word]: 64-bit integers
export const SECTION_REFERENCES = 27; // see REFERENCE_*
export const SECTION_PATTERNS = 28; // [first row of PIECES, number]: `like` patterns
export const SECTION_PIECES = 29; // [name]: texts in code: string constants, and what stands between wildcards
export const SECTION_PROGRAMS = 30; // see PROGRAM_*
export const SECTION_CONDITIONALS = 31; // see CONDITIONAL_*, by role, then privilege
export const SECTION_COUNT = 32;

// Words of a row, by section (0 = rows are not words of a fixed number).
export const STRINGS_WORDS = 1;
export const SETTINGS_WORDS = 12;
export const ENTITY_WORDS = 7;
export const ATTRIBUTE_WORDS = 8;
export const OPTIONS_WORDS = 1;
export const PRIVILEGE_SET_WORDS = 3;
export const TASK_WORDS = 1;
export const ROLE_WORDS = 4;
export const PRIVILEGE_WORDS = 5;
export const GUARDRAIL_WORDS = 9;
export const OPEN_NAME_WORDS = 4;
export const UNIT_WORDS = 3;
export const USER_WORDS = 9;
export const TEAM_WORDS = 10;
export const ASSIGNMENT_WORDS = 2;
export const MEMBER_WORDS = 1;
export const POSITION_WORDS = 2;
export const RECORD_WORDS = 8;
export const SHARE_WORDS = 6;
export const VALUE_WORDS = 3;
export const COLUMN_OWNER_WORDS = 2;
export const CONSTANT_WORDS = 2;
export const REFERENCE_WORDS = 3;
export const PATTERN_WORDS = 2;
export const PROGRAM_WORDS = 5;
export const CONDITIONAL_WORDS = 4;

// SETTINGS row
export const SETTING_FLAGS = 0; // see FLAG_*
export const SETTING_HIERARCHY = 1; // 0 off, 1 manager, 2 position
export const SETTING_HIERARCHY_DEPTH = 2;
export const SETTING_HIERARCHY_LEVEL = 3;
// First attribute and number of attributes of the request context and of the built-in types.
export const SETTING_CONTEXT_FIRST = 4;
export const SETTING_CONTEXT_COUNT = 5;
export const SETTING_USER_FIRST = 6;
export const SETTING_USER_COUNT = 7;
export const SETTING_TEAM_FIRST = 8;
export const SETTING_TEAM_COUNT = 9;
export const SETTING_UNIT_FIRST = 10;
export const SETTING_UNIT_COUNT = 11;

export const FLAG_MODERN = 1; // ownershipAcrossBusinessUnits
export const FLAG_KEEP_ROLES = 2;
export const FLAG_MOVE_RECORDS = 4;
export const FLAG_RECOMPUTE_OWNERSHIP = 8;
export const FLAG_INHERIT_ABOVE_USER = 16;
export const FLAG_TEAM_GRANT_SERVES_SHARE = 32;
export const FLAG_GRANT_ADDS = 64;
export const FLAG_SHARER_NEEDS_RIGHTS = 128;
export const FLAG_SHARE_TO_PREVIOUS = 256;
export const FLAG_DISABLED_MAY_OWN = 512;
export const FLAG_APPEND_TO_NEEDS_WRITE = 1024;
export const FLAG_ASSOCIATE_NEEDS_APPEND_TO = 2048;
export const FLAG_HIERARCHY_ANCESTORS = 4096;
export const FLAG_HIERARCHY_ANY_UNIT = 8192;
export const FLAG_HIERARCHY_DISABLED_REPORTS = 16384;

// ENTITIES row
export const ENTITY_NAME = 0;
export const ENTITY_OWNERSHIP = 1;
export const ENTITY_SET = 2;
export const ENTITY_PARENT_ATTRIBUTE = 3; // number among the entity's attributes, or NONE
export const ENTITY_PARENT = 4; // entity, or NONE
export const ENTITY_FIRST_ATTRIBUTE = 5;
export const ENTITY_ATTRIBUTE_COUNT = 6;

export const OWNED_BY_PRINCIPAL = 0;
export const OWNED_BY_ORGANIZATION = 1;
export const OWNED_BY_UNIT = 2;
export const OWNED_BY_PARENT = 3;
/** A chain of entities owned by their parent is at most this long. */
export const MAX_PARENT_CHAIN = 64;

// ATTRIBUTES row
export const ATTRIBUTE_NAME = 0;
export const ATTRIBUTE_TYPE = 1; // see TYPE_*
export const ATTRIBUTE_ARGUMENT = 2; // lookup: entity; choice: first option; set: TYPE_STRING or TYPE_LONG
export const ATTRIBUTE_OPTIONS = 3; // choice: number of options
export const ATTRIBUTE_FLAGS = 4; // 1 optional, 2 secured
export const ATTRIBUTE_MASKED = 5; // name (pattern) | NONE
export const ATTRIBUTE_CASCADES = 6; // 1 assign, 2 share, 4 unshare, 8 reparent, 16 merge
export const ATTRIBUTE_ON_DELETE = 7; // 0 unlink, 1 cascade, 2 restrict
export const ATTRIBUTE_OPTIONAL = 1;
export const ATTRIBUTE_SECURED = 2;

export const TYPE_STRING = 0;
export const TYPE_LONG = 1;
export const TYPE_BOOL = 2;
export const TYPE_DECIMAL = 3;
export const TYPE_DATETIME = 4;
export const TYPE_CHOICE = 5;
export const TYPE_SET = 6;
export const TYPE_LOOKUP = 7;
export const TYPE_USER = 8;
export const TYPE_TEAM = 9;
export const TYPE_UNIT = 10;
export const TYPE_PRINCIPAL = 11;

// ROLES row
export const ROLE_NAME = 0;
export const ROLE_FORM = 1;
export const ROLE_UNIT = 2;
export const ROLE_DESCRIPTION = 3;
export const ROLE_INHERITING = 0;
export const ROLE_TEAM_ONLY = 1;
export const ROLE_ADMINISTRATOR = 2;

// Planes: four bits a privilege slot, one bit a level, eight slots a word. A role sets one bit (its highest level); a role
// set is the OR of its roles. Slot = privilege set * 8 + action; tasks follow after the last set.
export const LEVEL_USER = 1;
export const LEVEL_UNIT = 2;
export const LEVEL_CHILDREN = 4;
export const LEVEL_ORGANIZATION = 8;
export const SLOTS_PER_WORD = 8;

// Privileges as callers number them: entity * 8 + action, then tasks. Actions in the order of language.md section 2.
// A row of PRIVILEGES is what a check needs to know of one.
export const PRIVILEGE_SLOT = 0; // NONE where the entity's ownership does not have the right (semantics.md E6)
export const PRIVILEGE_GUARDS = 1; // word index into GUARD_LISTS | NONE
export const PRIVILEGE_KIND = 2; // OWNED_BY_* of the entity, or KIND_TASK
export const PRIVILEGE_ENTITY = 3; // entity, NONE for tasks
export const PRIVILEGE_CONDITIONAL = 4; // 1: some role grants it under a condition
export const KIND_TASK = 4;
export const ACTIONS = 8;
export const ACTION_CREATE = 0;
export const ACTION_READ = 1;
export const ACTION_WRITE = 2;
export const ACTION_DELETE = 3;
export const ACTION_ASSIGN = 4;
export const ACTION_SHARE = 5;
export const ACTION_APPEND = 6;
export const ACTION_APPEND_TO = 7;

// GUARDRAILS row. Which entities and actions it covers is in the guard lists; what stays to be tested is here.
export const GUARDRAIL_EFFECT = 0; // 0 permit, 1 forbid
export const GUARDRAIL_ID = 1; // name
export const GUARDRAIL_PRINCIPAL = 2; // see SCOPE_*
export const GUARDRAIL_PRINCIPAL_REF = 3; // name of a user, team or unit; number of a role
export const GUARDRAIL_LEVEL = 4; // LEVEL_* bit; 0 for forbids
export const GUARDRAIL_UNIT = 5; // name | NONE: resource in BusinessUnit
export const GUARDRAIL_RECORD_ENTITY = 6; // entity | NONE: resource == E::"id"
export const GUARDRAIL_RECORD_ID = 7; // name | NONE
export const GUARDRAIL_LINE = 8; // line in its file, for people
// A guardrail list, in words: whether one of them concerns everybody, how many; then two words each, ascending: guardrail,
// and the program of its condition for the entity of the privilege | NONE.
export const GUARD_LIST_EVERYBODY = 0;
export const GUARD_LIST_COUNT = 1;
export const GUARD_LIST_MEMBERS = 2;
export const GUARD_MEMBER_WORDS = 2;
export const EFFECT_PERMIT = 0;
export const EFFECT_FORBID = 1;
export const SCOPE_ANY = 0;
export const SCOPE_USER = 1;
export const SCOPE_TEAM = 2;
export const SCOPE_UNIT = 3;
export const SCOPE_ROLE = 4;

// OPEN_NAMES kinds
export const OPEN_USER = 0;
export const OPEN_TEAM = 1;
export const OPEN_UNIT = 2;
export const OPEN_PRINCIPAL = 3;
export const OPEN_POSITION = 4;

// USERS row: name, unit name, flags (1 disabled), manager name | NONE, position name | NONE, first assignment, number,
// first value, number
export const USER_ROW_NAME = 0;
export const USER_ROW_UNIT = 1;
export const USER_ROW_FLAGS = 2;
export const USER_ROW_MANAGER = 3;
export const USER_ROW_POSITION = 4;
export const USER_ROW_FIRST_ROLE = 5;
export const USER_ROW_ROLES = 6;
export const USER_ROW_FIRST_VALUE = 7;
export const USER_ROW_VALUES = 8;
export const DISABLED = 1;

// TEAMS row
export const TEAM_ROW_NAME = 0;
export const TEAM_ROW_KIND = 1; // see TEAM_*
export const TEAM_ROW_UNIT = 2;
export const TEAM_ROW_FIRST_ROLE = 3;
export const TEAM_ROW_ROLES = 4;
export const TEAM_ROW_FIRST_MEMBER = 5;
export const TEAM_ROW_MEMBERS = 6;
export const TEAM_ROW_ADMINISTRATOR = 7; // user name | NONE
export const TEAM_ROW_FIRST_VALUE = 8;
export const TEAM_ROW_VALUES = 9;
export const TEAM_OWNER = 0;
export const TEAM_ACCESS = 1;
export const TEAM_GROUP = 2;
export const TEAM_DEFAULT = 3;

// RECORDS row
export const RECORD_ROW_ENTITY = 0;
export const RECORD_ROW_ID = 1;
export const RECORD_ROW_OWNER_KIND = 2; // 0 user, 1 team
export const RECORD_ROW_OWNER = 3; // name | NONE
export const RECORD_ROW_UNIT = 4; // name | NONE
export const RECORD_ROW_PARENT = 5; // id | NONE, of parent-owned entities
export const RECORD_ROW_FIRST_VALUE = 6;
export const RECORD_ROW_VALUES = 7;

// Principal kinds of owners and shares
export const PRINCIPAL_USER = 0;
export const PRINCIPAL_TEAM = 1;
export const PRINCIPAL_ORGANIZATION = 2;

// VALUES kinds; the text is the value as people write it (sets: a JSON array)
export const VALUE_STRING = 0;
export const VALUE_LONG = 1;
export const VALUE_BOOL = 2;
export const VALUE_DECIMAL = 3;
export const VALUE_DATETIME = 4;
export const VALUE_CHOICE = 5;
export const VALUE_SET = 6;
export const VALUE_RECORD = 7;
export const VALUE_USER = 8;
export const VALUE_TEAM = 9;
export const VALUE_UNIT = 10;

// ---------------------------------------------------------------- conditions
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

// ---------------------------------------------------------------- the world in memory
// The host builds these tables; addresses are bytes in the one WebAssembly memory. Units are numbered in preorder, so a
// subtree is the interval [unit, end of unit]. Users and teams are numbered from 0; a principal that may be either has
// TEAM_BIT set for teams.
export const TEAM_BIT = 0x80000000;
export const ORGANIZATION = 0xfffffffe; // share to everybody
export const MAX_UNITS = 65535;

// World header: words at the address that `world()` returns.
export const WORLD_USERS = 0; // address of user rows
export const WORLD_USER_COUNT = 4;
export const WORLD_TEAMS = 8; // address of team rows
export const WORLD_TEAM_COUNT = 12;
export const WORLD_UNIT_ENDS = 16; // address: u16 a unit, the last unit of its subtree
export const WORLD_UNIT_COUNT = 20;
export const WORLD_GUARDRAILS = 24; // address of guardrail scope rows (same order as in the image)
export const WORLD_PAGES = 28; // address: page address (u32) a page number
export const WORLD_PAGE_COUNT = 32;
export const WORLD_ENTITY_PAGES = 36; // address: a row an entity, see ENTITY_PAGES_*
export const WORLD_REFERENCES = 40; // address: eight bytes a reference: value (u32), of a unit its last unit below (u32)
export const WORLD_STRINGS = 44; // address: eight bytes an interned string: address of its UTF-8 bytes, length
export const WORLD_STRING_COUNT = 48;
export const WORLD_USER_COLUMNS = 52; // address: column addresses (u32), columns of users
export const WORLD_TEAM_COLUMNS = 56;
export const WORLD_UNIT_COLUMNS = 60;
export const WORLD_CONTEXT_COLUMNS = 64; // columns of one row: the request context
export const WORLD_DESCRIBED_COLUMNS = 68; // columns of one row: the record described in the request, of its entity
export const WORLD_USER_FACTS = 72; // address: fact planes over users; 0 = not computed: programs are run instead
export const WORLD_USER_FACT_WORDS = 76; // 32-bit words of one plane
export const WORLD_BYTES = 96;

// User row
export const USER_UNIT = 0; // u16
export const USER_FLAGS = 2; // u16, see USER_*
export const USER_CONTEXTS = 4; // address of a context list (shared by equal users)
export const USER_TEAM_SET = 8; // address of a team set (shared by equal users)
export const USER_ADMINISTERS = 12; // address of a team list (count, team numbers ascending) | 0 (semantics.md T8)
// What the first look of a check needs, repeated here from context lists and team set: one cache line has it all.
export const USER_OWN_PLANES = 16; // plane row of all roles of his own
export const USER_TEAM_PLANES = 20; // plane row of all roles of his teams
export const USER_TEAM_CONTEXTS = 24; // address of the context list of his team set
export const USER_BYTES = 32;
export const USER_ENABLED = 1; // the user, his unit and all units above are enabled (gate, rule 0)
export const USER_ADMINISTRATOR = 2; // an administrator role, his own or of a team (rule 2)
export const USER_CONDITIONAL = 8; // some role of his, or of a team of his, grants something under a condition
export const USER_GUARDED = 4; // a guardrail names him, his team, unit or role (set by `markGuarded`)

// Team row
export const TEAM_UNIT = 0; // u16
export const TEAM_KIND = 2; // u16
export const TEAM_CONTEXTS = 4; // address of a context list: the team's own, holder = the team
export const TEAM_BYTES = 8;

// Context list: count, flags, the plane row of all its roles together, then rows. Flags say whether an administrator role is
// among them.
export const CONTEXT_LIST_COUNT = 0;
export const CONTEXT_LIST_FLAGS = 4;
export const CONTEXT_LIST_PLANES = 8;
export const CONTEXT_LIST_ROWS = 16;
export const CONTEXTS_ADMINISTRATOR = 1;
export const CONTEXTS_CONDITIONAL = 2; // some context has a conditional list
// Context row: one role set in one unit, held by the user himself or by a team
export const CONTEXT_PLANES = 0; // address of the role set's plane words
export const CONTEXT_FIRST_UNIT = 4; // u16
export const CONTEXT_LAST_UNIT = 6; // u16
export const CONTEXT_HOLDER = 8; // HOLDER_SELF, or team number, with HOLDER_INHERITS where members inherit
export const CONTEXT_ROLES = 12; // address of a list: count, role numbers ascending
export const CONTEXT_CONDITIONALS = 16; // address of a conditional list | 0
export const CONTEXT_BYTES = 20;
// Conditional list of a role set: count, then rows ascending by privilege: privilege, level bit, program, role
export const CONDITIONAL_LIST_ROWS = 4;
export const CONDITIONAL_ROW_PRIVILEGE = 0;
export const CONDITIONAL_ROW_LEVEL = 4;
export const CONDITIONAL_ROW_PROGRAM = 8;
export const CONDITIONAL_ROW_ROLE = 12;
export const CONDITIONAL_ROW_BYTES = 16;
export const HOLDER_SELF = 0xffffffff;
export const HOLDER_INHERITS = 0x40000000;

// Team set: count of teams, address of its context list (the contexts of all its owner, group and default teams), then
// team numbers ascending (access teams included)
export const TEAM_SET_COUNT = 0;
export const TEAM_SET_CONTEXTS = 4;
export const TEAM_SET_TEAMS = 8;

// Guardrail scope row: names of the image row, resolved against the loaded world
export const SCOPE_PRINCIPAL = 0; // user or team number, role number; NONE = nobody
export const SCOPE_PRINCIPAL_FIRST = 4; // u16 units of SCOPE_UNIT (first > last: none)
export const SCOPE_PRINCIPAL_LAST = 6; // u16
export const SCOPE_RESOURCE_FIRST = 8; // u16 units of the resource scope
export const SCOPE_RESOURCE_LAST = 10; // u16
export const SCOPE_RECORD = 12; // record number; NONE = not loaded
export const SCOPE_BYTES = 16;

// Records live in pages of one entity. Record number = page number * 1024 + place in the page.
export const PAGE_RECORDS = 1024;
export const PAGE_SHIFT = 10;
export const PAGE_ENTITY = 0; // u32
export const PAGE_COUNT = 4; // u32: records in use
export const PAGE_SHARES = 8; // address: u32 a record, its first share row | 0; 0 = no record of the page is shared
export const PAGE_VALUES = 12; // address: column addresses (u32) of the page, 1,024 rows each; 0 where the entity has no columns
export const PAGE_OWNERS = 16; // u32 a record: principal with TEAM_BIT; NONE = no owner; parent-owned: record number of the parent
export const PAGE_UNITS = 4112; // u16 a record; NO_UNIT = none
export const PAGE_FACTS = 6160; // address: fact planes of the page, or 0: programs are run instead
export const PAGE_BYTES = 6176;
// Fact planes: for each fact a plane of bits (true) and then a plane of bits (error); of a page 128 bytes each.
export const PAGE_PLANE_BYTES = 128;
export const NO_UNIT = 0xffff;

// Pages of an entity: number of pages, address of their page numbers (u32), number of records
export const ENTITY_PAGES_COUNT = 0;
export const ENTITY_PAGES_LIST = 4;
export const ENTITY_PAGES_RECORDS = 8;
export const ENTITY_PAGES_BYTES = 12;

// Share row
export const SHARE_PRINCIPAL = 0; // user, team with TEAM_BIT, or ORGANIZATION
export const SHARE_DIRECT = 4; // u8: bit 1 << action
export const SHARE_INHERITED = 5; // u8
export const SHARE_NEXT = 8; // address of the next share of the record | 0
export const SHARE_BYTES = 12;

// ---------------------------------------------------------------- answers
export const DECISION_ALLOW = 1;
export const DENY_DISABLED = 2;
export const DENY_FORBID = 3; // guardrail number << 8
export const DENY_PRIVILEGE = 4;
export const DENY_ACCESS = 5;

// Sources, as `explain` writes them: kind, reference (two words a source)
export const SOURCE_ADMINISTRATOR = 0;
export const SOURCE_ROLE = 1; // role
export const SOURCE_PERMIT = 2; // guardrail
export const SOURCE_OWNER = 3;
export const SOURCE_TEAM = 4; // team
export const SOURCE_SHARE = 5; // principal of the share
export const SOURCE_PARENT = 6; // principal of the share

// An error of a condition, beside the sources: kind | ERROR_* << 8, and what it is of.
export const SOURCE_ERROR_IN_ROLE = 7; // role
export const SOURCE_ERROR_IN_GUARDRAIL = 8; // guardrail

// What `validate` says of an image; `imageErrorSection()` names the section.
export const IMAGE_OK = 0;
export const IMAGE_TOO_SHORT = 1;
export const IMAGE_NOT_AN_IMAGE = 2;
export const IMAGE_OTHER_VERSION = 3;
export const IMAGE_OTHER_LANGUAGE = 4;
export const IMAGE_WRONG_LENGTH = 5;
export const IMAGE_CHECKSUM = 6;
export const IMAGE_SECTION_BOUNDS = 7; // a section lies outside, overlaps, or its rows do not fill it
export const IMAGE_NO_MEMORY = 9;
export const IMAGE_BAD_ROW = 8; // a row holds an id, offset or kind that does not exist
