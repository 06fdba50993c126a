// Rows of the data security inventory: who owns the records of an entity, by which rule. Part of abi.ts: plain number
// constants only. They decide nothing: the host reads them where a record is created without an owner.

// OWNER_RULES row
export const OWNER_RULE_ENTITY = 0; // owned by user or team, at most one rule each
export const OWNER_RULE_KIND = 1; // see OWNER_*
export const OWNER_RULE_PRINCIPAL = 2; // name of the user or team | NONE
export const OWNER_RULE_FIRST_STEP = 3; // of OWNER_PATH: rows of OWNER_STEPS, attribute names from the record to its owner
export const OWNER_RULE_STEPS = 4;
export const OWNER_RULE_WORDS = 5;
export const OWNER_CREATOR = 0;
export const OWNER_USER = 1;
export const OWNER_TEAM = 2;
export const OWNER_PATH = 3;
