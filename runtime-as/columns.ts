// Columns of attribute values (abi.ts, "A column of n rows"): where conditions read what records and people are like.
import {
  PAGE_RECORDS,
  PAGE_VALUES,
  WORLD_CONTEXT_COLUMNS,
  WORLD_DESCRIBED_COLUMNS,
  WORLD_TEAM_COLUMNS,
  WORLD_TEAM_ROOM,
  WORLD_UNIT_COLUMNS,
  WORLD_UNIT_ROOM,
  WORLD_USER_COLUMNS,
  WORLD_USER_ROOM,
} from "./constants";
import { NO } from "./image";
import { worldWord } from "./memory";
import { placeInPage } from "./pages";
import { record, recordPage } from "./question";

/** The value that `find` found. */
export let found: i64 = 0;

/** Looks a value up in a column of `rows` rows; false where it is absent. `table` is an address of column addresses | 0. */
function find(table: usize, column: u32, rows: u32, row: u32): bool {
  if (table === 0 || row >= rows) return false;
  const at = <usize>load<u32>(table + column * 4);
  if (at === 0) return false;
  const present = load<u32>(at + <usize>rows * 8 + ((row >> 5) << 2));
  if (((present >> (row & 31)) & 1) === 0) return false;
  found = load<i64>(at + <usize>row * 8);
  return true;
}

export function findInPage(page: usize, column: u32, place: u32): bool {
  return find(load<u32>(page, PAGE_VALUES), column, PAGE_RECORDS, place);
}

/** Of the record in question: loaded, or described in the request. */
export function findInRecord(column: u32): bool {
  if (record === NO) return find(worldWord(WORLD_DESCRIBED_COLUMNS), column, 1, 0);
  return findInPage(recordPage, column, placeInPage(record));
}

export function findInContext(column: u32): bool {
  return find(worldWord(WORLD_CONTEXT_COLUMNS), column, 1, 0);
}

export function findInUser(column: u32, user: u32): bool {
  return find(worldWord(WORLD_USER_COLUMNS), column, worldWord(WORLD_USER_ROOM), user);
}

export function findInTeam(column: u32, team: u32): bool {
  return find(worldWord(WORLD_TEAM_COLUMNS), column, worldWord(WORLD_TEAM_ROOM), team);
}

export function findInUnit(column: u32, unit: u32): bool {
  return find(worldWord(WORLD_UNIT_COLUMNS), column, worldWord(WORLD_UNIT_ROOM), unit);
}
