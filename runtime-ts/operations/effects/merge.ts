import { CASCADE_MERGE } from "../../../runtime-as/abi.ts";
import type { Changing } from "../ground.ts";
import { makeInactive } from "../inactive.ts";
import { childrenOf, lookupsTo } from "../relations.ts";
import { setLookups } from "./set-lookups.ts";

/** The children that follow a subordinate into its master: those whose lookup has the `merge` cascade. */
export function mergedChildrenOf(changing: Changing, subordinate: number): ReadonlySet<number> {
  return childrenOf(changing, subordinate, CASCADE_MERGE);
}

/** semantics.md A9: only different records of one entity are merged. */
export function fitTogether({ editor }: Changing, subordinate: number, master: number): boolean {
  return subordinate !== master && editor.entityOf(subordinate) === editor.entityOf(master);
}

/** semantics.md A9: the children of the subordinate go to the master, and the subordinate becomes inactive. */
export function merge(changing: Changing, subordinate: number, master: number): void {
  const { policy, editor } = changing;
  const entity = editor.entityOf(subordinate);
  for (const { child, attribute } of lookupsTo(policy, entity)) {
    if ((attribute.cascades & CASCADE_MERGE) === 0) continue;
    for (const record of editor.childrenOf(subordinate, child, attribute.name))
      setLookups(changing, record, [{ attribute, target: master }]);
  }
  makeInactive(changing, subordinate);
}
