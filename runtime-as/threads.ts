// What the target `threads` exports beside index.ts: questions in parts, and how the instances of workers begin.
import { PAGE_PLANE_BYTES } from "./constants";
import { filterPages } from "./filter";

export { attach, workerBytes } from "./attach";
export { imageAddress } from "./validate";
export { closeWhoCan, openWhoCan, whoAmongTeams, whoAmongUsers, whoSpecial } from "./who";

/** `filterPages` into memory that another answer may have used. */
export function filterPart(user: u32, privilege: u32, first: u32, count: u32, out: usize): u32 {
  memory.fill(out, 0, <usize>count * PAGE_PLANE_BYTES);
  return filterPages(user, privilege, first, count, out);
}
