import { actions as actionNames } from "../model/model.ts";
import { actionExists } from "../model/privileges.ts";
import { APPEND, APPEND_TO, ASSIGN, READ, SHARE, WRITE } from "../model/vocabulary.ts";
import type { Rule } from "./project.ts";

/** What an action needs besides itself to be of any use (semantics.md A4, A5, A7, A10). */
const needs: ReadonlyMap<number, number> = new Map([
  [WRITE, READ],
  [ASSIGN, WRITE],
  [SHARE, READ],
  [APPEND, READ],
  [APPEND_TO, READ],
]);

/** BWK903: a privilege that needs another one which is never granted together with it. */
export const NeededPrivilegeIsGranted: Rule = ({ global, grantedTogether }, report) => {
  const { policy, sites } = global;
  for (const { role, actions, entities, level } of sites.grants)
    for (const { node, action } of actions) {
      const needed = action === "all" ? undefined : needs.get(action);
      if (action === "all" || needed === undefined || level === 0) continue;
      for (const entity of entities) {
        const set = policy.privilegeSets[entity.set];
        if (set === undefined || entity.sharing || !actionExists(set.ownership, action)) continue;
        if (!grantedTogether(role.name, needed, entity.set))
          report.add("BWK903", node.span, {
            action: node.value,
            needs: actionNames[needed] as string,
            entity: set.name,
            role: role.name,
          });
      }
    }
};
