import { NONE, PAGE_RECORDS } from "../../runtime-as/abi.ts";
import type { Attribute } from "../policy.ts";
import type { Ground } from "./ground.ts";

/**
 * What an attribute that is kept holds: a principal, or a record, also one that is not loaded (GHOST_RECORDS on). NONE where
 * it has no value.
 */
export function storedWord({ memory, editor, loaded }: Ground, record: number, attribute: Attribute): number {
  const { kept, pages } = loaded.records;
  const entity = editor.entityOf(record);
  const column = (kept[entity] as readonly Attribute[]).indexOf(attribute);
  const address = pages.valuesOf(entity).column(pages.pageAddress(record), column);
  if (address === 0) return NONE;
  const row = record & (PAGE_RECORDS - 1);
  const present = memory.words[(address >>> 2) + PAGE_RECORDS * 2 + (row >>> 5)] as number;
  return ((present >>> (row & 31)) & 1) === 0 ? NONE : (memory.words[(address >>> 2) + row * 2] as number);
}
