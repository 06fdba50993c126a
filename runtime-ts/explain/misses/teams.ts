import { SCOPE_ROLE, SCOPE_TEAM, TEAM_ACCESS, TEAM_BIT, TEAM_DEFAULT } from "../../../runtime-as/abi.ts";
import { conditionalGrantsOf, isAdministratorRole, levelOf } from "../copies.ts";
import { type Found, search } from "./miss.ts";
import type { Trial } from "./trial.ts";

/** Teams whose members are somebody special in this question: that own the record, that it is shared with, that a guardrail names. */
function singledOut({ ground, subject, record }: Trial): Set<number> {
  const { policy, editor, loaded } = ground;
  const principals = record === undefined ? [] : editor.sharesOf(record).map(({ principal }) => principal);
  const teams = [subject.owner, ...principals]
    .filter((principal) => (principal & TEAM_BIT) !== 0)
    .map((principal) => principal & ~TEAM_BIT);
  const named = policy.guardrails.flatMap(({ scope, principal }) =>
    scope === SCOPE_TEAM ? [loaded.world.teams.numbers.get(principal as string) as number] : [],
  );
  return new Set([...teams, ...named]);
}

/** Whether a role can matter in this question: by what it grants, or because a guardrail names it. */
function matters({ ground, subject }: Trial, role: number): boolean {
  return (
    levelOf(ground, role, subject.slot) !== 0 ||
    isAdministratorRole(ground, role) ||
    conditionalGrantsOf(ground, role, subject.privilege).length > 0 ||
    ground.policy.guardrails.some((guardrail) => guardrail.scope === SCOPE_ROLE && guardrail.role === role)
  );
}

/**
 * The teams that may help, those with something to give first. What the others hold does not concern the question; where
 * there are conditions, they may be named there, so they follow.
 */
function* candidates(trial: Trial, failed: ReadonlySet<string>): Generator<{ team: number; kind: string }> {
  const { policy, loaded } = trial.ground;
  const { teams } = loaded.world;
  const own = new Set(loaded.people.teamsOf(trial.subject.user));
  const special = singledOut(trial);
  const roles = new Set([...policy.roles.keys()].filter((role) => matters(trial, role)));
  const others: number[] = [];
  const isOpen = (team: number) =>
    !own.has(team) && teams.kinds[team] !== TEAM_DEFAULT && (teams.names[team] ?? "") !== "";
  for (const team of special) if (isOpen(team)) yield { team, kind: "" };
  for (let team = 0; team < teams.names.length; team++) {
    if (special.has(team) || !isOpen(team)) continue;
    const held = teams.kinds[team] === TEAM_ACCESS ? [] : loaded.people.rolesOfTeam(team);
    if (!held.some(({ role }) => roles.has(role))) {
      if (policy.conditions.names !== undefined) others.push(team);
      continue;
    }
    // Teams that hold the same in the same units are alike, unless a condition tells them apart.
    const kind =
      policy.conditions.names === undefined ? held.map(({ role, unit }) => `${role}@${unit}`).join() : "";
    if (!failed.has(kind)) yield { team, kind };
  }
  for (const team of others) yield { team, kind: "" };
}

/** A team that the user could join. A default team has the users of its unit (semantics.md T6). */
export function missingTeams(trial: Trial, limit: number): Found {
  const { world, peopleEditor } = trial.ground.loaded;
  const failed = new Set<string>();
  return search(candidates(trial, failed), limit, ({ team, kind }) => {
    if (trial.flips(() => peopleEditor.changeTeams(trial.subject.user, team, undefined)))
      return { kind: "join-team", team: world.teams.names[team] as string };
    if (kind !== "") failed.add(kind);
    return undefined;
  });
}
