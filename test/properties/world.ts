// Random small projects: every construct of the policy language that decides without a condition, in legal combinations.
import type fc from "fast-check";
import { at, designEntities, designGuardrails, designRoles } from "./design-policy.ts";
import {
  designDefaultTeams,
  designDescribed,
  designRecords,
  designShares,
  designTeams,
  designUnits,
  designUsers,
} from "./design-world.ts";
import { Namer, taskNames } from "./names.ts";
import type { Placement, Project } from "./project.ts";
import { type Sketch, sketch } from "./sketch.ts";

const loaded: readonly Placement[] = ["policy", "units", "people", "some users", "records", "directory"];

/** Any project whatever: total, so that what fast-check shrinks stays a project. */
export function design(drawn: Sketch, where: "source" | "loaded"): Project {
  const placement: Placement = where === "source" ? "everything" : at(loaded, drawn.placement);
  const inSource = placement === "everything" || placement === "records" || placement === "directory";
  const sharesInSource = placement === "everything" || placement === "directory";
  const { modern, recompute, inherit, serve } = drawn.settings;
  const taskNamer = new Namer();
  const tasks = drawn.tasks.map((pick) => taskNamer.name(taskNames, pick));
  // Shares from a table meet shares from a cascade only where one of them is said to win: they are kept apart here.
  const entities = designEntities(drawn.entities, sharesInSource);
  const units = designUnits(drawn.units);
  const roles = designRoles(drawn.roles, entities, tasks, units);
  const people = { roles, units, modern };
  const users = designUsers(drawn.users, people);
  const teams = designTeams(drawn.teams, users, people);
  const defaultTeams = designDefaultTeams(drawn.defaults, people);
  const owners = { entities, roles, units, users, teams, defaultTeams };
  const records = designRecords(drawn.records, owners, { modern, inSource });
  const places = { entities, tasks, roles, units, users, teams, records };
  return {
    placement,
    spelling: drawn.spelling,
    settings: {
      ...(modern ? { ownershipAcrossBusinessUnits: true } : {}),
      ...(recompute ? {} : { recomputeOwnership: false }),
      ...(inherit ? {} : { inheritAboveUser: false }),
      ...(serve ? {} : { teamGrantServesDirectShare: false }),
    },
    entities,
    tasks,
    roles,
    guardrails: designGuardrails(drawn.guardrails, places),
    units,
    users,
    teams,
    defaultTeams,
    records,
    shares: designShares(drawn.shares, records, owners, sharesInSource),
    described: designDescribed(drawn.described, records, owners),
  };
}

/** Projects wholly in source, or with people, records or shares in a directory and tables. */
export function projects(where: "source" | "loaded"): fc.Arbitrary<Project> {
  return sketch.map((drawn) => design(drawn, where));
}
