// The world in memory: tables that the host builds and the core reads. Part of abi.ts: plain number constants only.

// The host builds these tables; addresses are bytes in the one WebAssembly memory. Units are numbered in preorder, so a
// subtree is the interval [unit, end of unit]. Users and teams are numbered from 0; a principal that may be either has
// TEAM_BIT set for teams.
export const TEAM_BIT = 0x80000000;
export const ORGANIZATION = 0xfffffffe; // share to everybody
export const MAX_UNITS = 65534;

// World header: words at the address that `world()` returns.
export const WORLD_USERS = 0; // address of user rows
export const WORLD_USER_COUNT = 4;
export const WORLD_TEAMS = 8; // address of team rows
export const WORLD_TEAM_COUNT = 12;
export const WORLD_UNIT_ENDS = 16; // address: u16 a unit, the last unit of its subtree
export const WORLD_UNIT_COUNT = 20;
export const WORLD_GUARDRAILS = 24; // address of guardrail scope rows (same order as in the image)
export const WORLD_PAGES = 28; // address: a row a page number, see ROW_OF_PAGE_*
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
export const WORLD_GENERATION = 80; // goes up with every change of people, roles, teams, units or settings
// Rows that the columns of users, teams and units have room for: tables that grow leave some free.
export const WORLD_USER_ROOM = 84;
export const WORLD_TEAM_ROOM = 88;
export const WORLD_UNIT_ROOM = 92;
export const WORLD_HIERARCHY = 96; // address of the hierarchy (see HIERARCHY_*), 0 where it is off
export const WORLD_REACHES = 100; // address of the core's own table of what users reach (reaches.ts); 0 = none
export const WORLD_REACH_BITS = 104; // it has room for 2^bits pairs of user and privilege
export const WORLD_WHO = 108; // address of what the core has worked out about all users (who-index.ts); 0 = nothing
export const WORLD_WHO_GENERATION = 112; // of which generation it is
export const WORLD_BYTES = 160;
/** Of a pair in the table of reaches. */
export const REACH_BYTES = 32;

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
export const USER_MANAGES = 16; // hierarchy security is on and somebody is below him (semantics.md section 7)
export const USER_DISABLED = 32; // the user's own mark, whatever his unit is (semantics.md H6)

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

// Records live in pages of one entity. Record number = page number * 4096 + place in the page.
export const PAGE_RECORDS = 4096;
export const PAGE_SHIFT = 12;
export const PAGE_ENTITY = 0; // u32
export const PAGE_COUNT = 4; // u32: records in use
export const PAGE_FACTS = 8; // address: fact planes of the page, or 0: programs are run instead
export const PAGE_VALUES = 12; // address: column addresses (u32) of the page, 4,096 rows each; 0 where the entity has no columns
export const PAGE_SHARES = 16; // address of the page's shares (see SHARES_*), in low bits its shift; 0 = no record is shared
export const PAGE_DEAD = 20; // address: a bit a record, 1 = deleted; 0 = no record of the page is
export const PAGE_OWNERS = 32; // u32 a record: principal with TEAM_BIT; NONE = no owner; parent-owned: record number of the parent
export const PAGE_UNITS = 16416; // u16 a record; NO_UNIT = none
export const PAGE_MARKS = 24608; // u16 a record: low bits of the owner's number, MARK_TEAM, MARK_SHARED
export const PAGE_BYTES = 32800;
// Row of a page: its address, and what its head says, so that a batch need not go to the page for it
export const ROW_OF_PAGE_ADDRESS = 0; // u32
export const ROW_OF_PAGE_HEAD = 4; // PAGE_COUNT in the low bits, PAGE_ENTITY above
export const ROW_OF_PAGE_FACTS = 8; // PAGE_FACTS
export const ROW_OF_PAGE_VALUES = 12; // PAGE_VALUES
export const ROW_OF_PAGE_SHIFT = 4; // from a page number to its row
export const PAGE_COUNT_BITS = 13;
export const MARK_OF_PRINCIPAL = 0x3fff;
export const MARK_TEAM = 0x4000; // owned by a team, or by nobody
export const MARK_SHARED = 0x8000; // it has or has had a share row
export const PAGE_DEAD_BYTES = 512;
// Fact planes: for each fact a plane of bits (true) and then a plane of bits (error); of a page 512 bytes each.
export const PAGE_PLANE_BYTES = 512;
export const NO_UNIT = 0xffff;
export const DEAD_UNIT = 0xfffe; // of a deleted record: a unit that nothing reaches

// Pages of an entity: number of pages, address of their page numbers (u32), number of records
export const ENTITY_PAGES_COUNT = 0;
export const ENTITY_PAGES_LIST = 4;
export const ENTITY_PAGES_RECORDS = 8;
export const ENTITY_PAGES_BYTES = 12;

// Shares of a page, 16-byte aligned: an address (u32) for each group of records, that of the first row of these or later ones;
// then where the rows end, and where the room for rows does; then the rows. They are in order of places and then of principals,
// and a row of NO_PLACE follows the last one. A group is the records of one `place >> shift`.
export const SHARES_SHIFT_BITS = 15; // of PAGE_SHARES: the shift, 0 to PAGE_SHIFT; the others are the address
// Share row
export const SHARE_PRINCIPAL = 0; // user, team with TEAM_BIT, or ORGANIZATION
export const SHARE_DIRECT = 4; // u8: bit 1 << action
export const SHARE_INHERITED = 5; // u8
export const SHARE_PLACE = 6; // u16: which record of the page
export const SHARE_BYTES = 8;
export const NO_PLACE = 0xffff;

// Hierarchy (semantics.md section 7), where it is on: a tree of users (manager model) or of positions. What is not there is
// NONE.
export const HIERARCHY_NODES = 0; // address of node rows
export const HIERARCHY_USER_ROOM = 4; // users for whom there is room in nodes or seats
export const HIERARCHY_SEATS = 8; // address of seat rows, one a user; 0 in the manager model: a user is his own node
export const HIERARCHY_UNIT_PARENTS = 12; // address: u16 a unit, its parent; NO_UNIT of the root
export const HIERARCHY_CACHE = 16; // address of the cache of the core (runtime-as/hierarchy-teams.ts)
export const HIERARCHY_CACHE_SLOTS = 20; // a power of two
export const HIERARCHY_CACHE_SLOT_BYTES = 24; // of one slot: at least 8 and one a team
export const HIERARCHY_UNIT_ROOM = 28; // units for which there is room
export const HIERARCHY_BYTES = 32;
// Node row: a user or a position
export const NODE_ABOVE = 0; // his manager; the position that it is under
export const NODE_FIRST = 4; // the first node below
export const NODE_NEXT = 8; // the next node under the same one
export const NODE_USER = 12; // of a position: the first user who has it
export const NODE_BYTES = 16;
// Seat row of a user, in the position model
export const SEAT_NODE = 0; // his position
export const SEAT_NEXT = 4; // the next user of the same position
export const SEAT_BYTES = 8;
