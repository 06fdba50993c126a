// A differential test is worth what its worlds contain: every reason and every kind of source has to occur, and often.
import fc from "fast-check";
import { expect, test } from "vitest";
import { Oracle } from "../oracle/evaluate.ts";
import type { ConditionPlan } from "./expression-plan.ts";
import type { AssignmentPlan, Project } from "./project.ts";
import { questionsOf } from "./questions.ts";
import { patient } from "./settings.ts";
import { toPolicy, toWorld } from "./to-model.ts";
import { withoutConditions } from "./without-conditions.ts";
import { projects } from "./world.ts";

const reasons = ["disabled", "forbid", "privilege", "access"];
const sources = ["administrator", "role", "permit", "owner", "team", "share", "parent", "hierarchy"];

function count(worlds: readonly Project[]): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const project of worlds) {
    const oracle = new Oracle(toPolicy(project), toWorld(project));
    for (const question of questionsOf(project)) {
      const { allowed, reason, sources } = oracle.check(question);
      add(`${allowed ? "allow" : "deny"} ${reason.split(" ")[0]}`);
      for (const { kind } of sources) add(`source ${kind}`);
    }
    for (const { effect, principal, entity, unit, record } of project.guardrails) {
      add(`${effect} principal ${principal.kind}`);
      const resource = [entity && !record ? "entity" : "", unit ? "unit" : "", record ? "record" : ""].join(
        "",
      );
      add(`${effect} resource ${resource === "" ? "bare" : resource}`);
    }
    for (const { ownership, set } of project.entities)
      add(`entity ${ownership}${set === undefined ? "" : " shared"}`);
    for (const { form } of project.roles) add(`form ${form}`);
    for (const { kind, administrator } of project.teams)
      add(`team ${kind}${administrator ? " administered" : ""}`);
    add(`placement ${project.placement}`);
    for (const key of Object.keys(project.settings)) add(`setting ${key}`);
    const { hierarchy } = project;
    if (hierarchy === undefined) continue;
    add(`hierarchy ${hierarchy.model}`);
    if (hierarchy.level !== undefined) add("hierarchy level");
    if (hierarchy.excludes.length > 0) add("hierarchy excludes");
    for (const key of ["ancestorUnits", "anyUnit"] as const) if (hierarchy[key]) add(`hierarchy ${key}`);
    if (!hierarchy.disabledReports) add("hierarchy without disabled reports");
  }
  return counts;
}

test.each(["source", "loaded"] as const)(
  "in 2,000 worlds (%s) every reason, source and construct occurs",
  (where) => {
    const counts = count(fc.sample(projects(where), { numRuns: 2000, seed: 20261121 }));
    const wanted = [
      ...reasons.map((reason) => `deny ${reason}`),
      ...sources.flatMap((source) => [`allow ${source}`, `source ${source}`]),
      ...["any", "is", "user", "team", "unit", "role"].flatMap((kind) => [
        `permit principal ${kind}`,
        `forbid principal ${kind}`,
      ]),
      ...["bare", "entity", "unit", "entityunit", "record"].flatMap((kind) => [
        `permit resource ${kind}`,
        `forbid resource ${kind}`,
      ]),
      ...["userOrTeam", "userOrTeam shared", "organization", "businessUnit", "parent"].map(
        (kind) => `entity ${kind}`,
      ),
      ...["role", "team role", "administrator role"].map((form) => `form ${form}`),
      ...["owner", "owner administered", "group", "group administered", "access"].map(
        (kind) => `team ${kind}`,
      ),
      ...(where === "source"
        ? ["everything"]
        : ["policy", "units", "people", "some users", "records", "directory"]
      ).map((placement) => `placement ${placement}`),
      ...[
        "ownershipAcrossBusinessUnits",
        "recomputeOwnership",
        "inheritAboveUser",
        "teamGrantServesDirectShare",
        "keepRolesOnUnitChange",
        "moveRecordsWithOwner",
        "grantAddsToShare",
        "sharerNeedsGrantedRights",
        "shareToPreviousOwner",
        "disabledMayOwn",
        "appendToNeedsWrite",
        "associateNeedsAppendTo",
      ].map((key) => `setting ${key}`),
    ];
    for (const what of ["manager", "position", "level", "excludes", "ancestorUnits", "anyUnit"])
      wanted.push(`hierarchy ${what}`);
    wanted.push("hierarchy without disabled reports");
    const rare = wanted.filter((key) => (counts.get(key) ?? 0) < 50);
    expect(rare.map((key) => `${key}: ${counts.get(key) ?? 0}`)).toEqual([]);
  },
);

function withClauses(project: Project, change: (condition: ConditionPlan) => ConditionPlan): Project {
  return {
    ...project,
    roles: project.roles.map((role) => ({
      ...role,
      grants: role.grants.map((grant) => ({ ...grant, condition: change(grant.condition) })),
    })),
    guardrails: project.guardrails.map((guardrail) => ({
      ...guardrail,
      condition: change(guardrail.condition),
    })),
  };
}

