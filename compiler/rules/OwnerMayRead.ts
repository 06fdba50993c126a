import { mayOwn } from "../model/world/may-own.ts";
import { findTeam } from "../model/world/state.ts";
import type { Rule } from "./project.ts";

/**
 * BWK310: who owns a declared record needs a read privilege on its entity (semantics.md A3), at the moment when the record
 * is declared.
 */
export const OwnerMayRead: Rule = ({ stages }, report) => {
  for (const { sites, stateAt } of stages)
    for (const { entity, owner, step } of sites.records) {
      if (owner === undefined) continue;
      const state = stateAt(step);
      const { kind, name } = owner.principal;
      // An access team as owner is BWK305.
      if (kind === "team" && findTeam(state.world, name)?.kind === "access") continue;
      if (mayOwn(state, owner.principal, entity) !== "no") continue;
      const set = state.policy.privilegeSets[state.policy.entities[entity]?.privilegeSet ?? -1]?.name;
      report.add("BWK310", owner.span, {
        kind,
        owner: name,
        entity: state.policy.entities[entity]?.name ?? "",
        help: `give \`${name}\` a role with \`permit read on ${set} at …\``,
      });
    }
};
