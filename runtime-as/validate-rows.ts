// Every row of every section: ids below their counts, kinds that exist, ranges inside their section.
import * as abi from "./constants";
import { NO, sectionAddress, sectionBytes, sectionRows, wordsOfRow } from "./image";
import { allocate, mark, reset } from "./memory";

let base: usize = 0;
let at: usize = 0;
let rows: u32 = 0;
let words: u32 = 0;

/** Turns to a section; the checks below look at its rows. */
function turnTo(section: u32, rowWords: u32): void {
  at = sectionAddress(base, section);
  rows = sectionRows(base, section);
  words = rowWords;
}

function word(row: u32, column: u32): u32 {
  return load<u32>(at + (<usize>row * words + column) * 4);
}

/** Every row's word is below `limit`. */
function below(column: u32, limit: u32): bool {
  for (let row: u32 = 0; row < rows; row++) if (word(row, column) >= limit) return false;
  return true;
}

/** Every row's word is below `limit`, or NONE. */
function belowOrNone(column: u32, limit: u32): bool {
  for (let row: u32 = 0; row < rows; row++) {
    const value = word(row, column);
    if (value >= limit && value !== NO) return false;
  }
  return true;
}

/** Every row's range [first, first + count) lies below `limit`. */
function ranges(first: u32, count: u32, limit: u32): bool {
  for (let row: u32 = 0; row < rows; row++) {
    if (<u64>word(row, first) + <u64>word(row, count) > <u64>limit) return false;
  }
  return true;
}

function stringsFit(): bool {
  turnTo(abi.SECTION_STRINGS, 1);
  if (rows === 0 || word(0, 0) !== 0) return false;
  for (let row: u32 = 1; row < rows; row++) if (word(row, 0) < word(row - 1, 0)) return false;
  return word(rows - 1, 0) === sectionBytes(base, abi.SECTION_TEXT);
}

function attributesFit(names: u32, entities: u32): bool {
  const options = sectionRows(base, abi.SECTION_OPTIONS);
  turnTo(abi.SECTION_ATTRIBUTES, abi.ATTRIBUTE_WORDS);
  for (let row: u32 = 0; row < rows; row++) {
    const type = word(row, abi.ATTRIBUTE_TYPE);
    const argument = word(row, abi.ATTRIBUTE_ARGUMENT);
    if (type === abi.TYPE_LOOKUP && argument >= entities) return false;
    if (type === abi.TYPE_SET && argument > <u32>abi.TYPE_LONG) return false;
    const last = <u64>argument + <u64>word(row, abi.ATTRIBUTE_OPTIONS);
    if (type === abi.TYPE_CHOICE && last > <u64>options) return false;
  }
  return (
    below(abi.ATTRIBUTE_NAME, names) &&
    below(abi.ATTRIBUTE_TYPE, abi.TYPE_PRINCIPAL + 1) &&
    below(abi.ATTRIBUTE_FLAGS, 4) &&
    belowOrNone(abi.ATTRIBUTE_MASKED, sectionRows(base, abi.SECTION_MASKS)) &&
    below(abi.ATTRIBUTE_CASCADES, 32) &&
    below(abi.ATTRIBUTE_ON_DELETE, 3)
  );
}

/** Chains of parents end: a check follows them. */
function parentsEnd(entities: u32): bool {
  for (let row: u32 = 0; row < rows; row++) {
    let entity = row;
    let steps: u32 = 0;
    while (word(entity, abi.ENTITY_OWNERSHIP) === abi.OWNED_BY_PARENT) {
      if (word(entity, abi.ENTITY_PARENT_ATTRIBUTE) >= word(entity, abi.ENTITY_ATTRIBUTE_COUNT)) return false;
      entity = word(entity, abi.ENTITY_PARENT);
      if (entity >= entities || ++steps > <u32>abi.MAX_PARENT_CHAIN) return false;
    }
  }
  return true;
}

function entitiesFit(names: u32, entities: u32): bool {
  const attributes = sectionRows(base, abi.SECTION_ATTRIBUTES);
  const sets = sectionRows(base, abi.SECTION_PRIVILEGE_SETS);
  turnTo(abi.SECTION_ENTITIES, abi.ENTITY_WORDS);
  return (
    below(abi.ENTITY_NAME, names) &&
    below(abi.ENTITY_OWNERSHIP, 4) &&
    below(abi.ENTITY_SET, sets) &&
    below(abi.ENTITY_FLAGS, abi.ENTITY_WITHOUT_HIERARCHY + 1) &&
    ranges(abi.ENTITY_FIRST_ATTRIBUTE, abi.ENTITY_ATTRIBUTE_COUNT, attributes) &&
    parentsEnd(entities)
  );
}

