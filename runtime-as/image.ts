// The image in place: where its sections are, and what the checks read of it. Only a validated image is used.
import {
  ACTIONS,
  CONSTANT_WORDS,
  ENTITY_FLAGS,
  ENTITY_PARENT,
  ENTITY_WORDS,
  FLAG_MODERN,
  FLAG_RECOMPUTE_OWNERSHIP,
  HEADER_SIZE,
  KIND_TASK,
  NONE,
  OWNED_BY_ORGANIZATION,
  PATTERN_WORDS,
  PRIVILEGE_CONDITIONAL,
  PRIVILEGE_ENTITY,
  PRIVILEGE_GUARDS,
  PRIVILEGE_KIND,
  PRIVILEGE_SLOT,
  PRIVILEGE_WORDS,
  PROGRAM_CODE,
  PROGRAM_SIDES,
  PROGRAM_WORDS,
  SECTION_CODE,
  SECTION_CONSTANTS,
  SECTION_ENTITIES,
  SECTION_ENTRY_BYTES,
  SECTION_GUARD_LISTS,
  SECTION_GUARDRAILS,
  SECTION_PATTERNS,
  SECTION_PIECES,
  SECTION_PLANES,
  SECTION_PRIVILEGE_SETS,
  SECTION_PRIVILEGES,
  SECTION_PROGRAMS,
  SECTION_SETTINGS,
  SECTION_TASKS,
  SETTING_FLAGS,
  SIDE_RECORD,
  SLOTS_PER_WORD,
  WORLD_REFERENCES,
} from "./constants";
import { worldWord } from "./memory";

export const NO: u32 = <u32>NONE;

let entities: usize = 0;
let entityTotal: u32 = 0;
let setTotal: u32 = 0;
let taskTotal: u32 = 0;
let planes: usize = 0;
let planeRowWords: u32 = 0;
let guardrails: usize = 0;
let guardrailTotal: u32 = 0;
let guardLists: usize = 0;
let privileges: usize = 0;
let privilegeTotal: u32 = 0;
let programs: usize = 0;
let programTotal: u32 = 0;
let code: usize = 0;
let constants: usize = 0;
let pieces: usize = 0;
let patterns: usize = 0;
let settings: usize = 0;
let flags: u32 = 0;

export function sectionAddress(at: usize, section: u32): usize {
  return at + load<u32>(at + HEADER_SIZE + section * SECTION_ENTRY_BYTES);
}

export function sectionBytes(at: usize, section: u32): u32 {
  return load<u32>(at + HEADER_SIZE + section * SECTION_ENTRY_BYTES, 4);
}

export function sectionRows(at: usize, section: u32): u32 {
  return load<u32>(at + HEADER_SIZE + section * SECTION_ENTRY_BYTES, 8);
}

/** Plane words of a row, for so many privilege sets and tasks. */
export function wordsOfRow(sets: u32, tasks: u32): u32 {
  return (sets * ACTIONS + tasks + SLOTS_PER_WORD - 1) / SLOTS_PER_WORD;
}

/** Makes a validated image the one that is asked. */
export function useImage(at: usize): void {
  entities = sectionAddress(at, SECTION_ENTITIES);
  entityTotal = sectionRows(at, SECTION_ENTITIES);
  setTotal = sectionRows(at, SECTION_PRIVILEGE_SETS);
  taskTotal = sectionRows(at, SECTION_TASKS);
  planes = sectionAddress(at, SECTION_PLANES);
  planeRowWords = wordsOfRow(setTotal, taskTotal);
  guardrails = sectionAddress(at, SECTION_GUARDRAILS);
  guardrailTotal = sectionRows(at, SECTION_GUARDRAILS);
  guardLists = sectionAddress(at, SECTION_GUARD_LISTS);
  privileges = sectionAddress(at, SECTION_PRIVILEGES);
  privilegeTotal = sectionRows(at, SECTION_PRIVILEGES);
  programs = sectionAddress(at, SECTION_PROGRAMS);
  programTotal = sectionRows(at, SECTION_PROGRAMS);
  code = sectionAddress(at, SECTION_CODE);
  constants = sectionAddress(at, SECTION_CONSTANTS);
  pieces = sectionAddress(at, SECTION_PIECES);
  patterns = sectionAddress(at, SECTION_PATTERNS);
  settings = sectionAddress(at, SECTION_SETTINGS);
  flags = settingWord(SETTING_FLAGS);
}

export function entityCount(): u32 {
  return entityTotal;
}

export function privilegeCount(): u32 {
  return privilegeTotal;
}

/** Not the modern mode before ownership was recomputed, where owners need more (semantics.md B9). */
export function ownershipIsRecomputed(): bool {
  return (flags & (FLAG_MODERN | FLAG_RECOMPUTE_OWNERSHIP)) !== FLAG_MODERN;
}

export function setting(flag: u32): bool {
  return (flags & flag) !== 0;
}

/** One word of the settings (abi.ts, SETTING_*). */
export function settingWord(word: u32): u32 {
  return load<u32>(settings + word * 4);
}

