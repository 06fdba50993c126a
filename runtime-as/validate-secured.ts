// Rows of secured columns: masks, profiles, shares of columns. That instructions end is the host's to see: it runs them.
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

function code(row: u32, column: u32): u32 {
  return word(abi.SECTION_MASK_CODE, abi.INSTRUCTION_WORDS, row, column);
}

/** An instruction of a mask of `count` from `first` on: operation, operands, and that something follows it. */
function instructionFits(first: u32, count: u32, place: u32, ranges: u32): bool {
  const op = code(first + place, abi.INSTRUCTION_OP);
  const a = code(first + place, abi.INSTRUCTION_A);
  const b = code(first + place, abi.INSTRUCTION_B);
  const goesOn = place + 1 < count;
  switch (op) {
    case abi.MASK_MATCH:
      return true;
    case abi.MASK_CHARACTER:
      return goesOn && inRange(a, b, ranges);
    case abi.MASK_SPLIT:
      return a < count && b < count;
    case abi.MASK_JUMP:
      return a < count;
    case abi.MASK_PLACE:
      return goesOn && a <= <u32>abi.PLACE_NO_WORD_EDGE;
    case abi.MASK_LOOK:
      return goesOn && a < count && b <= <u32>(abi.LOOK_NEGATIVE | abi.LOOK_BEHIND);
    default:
      return false;
  }
}

function masksFit(names: u32): bool {
  const rows = sectionRows(base, abi.SECTION_MASKS);
  const instructions = sectionRows(base, abi.SECTION_MASK_CODE);
  const ranges = sectionRows(base, abi.SECTION_MASK_RANGES);
  for (let row: u32 = 0; row < rows; row++) {
    const first = word(abi.SECTION_MASKS, abi.MASK_WORDS, row, abi.MASK_FIRST);
    const count = word(abi.SECTION_MASKS, abi.MASK_WORDS, row, abi.MASK_COUNT);
    if (word(abi.SECTION_MASKS, abi.MASK_WORDS, row, abi.MASK_PATTERN) >= names) return false;
    if (count === 0 || count > <u32>abi.MAX_MASK_INSTRUCTIONS) return false;
    if (!inRange(first, count, instructions)) return false;
    for (let place: u32 = 0; place < count; place++) {
      if (!instructionFits(first, count, place, ranges)) return false;
    }
  }
  return true;
}

function rangesFit(): bool {
  const rows = sectionRows(base, abi.SECTION_MASK_RANGES);
  for (let row: u32 = 0; row < rows; row++) {
    const first = word(abi.SECTION_MASK_RANGES, abi.MASK_RANGE_WORDS, row, 0);
    const last = word(abi.SECTION_MASK_RANGES, abi.MASK_RANGE_WORDS, row, 1);
    if (first > last || last > <u32>abi.LAST_CODE_POINT) return false;
  }
  return true;
}

/** Whether the entity has such an attribute, and it is secured. */
function isSecured(entity: u32, attribute: u32, entities: u32): bool {
  if (entity >= entities) return false;
  const count = word(abi.SECTION_ENTITIES, abi.ENTITY_WORDS, entity, abi.ENTITY_ATTRIBUTE_COUNT);
  if (attribute >= count) return false;
  const row = word(abi.SECTION_ENTITIES, abi.ENTITY_WORDS, entity, abi.ENTITY_FIRST_ATTRIBUTE) + attribute;
  const flags = word(abi.SECTION_ATTRIBUTES, abi.ATTRIBUTE_WORDS, row, abi.ATTRIBUTE_FLAGS);
  return (flags & abi.ATTRIBUTE_SECURED) !== 0;
}

