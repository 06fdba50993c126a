import { MARK_OF_PRINCIPAL, MARK_TEAM, PAGE_MARKS, PAGE_OWNERS, TEAM_BIT } from "../../runtime-as/abi.ts";
import type { Memory } from "../memory.ts";

/** What a page keeps of an owner beside the owner itself: 15 bits (abi.ts, PAGE_MARKS). */
export function ownerMark(owner: number): number {
  return (owner & MARK_OF_PRINCIPAL) | ((owner & TEAM_BIT) === 0 ? 0 : MARK_TEAM);
}

/** Writes the marks of `count` records of a page whose owners have been written. None of them is marked as shared. */
export function writeOwnerMarks({ words, halves }: Memory, page: number, place: number, count: number): void {
  const owners = ((page + PAGE_OWNERS) >>> 2) + place;
  const marks = ((page + PAGE_MARKS) >>> 1) + place;
  for (let i = 0; i < count; i++) halves[marks + i] = ownerMark(words[owners + i] as number);
}
