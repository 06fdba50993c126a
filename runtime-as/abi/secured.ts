// Column profiles and shares of columns (semantics.md section 8). Part of abi.ts: plain number constants only. The host
// answers questions about columns; a record's own access stays the core's.

// COLUMN_PROFILES row
export const PROFILE_NAME = 0;
export const PROFILE_FIRST_GRANT = 1;
export const PROFILE_GRANTS = 2;
export const PROFILE_FIRST_MEMBER = 3;
export const PROFILE_MEMBERS = 4;
export const PROFILE_WORDS = 5;

// COLUMN_GRANTS row: what a profile gives of one secured column
export const COLUMN_GRANT_ENTITY = 0;
export const COLUMN_GRANT_ATTRIBUTE = 1; // number among the entity's attributes
export const COLUMN_GRANT_ACTIONS = 2; // COLUMN_* bits
export const COLUMN_GRANT_WORDS = 3;
export const COLUMN_CREATE = 1;
export const COLUMN_READ = 2;
export const COLUMN_WRITE = 4;
export const COLUMN_READ_UNMASKED = 8;

// PROFILE_MEMBERS row: principal kind (user or team), name
export const PROFILE_MEMBER_WORDS = 2;

// COLUMN_SHARES row: one secured column of one declared record, shared
export const COLUMN_SHARE_ENTITY = 0;
export const COLUMN_SHARE_ID = 1;
export const COLUMN_SHARE_ATTRIBUTE = 2; // number among the entity's attributes
export const COLUMN_SHARE_KIND = 3; // PRINCIPAL_*
export const COLUMN_SHARE_PRINCIPAL = 4; // name | NONE for the organization
export const COLUMN_SHARE_RIGHTS = 5; // COLUMN_READ, COLUMN_WRITE
export const COLUMN_SHARE_WORDS = 6;