/** Flags of an entity (abi.ts, ENTITY_FLAGS). */
export function entityFlags(entity: u32): u32 {
  return load<u32>(entities + entity * ENTITY_WORDS * 4 + ENTITY_FLAGS * 4);
}

/** The entity that a parent-owned entity asks (semantics.md E2). */
export function parentOf(entity: u32): u32 {
  return load<u32>(entities + entity * ENTITY_WORDS * 4 + ENTITY_PARENT * 4);
}

/** The row of a privilege (abi.ts, PRIVILEGE_*). */
export function privilegeRow(privilege: u32): usize {
  return privileges + privilege * PRIVILEGE_WORDS * 4;
}

/** The plane slot of a privilege; NO where the entity's ownership does not have the right (semantics.md E6). */
export function slotOf(privilege: u32): u32 {
  return load<u32>(privilegeRow(privilege), PRIVILEGE_SLOT * 4);
}

/** Whose records it concerns (OWNED_BY_*), or KIND_TASK. */
export function kindOf(privilege: u32): u32 {
  return load<u32>(privilegeRow(privilege), PRIVILEGE_KIND * 4);
}

/** Whether some role grants it under a condition. */
export function isConditional(privilege: u32): bool {
  return load<u32>(privilegeRow(privilege), PRIVILEGE_CONDITIONAL * 4) !== 0;
}

/** The entity, NO for tasks. */
export function entityOf(privilege: u32): u32 {
  return load<u32>(privilegeRow(privilege), PRIVILEGE_ENTITY * 4);
}

/** Whether records are beyond levels: organization-owned entities and tasks (semantics.md E1). */
export function isFlat(privilege: u32): bool {
  const kind = kindOf(privilege);
  return kind === OWNED_BY_ORGANIZATION || kind === KIND_TASK;
}

/** Address of the guardrail list of a privilege (abi.ts, GUARD_LIST_*); 0 where there is none. */
export function guardListOf(privilege: u32): usize {
  const start = load<u32>(privilegeRow(privilege), PRIVILEGE_GUARDS * 4);
  return start === NO ? 0 : guardLists + start * 4;
}

export function guardrailCount(): u32 {
  return guardrailTotal;
}

/** Address of a guardrail's image row. */
export function guardrailRow(guardrail: u32, words: u32): usize {
  return guardrails + guardrail * words * 4;
}

/** Words of a plane row. */
export function planeWords(): u32 {
  return planeRowWords;
}

/** Address of the plane row of a role. */
export function rolePlanes(role: u32): usize {
  return planes + role * planeRowWords * 4;
}

/** The four level bits of a slot in a plane row. */
export function levelBits(row: usize, slot: u32): u32 {
  return (<u32>load<u8>(row + (slot >> 1)) >> ((slot & 1) << 2)) & 15;
}

// -- conditions (abi.ts, "Conditions")

export function programRow(program: u32): usize {
  return programs + program * PROGRAM_WORDS * 4;
}

export function programCount(): u32 {
  return programTotal;
}

/** What a program looks at (SIDE_* bits). */
export function programSides(program: u32): u32 {
  return load<u32>(programRow(program), PROGRAM_SIDES * 4);
}

/** Whether a program (NO: none) looks at the record, alone or beside others. */
export function looksAtRecords(program: u32): bool {
  return program !== NO && (programSides(program) & SIDE_RECORD) !== 0;
}

/** Whether facts of records know the answer of a program. */
export function isRecordFact(program: u32): bool {
  return programSides(program) === SIDE_RECORD;
}

/** Address of the first code word of a program. */
export function codeOf(program: u32): usize {
  return code + load<u32>(programRow(program), PROGRAM_CODE * 4) * 4;
}

export function constantAt(constant: u32): i64 {
  return load<i64>(constants + constant * CONSTANT_WORDS * 4);
}

/** The string of a piece: names of the image keep their numbers. */
export function pieceAt(piece: u32): u32 {
  return load<u32>(pieces + piece * 4);
}

export function patternCount(pattern: u32): u32 {
  return load<u32>(patterns + pattern * PATTERN_WORDS * 4, 4);
}

export function patternPiece(pattern: u32, index: u32): u32 {
  return pieceAt(load<u32>(patterns + pattern * PATTERN_WORDS * 4) + index);
}

/** What a reference of the code stands for in the loaded world. */
export function referenceAt(reference: u32): u32 {
  return load<u32>(<usize>worldWord(WORLD_REFERENCES) + reference * 8);
}

/** ORs the plane rows of `count` roles (numbers at `roles`) into the row at `out` (semantics.md T1). */
export function unionPlanes(out: usize, roles: usize, count: u32): void {
  for (let i: u32 = 0; i < count; i++) {
    const row = rolePlanes(load<u32>(roles + i * 4));
    for (let word: u32 = 0; word < planeRowWords; word++) {
      const at = out + word * 4;
      store<u32>(at, load<u32>(at) | load<u32>(row + word * 4));
    }
  }
}