function profilesFit(names: u32): bool {
  const rows = sectionRows(base, abi.SECTION_COLUMN_PROFILES);
  const grants = sectionRows(base, abi.SECTION_COLUMN_GRANTS);
  const members = sectionRows(base, abi.SECTION_PROFILE_MEMBERS);
  for (let row: u32 = 0; row < rows; row++) {
    const firstGrant = word(abi.SECTION_COLUMN_PROFILES, abi.PROFILE_WORDS, row, abi.PROFILE_FIRST_GRANT);
    const firstMember = word(abi.SECTION_COLUMN_PROFILES, abi.PROFILE_WORDS, row, abi.PROFILE_FIRST_MEMBER);
    if (
      word(abi.SECTION_COLUMN_PROFILES, abi.PROFILE_WORDS, row, abi.PROFILE_NAME) >= names ||
      !inRange(
        firstGrant,
        word(abi.SECTION_COLUMN_PROFILES, abi.PROFILE_WORDS, row, abi.PROFILE_GRANTS),
        grants,
      ) ||
      !inRange(
        firstMember,
        word(abi.SECTION_COLUMN_PROFILES, abi.PROFILE_WORDS, row, abi.PROFILE_MEMBERS),
        members,
      )
    )
      return false;
  }
  return true;
}

function grantsFit(entities: u32): bool {
  const rows = sectionRows(base, abi.SECTION_COLUMN_GRANTS);
  for (let row: u32 = 0; row < rows; row++) {
    const entity = word(abi.SECTION_COLUMN_GRANTS, abi.COLUMN_GRANT_WORDS, row, abi.COLUMN_GRANT_ENTITY);
    const attribute = word(
      abi.SECTION_COLUMN_GRANTS,
      abi.COLUMN_GRANT_WORDS,
      row,
      abi.COLUMN_GRANT_ATTRIBUTE,
    );
    const actions = word(abi.SECTION_COLUMN_GRANTS, abi.COLUMN_GRANT_WORDS, row, abi.COLUMN_GRANT_ACTIONS);
    if (actions > 15 || !isSecured(entity, attribute, entities)) return false;
  }
  return true;
}

function membersFit(names: u32): bool {
  const rows = sectionRows(base, abi.SECTION_PROFILE_MEMBERS);
  for (let row: u32 = 0; row < rows; row++) {
    const kind = word(abi.SECTION_PROFILE_MEMBERS, abi.PROFILE_MEMBER_WORDS, row, 0);
    const name = word(abi.SECTION_PROFILE_MEMBERS, abi.PROFILE_MEMBER_WORDS, row, 1);
    if (kind > <u32>abi.PRINCIPAL_TEAM || name >= names) return false;
  }
  return true;
}

function shareWord(row: u32, column: u32): u32 {
  return word(abi.SECTION_COLUMN_SHARES, abi.COLUMN_SHARE_WORDS, row, column);
}

function sharesFit(names: u32, entities: u32): bool {
  const rows = sectionRows(base, abi.SECTION_COLUMN_SHARES);
  for (let row: u32 = 0; row < rows; row++) {
    const kind = shareWord(row, abi.COLUMN_SHARE_KIND);
    const principal = shareWord(row, abi.COLUMN_SHARE_PRINCIPAL);
    const rights = shareWord(row, abi.COLUMN_SHARE_RIGHTS);
    if (kind > <u32>abi.PRINCIPAL_ORGANIZATION || shareWord(row, abi.COLUMN_SHARE_ID) >= names) return false;
    if (kind === abi.PRINCIPAL_ORGANIZATION ? principal !== NO : principal >= names) return false;
    if ((rights & ~(<u32>(abi.COLUMN_READ | abi.COLUMN_WRITE))) !== 0) return false;
    const entity = shareWord(row, abi.COLUMN_SHARE_ENTITY);
    if (!isSecured(entity, shareWord(row, abi.COLUMN_SHARE_ATTRIBUTE), entities)) return false;
  }
  return true;
}

/** The first section of secured columns with a row that does not fit, or NONE. Entities and attributes must fit already. */
export function validateSecured(image: usize): u32 {
  base = image;
  const names = sectionRows(image, abi.SECTION_STRINGS) - 1;
  const entities = sectionRows(image, abi.SECTION_ENTITIES);
  if (!masksFit(names)) return abi.SECTION_MASKS;
  if (!rangesFit()) return abi.SECTION_MASK_RANGES;
  if (!profilesFit(names)) return abi.SECTION_COLUMN_PROFILES;
  if (!grantsFit(entities)) return abi.SECTION_COLUMN_GRANTS;
  if (!membersFit(names)) return abi.SECTION_PROFILE_MEMBERS;
  if (!sharesFit(names, entities)) return abi.SECTION_COLUMN_SHARES;
  return NO;
}
