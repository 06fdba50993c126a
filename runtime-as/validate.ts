// Nothing of an image is trusted before this has passed: lengths, checksum, section bounds, then every id, offset and kind.
import * as abi from "./constants";
import { keepRequestFacts } from "./facts";
import { NO, sectionAddress, sectionBytes, sectionRows, useImage } from "./image";
import { mark } from "./memory";
import { quickenPrograms } from "./quicken";
import { validateConditions } from "./validate-conditions";
import { validateInventory } from "./validate-inventory";
import { validateRows } from "./validate-rows";
import { validateSecured } from "./validate-secured";
import { programsAreSound } from "./verify";

let errorSection: u32 = 0;

// For instances of workers, which use the image without validating it again.
let imageBase: usize = 0;
/** Bytes of what is made of the image for those who ask: each instance needs its own. */
export let madeBytes: usize = 0;

/** Where the image in use lies. */
export function imageAddress(): usize {
  return imageBase;
}

/** The section that the last failed validation stumbled over. */
export function imageErrorSection(): u32 {
  return errorSection;
}

/** Murmur3 (32 bits) over whole words, as compiler/image/checksum.ts. */
function checksum(from: usize, words: u32): u32 {
  let hash: u32 = 0;
  for (let i: u32 = 0; i < words; i++) {
    const mixed = rotl<u32>(load<u32>(from + i * 4) * 0xcc9e2d51, 15) * 0x1b873593;
    hash = rotl<u32>(hash ^ mixed, 13) * 5 + 0xe6546b64;
  }
  hash ^= words * 4;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}

function rowWords(section: u32): u32 {
  switch (section) {
    case abi.SECTION_TEXT:
      return 0;
    case abi.SECTION_SETTINGS:
      return abi.SETTINGS_WORDS;
    case abi.SECTION_ENTITIES:
      return abi.ENTITY_WORDS;
    case abi.SECTION_ATTRIBUTES:
      return abi.ATTRIBUTE_WORDS;
    case abi.SECTION_PRIVILEGE_SETS:
      return abi.PRIVILEGE_SET_WORDS;
    case abi.SECTION_PRIVILEGES:
      return abi.PRIVILEGE_WORDS;
    case abi.SECTION_ROLES:
      return abi.ROLE_WORDS;
    case abi.SECTION_GUARDRAILS:
      return abi.GUARDRAIL_WORDS;
    case abi.SECTION_OPEN_NAMES:
      return abi.OPEN_NAME_WORDS;
    case abi.SECTION_UNITS:
      return abi.UNIT_WORDS;
    case abi.SECTION_USERS:
      return abi.USER_WORDS;
    case abi.SECTION_TEAMS:
      return abi.TEAM_WORDS;
    case abi.SECTION_ASSIGNMENTS:
      return abi.ASSIGNMENT_WORDS;
    case abi.SECTION_POSITIONS:
      return abi.POSITION_WORDS;
    case abi.SECTION_RECORDS:
      return abi.RECORD_WORDS;
    case abi.SECTION_SHARES:
      return abi.SHARE_WORDS;
    case abi.SECTION_VALUES:
      return abi.VALUE_WORDS;
    case abi.SECTION_COLUMN_OWNERS:
      return abi.COLUMN_OWNER_WORDS;
    case abi.SECTION_CONSTANTS:
      return abi.CONSTANT_WORDS;
    case abi.SECTION_REFERENCES:
      return abi.REFERENCE_WORDS;
    case abi.SECTION_PATTERNS:
      return abi.PATTERN_WORDS;
    case abi.SECTION_PROGRAMS:
      return abi.PROGRAM_WORDS;
    case abi.SECTION_CONDITIONALS:
      return abi.CONDITIONAL_WORDS;
    case abi.SECTION_OWNER_RULES:
      return abi.OWNER_RULE_WORDS;
    case abi.SECTION_MASKS:
      return abi.MASK_WORDS;
    case abi.SECTION_MASK_CODE:
      return abi.INSTRUCTION_WORDS;
    case abi.SECTION_MASK_RANGES:
      return abi.MASK_RANGE_WORDS;
    case abi.SECTION_COLUMN_PROFILES:
      return abi.PROFILE_WORDS;
    case abi.SECTION_COLUMN_GRANTS:
      return abi.COLUMN_GRANT_WORDS;
    case abi.SECTION_PROFILE_MEMBERS:
      return abi.PROFILE_MEMBER_WORDS;
    case abi.SECTION_COLUMN_SHARES:
      return abi.COLUMN_SHARE_WORDS;
    default:
      return 1;
  }
}

