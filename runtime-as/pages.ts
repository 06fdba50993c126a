// Records: pages of one entity (abi.ts, PAGE_*).
import {
  ENTITY_PAGES_BYTES,
  ENTITY_PAGES_LIST,
  PAGE_COUNT,
  PAGE_ENTITY,
  PAGE_RECORDS,
  PAGE_SHIFT,
  WORLD_ENTITY_PAGES,
  WORLD_PAGE_COUNT,
  WORLD_PAGES,
} from "./constants";
import { worldWord } from "./memory";

export function placeInPage(record: u32): u32 {
  return record & (PAGE_RECORDS - 1);
}

export function pageAddress(pageNumber: u32): usize {
  return load<u32>(<usize>worldWord(WORLD_PAGES) + pageNumber * 4);
}

/** The page of a record of this entity; 0 where there is no such record. */
export function pageOf(entity: u32, record: u32): usize {
  const pageNumber = record >> PAGE_SHIFT;
  if (pageNumber >= worldWord(WORLD_PAGE_COUNT)) return 0;
  const page = pageAddress(pageNumber);
  return load<u32>(page, PAGE_ENTITY) === entity && placeInPage(record) < load<u32>(page, PAGE_COUNT)
    ? page
    : 0;
}

/** How many pages an entity has. */
export function pagesOfEntity(entity: u32): u32 {
  return load<u32>(<usize>worldWord(WORLD_ENTITY_PAGES) + entity * ENTITY_PAGES_BYTES);
}

/** Address of the page numbers of an entity. */
export function pageNumbersOf(entity: u32): usize {
  return load<u32>(<usize>worldWord(WORLD_ENTITY_PAGES) + entity * ENTITY_PAGES_BYTES, ENTITY_PAGES_LIST);
}