function settingsFit(): bool {
  const attributes = sectionRows(base, abi.SECTION_ATTRIBUTES);
  turnTo(abi.SECTION_SETTINGS, abi.SETTINGS_WORDS);
  return (
    rows === 1 &&
    below(abi.SETTING_HIERARCHY, abi.HIERARCHY_BY_POSITION + 1) &&
    word(0, abi.SETTING_HIERARCHY_DEPTH) - 1 < <u32>abi.MAX_HIERARCHY_DEPTH &&
    word(0, abi.SETTING_HIERARCHY_LEVEL) - 1 < 4 &&
    ranges(abi.SETTING_CONTEXT_FIRST, abi.SETTING_CONTEXT_COUNT, attributes) &&
    ranges(abi.SETTING_USER_FIRST, abi.SETTING_USER_COUNT, attributes) &&
    ranges(abi.SETTING_TEAM_FIRST, abi.SETTING_TEAM_COUNT, attributes) &&
    ranges(abi.SETTING_UNIT_FIRST, abi.SETTING_UNIT_COUNT, attributes)
  );
}

function rolesFit(names: u32): bool {
  turnTo(abi.SECTION_ROLES, abi.ROLE_WORDS);
  return (
    below(abi.ROLE_NAME, names) &&
    below(abi.ROLE_FORM, 3) &&
    belowOrNone(abi.ROLE_UNIT, names) &&
    belowOrNone(abi.ROLE_DESCRIPTION, names)
  );
}

function planesFit(): bool {
  const sets = sectionRows(base, abi.SECTION_PRIVILEGE_SETS);
  const tasks = sectionRows(base, abi.SECTION_TASKS);
  const roles = sectionRows(base, abi.SECTION_ROLES);
  return <u64>sectionRows(base, abi.SECTION_PLANES) === <u64>roles * <u64>wordsOfRow(sets, tasks);
}

function guardrailsFit(names: u32, entities: u32): bool {
  const roles = sectionRows(base, abi.SECTION_ROLES);
  turnTo(abi.SECTION_GUARDRAILS, abi.GUARDRAIL_WORDS);
  for (let row: u32 = 0; row < rows; row++) {
    const kind = word(row, abi.GUARDRAIL_PRINCIPAL);
    const reference = word(row, abi.GUARDRAIL_PRINCIPAL_REF);
    if (kind === abi.SCOPE_ROLE && reference >= roles) return false;
    if (kind !== abi.SCOPE_ROLE && kind !== abi.SCOPE_ANY && reference >= names) return false;
    const level = word(row, abi.GUARDRAIL_LEVEL);
    const isForbid = word(row, abi.GUARDRAIL_EFFECT) === abi.EFFECT_FORBID;
    if (isForbid ? level !== 0 : level > 8 || popcnt(level) !== 1) return false;
  }
  return (
    below(abi.GUARDRAIL_EFFECT, 2) &&
    below(abi.GUARDRAIL_ID, names) &&
    below(abi.GUARDRAIL_PRINCIPAL, 5) &&
    belowOrNone(abi.GUARDRAIL_UNIT, names) &&
    belowOrNone(abi.GUARDRAIL_RECORD_ENTITY, entities) &&
    belowOrNone(abi.GUARDRAIL_RECORD_ID, names)
  );
}

/** Marks the heads of the guardrail lists in a scratch bitmap; false where the lists do not follow one another. */
function markHeads(heads: usize): bool {
  const guardrails = sectionRows(base, abi.SECTION_GUARDRAILS);
  const programs = sectionRows(base, abi.SECTION_PROGRAMS);
  turnTo(abi.SECTION_GUARD_LISTS, 1);
  let position: u32 = 0;
  while (position < rows) {
    if (rows - position < 2) return false;
    store<u8>(heads + position, 1);
    const count = word(position + abi.GUARD_LIST_COUNT, 0);
    const first = position + abi.GUARD_LIST_MEMBERS;
    if (<u64>first + <u64>count * abi.GUARD_MEMBER_WORDS > <u64>rows) return false;
    for (let i: u32 = 0; i < count; i++) {
      const member = first + i * abi.GUARD_MEMBER_WORDS;
      const program = word(member + 1, 0);
      if (word(member, 0) >= guardrails || (program >= programs && program !== NO)) return false;
    }
    position = first + count * abi.GUARD_MEMBER_WORDS;
  }
  return true;
}

