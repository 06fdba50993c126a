// Shares from a table in the order and the form that they have in memory.
import { PAGE_RECORDS, PAGE_SHIFT } from "../../runtime-as/abi.ts";
import type { ShareRows } from "./read-shares.ts";

/** More rows of one record are sorted by the engine of JavaScript. */
const fewRows = 12;

/** Rows of pages, two words each: principal, and place with both masks (abi.ts, "Share row"). */
export interface SortedShares {
  readonly words: Uint32Array;
  /** Page and, in `words`, where its rows end, in turn; they begin where those of the page before end. */
  readonly pages: readonly number[];
}

/** Indices in the order of one part of each record's number, from 0 to `most`; those that are alike stay in their order. */
function ordered(
  indices: Uint32Array | undefined,
  records: Uint32Array,
  shift: number,
  most: number,
): Uint32Array {
  const next = new Uint32Array(most + 2);
  for (let i = 0; i < records.length; i++) {
    const part = ((records[i] as number) >>> shift) & most;
    next[part + 1] = (next[part + 1] as number) + 1;
  }
  for (let part = 1; part <= most; part++) next[part] = (next[part] as number) + (next[part - 1] as number);
  const sorted = new Uint32Array(records.length);
  for (let i = 0; i < records.length; i++) {
    const index = indices === undefined ? i : (indices[i] as number);
    const part = ((records[index] as number) >>> shift) & most;
    const at = next[part] as number;
    next[part] = at + 1;
    sorted[at] = index;
  }
  return sorted;
}

/** Sorts the indices of one record's rows by principal. */
function sortByPrincipal(indices: Uint32Array, from: number, to: number, principals: Uint32Array): void {
  if (to - from > fewRows) {
    indices.subarray(from, to).sort((a, b) => (principals[a] as number) - (principals[b] as number));
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const index = indices[i] as number;
    const principal = principals[index] as number;
    let at = i;
    for (; at > from && (principals[indices[at - 1] as number] as number) > principal; at--) {
      indices[at] = indices[at - 1] as number;
    }
    indices[at] = index;
  }
}

/** Sorts rows of these many pages; several of one record and principal add up (semantics.md S3), and some carry nothing. */
export function sortShares(rows: ShareRows, pageCount: number): SortedShares {
  const { records, principals, direct, inherited } = rows;
  const pageBits = (2 ** (32 - Math.clz32(pageCount)) - 1) >>> 0;
  const byPlace = ordered(undefined, records, 0, PAGE_RECORDS - 1);
  const indices = ordered(byPlace, records, PAGE_SHIFT, pageBits);
  const words = new Uint32Array(records.length * 2);
  const pages: number[] = [];
  let end = 0;
  let page = -1;
  for (let from = 0, to = 0; from < indices.length; from = to) {
    const record = records[indices[from] as number] as number;
    while (to < indices.length && records[indices[to] as number] === record) to++;
    if (to - from > 1) sortByPrincipal(indices, from, to, principals);
    if (record >>> PAGE_SHIFT !== page) {
      if (page >= 0) pages.push(page, end);
      page = record >>> PAGE_SHIFT;
    }
    const place = (record & (PAGE_RECORDS - 1)) << 16;
    for (let i = from; i < to; i++) {
      const index = indices[i] as number;
      const principal = principals[index] as number;
      const masks = (direct[index] as number) | ((inherited[index] as number) << 8);
      if (masks === 0) continue;
      const isSame =
        end > 0 && words[end - 2] === principal && ((words[end - 1] as number) & ~0xffff) === place;
      if (isSame && pages[pages.length - 1] !== end) words[end - 1] = (words[end - 1] as number) | masks;
      else {
        words[end++] = principal;
        words[end++] = place | masks;
      }
    }
  }
  if (page >= 0) pages.push(page, end);
  return { words: words.subarray(0, end), pages };
}

/** Rows of one page and more of them, in one order; what is in both adds up. */
export function mergeShares(rows: Uint32Array, more: Uint32Array): Uint32Array {
  const merged = new Uint32Array(rows.length + more.length);
  let [at, other, end] = [0, 0, 0];
  while (at < rows.length && other < more.length) {
    const principal = rows[at] as number;
    const word = rows[at + 1] as number;
    const otherPrincipal = more[other] as number;
    const otherWord = more[other + 1] as number;
    const difference = (word >>> 16) - (otherWord >>> 16) || principal - otherPrincipal;
    merged[end++] = difference > 0 ? otherPrincipal : principal;
    merged[end++] = (difference > 0 ? 0 : word) | (difference < 0 ? 0 : otherWord);
    if (difference <= 0) at += 2;
    if (difference >= 0) other += 2;
  }
  merged.set(rows.subarray(at), end);
  merged.set(more.subarray(other), end + rows.length - at);
  return merged.subarray(0, end + rows.length - at + more.length - other);
}
