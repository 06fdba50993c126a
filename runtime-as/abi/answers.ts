// Answers: decisions, sources, what is wrong with an image. Part of abi.ts: plain number constants only.

export const DECISION_ALLOW = 1;
export const DENY_DISABLED = 2;
export const DENY_FORBID = 3; // guardrail number << 8
export const DENY_PRIVILEGE = 4;
export const DENY_ACCESS = 5;
export const DENY_STATE = 6; // there was such a record, and it has been deleted

// Sources, as `explain` writes them: kind, reference (two words a source)
export const SOURCE_ADMINISTRATOR = 0;
export const SOURCE_ROLE = 1; // role
export const SOURCE_PERMIT = 2; // guardrail
export const SOURCE_OWNER = 3;
export const SOURCE_TEAM = 4; // team
export const SOURCE_SHARE = 5; // principal of the share
export const SOURCE_PARENT = 6; // principal of the share
export const SOURCE_HIERARCHY = 7; // user: the report through whom

// An error of a condition, beside the sources: kind | ERROR_* << 8, and what it is of.
export const SOURCE_ERROR_IN_ROLE = 8; // role
export const SOURCE_ERROR_IN_GUARDRAIL = 9; // guardrail

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