/** What a row of PRIVILEGES says of a record privilege follows from its entity. */
function recordPrivilegeFits(row: u32, entities: usize): bool {
  const entity = row / abi.ACTIONS;
  const action = row % abi.ACTIONS;
  const entityRow = entities + entity * abi.ENTITY_WORDS * 4;
  const ownership = load<u32>(entityRow, abi.ENTITY_OWNERSHIP * 4);
  const onlyOfPrincipals = action === abi.ACTION_ASSIGN || action === abi.ACTION_SHARE;
  const exists =
    ownership === abi.OWNED_BY_PRINCIPAL || (ownership !== abi.OWNED_BY_PARENT && !onlyOfPrincipals);
  const slot = exists ? load<u32>(entityRow, abi.ENTITY_SET * 4) * abi.ACTIONS + action : NO;
  return (
    word(row, abi.PRIVILEGE_SLOT) === slot &&
    word(row, abi.PRIVILEGE_KIND) === ownership &&
    word(row, abi.PRIVILEGE_ENTITY) === entity
  );
}

function taskFits(row: u32, task: u32, firstSlot: u32): bool {
  return (
    word(row, abi.PRIVILEGE_SLOT) === firstSlot + task &&
    word(row, abi.PRIVILEGE_KIND) === abi.KIND_TASK &&
    word(row, abi.PRIVILEGE_ENTITY) === NO
  );
}

function privilegesFit(heads: usize): bool {
  const lists = sectionRows(base, abi.SECTION_GUARD_LISTS);
  const entities = sectionRows(base, abi.SECTION_ENTITIES);
  const tasks = sectionRows(base, abi.SECTION_TASKS);
  const firstSlot = sectionRows(base, abi.SECTION_PRIVILEGE_SETS) * abi.ACTIONS;
  turnTo(abi.SECTION_PRIVILEGES, abi.PRIVILEGE_WORDS);
  const records = entities * abi.ACTIONS;
  if (<u64>rows !== <u64>records + <u64>tasks || !below(abi.PRIVILEGE_CONDITIONAL, 2)) return false;
  for (let row: u32 = 0; row < rows; row++) {
    const list = word(row, abi.PRIVILEGE_GUARDS);
    if (list !== NO && (list >= lists || load<u8>(heads + list) === 0)) return false;
    const fits =
      row < records
        ? recordPrivilegeFits(row, sectionAddress(base, abi.SECTION_ENTITIES))
        : taskFits(row, row - records, firstSlot);
    if (!fits) return false;
  }
  return true;
}

/** The section at fault of guardrail lists and privileges, or NO. */
function listsFit(): u32 {
  const scratch = mark();
  const heads = allocate(<usize>sectionRows(base, abi.SECTION_GUARD_LISTS) + 1);
  let fault = NO;
  if (heads === 0 || !markHeads(heads)) fault = abi.SECTION_GUARD_LISTS;
  else if (!privilegesFit(heads)) fault = abi.SECTION_PRIVILEGES;
  reset(scratch);
  return fault;
}

function namesFit(section: u32, rowWords: u32, names: u32): bool {
  turnTo(section, rowWords);
  return below(0, names);
}

function openNamesFit(names: u32): bool {
  turnTo(abi.SECTION_OPEN_NAMES, abi.OPEN_NAME_WORDS);
  return below(0, abi.OPEN_POSITION + 1) && below(1, names) && below(2, names);
}

function usersFit(names: u32): bool {
  const assignments = sectionRows(base, abi.SECTION_ASSIGNMENTS);
  const values = sectionRows(base, abi.SECTION_VALUES);
  turnTo(abi.SECTION_USERS, abi.USER_WORDS);
  return (
    below(abi.USER_ROW_NAME, names) &&
    below(abi.USER_ROW_UNIT, names) &&
    below(abi.USER_ROW_FLAGS, 2) &&
    belowOrNone(abi.USER_ROW_MANAGER, names) &&
    belowOrNone(abi.USER_ROW_POSITION, names) &&
    ranges(abi.USER_ROW_FIRST_ROLE, abi.USER_ROW_ROLES, assignments) &&
    ranges(abi.USER_ROW_FIRST_VALUE, abi.USER_ROW_VALUES, values)
  );
}

function teamsFit(names: u32): bool {
  const assignments = sectionRows(base, abi.SECTION_ASSIGNMENTS);
  const members = sectionRows(base, abi.SECTION_MEMBERS);
  const values = sectionRows(base, abi.SECTION_VALUES);
  turnTo(abi.SECTION_TEAMS, abi.TEAM_WORDS);
  return (
    below(abi.TEAM_ROW_NAME, names) &&
    below(abi.TEAM_ROW_KIND, 4) &&
    below(abi.TEAM_ROW_UNIT, names) &&
    ranges(abi.TEAM_ROW_FIRST_ROLE, abi.TEAM_ROW_ROLES, assignments) &&
    ranges(abi.TEAM_ROW_FIRST_MEMBER, abi.TEAM_ROW_MEMBERS, members) &&
    belowOrNone(abi.TEAM_ROW_ADMINISTRATOR, names) &&
    ranges(abi.TEAM_ROW_FIRST_VALUE, abi.TEAM_ROW_VALUES, values)
  );
}

