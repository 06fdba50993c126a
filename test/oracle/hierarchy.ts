// semantics.md section 7 and step 5d: what a user reaches through those below him.
import type { Action, User } from "../../compiler/model/model.ts";
import type { Facts, RecordFacts } from "./facts.ts";
import type { HeldGrant } from "./grants.ts";
import { hasRight, levelNames } from "./rights.ts";
import type { Source } from "./sources.ts";

/** 5d HIERARCHY: one source for each report through whom the record is in reach. */
export function byHierarchy(
  facts: Facts,
  user: User,
  action: Action,
  record: RecordFacts,
  grants: readonly HeldGrant[],
): readonly Source[] {
  const { hierarchy, hierarchyDepth, hierarchyLevel, hierarchyExcludes, hierarchyDisabledReports } =
    facts.policy.settings;
  if (hierarchy === "off") return [];
  // H6: excluded entities.
  if (hierarchyExcludes.includes(facts.policy.entities.indexOf(record.entity))) return [];
  // H3: a grant of his own or of a team, at the level asked for or above.
  const enough = levelNames.indexOf(hierarchyLevel);
  if (!grants.some(({ level }) => levelNames.indexOf(level) >= enough)) return [];
  const sources: Source[] = [];
  for (const report of facts.world.users) {
    if (report.name === user.name) continue;
    const distance =
      hierarchy === "manager"
        ? stepsUpManagers(facts, report, user)
        : stepsUpPositions(facts, report.position, user.position);
    // H7: the depth is counted from each manager.
    if (distance === undefined || distance > hierarchyDepth) continue;
    if (!mayDo(action, distance)) continue;
    // H6: the user's own mark, not his unit's. Those below him were found without him.
    if (report.disabled && !hierarchyDisabledReports) continue;
    if (hierarchy === "manager" && !unitsFit(facts, user, report)) continue;
    if (concerns(facts, report, action, record)) sources.push({ kind: "hierarchy", name: report.name });
  }
  return sources;
}

/** H1: everything that the hierarchy gives at one step, reading below. */
function mayDo(action: Action, distance: number): boolean {
  if (action === "read") return true;
  return distance === 1 && (action === "write" || action === "append" || action === "appendTo");
}

/** How often "his manager" leads from the report to the manager; undefined where it does not. */
function stepsUpManagers(facts: Facts, report: User, manager: User): number | undefined {
  const seen = new Set<string>();
  let steps = 0;
  for (let at = report.manager; at !== undefined; at = facts.findUser(at)?.manager) {
    steps++;
    if (at === manager.name) return steps;
    // Managers of each other: the chain comes round without him.
    if (seen.has(at)) return undefined;
    seen.add(at);
  }
  return undefined;
}

/** H5: along the ancestor path alone; a position counts a step whether somebody has it or not. */
function stepsUpPositions(
  facts: Facts,
  from: string | undefined,
  to: string | undefined,
): number | undefined {
  if (from === undefined || to === undefined) return undefined;
  const above = (name: string): string | undefined =>
    facts.world.positions.find((position) => position.name === name)?.parent;
  const seen = new Set<string>();
  let steps = 0;
  for (let at = above(from); at !== undefined && !seen.has(at); at = above(at)) {
    steps++;
    if (at === to) return steps;
    seen.add(at);
  }
  return undefined;
}

/** H4: between the manager and this report, whoever stands between them. */
function unitsFit(facts: Facts, manager: User, report: User): boolean {
  const { hierarchyAnyUnit, hierarchyAncestorUnits } = facts.policy.settings;
  if (hierarchyAnyUnit || manager.unit === report.unit) return true;
  if (hierarchyAncestorUnits) return facts.isAtOrBelow(report.unit, manager.unit);
  return facts.unit(report.unit).parent === manager.unit;
}

/** H2: what the report owns, he or an owner or group team of his, and what is shared with him or a team of his. */
function concerns(facts: Facts, report: User, action: Action, record: RecordFacts): boolean {
  const { owner } = record;
  if (owner?.kind === "user" && owner.name === report.name) return true;
  if (owner?.kind === "team" && facts.ownerTeamsOf(report, record).some(({ name }) => name === owner.name))
    return true;
  const teams = facts.teamsOf(report, record);
  return facts.sharesOf(record).some(({ principal, direct, inherited }) => {
    // At most the rights shared.
    if (!hasRight(direct | inherited, action)) return false;
    if (principal === undefined) return false;
    if (principal.kind === "user") return principal.name === report.name;
    return teams.some((team) => team.name === principal.name);
  });
}
