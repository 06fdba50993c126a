// "Nothing subtracts except `forbid`" (semantics.md section 1), asked of the twin: what it is true of, and where a switch
// makes an exception.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Oracle } from "../oracle/evaluate.ts";
import { at } from "./design-policy.ts";
import { principalsThatOwn } from "./design-world.ts";
import { levelWords, type Project, recordActions, shareRights } from "./project.ts";
import { questionsOf } from "./questions.ts";
import { patient, seed, worldsOfAProperty } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { toSource } from "./to-source.ts";
import { withoutConditions } from "./without-conditions.ts";
import { projects } from "./world.ts";

const run = { numRuns: worldsOfAProperty, seed };
const anyProject = fc.oneof(projects("source"), projects("loaded"));
const picks = fc.array(fc.nat({ max: 255 }), { minLength: 4, maxLength: 4 });

function allowedIn(project: Project): boolean[] {
  const oracle = new Oracle(toPolicy(project), toWorld(project));
  return questionsOf(project).map((question) => oracle.check(question).allowed);
}

const withoutForbids = (project: Project): Project => ({
  ...project,
  guardrails: project.guardrails.filter((guardrail) => guardrail.effect === "permit"),
});

type Pick4 = readonly number[];
type Addition = (project: Project, [a, b, c, d]: Pick4) => Project;

const replaceAt = <T>(list: readonly T[], pick: number, change: (item: T) => T): T[] =>
  list.map((item, index) => (index === pick % list.length ? change(item) : item));

const additions: Readonly<Record<string, Addition>> = {
  "a role of a user": (project, [a = 0, b = 0]) => ({
    ...project,
    users: replaceAt(project.users, a, (user) => ({
      ...user,
      roles: [...user.roles, { role: at(project.roles, b).name, unit: undefined }],
    })),
  }),
  "a role of a default team": (project, [a = 0, b = 0]) => {
    const unit = at(project.units, a).name;
    const before = project.defaultTeams.find((team) => team.unit === unit)?.roles ?? [];
    const others = project.defaultTeams.filter((team) => team.unit !== unit);
    const roles = [...before, { role: at(project.roles, b).name, unit: undefined }];
    return { ...project, defaultTeams: [...others, { unit, roles }] };
  },
  "a membership": (project, [a = 0, b = 0]) => ({
    ...project,
    teams: replaceAt(project.teams, a, (team) => ({
      ...team,
      members: [...team.members, at(project.users, b).name],
    })),
  }),
  "an administrator of a team": (project, [a = 0, b = 0]) => ({
    ...project,
    teams: replaceAt(project.teams, a, (team) => ({
      ...team,
      administrator: team.administrator ?? at(project.users, b).name,
    })),
  }),
  "a share": (project, [a = 0, b = 0, c = 0]) => {
    const owned = project.records.filter((record) => record.owner !== undefined);
    if (owned.length === 0) return project;
    const { entity, id } = at(owned, a);
    const to = at([undefined, ...principalsThatOwn(project)], b);
    return {
      ...project,
      shares: [...project.shares, { entity, id, with: to, direct: [at(shareRights, c)], inherited: [] }],
    };
  },
  "a permit": (project, [a = 0, b = 0, c = 0, d = 0]) => ({
    ...project,
    guardrails: [
      ...project.guardrails,
      {
        effect: "permit",
        id: "the new one",
        principal: { kind: "user", name: at(project.users, a).name },
        actions: [at(recordActions, b)],
        entity: undefined,
        unit: d % 2 === 0 ? undefined : at(project.units, d).name,
        record: undefined,
        level: at(levelWords.slice(1), c),
        condition: [],
      },
    ],
  }),
};

const grant: Addition = (project, [a = 0, b = 0, c = 0]) => ({
  ...project,
  roles: replaceAt(project.roles, a, (role) =>
    role.form === "administrator role"
      ? role
      : {
          ...role,
          grants: [
            ...role.grants,
            { actions: [at(recordActions, b)], on: ["*"], level: at(levelWords.slice(1), c), condition: [] },
          ],
        },
  ),
});

/** Fails, with both projects as text, where `now` lacks what `before` had. */
function nothingLost(before: Project, after: Project): void {
  const had = allowedIn(before);
  const has = allowedIn(after);
  const lost = questionsOf(before).filter((_, index) => had[index] === true && has[index] !== true);
  if (lost.length > 0)
    expect.fail(`${JSON.stringify(lost[0])}\n--- before\n${toSource(before)}--- after\n${toSource(after)}`);
}

test.each(Object.entries(additions))("adding %s takes nothing away", patient, (what, add) => {
  const seenByConditions = what !== "a share" && what !== "a permit";
  fc.assert(
    fc.property(anyProject, picks, (project, pick) => {
      const free = withoutForbids(project);
      // A condition can ask for the opposite, `unless { principal in Team::"t" }`: then the policy itself takes away.
      const before = seenByConditions ? withoutConditions(free) : free;
      nothingLost(before, add(before, pick));
    }),
    run,
  );
});

// A role counts with its highest level alone. Two switches ask for a grant that is at user level and no higher, so raising
// one can take away: B9 (`recomputeOwnership: false`) and T4 (`inheritAboveUser: false`).
test("adding a grant to a role takes nothing away, with B9 and T4 at their defaults", patient, () => {
  fc.assert(
    fc.property(anyProject, picks, (project, pick) => {
      const { recomputeOwnership, inheritAboveUser, ...settings } = project.settings;
      const before = { ...withoutForbids(project), settings };
      nothingLost(before, grant(before, pick));
    }),
    run,
  );
});

test(
  "the exception is real: with B9 or T4 switched, a higher grant can take the lower one's reach away",
  patient,
  () => {
    const sample = fc.sample(fc.tuple(anyProject, picks), { numRuns: 2000, seed: 8 });
    for (const key of ["recomputeOwnership", "inheritAboveUser"]) {
      const lossy = sample.some(([project, pick]) => {
        const other = key === "recomputeOwnership" ? "inheritAboveUser" : "recomputeOwnership";
        const settings = { ownershipAcrossBusinessUnits: true, [key]: false, [other]: true };
        const before = { ...withoutForbids(withoutConditions(project)), settings };
        const after = allowedIn(grant(before, pick));
        return allowedIn(before).some((allowed, index) => allowed && after[index] !== true);
      });
      expect(lossy, key).toBe(true);
    }
  },
);

test("a forbid never turns a deny into an allow, and a forbid on everything leaves nothing", patient, () => {
  fc.assert(
    fc.property(anyProject, (project) => {
      const free = allowedIn(withoutForbids(project));
      const forbidden = allowedIn(project);
      expect(forbidden.filter((allowed, index) => allowed && free[index] !== true)).toEqual([]);
      const all = {
        effect: "forbid",
        id: "nothing at all",
        principal: { kind: "any" },
        actions: [],
        entity: undefined,
        unit: undefined,
        record: undefined,
        level: undefined,
        condition: [],
      } as const;
      expect(allowedIn({ ...project, guardrails: [...project.guardrails, all] })).not.toContain(true);
    }),
    run,
  );
});
