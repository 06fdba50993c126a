// Rows of the data security inventory: entities, kinds, names and ranges. Where a path leads is the host's to follow.
import * as abi from "./constants";
import { NO, sectionAddress, sectionRows } from "./image";

let base: usize = 0;

function word(row: u32, column: u32): u32 {
  const at = sectionAddress(base, abi.SECTION_OWNER_RULES);
  return load<u32>(at + (<usize>row * abi.OWNER_RULE_WORDS + column) * 4);
}

function ruleFits(row: u32, names: u32, entities: u32, steps: u32): bool {
  const kind = word(row, abi.OWNER_RULE_KIND);
  const principal = word(row, abi.OWNER_RULE_PRINCIPAL);
  const first = word(row, abi.OWNER_RULE_FIRST_STEP);
  const count = word(row, abi.OWNER_RULE_STEPS);
  if (word(row, abi.OWNER_RULE_ENTITY) >= entities || kind > <u32>abi.OWNER_PATH) return false;
  const isNamed = kind === abi.OWNER_USER || kind === abi.OWNER_TEAM;
  if (isNamed ? principal >= names : principal !== NO) return false;
  if (kind === abi.OWNER_PATH ? count === 0 : count !== 0) return false;
  return <u64>first + <u64>count <= <u64>steps;
}

/** The first section of the inventory with a row that does not fit, or NONE. */
export function validateInventory(image: usize): u32 {
  base = image;
  const names = sectionRows(image, abi.SECTION_STRINGS) - 1;
  const entities = sectionRows(image, abi.SECTION_ENTITIES);
  const steps = sectionRows(image, abi.SECTION_OWNER_STEPS);
  const first = sectionAddress(image, abi.SECTION_OWNER_STEPS);
  for (let row: u32 = 0; row < steps; row++) {
    if (load<u32>(first + row * 4) >= names) return abi.SECTION_OWNER_STEPS;
  }
  const rules = sectionRows(image, abi.SECTION_OWNER_RULES);
  for (let row: u32 = 0; row < rules; row++) {
    if (!ruleFits(row, names, entities, steps)) return abi.SECTION_OWNER_RULES;
  }
  return NO;
}
