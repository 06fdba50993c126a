import { BailiwickError } from "../errors.ts";
import type { LoadedWorld } from "../loaded-world.ts";

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/**
 * Runs `work`, which changes the world through its editor: all of it, or, where it throws, nothing. One within another
 * takes back only what is its own. Throws BWK443 where `work` is asynchronous, and what `work` throws.
 */
export function transaction<T>(loaded: LoadedWorld, work: () => T): T {
  const { stale } = loaded;
  const { journal } = loaded.editor;
  const isOutermost = journal.depth === 0;
  const undoInterned = loaded.conditions.encoder.mark();
  const from = journal.begin();
  if (isOutermost) stale.beginUpdate();
  try {
    const result = work();
    if (isThenable(result)) {
      throw new BailiwickError(
        "BWK443",
        "an update is made at once: its function returned a promise",
        "fetch everything first, then call `update` with a function that is not `async`",
      );
    }
    journal.end();
    return result;
  } catch (error) {
    journal.undo(from);
    undoInterned();
    stale.undoUpdate();
    throw error;
  } finally {
    if (isOutermost) stale.endUpdate();
  }
}
