// Reading ahead: what a block of questions will need of memory is asked for at once, so that it is on its way before the first
// question waits for it. Nothing here decides anything.
import { area, TOUCHED, TOUCHED_BYTES } from "./area";
import { BLOCK } from "./batch-block";
import {
  CONTEXT_LIST_ROWS,
  PAGE_MARKS,
  PAGE_SHIFT,
  PAGE_UNITS,
  USER_CONTEXTS,
  USER_OWN_PLANES,
  USER_TEAM_PLANES,
  USER_TEAM_SET,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "./constants";
import { NO, privilegeCount, slotOf } from "./image";
import { worldWord } from "./memory";
import { placeInPage } from "./pages";
import { userCount, userRow } from "./principals";

/** What has been read goes here: what nobody uses is not read. */
const touched: usize = ASC_FEATURE_THREADS ? area + TOUCHED : memory.data(TOUCHED_BYTES, 16);

/** The page of a record whose number is in range. */
export function pageOfRecord(record: u32): usize {
  return <usize>load<u32>(<usize>worldWord(WORLD_PAGES) + ((record >> PAGE_SHIFT) << 2));
}

/** Reads what `decide` will read of the users and records of a full block. */
export function touchBlock(principals: usize, privileges: usize, records: usize): void {
  const users = userCount();
  const known = privilegeCount();
  const pages = worldWord(WORLD_PAGE_COUNT);
  let sum: u32 = 0;
  for (let at: usize = 0; at < (<usize>BLOCK) << 2; at += 4) {
    const user = load<u32>(principals + at);
    const record = load<u32>(records + at);
    if (user >= users || record >> PAGE_SHIFT >= pages) continue;
    const place = <usize>placeInPage(record);
    const page = pageOfRecord(record);
    sum ^= load<u32>(userRow(user), USER_CONTEXTS);
    sum ^= load<u16>(page + (place << 1), PAGE_UNITS) ^ load<u16>(page + (place << 1), PAGE_MARKS);
  }
  for (let at: usize = 0; at < (<usize>BLOCK) << 2; at += 4) {
    const user = load<u32>(principals + at);
    const privilege = load<u32>(privileges + at);
    if (user >= users || privilege >= known) continue;
    const row = userRow(user);
    const slot = slotOf(privilege);
    sum ^= load<u32>(load<u32>(row, USER_CONTEXTS), CONTEXT_LIST_ROWS);
    sum ^= load<u32>(load<u32>(row, USER_TEAM_SET));
    if (slot === NO) continue;
    sum ^= <u32>load<u8>(load<u32>(row, USER_OWN_PLANES) + (slot >> 1));
    sum ^= <u32>load<u8>(load<u32>(row, USER_TEAM_PLANES) + (slot >> 1));
  }
  store<u32>(touched, sum);
}
