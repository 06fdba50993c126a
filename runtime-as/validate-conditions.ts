// Rows of the sections of conditions; the code itself is verified after them (verify.ts).
import * as abi from "./constants";
import { NO, sectionAddress, sectionRows } from "./image";

let base: usize = 0;

function word(section: u32, words: u32, row: u32, column: u32): u32 {
  return load<u32>(sectionAddress(base, section) + (<usize>row * words + column) * 4);
}

/** Whether [first, first + count) lies below `limit`. */
function inRange(first: u32, count: u32, limit: u32): bool {
  return <u64>first + <u64>count <= <u64>limit;
}

function columnsFit(entities: u32): bool {
  const owners = sectionRows(base, abi.SECTION_COLUMN_OWNERS);
  if (owners !== entities + abi.COLUMN_OWNERS_BESIDE_ENTITIES) return false;
  const columns = sectionRows(base, abi.SECTION_COLUMNS);
  for (let row: u32 = 0; row < owners; row++) {
    const first = word(abi.SECTION_COLUMN_OWNERS, abi.COLUMN_OWNER_WORDS, row, 0);
    if (!inRange(first, word(abi.SECTION_COLUMN_OWNERS, abi.COLUMN_OWNER_WORDS, row, 1), columns))
      return false;
  }
  const attributes = sectionRows(base, abi.SECTION_ATTRIBUTES);
  for (let row: u32 = 0; row < columns; row++) {
    if (word(abi.SECTION_COLUMNS, 1, row, 0) >= attributes) return false;
  }
  return true;
}

function referencesFit(names: u32, entities: u32): bool {
  const roles = sectionRows(base, abi.SECTION_ROLES);
  const count = sectionRows(base, abi.SECTION_REFERENCES);
  for (let row: u32 = 0; row < count; row++) {
    const kind = word(abi.SECTION_REFERENCES, abi.REFERENCE_WORDS, row, abi.REFERENCE_KIND);
    const name = word(abi.SECTION_REFERENCES, abi.REFERENCE_WORDS, row, abi.REFERENCE_NAME);
    const entity = word(abi.SECTION_REFERENCES, abi.REFERENCE_WORDS, row, abi.REFERENCE_ENTITY);
    if (kind > <u32>abi.REFERENCE_RECORD) return false;
    if (name >= (kind === abi.REFERENCE_ROLE ? roles : names)) return false;
    if (kind === abi.REFERENCE_RECORD ? entity >= entities : entity !== NO) return false;
  }
  return true;
}

function patternsFit(names: u32): bool {
  const pieces = sectionRows(base, abi.SECTION_PIECES);
  for (let row: u32 = 0; row < pieces; row++) if (word(abi.SECTION_PIECES, 1, row, 0) >= names) return false;
  const count = sectionRows(base, abi.SECTION_PATTERNS);
  for (let row: u32 = 0; row < count; row++) {
    const length = word(abi.SECTION_PATTERNS, abi.PATTERN_WORDS, row, 1);
    if (length === 0 || !inRange(word(abi.SECTION_PATTERNS, abi.PATTERN_WORDS, row, 0), length, pieces))
      return false;
  }
  return true;
}

/** A fact looks at one side; its number is below the number of programs, which bounds the planes. */
function programFits(row: u32, programs: u32, entities: u32): bool {
  const sides = word(abi.SECTION_PROGRAMS, abi.PROGRAM_WORDS, row, abi.PROGRAM_SIDES);
  const number = word(abi.SECTION_PROGRAMS, abi.PROGRAM_WORDS, row, abi.PROGRAM_FACT);
  const entity = word(abi.SECTION_PROGRAMS, abi.PROGRAM_WORDS, row, abi.PROGRAM_ENTITY);
  if (sides === 0 || sides > 7 || (entity >= entities && entity !== NO)) return false;
  const oneSided = popcnt(sides) === 1;
  if (oneSided ? number >= programs : number !== NO) return false;
  return (sides & abi.SIDE_RECORD) !== 0 ? entity !== NO : entity === NO;
}

