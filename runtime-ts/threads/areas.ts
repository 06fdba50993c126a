import type { LoadedWorld } from "../loaded-world.ts";
import type { Memory } from "../memory.ts";

/** Memory of the engine that a pool uses. */
export interface Area {
  readonly address: number;
  readonly bytes: number;
}

/** What closed pools have left. A world that is made anew takes its memory back, and all areas with it. */
const left = new WeakMap<LoadedWorld, Area[]>();

/** An area of at least so many bytes, with some to spare: worlds grow. Throws BWK414. */
export function takeArea(memory: Memory, loaded: LoadedWorld, bytes: number): Area {
  const areas = left.get(loaded) ?? [];
  const found = areas.findIndex((area) => area.bytes >= bytes);
  if (found !== -1) return areas.splice(found, 1)[0] as Area;
  const room = bytes + (bytes >>> 3);
  return { address: memory.allocate(room), bytes: room };
}

/** Leaves an area to the next pool of the same world. */
export function leaveArea(loaded: LoadedWorld, area: Area): void {
  const areas = left.get(loaded) ?? [];
  areas.push(area);
  left.set(loaded, areas);
}
