import { findTeam } from "../model/world/state.ts";
import type { Rule } from "./project.ts";

/** BWK305: an access team holds no roles, owns nothing and is given no permit (semantics.md T5). */
export const AccessTeamOnlyShares: Rule = ({ stages }, report) => {
  for (const { world, sites } of stages) {
    for (const { span, team } of sites.teamRoles) report.add("BWK305", span, { team, what: "roles" });
    for (const { owner } of sites.records)
      if (owner?.principal.kind === "team" && findTeam(world, owner.principal.name)?.kind === "access")
        report.add("BWK305", owner.span, { team: owner.principal.name, what: "owner" });
    for (const { node, teamKind } of sites.guardrails) {
      const team = node.principal.entity;
      if (node.effect === "permit" && teamKind === "access" && team !== undefined)
        report.add("BWK305", team.span, { team: team.id.value, what: "permit" });
    }
  }
};
