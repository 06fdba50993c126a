// The image in place: where its sections are, and what the checks read of it. Only a validated image is used.
import {
  ACTION_ASSIGN,
  ACTION_SHARE,
  ACTIONS,
  ENTITY_OWNERSHIP,
  ENTITY_PARENT,
  ENTITY_SET,
  ENTITY_WORDS,
  HEADER_SIZE,
  NONE,
  OWNED_BY_ORGANIZATION,
  OWNED_BY_PARENT,
  OWNED_BY_PRINCIPAL,
  OWNED_BY_UNIT,
  SECTION_ENTITIES,
  SECTION_ENTRY_BYTES,
  SECTION_GUARD_LISTS,
  SECTION_GUARDRAILS,
  SECTION_PLANES,
  SECTION_PRIVILEGE_GUARDS,
  SECTION_PRIVILEGE_SETS,
  SECTION_SETTINGS,
  SECTION_TASKS,
  SETTING_FLAGS,
  SLOTS_PER_WORD,
} from "./abi";

export const NO: u32 = <u32>NONE;

let entities: usize = 0;
let entityTotal: u32 = 0;
let setTotal: u32 = 0;
let taskTotal: u32 = 0;
let planes: usize = 0;
let planeRowWords: u32 = 0;
let guardrails: usize = 0;
let guardLists: usize = 0;
let privilegeGuards: usize = 0;
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
  guardLists = sectionAddress(at, SECTION_GUARD_LISTS);
  privilegeGuards = sectionAddress(at, SECTION_PRIVILEGE_GUARDS);
  flags = load<u32>(sectionAddress(at, SECTION_SETTINGS) + SETTING_FLAGS * 4);
}

export function entityCount(): u32 {
  return entityTotal;
}

export function privilegeCount(): u32 {
  return entityTotal * ACTIONS + taskTotal;
}

export function setting(flag: u32): bool {
  return (flags & flag) !== 0;
}

export function ownershipOf(entity: u32): u32 {
  return load<u32>(entities + entity * ENTITY_WORDS * 4 + ENTITY_OWNERSHIP * 4);
}

/** The entity that a parent-owned entity asks (semantics.md E2). */
export function parentOf(entity: u32): u32 {
  return load<u32>(entities + entity * ENTITY_WORDS * 4 + ENTITY_PARENT * 4);
}

/** The plane slot of a privilege; NO where the entity's ownership does not have the right (semantics.md E6). */
export function slotOf(privilege: u32): u32 {
  const entity = privilege / ACTIONS;
  if (entity >= entityTotal) return setTotal * ACTIONS + (privilege - entityTotal * ACTIONS);
  const action = privilege % ACTIONS;
  const ownership = ownershipOf(entity);
  if (ownership === OWNED_BY_PARENT) return NO;
  if (ownership !== OWNED_BY_PRINCIPAL && (action === ACTION_ASSIGN || action === ACTION_SHARE)) return NO;
  return load<u32>(entities + entity * ENTITY_WORDS * 4 + ENTITY_SET * 4) * ACTIONS + action;
}

/** Whether records are beyond levels: organization-owned entities and tasks (semantics.md E1). */
export function isFlat(privilege: u32): bool {
  const entity = privilege / ACTIONS;
  return entity >= entityTotal || ownershipOf(entity) === OWNED_BY_ORGANIZATION;
}

export function isUnitOwned(privilege: u32): bool {
  return ownershipOf(privilege / ACTIONS) === OWNED_BY_UNIT;
}

/** Address of the guardrail list of a privilege (count, numbers); 0 where there is none. */
export function guardListOf(privilege: u32): usize {
  const start = load<u32>(privilegeGuards + privilege * 4);
  return start === NO ? 0 : guardLists + start * 4;
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
