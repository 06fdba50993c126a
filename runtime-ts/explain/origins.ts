import { CASCADE_REPARENT, CASCADE_SHARE } from "../../runtime-as/abi.ts";
import type { Ground } from "../operations/ground.ts";
import { hasOwners, parentsOf } from "../operations/relations.ts";

/**
 * The records from which a record inherits a right of a principal as things stand: parents that are shared with him, along
 * `share` cascades (semantics.md S5), and records above that he owns, along `reparent` cascades (R1). Ascending.
 */
export function originsOf(ground: Ground, record: number, principal: number, action: number): number[] {
  const { editor } = ground;
  const found = new Set<number>();
  for (const parent of parentsOf(ground, record, CASCADE_SHARE)) {
    const { direct, inherited } = editor.shareOf(parent, principal);
    if (((direct | inherited) & (1 << action)) !== 0) found.add(parent);
  }
  // An owner inherits nothing from being the owner above.
  if (editor.ownerOf(record) !== principal) {
    const above = parentsOf(ground, record, CASCADE_REPARENT);
    for (const parent of above) {
      if (parent === record || !hasOwners(ground, parent)) continue;
      if (editor.ownerOf(parent) === principal) found.add(parent);
      for (const next of parentsOf(ground, parent, CASCADE_REPARENT)) above.add(next);
    }
  }
  return [...found].sort((a, b) => a - b);
}
