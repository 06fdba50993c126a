// How the instance of a worker begins: over a memory in which the image has been validated and the world written. What the
// main thread's instance works out of them for itself, it works out again, in the area that it was given.
import { AREA_BYTES, area, useOwnCaches } from "./area";
import {
  HIERARCHY_CACHE_SLOT_BYTES,
  HIERARCHY_CACHE_SLOTS,
  NO_UNIT,
  REACH_BYTES,
  WORLD_HIERARCHY,
  WORLD_REACH_BITS,
  WORLD_TEAM_COUNT,
  WORLD_UNIT_COUNT,
} from "./constants";
import { keepRequestFacts } from "./facts";
import { hierarchyWord } from "./hierarchy-standing";
import { programCount, useImage } from "./image";
import { allocate, allocateWithin, worldWord } from "./memory";
import { userCount } from "./principals";
import { quickenPrograms } from "./quicken";
import { madeBytes } from "./validate";
import { MOST_SORTS } from "./who-index";

function reachBytes(): usize {
  return (<usize>REACH_BYTES) << worldWord(WORLD_REACH_BITS);
}

function rankBytes(): usize {
  if (worldWord(WORLD_HIERARCHY) === 0) return 0;
  return <usize>hierarchyWord(HIERARCHY_CACHE_SLOTS) * hierarchyWord(HIERARCHY_CACHE_SLOT_BYTES);
}

/** What a question may need for as long as it is asked: the plan of a filter, or the tables of `whoCan`. */
function scratchBytes(): usize {
  const people = <usize>userCount() + 3 * <usize>worldWord(WORLD_TEAM_COUNT) + worldWord(WORLD_UNIT_COUNT);
  return people + <usize>NO_UNIT + MOST_SORTS;
}

/** Bytes that a worker's instance needs of the world as it is now; asked of the main thread's. */
export function workerBytes(): usize {
  // And some more for what alignment takes.
  return <usize>AREA_BYTES + reachBytes() + rankBytes() + madeBytes + scratchBytes() + 256;
}

/** Begins over the image and the world in memory, with `bytes` bytes from the instance's area on; 0 where they are too few. */
export function attach(image: usize, bytes: usize): u32 {
  allocateWithin(area + AREA_BYTES, area + bytes);
  useImage(image);
  const reaches = allocate(reachBytes());
  const ranks = allocate(rankBytes());
  if (reaches === 0 || ranks === 0) return 0;
  useOwnCaches(reaches, ranks);
  return u32(keepRequestFacts(programCount()) && quickenPrograms());
}