function programsFit(entities: u32): bool {
  const programs = sectionRows(base, abi.SECTION_PROGRAMS);
  const words = sectionRows(base, abi.SECTION_CODE);
  for (let row: u32 = 0; row < programs; row++) {
    const start = word(abi.SECTION_PROGRAMS, abi.PROGRAM_WORDS, row, abi.PROGRAM_CODE);
    const length = word(abi.SECTION_PROGRAMS, abi.PROGRAM_WORDS, row, abi.PROGRAM_LENGTH);
    if (length > 0x10000 || !inRange(start, length, words) || !programFits(row, programs, entities))
      return false;
  }
  return true;
}

/** Whether a program may be asked about the privilege: it looks at no record, or at those of the privilege's entity. */
function concerns(program: u32, privilege: u32): bool {
  const about = word(abi.SECTION_PROGRAMS, abi.PROGRAM_WORDS, program, abi.PROGRAM_ENTITY);
  return (
    about === NO ||
    about === word(abi.SECTION_PRIVILEGES, abi.PRIVILEGE_WORDS, privilege, abi.PRIVILEGE_ENTITY)
  );
}

/** The conditions of the guardrails that a privilege has to heed; the lists themselves have been checked. */
function guardedFit(): bool {
  const privileges = sectionRows(base, abi.SECTION_PRIVILEGES);
  for (let privilege: u32 = 0; privilege < privileges; privilege++) {
    const list = word(abi.SECTION_PRIVILEGES, abi.PRIVILEGE_WORDS, privilege, abi.PRIVILEGE_GUARDS);
    if (list === NO) continue;
    const count = word(abi.SECTION_GUARD_LISTS, 1, list, abi.GUARD_LIST_COUNT);
    for (let member: u32 = 0; member < count; member++) {
      const at = abi.GUARD_LIST_MEMBERS + member * abi.GUARD_MEMBER_WORDS + 1;
      const program = word(abi.SECTION_GUARD_LISTS, 1, list, at);
      if (program !== NO && !concerns(program, privilege)) return false;
    }
  }
  return true;
}

function conditionalsFit(): bool {
  const roles = sectionRows(base, abi.SECTION_ROLES);
  const privileges = sectionRows(base, abi.SECTION_PRIVILEGES);
  const programs = sectionRows(base, abi.SECTION_PROGRAMS);
  const count = sectionRows(base, abi.SECTION_CONDITIONALS);
  let before: u32 = 0;
  for (let row: u32 = 0; row < count; row++) {
    const role = word(abi.SECTION_CONDITIONALS, abi.CONDITIONAL_WORDS, row, abi.CONDITIONAL_ROLE);
    const level = word(abi.SECTION_CONDITIONALS, abi.CONDITIONAL_WORDS, row, abi.CONDITIONAL_LEVEL);
    if (role < before || role >= roles || level > 8 || popcnt(level) !== 1) return false;
    const privilege = word(abi.SECTION_CONDITIONALS, abi.CONDITIONAL_WORDS, row, abi.CONDITIONAL_PRIVILEGE);
    const program = word(abi.SECTION_CONDITIONALS, abi.CONDITIONAL_WORDS, row, abi.CONDITIONAL_PROGRAM);
    if (privilege >= privileges || program >= programs || !concerns(program, privilege)) return false;
    before = role;
  }
  return true;
}

/** The first section of conditions with a row that does not fit, or NONE. */
export function validateConditions(image: usize): u32 {
  base = image;
  const names = sectionRows(image, abi.SECTION_STRINGS) - 1;
  const entities = sectionRows(image, abi.SECTION_ENTITIES);
  if (!columnsFit(entities)) return abi.SECTION_COLUMNS;
  if (!referencesFit(names, entities)) return abi.SECTION_REFERENCES;
  if (!patternsFit(names)) return abi.SECTION_PATTERNS;
  if (!programsFit(entities)) return abi.SECTION_PROGRAMS;
  if (!conditionalsFit()) return abi.SECTION_CONDITIONALS;
  if (!guardedFit()) return abi.SECTION_GUARD_LISTS;
  return NO;
}
