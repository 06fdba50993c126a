// Records: pages of one entity (abi.ts, PAGE_*).
import {
  ACTION_SHIFT,
  ENTITY_PAGES_BYTES,
  ENTITY_PAGES_LIST,
  PAGE_COUNT,
  PAGE_COUNT_BITS,
  PAGE_DEAD,
  PAGE_ENTITY,
  PAGE_RECORDS,
  PAGE_SHIFT,
  ROW_OF_PAGE_SHIFT,
  WORLD_ENTITY_PAGES,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "./constants";
import { worldWord } from "./memory";

export function placeInPage(record: u32): u32 {
  return record & (PAGE_RECORDS - 1);
}

/** What is said of a page beside its address: ROW_OF_PAGE_*. */
export function rowOfPage(pageNumber: u32): usize {
  return <usize>worldWord(WORLD_PAGES) + (pageNumber << ROW_OF_PAGE_SHIFT);
}

/** Whether a record, known by the head of its page's row, is one of those of its page, and of the privilege's entity. */
export function isInPage(head: u32, privilege: u32, place: u32): bool {
  return (
    head >> PAGE_COUNT_BITS === privilege >> ACTION_SHIFT && place < (head & ((1 << PAGE_COUNT_BITS) - 1))
  );
}

export function pageAddress(pageNumber: u32): usize {
  return load<u32>(rowOfPage(pageNumber));
}

/** The page of a record whose number is in range. */
export function pageOfRecord(record: u32): usize {
  return pageAddress(record >> PAGE_SHIFT);
}

/** The page of a place that has been used for a record of this entity, deleted or not; else 0. */
function pageOfPlace(entity: u32, record: u32): usize {
  const pageNumber = record >> PAGE_SHIFT;
  if (pageNumber >= worldWord(WORLD_PAGE_COUNT)) return 0;
  const page = pageAddress(pageNumber);
  const used = load<u32>(page, PAGE_ENTITY) === entity && placeInPage(record) < load<u32>(page, PAGE_COUNT);
  return used ? page : 0;
}

/** Whether the record at this place of a page has been deleted. */
export function isDead(page: usize, place: u32): bool {
  const dead = <usize>load<u32>(page, PAGE_DEAD);
  return dead !== 0 && ((load<u32>(dead + ((place >> 5) << 2)) >> (place & 31)) & 1) !== 0;
}

/** The page of a record of this entity; 0 where there is no such record, or not any more. */
export function pageOf(entity: u32, record: u32): usize {
  const page = pageOfPlace(entity, record);
  return page === 0 || isDead(page, placeInPage(record)) ? 0 : page;
}

/** Whether there was a record of this entity with this number, and it has been deleted (nobody may do anything with it). */
export function isDeleted(entity: u32, record: u32): bool {
  const page = pageOfPlace(entity, record);
  return page !== 0 && isDead(page, placeInPage(record));
}

/** Which of the 32 records of a word of a page are there: to be ANDed with an answer that looks at nothing else. */
export function liveWord(page: usize, word: u32): u32 {
  const dead = <usize>load<u32>(page, PAGE_DEAD);
  return dead === 0 ? <u32>0xffffffff : ~load<u32>(dead + (word << 2));
}

/** How many pages an entity has. */
export function pagesOfEntity(entity: u32): u32 {
  return load<u32>(<usize>worldWord(WORLD_ENTITY_PAGES) + entity * ENTITY_PAGES_BYTES);
}

/** Address of the page numbers of an entity. */
export function pageNumbersOf(entity: u32): usize {
  return load<u32>(<usize>worldWord(WORLD_ENTITY_PAGES) + entity * ENTITY_PAGES_BYTES, ENTITY_PAGES_LIST);
}
