// Random small projects: every construct of the policy language that decides, in legal combinations.
import type fc from "fast-check";
import type { AttributePlan } from "./attribute-plan.ts";
import { designAttributes, designValues, type Named, scatter } from "./design-attributes.ts";
import { isConditional, namedIn, withConditions } from "./design-conditions.ts";
import { designHierarchy, designPositions, inHierarchy } from "./design-hierarchy.ts";
import { at, bits, designEntities, designGuardrails, designRoles } from "./design-policy.ts";
import {
  designDefaultTeams,
  designDescribed,
  designRecords,
  designShares,
  designTeams,
  designUnits,
  designUsers,
  sometimes,
} from "./design-world.ts";
import { Namer, taskNames } from "./names.ts";
import type { Placement, Project, RolePlan } from "./project.ts";
import { type Sketch, sketch } from "./sketch.ts";

const loaded: readonly Placement[] = ["policy", "units", "people", "some users", "records", "directory"];

/** The roles with what they grant whatever the record: only that lets anybody own what the source declares (BWK310). */
function certain(roles: readonly RolePlan[], drawn: Sketch): RolePlan[] {
  return roles.map((role, index) => ({
    ...role,
    grants: role.grants.filter(
      (_, place) => !isConditional(drawn.roles[index]?.grants[place]?.condition ?? 0, drawn),
    ),
  }));
}

/** Names, and ids that no record has beside those that some record has: a table may hold such lookups. */
function withGhosts(named: Named): Named {
  return { ...named, records: (entity) => [...named.records(entity), "gone"] };
}

/** Gives records, users and teams their values; lookups lead to any record. */
function withValues(project: Project, drawn: Sketch, values: readonly number[]): Project {
  const { placement } = project;
  const declared = namedIn(project);
  const recordsInSource = ["everything", "records", "directory"].includes(placement);
  const peopleInSource = ["everything", "records", "people", "some users"].includes(placement);
  const ofRecords = recordsInSource ? declared : withGhosts(declared);
  // Source names records that the source declares.
  const nothing: Named = { ...declared, records: () => [] };
  const inSource = recordsInSource ? declared : nothing;
  const ofPeople = peopleInSource ? inSource : withGhosts(declared);
  /** A table may leave out a whole column, but not a single cell of what is not optional. */
  const leftOut = ({ name }: AttributePlan): boolean =>
    !recordsInSource && scatter(drawn.placement, name.length) % 5 === 4;
  const { User, Team } = project.principals;
  return {
    ...project,
    users: project.users.map((user, index) => ({
      ...user,
      attributes: designValues(User, drawn.users[index]?.values ?? 0, ofPeople, sometimes),
    })),
    teams: project.teams.map((team, index) => ({
      ...team,
      attributes:
        peopleInSource && placement !== "some users"
          ? {}
          : designValues(Team, drawn.teams[index]?.values ?? 0, ofPeople, sometimes),
    })),
    records: project.records.map((record, index) => {
      const { attributes = [] } = project.entities.find(({ name }) => name === record.entity) ?? {};
      return { ...record, attributes: designValues(attributes, values[index] ?? 0, ofRecords, leftOut) };
    }),
  };
}

/** The switches of semantics.md section 11 that concern operations and changes alone, away from their defaults. */
const switchesOfDoing: readonly (readonly [key: string, value: boolean])[] = [
  ["keepRolesOnUnitChange", true],
  ["moveRecordsWithOwner", false],
  ["grantAddsToShare", false],
  ["sharerNeedsGrantedRights", false],
  ["shareToPreviousOwner", true],
  ["disabledMayOwn", true],
  ["appendToNeedsWrite", true],
  ["associateNeedsAppendTo", true],
];

const switchesOf = (mask: number): Record<string, boolean> => Object.fromEntries(bits(switchesOfDoing, mask));

/** Any project whatever: total, so that what fast-check shrinks stays a project. */
export function design(drawn: Sketch, where: "source" | "loaded"): Project {
  const placement: Placement = where === "source" ? "everything" : at(loaded, drawn.placement);
  const inSource = placement === "everything" || placement === "records" || placement === "directory";
  const sharesInSource = placement === "everything" || placement === "directory";
  const { modern, recompute, inherit, serve } = drawn.settings;
  const taskNamer = new Namer();
  const tasks = drawn.tasks.map((pick) => taskNamer.name(taskNames, pick));
  // Shares from a table meet shares from a cascade only where one of them is said to win: they are kept apart here. From
  // records in a table nothing follows until they change.
  const entities = designEntities(
    drawn.entities,
    sharesInSource || !inSource,
    // Source has no record to name where there is none.
    (kind) => kind === "Lookup" && inSource,
  );
  const units = designUnits(drawn.units);
  const roles = designRoles(drawn.roles, entities, tasks, units);
  const people = { roles, units, modern };
  const positions = designPositions(drawn.positions);
  const users = inHierarchy(designUsers(drawn.users, people), drawn.users, positions);
  const teams = designTeams(drawn.teams, users, people);
  const defaultTeams = designDefaultTeams(drawn.defaults, people);
  const owners = { entities, roles, units, users, teams, defaultTeams };
  const sure = { ...owners, roles: certain(roles, drawn) };
  const designed = designRecords(drawn.records, sure, { modern, inSource });
  const records = designed.map(({ record }) => record);
  const places = { entities, tasks, roles, units, users, teams, records };
  const entityNames = entities.map(({ name }) => name);
  const ofPeople = (sketches: Sketch["attributes"]["user"]) =>
    designAttributes(sketches, entityNames, (kind) => kind === "Lookup");
  const context = designAttributes(drawn.attributes.context, entityNames, () => false);
  const ghosts = withGhosts(namedIn(places));
  const project: Project = {
    placement,
    spelling: drawn.spelling,
    settings: {
      ...(modern ? { ownershipAcrossBusinessUnits: true } : {}),
      ...(recompute ? {} : { recomputeOwnership: false }),
      ...(inherit ? {} : { inheritAboveUser: false }),
      ...(serve ? {} : { teamGrantServesDirectShare: false }),
      ...switchesOf(drawn.switches),
    },
    hierarchy: designHierarchy(drawn.hierarchy, entities),
    positions,
    entities,
    principals: {
      User: ofPeople(drawn.attributes.user),
      Team: ofPeople(drawn.attributes.team),
      BusinessUnit: [],
    },
    context,
    tasks,
    roles,
    guardrails: designGuardrails(drawn.guardrails, places),
    units,
    users,
    teams,
    defaultTeams,
    records,
    shares: designShares(drawn.shares, records, owners, sharesInSource),
    described: designDescribed(drawn.described, records, owners, ghosts),
    contexts: drawn.contexts.map((pick) => designValues(context, pick, ghosts, sometimes)),
  };
  const values = designed.map((each) => each.values);
  return withConditions(withValues(project, drawn, values), drawn);
}

/** Projects wholly in source, or with people, records or shares in a directory and tables. */
export function projects(where: "source" | "loaded"): fc.Arbitrary<Project> {
  return sketch.map((drawn) => design(drawn, where));
}