/** Small changes, each of which undoes one rule. */
const mutants: Readonly<Record<string, (project: Project) => Project>> = {
  "B6: contexts are the holders' units": (project) => {
    const own = <T extends { roles: readonly AssignmentPlan[] }>(holders: readonly T[]): T[] =>
      holders.map((holder) => ({
        ...holder,
        roles: holder.roles.map((held) => ({ ...held, unit: undefined })),
      }));
    return {
      ...project,
      users: own(project.users),
      teams: own(project.teams),
      defaultTeams: own(project.defaultTeams),
    };
  },
  "B7: a modern record's unit is not its own": (project) => ({
    ...project,
    records: project.records.map((record) =>
      record.owner === undefined ? record : { ...record, unit: undefined },
    ),
  }),
  "B9 always off": (project) => ({ ...project, settings: { ...project.settings, recomputeOwnership: true } }),
  "T2, T3: team roles are roles": (project) => ({
    ...project,
    roles: project.roles.map((role) => (role.form === "team role" ? { ...role, form: "role" } : role)),
  }),
  "T4 always on": (project) => ({ ...project, settings: { ...project.settings, inheritAboveUser: true } }),
  "T6: default teams have no roles": (project) => ({ ...project, defaultTeams: [] }),
  "T8: administrators are not members": (project) => ({
    ...project,
    teams: project.teams.map((team) => ({ ...team, administrator: undefined })),
  }),
  "S1: X2 always on": (project) => ({
    ...project,
    settings: { ...project.settings, teamGrantServesDirectShare: true },
  }),
  "H: no hierarchy": (project) => ({ ...project, hierarchy: undefined }),
  "H1, H7: one step as good as two": (project) => ({
    ...project,
    hierarchy: project.hierarchy && { ...project.hierarchy, depth: 1 },
  }),
  "H3: any level": (project) => ({
    ...project,
    hierarchy: project.hierarchy && { ...project.hierarchy, level: "user" },
  }),
  "H4: no unit rule": (project) => ({
    ...project,
    hierarchy: project.hierarchy && { ...project.hierarchy, anyUnit: true },
  }),
  "H4: never the ancestors": (project) => ({
    ...project,
    hierarchy: project.hierarchy && { ...project.hierarchy, ancestorUnits: false },
  }),
  "H6: nothing excluded": (project) => ({
    ...project,
    hierarchy: project.hierarchy && { ...project.hierarchy, excludes: [] },
  }),
  "H6: disabled reports count": (project) => ({
    ...project,
    hierarchy: project.hierarchy && { ...project.hierarchy, disabledReports: true },
  }),
  "S4: no shares": (project) => ({ ...project, shares: [] }),
  "E4: no entity shares its privileges": (project) => ({
    ...project,
    entities: project.entities.map((entity) => ({ ...entity, set: undefined })),
  }),
  "step 3: permits in roles and teams are everybody's": (project) => ({
    ...project,
    guardrails: project.guardrails.map((guardrail) =>
      guardrail.effect === "permit" && ["role", "team"].includes(guardrail.principal.kind)
        ? { ...guardrail, principal: { kind: "any" } }
        : guardrail,
    ),
  }),
};

/** The same for rules about conditions. */
const mutantsOfConditions: Readonly<Record<string, (project: Project) => Project>> = {
  "E5: conditions always hold": withoutConditions,
  "language.md 5: `unless` is `when`": (project) =>
    withClauses(project, (clauses) => clauses.map(({ expression }) => ({ form: "when", expression }))),
  "language.md 5: only the first clause counts": (project) =>
    withClauses(project, (clauses) => clauses.slice(0, 1)),
};

const sample: readonly Project[] = (["source", "loaded"] as const).flatMap((where) =>
  fc.sample(projects(where), { numRuns: 600, seed: 20261122 }),
);
/** Where conditions decide little else does. */
const unconditional = sample.map(withoutConditions);

function noticed(worlds: readonly Project[], mutate: (project: Project) => Project): number {
  return worlds.filter((project) => answersTo(mutate(project)).join() !== answersTo(project).join()).length;
}

test.each(Object.entries(mutants))("worlds notice when a rule is undone: %s", patient, (_, mutate) => {
  expect(noticed(unconditional, mutate)).toBeGreaterThanOrEqual(5);
});

test.each(Object.entries(mutantsOfConditions))(
  "worlds notice when a rule is undone: %s",
  patient,
  (_, mutate) => {
    const conditional = sample.filter((_, index) => index % 4 === 0);
    expect(noticed(conditional, mutate)).toBeGreaterThanOrEqual(5);
  },
);

const remembered = new Map<Project, readonly string[]>();

function answersTo(project: Project): readonly string[] {
  const known = remembered.get(project);
  if (known !== undefined) return known;
  const oracle = new Oracle(toPolicy(project), toWorld(project));
  const answers = questionsOf(project).map((question) => {
    const { reason, sources } = oracle.check(question);
    return [reason, ...sources.map(({ kind, name }) => `${kind} ${name}`)].join("\n");
  });
  remembered.set(project, answers);
  return answers;
}
