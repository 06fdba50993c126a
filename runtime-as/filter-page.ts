// The inner loops of `filter`: one page of records, one bit each.
import { area, QUEUE, QUEUE_BYTES } from "./area";
import {
  PAGE_COUNT,
  PAGE_DEAD,
  PAGE_RECORDS,
  PAGE_SHARES,
  PAGE_UNITS,
  SHARE_DIRECT,
  SHARE_INHERITED,
  SHARE_NEXT,
  SHARE_PRINCIPAL,
} from "./constants";
import { shareServes } from "./grants";
import { NO } from "./image";
import { addUnits, markedTeamsWord, ownerWord, sharedWord } from "./page-words";
import { liveWord } from "./pages";
import {
  firstOfRun,
  lastOfRun,
  MOST_RUNS,
  mayBeWith,
  planRuns,
  planSieve,
  planTeams,
  planUnits,
} from "./plan";
import { principal } from "./question";

export const WORDS_OF_PAGE: u32 = PAGE_RECORDS >> 5;

/** Every record of a page. */
export function fillPage(out: usize, count: u32): void {
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const left = count - min(count, word * 32);
    store<u32>(out + word * 4, left >= 32 ? NO : (1 << left) - 1);
  }
}

/** Adds the records of a page whose units the plan reaches. */
function unitsOfPage(page: usize, out: usize): void {
  if (planRuns <= <u32>MOST_RUNS) {
    for (let run: u32 = 0; run < planRuns; run++) {
      const first = firstOfRun(run);
      addUnits(page, first, lastOfRun(run) - first + 1, out);
    }
    return;
  }
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const units = page + word * 64 + PAGE_UNITS;
    let reached: u32 = 0;
    for (let i: u32 = 0; i < 32; i++) {
      reached |= (<u32>load<u8>(planUnits + <u32>load<u16>(units + i * 2))) << i;
    }
    store<u32>(out + word * 4, load<u32>(out + word * 4) | reached);
  }
}

/** What the plan says of each record: its unit, its owner's team, or that the principal owns it. */
export function planPage(page: usize, out: usize, own: u32, teams: u32): void {
  unitsOfPage(page, out);
  if (own !== 0 || teams !== 0) {
    for (let i: u32 = 0; i < WORDS_OF_PAGE; i++) {
      let word = load<u32>(out + i * 4);
      if (own !== 0) word |= ownerWord(page, i * 32, word, principal);
      if (teams !== 0) word |= markedTeamsWord(page, i * 32, word, planSieve, planTeams, teams);
      store<u32>(out + i * 4, word);
    }
  }
  // Places of the page that are not in use yet.
  const count = load<u32>(page, PAGE_COUNT);
  if (count >= <u32>PAGE_RECORDS) return;
  for (let i = count >> 5; i < WORDS_OF_PAGE; i++) {
    const left = count - min(count, i * 32);
    store<u32>(out + i * 4, left === 0 ? 0 : load<u32>(out + i * 4) & (((<u32>1) << left) - 1));
  }
}

function sharesGrant(first: usize, bit: u32): bool {
  for (let share = first; share !== 0; share = load<u32>(share, SHARE_NEXT)) {
    // Mostly they are with others: this is foreseen, so that the next rows are on their way meanwhile.
    if (mayBeWith(load<u32>(share, SHARE_PRINCIPAL), principal) === 0) continue;
    const mask = <u32>(load<u8>(share, SHARE_DIRECT) | load<u8>(share, SHARE_INHERITED));
    if ((mask & bit) !== 0 && shareServes(share)) return true;
  }
  return false;
}

// Shared records wait here until there are some of them: then their heads are read, then their rows, many at a time, for most
// of these are far away.
const ROOM: u32 = 128;
const queue: usize = ASC_FEATURE_THREADS ? area + QUEUE : memory.data(QUEUE_BYTES, 16);
const FIRSTS: usize = ROOM * 4;

/** Adds those of the waiting records that are shared with the principal. */
function answerWaiting(heads: usize, out: usize, bit: u32, waiting: u32): void {
  const end = queue + ((<usize>waiting) << 2);
  for (let at = queue; at < end; at += 4) {
    store<u32>(at, load<u32>(heads + ((<usize>load<u32>(at)) << 2)), FIRSTS);
  }
  for (let at = queue; at < end; at += 4) {
    if (!sharesGrant(load<u32>(at, FIRSTS), bit)) continue;
    const place = load<u32>(at);
    const word = out + ((<usize>place >> 5) << 2);
    store<u32>(word, load<u32>(word) | ((<u32>1) << (place & 31)));
  }
}

/** Rule 5c for the records of a page that nothing else reached. */
export function sharePage(page: usize, out: usize, bit: u32): void {
  const heads = <usize>load<u32>(page, PAGE_SHARES);
  if (heads === 0) return;
  let waiting: u32 = 0;
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    for (let rest = sharedWord(page, word * 32) & ~load<u32>(out + word * 4); rest !== 0; rest &= rest - 1) {
      store<u32>(queue + ((<usize>waiting) << 2), word * 32 + <u32>ctz(rest));
      waiting++;
    }
    if (waiting <= ROOM - 32) continue;
    answerWaiting(heads, out, bit, waiting);
    waiting = 0;
  }
  answerWaiting(heads, out, bit, waiting);
}

/** Takes the records out of a page's answer that have been deleted. */
export function withoutDead(page: usize, out: usize): void {
  if (load<u32>(page, PAGE_DEAD) === 0) return;
  for (let word: u32 = 0; word < WORDS_OF_PAGE; word++) {
    const at = out + word * 4;
    store<u32>(at, load<u32>(at) & liveWord(page, word));
  }
}
