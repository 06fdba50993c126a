// The inner loops of `filter`: one page of records, one bit each.
import {
  PAGE_COUNT,
  PAGE_OWNERS,
  PAGE_RECORDS,
  PAGE_SHARES,
  PAGE_UNITS,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_NEXT,
  TEAM_BIT,
} from "./constants";
import { shareServes } from "./grants";
import { NO } from "./image";
import { planTeams, planUnits } from "./plan";
import { principal } from "./question";

export const WORDS_OF_PAGE: u32 = PAGE_RECORDS >> 5;

/** Every record of a page. */
export function fillPage(out: usize, count: u32): void {
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const left = count - min(count, word * 32);
    store<u32>(out + word * 4, left >= 32 ? NO : (1 << left) - 1);
  }
}

/** What the plan says of each record: its unit, its owner's team, or that the principal owns it. */
export function planPage(page: usize, out: usize, own: u32, teams: u32): void {
  const count = load<u32>(page, PAGE_COUNT);
  const units = planUnits;
  const ofTeams = planTeams;
  for (let first: u32 = 0; first < count; first += 32) {
    const end = min(first + 32, count);
    let word: u32 = 0;
    for (let i = first; i < end; i++) {
      const owner = load<u32>(page + i * 4, PAGE_OWNERS);
      const unit = <u32>load<u16>(page + i * 2, PAGE_UNITS);
      const team = min(owner ^ <u32>TEAM_BIT, teams);
      const bit =
        <u32>load<u8>(units + unit) | <u32>load<u8>(ofTeams + team) | (u32(owner === principal) & own);
      word |= bit << (i & 31);
    }
    store<u32>(out + (first >> 5) * 4, word);
  }
}

function sharesGrant(first: usize, bit: u32): bool {
  for (let share = first; share !== 0; share = load<u32>(share, SHARE_NEXT)) {
    const mask = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if ((mask & bit) !== 0 && shareServes(share)) return true;
  }
  return false;
}

/** Rule 5c for the records of a page that nothing else reached. */
export function sharePage(page: usize, out: usize, bit: u32): void {
  const heads = <usize>load<u32>(page, PAGE_SHARES);
  if (heads === 0) return;
  const count = load<u32>(page, PAGE_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    const first = <usize>load<u32>(heads + i * 4);
    if (first === 0) continue;
    const at = out + (i >> 5) * 4;
    const word = load<u32>(at);
    if (((word >> (i & 31)) & 1) === 0 && sharesGrant(first, bit)) store<u32>(at, word | (1 << (i & 31)));
  }
}