function unitsFit(section: u32, rowWords: u32, names: u32): bool {
  turnTo(section, rowWords);
  return below(0, names) && belowOrNone(1, names);
}

function assignmentsFit(names: u32): bool {
  const roles = sectionRows(base, abi.SECTION_ROLES);
  turnTo(abi.SECTION_ASSIGNMENTS, abi.ASSIGNMENT_WORDS);
  return below(0, roles) && below(1, names);
}

function recordsFit(names: u32, entities: u32): bool {
  const values = sectionRows(base, abi.SECTION_VALUES);
  turnTo(abi.SECTION_RECORDS, abi.RECORD_WORDS);
  return (
    below(abi.RECORD_ROW_ENTITY, entities) &&
    below(abi.RECORD_ROW_ID, names) &&
    below(abi.RECORD_ROW_OWNER_KIND, 2) &&
    belowOrNone(abi.RECORD_ROW_OWNER, names) &&
    belowOrNone(abi.RECORD_ROW_UNIT, names) &&
    belowOrNone(abi.RECORD_ROW_PARENT, names) &&
    ranges(abi.RECORD_ROW_FIRST_VALUE, abi.RECORD_ROW_VALUES, values)
  );
}

function sharesFit(names: u32, entities: u32): bool {
  turnTo(abi.SECTION_SHARES, abi.SHARE_WORDS);
  for (let row: u32 = 0; row < rows; row++) {
    const named = word(row, 3) < names;
    if (word(row, 2) === abi.PRINCIPAL_ORGANIZATION ? word(row, 3) !== NO : !named) return false;
  }
  return below(0, entities) && below(1, names) && below(2, 3) && below(4, 256) && below(5, 256);
}

function valuesFit(names: u32): bool {
  turnTo(abi.SECTION_VALUES, abi.VALUE_WORDS);
  return below(0, names) && below(1, abi.VALUE_UNIT + 1) && below(2, names);
}

/** The first section with a row that does not fit, or NONE. */
export function validateRows(image: usize): u32 {
  base = image;
  if (!stringsFit()) return abi.SECTION_STRINGS;
  const names = sectionRows(image, abi.SECTION_STRINGS) - 1;
  const entities = sectionRows(image, abi.SECTION_ENTITIES);
  if (!settingsFit()) return abi.SECTION_SETTINGS;
  if (!entitiesFit(names, entities)) return abi.SECTION_ENTITIES;
  if (!attributesFit(names, entities)) return abi.SECTION_ATTRIBUTES;
  if (!namesFit(abi.SECTION_OPTIONS, 1, names)) return abi.SECTION_OPTIONS;
  if (!namesFit(abi.SECTION_PRIVILEGE_SETS, abi.PRIVILEGE_SET_WORDS, names))
    return abi.SECTION_PRIVILEGE_SETS;
  if (!namesFit(abi.SECTION_TASKS, 1, names)) return abi.SECTION_TASKS;
  if (!rolesFit(names)) return abi.SECTION_ROLES;
  if (!planesFit()) return abi.SECTION_PLANES;
  if (!guardrailsFit(names, entities)) return abi.SECTION_GUARDRAILS;
  const lists = listsFit();
  if (lists !== NO) return lists;
  if (!openNamesFit(names)) return abi.SECTION_OPEN_NAMES;
  if (!unitsFit(abi.SECTION_UNITS, abi.UNIT_WORDS, names)) return abi.SECTION_UNITS;
  if (!usersFit(names)) return abi.SECTION_USERS;
  if (!teamsFit(names)) return abi.SECTION_TEAMS;
  if (!assignmentsFit(names)) return abi.SECTION_ASSIGNMENTS;
  if (!namesFit(abi.SECTION_MEMBERS, 1, names)) return abi.SECTION_MEMBERS;
  if (!unitsFit(abi.SECTION_POSITIONS, abi.POSITION_WORDS, names)) return abi.SECTION_POSITIONS;
  if (!recordsFit(names, entities)) return abi.SECTION_RECORDS;
  if (!sharesFit(names, entities)) return abi.SECTION_SHARES;
  if (!valuesFit(names)) return abi.SECTION_VALUES;
  return NO;
}