/** Sections ascend without overlap inside the image, and their rows fill them. */
function sectionsFit(at: usize, bytes: u32): bool {
  let end: u64 = abi.HEADER_SIZE + abi.SECTION_COUNT * abi.SECTION_ENTRY_BYTES;
  for (let section: u32 = 0; section < <u32>abi.SECTION_COUNT; section++) {
    errorSection = section;
    const offset = <u64>(sectionAddress(at, section) - at);
    const length = <u64>sectionBytes(at, section);
    const words = rowWords(section);
    const rows = <u64>sectionRows(at, section);
    if (offset < end || (offset & 15) !== 0 || offset + length > <u64>bytes) return false;
    if (length !== (words === 0 ? rows : rows * words * 4)) return false;
    end = offset + length;
  }
  return true;
}

/** Validates `bytes` bytes at `at` completely and makes them the image in use; otherwise says what is wrong (IMAGE_*). */
export function loadImage(at: usize, bytes: u32): u32 {
  errorSection = NO;
  const least = <u32>(abi.HEADER_SIZE + abi.SECTION_COUNT * abi.SECTION_ENTRY_BYTES);
  if (bytes >= 4 && load<u32>(at) !== <u32>abi.IMAGE_MAGIC) return abi.IMAGE_NOT_AN_IMAGE;
  if (bytes < least) return abi.IMAGE_TOO_SHORT;
  if (load<u32>(at, abi.HEADER_VERSION) !== abi.IMAGE_VERSION) return abi.IMAGE_OTHER_VERSION;
  if (load<u32>(at, abi.HEADER_LANGUAGE) !== abi.LANGUAGE_VERSION) return abi.IMAGE_OTHER_LANGUAGE;
  if (load<u32>(at, abi.HEADER_BYTES) !== bytes || (bytes & 15) !== 0) return abi.IMAGE_WRONG_LENGTH;
  const covered = (bytes - abi.HEADER_SECTIONS) / 4;
  if (load<u32>(at, abi.HEADER_CHECKSUM) !== checksum(at + abi.HEADER_SECTIONS, covered)) {
    return abi.IMAGE_CHECKSUM;
  }
  if (load<u32>(at, abi.HEADER_SECTIONS) !== abi.SECTION_COUNT) return abi.IMAGE_SECTION_BOUNDS;
  if (!sectionsFit(at, bytes)) return abi.IMAGE_SECTION_BOUNDS;
  errorSection = validateRows(at);
  if (errorSection !== NO) return abi.IMAGE_BAD_ROW;
  errorSection = validateConditions(at);
  if (errorSection !== NO) return abi.IMAGE_BAD_ROW;
  errorSection = validateInventory(at);
  if (errorSection !== NO) return abi.IMAGE_BAD_ROW;
  errorSection = validateSecured(at);
  if (errorSection !== NO) return abi.IMAGE_BAD_ROW;
  errorSection = abi.SECTION_CODE;
  if (!programsAreSound(at)) return abi.IMAGE_BAD_ROW;
  errorSection = NO;
  useImage(at);
  const before = mark();
  const isReady = keepRequestFacts(sectionRows(at, abi.SECTION_PROGRAMS)) && quickenPrograms();
  if (ASC_FEATURE_THREADS) {
    imageBase = at;
    madeBytes = mark() - before;
  }
  return isReady ? abi.IMAGE_OK : abi.IMAGE_NO_MEMORY;
}
