// The image: header, sections, rows. Part of abi.ts: plain number constants only.

// Header, then the section table (offset, bytes, rows: three words a section), then the sections, each 8-byte aligned.
// Everything is little-endian. The checksum covers every byte but the header's first five words.
export const IMAGE_MAGIC = 0x494b5742; // "BWKI"
export const IMAGE_VERSION = 3;
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
export const SECTION_ROLES = 8; // [name, form, unit name | NONE, description | NONE, file name]
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
// The data security inventory (abi/inventory.ts).
export const SECTION_OWNER_RULES = 32; // see OWNER_RULE_*
export const SECTION_OWNER_STEPS = 33; // [attribute name]
// Secured columns (abi/masks.ts, abi/secured.ts).
export const SECTION_MASKS = 34; // see MASK_*
export const SECTION_MASK_CODE = 35; // see INSTRUCTION_*
export const SECTION_MASK_RANGES = 36; // [first, last] code point
export const SECTION_COLUMN_PROFILES = 37; // see PROFILE_*
export const SECTION_COLUMN_GRANTS = 38; // see COLUMN_GRANT_*
export const SECTION_PROFILE_MEMBERS = 39; // [principal kind, name]
export const SECTION_COLUMN_SHARES = 40; // see COLUMN_SHARE_*
// For explanations.
export const SECTION_GRANT_LINES = 41; // bytes, padded to words: where the grants of roles stand (see "GRANT_LINES")
export const SECTION_COUNT = 42;

// Words of a row, by section (0 = rows are not words of a fixed number).
export const STRINGS_WORDS = 1;
export const SETTINGS_WORDS = 12;
export const ENTITY_WORDS = 8;
export const ATTRIBUTE_WORDS = 8;
export const OPTIONS_WORDS = 1;
export const PRIVILEGE_SET_WORDS = 3;
export const TASK_WORDS = 1;
export const ROLE_WORDS = 5;
export const PRIVILEGE_WORDS = 5;
export const GUARDRAIL_WORDS = 10;
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
export const CONDITIONAL_WORDS = 5;

// SETTINGS row
export const SETTING_FLAGS = 0; // see FLAG_*
export const SETTING_HIERARCHY = 1; // see HIERARCHY_*
export const SETTING_HIERARCHY_DEPTH = 2; // 1 to MAX_HIERARCHY_DEPTH
export const SETTING_HIERARCHY_LEVEL = 3; // 1 user to 4 organization
// First attribute and number of attributes of the request context and of the built-in types.
export const SETTING_CONTEXT_FIRST = 4;
export const SETTING_CONTEXT_COUNT = 5;
export const SETTING_USER_FIRST = 6;
export const SETTING_USER_COUNT = 7;
export const SETTING_TEAM_FIRST = 8;
export const SETTING_TEAM_COUNT = 9;
export const SETTING_UNIT_FIRST = 10;
export const SETTING_UNIT_COUNT = 11;

export const HIERARCHY_OFF = 0;
export const HIERARCHY_BY_MANAGER = 1;
export const HIERARCHY_BY_POSITION = 2;
/** Chains of managers and positions are followed as far as the depth. */
export const MAX_HIERARCHY_DEPTH = 1000;

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
export const ENTITY_FLAGS = 7; // 1: hierarchy security leaves it out (semantics.md H6)
export const ENTITY_WITHOUT_HIERARCHY = 1;

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
export const ATTRIBUTE_MASKED = 5; // row of MASKS | NONE
export const ATTRIBUTE_CASCADES = 6; // CASCADE_* bits
export const ATTRIBUTE_ON_DELETE = 7; // DELETE_*
export const ATTRIBUTE_OPTIONAL = 1;
export const ATTRIBUTE_SECURED = 2;
export const CASCADE_ASSIGN = 1;
export const CASCADE_SHARE = 2;
export const CASCADE_UNSHARE = 4;
export const CASCADE_REPARENT = 8;
export const CASCADE_MERGE = 16;
export const DELETE_UNLINKS = 0;
export const DELETE_CASCADES = 1;
export const DELETE_IS_RESTRICTED = 2;

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
export const ROLE_FILE = 4; // name, for people
export const ROLE_INHERITING = 0;
export const ROLE_TEAM_ONLY = 1;
export const ROLE_ADMINISTRATOR = 2;

// GRANT_LINES: numbers of seven bits a byte, low ones first, the top bit set where another byte follows (LEB128). Of each role
// the number of its statements; of each, ascending by line: lines since the statement before, shape, of a statement on
// entities the mask of its actions, the number of its runs, and of each run of privilege sets (or tasks) how many are left out
// before it and how many follow its first. A statement stands here for what it grants without a condition.
export const GRANT_SHAPE_LEVEL = 7; // 1 user to 4 organization
export const GRANT_SHAPE_TASKS = 8;

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
export const ACTION_SHIFT = 3;
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
export const GUARDRAIL_FILE = 9; // name, for people
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
