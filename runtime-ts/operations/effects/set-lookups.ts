import type { Changing } from "../ground.ts";
import type { Setting } from "../plan.ts";
import { arrive, leave, standingOf } from "./inherit.ts";

/**
 * Lets lookups of a record lead elsewhere: what only the parents before gave it is gone, and it inherits from those that it
 * has now (semantics.md S5, R1).
 */
export function setLookups(changing: Changing, record: number, settings: readonly Setting[]): void {
  const { editor } = changing;
  const changed = settings.filter(
    ({ attribute, target }) => editor.lookup(record, attribute.name) !== target,
  );
  const before = standingOf(changing, record);
  for (const { attribute, target } of settings) editor.setLookup(record, attribute.name, target);
  if (changed.length === 0) return;
  leave(changing, record, before);
  arrive(changing, record);
}
